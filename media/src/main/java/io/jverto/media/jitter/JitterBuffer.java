package io.jverto.media.jitter;

import io.jverto.base.count.Counters;
import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.plan.JitterBounds;
import java.util.Arrays;

/// Puts the packets of one RTP stream in order and says, when 20 ms more are needed, what is due. Its delay follows the
/// measured jitter; where nothing was lost or late for long, it gives up the frame that a lost one would be repaired from, and takes it
/// back at the first that is. Owner: MIXER_TICK; sans-IO; allocates only when a slot first holds a longer payload than any before.
/// Bounded: [#SLOTS] packets of [#MAX_PAYLOAD] bytes. media-rtc.md sections 11 and 18.
@OwnedBy(Role.MIXER_TICK)
public final class JitterBuffer {
    /// Packets held: 1.28 s of 20 ms packets.
    public static final int SLOTS = 64;
    public static final int MAX_PAYLOAD = 1500;

    private static final int FIRST_SLOT_BYTES = 256;
    private static final int FRAME_MILLIS = 20;
    /// Frames made up when nothing comes; then it is silence.
    private static final int MAX_DRY = 5;
    /// Packets lost in a row that are made up; more are skipped.
    private static final int MAX_LOST = 10;
    /// So many late packets in a row are a sender that went back in sequence numbers (RFC 3550 appendix A.1).
    private static final int MAX_LATE_RUN = 16;
    /// Reads over which the buffer must never have been emptier to count as too full.
    private static final int LEVEL_WINDOW = 25;
    /// So many frames over the target are too many at once.
    private static final int MAX_EXCESS_FRAMES = 10;
    /// Packets in a row of which none was lost or late until the frame is given up that a lost one would be repaired from.
    private static final int CALM_PACKETS = 500;
    /// What the packet that waits least waits without that frame, over the jitter.
    private static final long SPARE_NANOS = 10_000_000;

    private JitterConfig config;
    private final Counters<JitterCount> counters;
    private final DelayEstimator delay;
    private final int frameTicks;

    private final long[] sequences = new long[SLOTS];
    private final long[] timestamps = new long[SLOTS];
    private final long[] arrivals = new long[SLOTS];
    private final int[] durations = new int[SLOTS];
    private final int[] lengths = new int[SLOTS];
    private final byte[][] payloads = new byte[SLOTS][FIRST_SLOT_BYTES];

    private State state = State.EMPTY;
    private int ssrc;
    private long highestSequence;
    private long highestTimestamp;
    private long nextSequence;
    private long nextTimestamp;
    private int heldPackets;
    private int heldTicks;
    private long fillingSince;
    private int lateRun;

    private int dryTicks;
    private boolean played;
    private boolean discontinuous;
    private int lastDuration;
    private int windowReads;
    private int windowLowest = Integer.MAX_VALUE;
    private long windowShortest = Long.MAX_VALUE;
    private int surplusTicks;
    private int calm;
    /// Whether the surplus is the frame for repair, and whether that was left out.
    private boolean givesUpRepair;
    private boolean gaveUpRepair;

    private int dueSlot;
    private int dueTicks;

    /// What is due.
    public enum Due {
        /// A packet, in [JitterBuffer#bytes].
        PACKET,
        /// A lost one of [JitterBuffer#dueTicks]; the next one is in [JitterBuffer#bytes] and stays due.
        LOST_NEXT_KNOWN,
        /// A lost one of [JitterBuffer#dueTicks].
        LOST,
        /// Silence: the stream has not begun, pauses, or is held back.
        NOTHING
    }

    private enum State {
        /// No packet yet.
        EMPTY,
        /// Packets are held back until there is enough delay.
        FILLING,
        PLAYING
    }

    public JitterBuffer(JitterConfig config, Counters<JitterCount> counters) {
        this.config = config;
        this.counters = counters;
        this.delay = new DelayEstimator(config);
        this.frameTicks = config.ticks(FRAME_MILLIS);
        this.lastDuration = frameTicks;
        Arrays.fill(sequences, -1);
    }

    /// Takes a packet.
    public void insert(JitterPacket packet) {
        if (packet.length > MAX_PAYLOAD || packet.length < 1) {
            counters.increment(JitterCount.TOO_LONG);
            return;
        }
        if (state == State.EMPTY || packet.ssrc != ssrc) {
            begin(packet);
        }
        long sequence = highestSequence + (short) (packet.sequence - (int) highestSequence);
        if (sequence < nextSequence && !reopens(sequence)) {
            onLate(packet, sequence);
            return;
        }
        if (sequence >= nextSequence + SLOTS) {
            begin(packet);
            sequence = highestSequence;
        }
        if (sequences[(int) sequence & (SLOTS - 1)] == sequence) {
            counters.increment(JitterCount.DUPLICATE);
            return;
        }
        lateRun = 0;
        if (heldPackets == 0) {
            fillingSince = packet.arrivalNanos;
        }
        store(packet, sequence);
    }

    /// Says what to play next. Call it again after each frame played, `nowNanos` being the tick's time.
    public Due next(long nowNanos) {
        if (heldPackets == 0) {
            return state == State.PLAYING ? onDry() : Due.NOTHING;
        }
        if (state == State.FILLING) {
            if (!isFilled(nowNanos)) {
                return Due.NOTHING;
            }
            play();
        }
        return sequences[(int) nextSequence & (SLOTS - 1)] == nextSequence ? onPresent(nowNanos) : onMissing(nowNanos);
    }

    /// Other bounds from now on. Where less is held than is wanted at the least, nothing is played until there is enough; where it is more
    /// than is needed, [#surplusMillis] says so.
    public void bounds(JitterBounds bounds, long nowNanos) {
        config = JitterConfig.of(config.clock(), config.discontinuousBytes(), bounds);
        delay.limit(config);
        if (state == State.PLAYING && heldTicks < config.ticks(config.minMillis())) {
            state = State.FILLING;
            fillingSince = nowNanos;
            dryTicks = 0;
        }
    }

    /// The payload that [#next] spoke of is `bytes()[0 .. length())`, until the next call of anything.
    public byte[] bytes() {
        return payloads[dueSlot];
    }

    public int length() {
        return lengths[dueSlot];
    }

    /// @return ticks of the RTP clock that are due
    public int dueTicks() {
        return dueTicks;
    }

    /// @return how much longer than needed packets have waited in the last half second; a caller that leaves out a frame says
    ///         so by [#onSqueezed]
    public int surplusMillis() {
        return (int) (surplusTicks * 1000L / config.clock());
    }

    /// A frame was left out: measure anew.
    public void onSqueezed() {
        gaveUpRepair |= givesUpRepair;
        measureAnew();
    }

    /// @return when the packet that is due came
    public long arrivalNanos() {
        return arrivals[dueSlot];
    }

    /// @return the delay that is aimed at
    public int targetMillis() {
        return delay.targetMillis();
    }

    /// @return the sound that waits
    public int heldMillis() {
        return (int) (heldTicks * 1000L / config.clock());
    }

    /// Forgets all packets and the stream.
    public void reset() {
        state = State.EMPTY;
        clear();
    }

    private void begin(JitterPacket packet) {
        if (state != State.EMPTY) {
            counters.increment(JitterCount.RESTARTED);
        }
        clear();
        state = State.FILLING;
        played = false;
        ssrc = packet.ssrc;
        highestSequence = (packet.sequence & 0xffff) + 0x1_0000L; // above zero however far back reordering goes
        highestTimestamp = packet.timestamp & 0xffff_ffffL;
        nextSequence = highestSequence;
        nextTimestamp = highestTimestamp;
    }

    private void clear() {
        Arrays.fill(sequences, -1);
        heldPackets = 0;
        heldTicks = 0;
        lateRun = 0;
        dryTicks = 0;
        discontinuous = false;
        calm = 0;
        gaveUpRepair = false;
        delay.restart();
        measureAnew();
    }

    private void measureAnew() {
        surplusTicks = 0;
        givesUpRepair = false;
        windowReads = 0;
        windowLowest = Integer.MAX_VALUE;
        windowShortest = Long.MAX_VALUE;
    }

    /// While nothing of a stream has been played, its first packet may turn out not to be the first.
    private boolean reopens(long sequence) {
        if (played || highestSequence - sequence >= SLOTS) {
            return false;
        }
        nextSequence = sequence;
        return true;
    }

    private void onLate(JitterPacket packet, long sequence) {
        counters.increment(JitterCount.LATE);
        calm = 0;
        if (highestSequence - sequence < SLOTS) {
            delay.onPacket(packet.arrivalNanos, unwrap(packet.timestamp));
        }
        if (++lateRun > MAX_LATE_RUN) {
            begin(packet);
            insert(packet);
        }
    }

    private void store(JitterPacket packet, long sequence) {
        int slot = (int) sequence & (SLOTS - 1);
        if (payloads[slot].length < packet.length) {
            payloads[slot] = new byte[MAX_PAYLOAD];
        }
        System.arraycopy(packet.bytes, packet.offset, payloads[slot], 0, packet.length);
        long timestamp = unwrap(packet.timestamp);
        sequences[slot] = sequence;
        timestamps[slot] = timestamp;
        arrivals[slot] = packet.arrivalNanos;
        durations[slot] = packet.durationTicks;
        lengths[slot] = packet.length;
        heldPackets++;
        heldTicks += packet.durationTicks;
        delay.onPacket(packet.arrivalNanos, timestamp);
        if (sequence >= highestSequence) {
            highestSequence = sequence;
            highestTimestamp = timestamp;
        }
    }

    private long unwrap(int timestamp) {
        return highestTimestamp + (timestamp - (int) highestTimestamp);
    }

    private Due onDry() {
        if (discontinuous || dryTicks >= MAX_DRY * frameTicks) {
            state = State.FILLING;
            dryTicks = 0;
            return Due.NOTHING;
        }
        counters.increment(JitterCount.DRY);
        calm = 0;
        dryTicks += frameTicks;
        dueTicks = frameTicks;
        return Due.LOST;
    }

    private boolean isFilled(long nowNanos) {
        int target = delay.targetMillis();
        return heldTicks >= config.ticks(target) || nowNanos - fillingSince >= target * 1_000_000L;
    }

    private void play() {
        state = State.PLAYING;
        played = true;
        skipTo(nextHeld());
    }

    private long nextHeld() {
        long sequence = nextSequence;
        while (sequences[(int) sequence & (SLOTS - 1)] != sequence) {
            sequence++; // something is held, and all that is held lies within SLOTS
        }
        return sequence;
    }

    private void skipTo(long sequence) {
        if (sequence > nextSequence) {
            calm = 0;
        }
        counters.add(JitterCount.LOST, sequence - nextSequence);
        nextSequence = sequence;
        nextTimestamp = timestamps[(int) sequence & (SLOTS - 1)];
        dryTicks = 0;
    }

    private Due onMissing(long nowNanos) {
        long found = nextHeld();
        if (found - nextSequence > MAX_LOST) {
            skipTo(found);
            return onPresent(nowNanos);
        }
        if (gaveUpRepair && dryTicks > 0) {
            gaveUpRepair = false; // what was made up meanwhile is that frame again, and the lost packet is repaired after it
            dryTicks = 0;
        }
        while (nextSequence < found && dryTicks >= lastDuration) {
            lose(); // it was made up already, while the buffer was dry
            dryTicks -= lastDuration;
        }
        if (nextSequence == found) {
            return onPresent(nowNanos);
        }
        lose();
        dueTicks = lastDuration;
        dueSlot = (int) nextSequence & (SLOTS - 1);
        return nextSequence == found ? Due.LOST_NEXT_KNOWN : Due.LOST;
    }

    private void lose() {
        counters.increment(JitterCount.LOST);
        calm = 0;
        nextSequence++;
        nextTimestamp += lastDuration;
    }

    private Due onPresent(long nowNanos) {
        int slot = (int) nextSequence & (SLOTS - 1);
        long pause = timestamps[slot] - nextTimestamp - dryTicks;
        gaveUpRepair &= dryTicks == 0; // what was made up while it was late delays all that follows
        dryTicks = 0;
        if (pause >= frameTicks && pause <= config.clock()) {
            nextTimestamp += frameTicks; // the sender said nothing for so long: neither do we
            if (surplusTicks >= frameTicks) {
                nextTimestamp += frameTicks; // nobody hears that a pause is shorter
                onSqueezed();
            }
            return Due.NOTHING;
        }
        calm = Math.min(calm + 1, CALM_PACKETS);
        measureLevel(nowNanos - arrivals[slot]);
        dueSlot = slot;
        dueTicks = durations[slot];
        lastDuration = durations[slot];
        discontinuous = lengths[slot] <= config.discontinuousBytes();
        nextSequence++;
        nextTimestamp = timestamps[slot] + durations[slot];
        sequences[slot] = -1;
        heldPackets--;
        heldTicks -= durations[slot];
        return Due.PACKET;
    }

    private void measureLevel(long waited) {
        int target = delay.targetMillis();
        int needed = config.ticks(target) + frameTicks;
        windowLowest = Math.min(windowLowest, heldTicks);
        windowShortest = Math.min(windowShortest, waited);
        if (++windowReads == LEVEL_WINDOW) {
            int surplus = Math.max(0, windowLowest - needed);
            boolean spare = calm == CALM_PACKETS && windowShortest >= target * 1_000_000L + SPARE_NANOS;
            measureAnew();
            givesUpRepair = surplus < frameTicks && spare;
            surplusTicks = givesUpRepair ? frameTicks : surplus;
        }
        if (heldTicks > needed + MAX_EXCESS_FRAMES * frameTicks) {
            givesUpRepair = false;
            surplusTicks = heldTicks - needed;
        }
    }
}
