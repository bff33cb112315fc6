package io.jverto.media.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.count.Counters;
import io.jverto.media.frame.Sender.Packet;
import io.jverto.media.plan.VideoCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameAssemblerTest {
    private final Counters<FrameCount> counters = new Counters<>(FrameCount.class);
    private final FrameAssembler assembler = new FrameAssembler(VideoCodec.VP8, counters);
    private final List<byte[]> frames = new ArrayList<>();

    @Test
    void whatWasCutComesTogetherAgain() {
        Sender sender = new Sender(VideoCodec.VP8, 65_500);
        for (int length : new int[] {10, 1_149, 1_150, 20_000, 200_000}) {
            frames.clear();
            byte[] key = keyFrame(length, 3);
            byte[] other = interFrame(length, 4);

            sender.send(key).forEach(this::receive);
            sender.send(other).forEach(this::receive);

            assertThat(frames).as("frames of %d bytes", length).containsExactly(key, other);
        }
    }

    @Test
    void packetsMayComeInAnyOrderAndTwice() {
        Sender sender = new Sender(VideoCodec.VP8, 65_530);
        List<byte[]> sent = new ArrayList<>(List.of(keyFrame(5_000, 1)));
        List<Packet> packets = new ArrayList<>(sender.send(sent.getFirst()));
        List<Packet> first = List.copyOf(packets);
        first.forEach(this::receive);
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            packets.clear();
            for (int i = 0; i < 3; i++) {
                sent.add(interFrame(1 + 3 + random.nextInt(4_000), random.nextInt()));
                packets.addAll(sender.send(sent.getLast()));
            }
            packets.add(packets.get(random.nextInt(packets.size())));
            java.util.Collections.shuffle(packets, random);
            packets.forEach(this::receive);
        }

        assertThat(frames).containsExactlyElementsOf(sent);
        assertThat(assembler.needsKeyFrame()).isFalse();
    }

    @Test
    void aLostPacketIsWaitedForAndThenAKeyFrameIsNeeded() {
        Sender sender = new Sender(VideoCodec.VP8, 7);
        sender.send(keyFrame(3_000, 1)).forEach(this::receive);
        List<Packet> torn = sender.send(interFrame(3_000, 2));
        receive(torn.get(0));
        receive(torn.get(2));
        byte[] third = interFrame(500, 3);
        sender.send(third).forEach(this::receive);
        assertThat(frames).as("it may yet come").hasSize(1);
        assertThat(assembler.needsKeyFrame()).isFalse();

        now += FrameAssembler.PATIENCE_NANOS + 1;
        sender.send(interFrame(500, 4)).forEach(this::receive);

        assertThat(frames).hasSize(1);
        assertThat(assembler.needsKeyFrame()).isTrue();
        byte[] key = keyFrame(900, 5);
        sender.send(key).forEach(this::receive);
        assertThat(frames).hasSize(2).last().isEqualTo(key);
        assertThat(assembler.needsKeyFrame()).isFalse();
    }

    @Test
    void aPacketThatIsSentAgainInTimeMendsAll() {
        Sender sender = new Sender(VideoCodec.VP8, 7);
        List<byte[]> sent = List.of(keyFrame(3_000, 1), interFrame(3_000, 2), interFrame(30, 3));
        sender.send(sent.get(0)).forEach(this::receive);
        List<Packet> torn = sender.send(sent.get(1));
        receive(torn.get(0));
        receive(torn.get(2));
        sender.send(sent.get(2)).forEach(this::receive);
        now += FrameAssembler.PATIENCE_NANOS / 2;
        receive(torn.get(1));

        assertThat(frames).containsExactlyElementsOf(sent);
        assertThat(assembler.needsKeyFrame()).isFalse();
    }

    @Test
    void aSenderThatBeginsAnewIsFollowed() {
        new Sender(VideoCodec.VP8, 40_000).send(keyFrame(30, 1)).forEach(this::receive);

        byte[] key = keyFrame(3_000, 2);
        new Sender(VideoCodec.VP8, 7).send(key).forEach(this::receive);

        assertThat(frames).hasSize(2).last().isEqualTo(key);
    }

    @Test
    void paddingAloneDisturbsNothing() {
        Sender sender = new Sender(VideoCodec.VP8, 7);
        sender.send(keyFrame(30, 1)).forEach(this::receive);
        receive(new Packet(sender.sequence++, 0, false, new byte[0]));
        sender.send(interFrame(30, 2)).forEach(this::receive);

        assertThat(frames).hasSize(2);
        assertThat(counters.get(FrameCount.DESCRIPTOR_BROKEN)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"80", "8080", "808080", "80f0", "80f0800000", "80ff", "ff", "10", "00", "9080", "80"})
    void aDescriptorThatIsCutOffIsDroppedAndCounted(String hex) {
        byte[] payload = HexFormat.of().parseHex(hex);

        receive(new Packet(1, 0, true, payload));

        assertThat(frames).isEmpty();
        assertThat(counters.get(FrameCount.DESCRIPTOR_BROKEN)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"10,1", "9000,2", "908001,3", "90808001,4", "904001,3", "902001,3", "901001,3", "90f0800102a0,6"})
    void allKindsOfDescriptorsAreRead(String hex, int length) {
        byte[] key = keyFrame(40, 1);
        byte[] payload = Arrays.copyOf(HexFormat.of().parseHex(hex), length + key.length);
        System.arraycopy(key, 0, payload, length, key.length);

        receive(new Packet(1, 0, true, payload));

        assertThat(frames).containsExactly(key);
    }

    @Test
    void aFrameWithoutEndIsCutAtAMegabyte() {
        Sender sender = new Sender(VideoCodec.VP8, 7);
        List<Packet> endless = sender.send(keyFrame(2_000_000, 1));

        endless.forEach(packet -> receive(new Packet(packet.sequence(), packet.timestamp(), false, packet.payload())));

        assertThat(frames).isEmpty();
        assertThat(counters.get(FrameCount.FRAMES_TOO_LONG)).isEqualTo(1);
        assertThat(assembler.needsKeyFrame()).isTrue();
    }

    @Test
    void whatIsNoFrameIsCountedAndAKeyFrameNeeded() {
        Sender sender = new Sender(VideoCodec.VP8, 7);
        byte[] wrong = keyFrame(100, 1);
        wrong[3] = 0;

        sender.send(wrong).forEach(this::receive);
        sender.send(interFrame(100, 1)).forEach(this::receive);

        assertThat(frames).isEmpty();
        assertThat(counters.get(FrameCount.FRAMES_BROKEN)).isEqualTo(1);
        assertThat(counters.get(FrameCount.FRAMES_WITHOUT_KEY)).isEqualTo(1);
        assertThat(assembler.needsKeyFrame()).isTrue();
    }

    /// Whatever comes: nothing is thrown, and what comes out is a frame.
    @Test
    void anyPacketsDoNoHarm() {
        Random random = new Random(11);
        for (int round = 0; round < 100_000; round++) {
            byte[] payload = new byte[random.nextInt(30) == 0 ? random.nextInt(2_000) : random.nextInt(20)];
            random.nextBytes(payload);
            if (payload.length > 0 && random.nextBoolean()) {
                payload[0] &= 0x10;
            }
            now += random.nextInt(100) == 0 ? TimeUnit.SECONDS.toNanos(1) : 1_000_000;
            receive(new Packet(random.nextInt(50) == 0 ? random.nextInt(65_536) : round & 0xffff, random.nextInt(3), random.nextBoolean(), payload));
        }

        assertThat(frames).allSatisfy(frame -> assertThat(FrameHeader.parse(VideoCodec.VP8, frame, frame.length)).isNotNull());
    }

    private long now = 1;

    private void receive(Packet packet) {
        assembler.onPacket(now, packet.sequence(), packet.timestamp(), packet.marker(), packet.payload(), 0, packet.payload().length,
                (bytes, length, timestamp) -> frames.add(Arrays.copyOf(bytes, length)));
    }

    private static byte[] keyFrame(int length, int seed) {
        byte[] frame = interFrame(Math.max(10, length), seed);
        frame[0] = 0x10;
        frame[3] = (byte) 0x9d;
        frame[4] = 1;
        frame[5] = 0x2a;
        frame[6] = 64;
        frame[7] = 0;
        frame[8] = 48;
        frame[9] = 0;
        return frame;
    }

    private static byte[] interFrame(int length, int seed) {
        byte[] frame = new byte[length];
        new Random(seed).nextBytes(frame);
        frame[0] = 0x11;
        frame[1] = 0;
        frame[2] = 0;
        return frame;
    }
}
