package io.jverto.media.jitter;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.jverto.base.count.Counters;
import io.jverto.media.jitter.JitterBuffer.Due;
import io.jverto.media.plan.JitterBounds;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JitterBufferTest {
    private static final long MILLI = 1_000_000;
    private static final int FRAME = 960;

    private final Counters<JitterCount> counters = new Counters<>(JitterCount.class);
    private final JitterBuffer buffer = new JitterBuffer(JitterConfig.of(48_000, 2), counters);
    private final JitterPacket packet = new JitterPacket();

    @Test
    void holdsPacketsUntilThereIsTheStartDelay() {
        insert(0, 1);
        assertThat(buffer.next(0)).isEqualTo(Due.NOTHING);
        insert(20, 2);
        assertThat(buffer.next(20 * MILLI)).isEqualTo(Due.NOTHING);
        insert(40, 3);

        assertThat(buffer.next(40 * MILLI)).isEqualTo(Due.PACKET);
        assertThat(number()).isEqualTo(1);
    }

    @Test
    void playsALonelyPacketWhenItHasWaitedLongEnough() {
        insert(0, 1);

        assertThat(buffer.next(59 * MILLI)).isEqualTo(Due.NOTHING);
        assertThat(buffer.next(60 * MILLI)).isEqualTo(Due.PACKET);
    }

    @Test
    void neverAimsAtLessOrMoreThanItsBounds() {
        JitterBuffer patient = new JitterBuffer(JitterConfig.of(48_000, 2, new JitterBounds(200, 400)), counters);
        JitterBuffer hasty = new JitterBuffer(JitterConfig.of(48_000, 2, new JitterBounds(20, 40)), counters);
        assertThat(patient.targetMillis()).isEqualTo(200);
        assertThat(hasty.targetMillis()).isEqualTo(40);

        Random late = new Random(3);
        for (int i = 0; i < 200; i++) {
            fill(packet, i * 20 * MILLI, i, i * FRAME, 40);
            patient.insert(packet);
            fill(packet, (i * 20 + late.nextInt(300)) * MILLI, i, i * FRAME, 40);
            hasty.insert(packet);
        }

        assertThat(patient.targetMillis()).isEqualTo(200);
        assertThat(hasty.targetMillis()).isEqualTo(40);
    }

    @Test
    void boundsThatAreRaisedCountAtOnce() {
        for (int i = 0; i < 5; i++) {
            insert(i * 20, i + 1);
        }
        assertThat(buffer.next(80 * MILLI)).isEqualTo(Due.PACKET);

        buffer.bounds(new JitterBounds(200, 400), 100 * MILLI);

        assertThat(buffer.targetMillis()).isEqualTo(200);
        assertThat(buffer.next(100 * MILLI)).as("it is held back until there is enough").isEqualTo(Due.NOTHING);
        assertThat(buffer.next(299 * MILLI)).isEqualTo(Due.NOTHING);
        assertThat(buffer.next(300 * MILLI)).isEqualTo(Due.PACKET);
        buffer.bounds(new JitterBounds(20, 20), 300 * MILLI);
        assertThat(buffer.targetMillis()).isEqualTo(20);
        assertThat(buffer.next(320 * MILLI)).as("nothing is lost").isEqualTo(Due.PACKET);
    }

    @Test
    void putsPacketsInOrder() {
        insert(0, 3);
        insert(0, 1);
        insert(0, 4);
        insert(0, 2);

        assertThat(playAll(4)).containsExactly(1, 2, 3, 4);
    }

    @Test
    void dropsWhatCameBeforeAndWhatComesTooLate() {
        for (int i = 1; i <= 4; i++) {
            insert(0, i);
        }
        insert(0, 4);
        playAll(2);
        insert(50, 1);

        assertThat(counters.get(JitterCount.DUPLICATE)).isEqualTo(1);
        assertThat(counters.get(JitterCount.LATE)).isEqualTo(1);
        assertThat(playAll(2)).containsExactly(3, 4);
    }

    @Test
    void showsTheNextPacketWhenOneIsLost() {
        insert(0, 1);
        insert(0, 3);
        insert(0, 4);
        playAll(1);

        assertThat(buffer.next(100 * MILLI)).isEqualTo(Due.LOST_NEXT_KNOWN);
        assertThat(number()).isEqualTo(3);
        assertThat(buffer.dueTicks()).isEqualTo(FRAME);
        assertThat(playAll(2)).containsExactly(3, 4);
    }

    @Test
    void knowsTheNextPacketOnlyAtTheLastOfSeveralLost() {
        insert(0, 1);
        insert(0, 4);
        insert(0, 5);
        playAll(1);

        assertThat(buffer.next(100 * MILLI)).isEqualTo(Due.LOST);
        assertThat(buffer.next(120 * MILLI)).isEqualTo(Due.LOST_NEXT_KNOWN);
        assertThat(counters.get(JitterCount.LOST)).isEqualTo(2);
    }

    @Test
    void makesUpAFewFramesWhenItIsDryAndThenIsSilent() {
        insert(0, 1);
        buffer.next(60 * MILLI);

        for (int i = 0; i < 5; i++) {
            assertThat(buffer.next((80 + 20 * i) * MILLI)).isEqualTo(Due.LOST);
        }
        assertThat(buffer.next(180 * MILLI)).isEqualTo(Due.NOTHING);
        assertThat(buffer.next(200 * MILLI)).isEqualTo(Due.NOTHING);
    }

    @Test
    void playsWhatComesAfterADryMoment() {
        insert(0, 1);
        buffer.next(60 * MILLI);
        assertThat(buffer.next(80 * MILLI)).isEqualTo(Due.LOST);
        insert(85, 2);

        assertThat(buffer.next(100 * MILLI)).isEqualTo(Due.PACKET);
        assertThat(number()).isEqualTo(2);
        assertThat(counters.get(JitterCount.LATE)).isZero();
    }

    @Test
    void doesNotConcealTwiceWhatWasLostWhileItWasDry() {
        insert(0, 1);
        buffer.next(60 * MILLI);
        assertThat(buffer.next(80 * MILLI)).isEqualTo(Due.LOST);
        insert(85, 3);

        assertThat(buffer.next(100 * MILLI)).isEqualTo(Due.PACKET);
        assertThat(number()).isEqualTo(3);
    }

    @Test
    void isSilentAtOnceWhenTheSenderSaysThatHePauses() {
        insert(0, 1, FRAME, 1);
        assertThat(buffer.next(60 * MILLI)).isEqualTo(Due.PACKET);

        assertThat(buffer.next(80 * MILLI)).isEqualTo(Due.NOTHING);
        assertThat(counters.get(JitterCount.DRY)).isZero();
    }

    @Test
    void holdsANewTalkSpurtAsLongAsTheFirst() {
        insert(0, 1, FRAME, 1);
        buffer.next(60 * MILLI);
        buffer.next(80 * MILLI);
        insert(2000, 2, 100 * FRAME, 40);

        assertThat(buffer.next(2040 * MILLI)).isEqualTo(Due.NOTHING);
        assertThat(buffer.next(2060 * MILLI)).isEqualTo(Due.PACKET);
    }

    @Test
    void keepsAShortPauseOfTheSender() {
        insert(0, 1);
        insert(20, 2);
        insert(100, 3, 5 * FRAME + FRAME, 40); // 4 frames of pause
        playAll(2);

        int silent = 0;
        while (buffer.next(200 * MILLI) == Due.NOTHING) {
            silent++;
        }
        assertThat(silent).isEqualTo(3);
        assertThat(number()).isEqualTo(3);
    }

    @Test
    void goesOnWhenTheSequenceNumberWraps() {
        for (int i = 65_533; i < 65_540; i++) {
            insert(0, i & 0xffff, i * FRAME, 40);
        }

        assertThat(playAll(7)).containsExactly(65_533, 65_534, 65_535, 0, 1, 2, 3);
    }

    @Test
    void beginsAnewAfterAJumpOfTheSequenceNumber() {
        for (int i = 1; i <= 4; i++) {
            insert(0, i);
        }
        playAll(4);
        for (int i = 0; i < 4; i++) {
            insert(80 + 20L * i, 30_000 + i, 777_777 + i * FRAME, 40);
        }

        assertThat(playAll(4)).containsExactly(30_000, 30_001, 30_002, 30_003);
        assertThat(counters.get(JitterCount.RESTARTED)).isEqualTo(1);
    }

    @Test
    void followsASenderWhoWentBackInSequenceNumbers() {
        for (int i = 0; i < 4; i++) {
            insert(0, 30_000 + i);
        }
        playAll(4);
        for (int i = 0; i < 30; i++) {
            insert(80 + 20L * i, 100 + i, i * FRAME, 40);
        }

        assertThat(playAll(3)).containsExactly(116, 117, 118);
    }

    @Test
    void takesAnotherSsrcAsANewStream() {
        for (int i = 1; i <= 4; i++) {
            insert(0, i);
        }
        playAll(2);
        packet.ssrc = 99;
        for (int i = 0; i < 4; i++) {
            insert(60, 7 + i);
        }

        assertThat(playAll(4)).containsExactly(7, 8, 9, 10);
    }

    @Test
    void goesOnAfterATimestampJump() {
        for (int i = 1; i <= 3; i++) {
            insert(0, i);
        }
        for (int i = 4; i <= 6; i++) {
            insert(0, i, 1_900_000_000 + i * FRAME, 40);
        }
        assertThat(playAll(6)).containsExactly(1, 2, 3, 4, 5, 6);

        insert(120, 7, 5, 40);
        assertThat(playAll(1)).containsExactly(7);
    }

    @Test
    void lowersItsDelayWhereThereIsNoJitterAndRaisesItWhereThereIs() {
        Line still = new Line(1, 0, 0);
        still.run(2000);
        assertThat(still.buffer.targetMillis()).isLessThanOrEqualTo(30);

        Line rough = new Line(2, 80, 0);
        rough.run(2000);
        assertThat(rough.buffer.targetMillis()).isBetween(80, 120);
        assertThat(rough.concealed).isLessThan(80);
    }

    @Test
    void givesUpTheFrameForRepairWhereNothingWasLostForTenSeconds() {
        Line before = new Line(8, 0, 0);
        before.squeeze = true;
        before.run(400);
        assertThat(before.held).isEqualTo(20);

        Line after = new Line(8, 0, 0);
        after.squeeze = true;
        after.run(1_100);
        assertThat(after.held).isZero();
        assertThat(after.concealed).isZero();
    }

    @Test
    void keepsTheFrameForRepairWherePacketsWaitNoLongerWithoutIt() {
        Line line = new Line(8, 0, 0);
        line.squeeze = true;
        line.wayMillis = 40; // they come 7 ms before they are read

        line.run(1_500);

        assertThat(line.held).isEqualTo(20);
    }

    @Test
    void takesTheFrameForRepairBackAtTheFirstLoss() {
        Line line = new Line(8, 0, 0);
        line.squeeze = true;
        line.loses = 900;

        line.run(1_000);

        assertThat(line.held).isEqualTo(20);
        assertThat(line.concealed).as("a frame made up, then the lost one repaired").isEqualTo(2);
        assertThat(line.played).isSorted().doesNotHaveDuplicates().doesNotContain(900).contains(899, 901);
    }

    @Test
    void givesUpOnlyWhatTheNetworkLost() {
        Line line = new Line(3, 30, 0.05);

        line.run(3000);

        assertThat(line.played).isSorted().doesNotHaveDuplicates();
        assertThat(line.played.size() + line.lostOnTheWay).isBetween(2970, 3000);
        assertThat(line.concealed).isBetween(line.lostOnTheWay - 20, line.lostOnTheWay + 60);
    }

    @Test
    void followsASenderWhoseClockIsFaster() {
        Line line = new Line(4, 10, 0);
        line.sendEveryNanos = 20 * MILLI * 999 / 1000; // 1000 ppm
        line.squeeze = true;

        line.run(6000); // 120 ms too much, were it not for the squeezing

        assertThat(line.buffer.heldMillis()).isLessThan(100);
        assertThat(line.concealed).isLessThan(10);
        assertThat(line.squeezed).isBetween(3, 12);
    }

    @Test
    void followsASenderWhoseClockIsSlower() {
        Line line = new Line(5, 10, 0);
        line.sendEveryNanos = 20 * MILLI * 1001 / 1000;

        line.run(6000);

        assertThat(line.concealed).isBetween(2, 20);
        assertThat(line.played.size()).isGreaterThan(5950);
    }

    @Test
    void catchesUpAfterAStall() {
        Line line = new Line(6, 10, 0);
        line.squeeze = true;
        line.stallAtMillis = 5_000;
        line.stallMillis = 700;

        line.run(1500);

        assertThat(line.buffer.heldMillis()).isLessThan(200);
        assertThat(line.played).isSorted();
        assertThat(line.played.size()).isGreaterThan(1400);
    }

    @Test
    void allocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            step(i, random);
        }

        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 20_000; i < 40_000; i++) {
            step(i, random);
        }

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
    }

    private void step(int i, Random random) {
        if (random.nextInt(20) != 0) {
            insert(20L * i + random.nextInt(30), i & 0xffff, i * FRAME, 40);
        }
        buffer.next(20L * i * MILLI);
    }

    private void insert(long atMillis, int number) {
        insert(atMillis, number, number * FRAME, 40);
    }

    private void insert(long atMillis, int number, int timestamp, int length) {
        fill(packet, atMillis * MILLI, number, timestamp, length);
        buffer.insert(packet);
    }

    private static void fill(JitterPacket packet, long at, int number, int timestamp, int length) {
        if (packet.bytes.length < 40) {
            packet.bytes = new byte[40];
        }
        packet.arrivalNanos = at;
        packet.sequence = number & 0xffff;
        packet.timestamp = timestamp;
        packet.durationTicks = FRAME;
        packet.bytes[0] = (byte) (number >> 8);
        packet.bytes[1] = (byte) number;
        packet.length = length;
    }

    private int number() {
        return (buffer.bytes()[0] & 0xff) << 8 | buffer.bytes()[1] & 0xff;
    }

    private List<Integer> playAll(int count) {
        List<Integer> played = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            assertThat(buffer.next(10_000 * MILLI)).isEqualTo(Due.PACKET);
            played.add(number());
        }
        return played;
    }

    /// A sender, a network with seeded jitter and loss, and a reader every 20 ms.
    private static final class Line {
        final JitterBuffer buffer =
                new JitterBuffer(JitterConfig.of(48_000, 2), new Counters<>(JitterCount.class));
        final List<Integer> played = new ArrayList<>();
        long sendEveryNanos = 20 * MILLI;
        long stallAtMillis = Long.MAX_VALUE / MILLI;
        long stallMillis;
        boolean squeeze;
        int concealed;
        int squeezed;
        int lostOnTheWay;
        int wayMillis = 30;
        int loses = -1;
        /// After the last read, in milliseconds.
        int held;

        private record InFlight(long arrival, int number) {}

        private final PriorityQueue<InFlight> network = new PriorityQueue<>(Comparator.comparingLong(InFlight::arrival));
        private final JitterPacket packet = new JitterPacket();
        private final Random random;
        private final int jitterMillis;
        private final double loss;

        Line(long seed, int jitterMillis, double loss) {
            this.random = new Random(seed);
            this.jitterMillis = jitterMillis;
            this.loss = loss;
        }

        void run(int packets) {
            for (int i = 0; i < packets; i++) {
                send(i);
            }
            long end = packets * sendEveryNanos;
            for (long now = 7 * MILLI; now < end; now += 20 * MILLI) {
                while (!network.isEmpty() && network.peek().arrival() <= now) {
                    InFlight next = network.remove();
                    fill(packet, next.arrival(), next.number(), next.number() * FRAME, 40);
                    buffer.insert(packet);
                }
                read(now);
                if (squeeze && buffer.surplusMillis() >= 20) {
                    squeezed++;
                    read(now);
                    buffer.onSqueezed();
                }
                held = buffer.heldMillis();
            }
        }

        private void send(int number) {
            if (random.nextDouble() < loss || number == loses) {
                lostOnTheWay++;
                return;
            }
            long arrival = number * sendEveryNanos + wayMillis * MILLI + (long) (random.nextDouble() * jitterMillis * MILLI);
            long stall = stallAtMillis * MILLI;
            if (arrival > stall && arrival < stall + stallMillis * MILLI) {
                arrival = stall + stallMillis * MILLI + number; // all at once, in order
            }
            network.add(new InFlight(arrival, number));
        }

        private void read(long now) {
            switch (buffer.next(now)) {
                case PACKET -> played.add((buffer.bytes()[0] & 0xff) << 8 | buffer.bytes()[1] & 0xff);
                case LOST, LOST_NEXT_KNOWN -> concealed++;
                case NOTHING -> { /* silence */ }
            }
        }
    }
}
