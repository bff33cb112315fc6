package io.jverto.media.jitter;

import io.jverto.base.count.Counters;
import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.plan.JitterBounds;
import org.jspecify.annotations.Nullable;

/// Puts the packets of one RTP stream in order and says, when 20 ms more are needed, what is due. Its delay follows the
/// measured jitter; where nothing was lost or late for long, it gives up the frame that a lost one would be repaired from, and takes it
/// back at the first that is. Owner: MIXER_TICK; sans-IO; allocates only while more packets are held, or longer ones, than ever before: few
/// are, and their memory stays near the processor. Bounded: [#SLOTS] packets of [#MAX_PAYLOAD] bytes. media-rtc.md sections 11 and 18.
@OwnedBy(Role.MIXER_TICK)
public final class JitterBuffer {
    /// Packets held: 1.28 s of 20 ms packets.
    public static final int SLOTS = 64;
    public static final int MAX_PAYLOAD = 1500;

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

    /// By sequence number.
    private final @Nullable HeldPacket[] slots = new HeldPacket[SLOTS];
    /// Those that hold nothing; the last one is taken first.
    private final HeldPacket[] spare = new HeldPacket[SLOTS];
    private int spares;

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

    private HeldPacket due = new HeldPacket();
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
    }

    /// Reads what the next [#insert] is going to need; of no use but that it was read.
    public int preload() {
        return spares == 0 ? 0 : spare[spares - 1].bytes[0] + delay.targetMillis();
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
        if (held(sequence) != null) {
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
        HeldPacket next = held(nextSequence);
        return next != null ? onPresent(next, nowNanos) : onMissing(nowNanos);
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
        return due.bytes;
    }

    public int length() {
        return due.length;
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
        return due.arrivalNanos;
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
        for (int slot = 0; slot < SLOTS && heldPackets > 0; slot++) {
            HeldPacket packet = slots[slot];
            if (packet != null) {
                free(packet);
            }
        }
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
        HeldPacket held = spares > 0 ? spare[--spares] : new HeldPacket();
        held.fill(packet, sequence, unwrap(packet.timestamp));
        slots[slot(sequence)] = held;
        heldPackets++;
        heldTicks += held.durationTicks;
        delay.onPacket(packet.arrivalNanos, held.timestamp);
        if (sequence >= highestSequence) {
            highestSequence = sequence;
            highestTimestamp = held.timestamp;
        }
    }

    /// What it says can be read until the next packet comes.
    private void free(HeldPacket packet) {
        slots[slot(packet.sequence)] = null;
        spare[spares++] = packet;
        heldPackets--;
        heldTicks -= packet.durationTicks;
    }

    private @Nullable HeldPacket held(long sequence) {
        HeldPacket packet = slots[slot(sequence)];
        return packet != null && packet.sequence == sequence ? packet : null;
    }

    private static int slot(long sequence) {
        return (int) sequence & (SLOTS - 1);
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

    private HeldPacket nextHeld() {
        long sequence = nextSequence;
        HeldPacket found = held(sequence);
        while (found == null) {
            found = held(++sequence); // something is held, and all that is held lies within SLOTS
        }
        return found;
    }

    private void skipTo(HeldPacket packet) {
        if (packet.sequence > nextSequence) {
            calm = 0;
        }
        counters.add(JitterCount.LOST, packet.sequence - nextSequence);
        nextSequence = packet.sequence;
        nextTimestamp = packet.timestamp;
        dryTicks = 0;
    }

    private Due onMissing(long nowNanos) {
        HeldPacket found = nextHeld();
        if (found.sequence - nextSequence > MAX_LOST) {
            skipTo(found);
            return onPresent(found, nowNanos);
        }
        if (gaveUpRepair && dryTicks > 0) {
            gaveUpRepair = false; // what was made up meanwhile is that frame again, and the lost packet is repaired after it
            dryTicks = 0;
        }
        while (nextSequence < found.sequence && dryTicks >= lastDuration) {
            lose(); // it was made up already, while the buffer was dry
            dryTicks -= lastDuration;
        }
        if (nextSequence == found.sequence) {
            return onPresent(found, nowNanos);
        }
        lose();
        dueTicks = lastDuration;
        due = found;
        return nextSequence == found.sequence ? Due.LOST_NEXT_KNOWN : Due.LOST;
    }

    private void lose() {
        counters.increment(JitterCount.LOST);
        calm = 0;
        nextSequence++;
        nextTimestamp += lastDuration;
    }

    private Due onPresent(HeldPacket packet, long nowNanos) {
        long pause = packet.timestamp - nextTimestamp - dryTicks;
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
        measureLevel(nowNanos - packet.arrivalNanos);
        due = packet;
        dueTicks = packet.durationTicks;
        lastDuration = packet.durationTicks;
        discontinuous = packet.length <= config.discontinuousBytes();
        nextSequence++;
        nextTimestamp = packet.timestamp + packet.durationTicks;
        free(packet);
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
