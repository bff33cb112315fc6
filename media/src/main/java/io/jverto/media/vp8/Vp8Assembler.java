package io.jverto.media.vp8;

import io.jverto.base.count.Counters;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/// Puts the payloads of RTP packets together to frames (RFC 7741 section 4). Packets may come in any order, twice, or not at all: what is
/// missing is waited for [#PATIENCE_NANOS], in which it may be sent again; then a key frame is asked for, and all before it is dropped.
/// Everything is bounded; allocates nothing once it runs, except for frames longer than those before.
public final class Vp8Assembler {
    /// Packets that wait for one before them.
    static final int WINDOW = 512;
    static final int MAX_FRAME = 1 << 20;
    static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(150);
    private static final int SLOT_BYTES = 1_500;
    private static final int NONE = -1;
    /// Length of a payload that says nothing that could be understood.
    private static final int NONSENSE = -1;

    private final Counters<Vp8Count> counters;
    private final byte[][] slots = new byte[WINDOW][];
    private final int[] lengths = new int[WINDOW];
    private final int[] sequences = new int[WINDOW];
    private final int[] timestamps = new int[WINDOW];
    private final boolean[] markers = new boolean[WINDOW];

    private byte[] frame = new byte[16_384];
    private int filled;
    private boolean inFrame;
    private int frameTimestamp;
    /// Sequence number that comes next; [#NONE] until a frame has begun.
    private int next = NONE;
    private int waiting;
    private long waitingSinceNanos;
    private boolean broken = true;

    public Vp8Assembler(Counters<Vp8Count> counters) {
        this.counters = counters;
        Arrays.fill(sequences, NONE);
    }

    /// Takes whole frames, in order. Valid only for the time of the call.
    @FunctionalInterface
    public interface Sink {
        void onFrame(byte[] bytes, int length, int timestamp);
    }

    /// @return whether a key frame is needed: nothing can be shown before one comes
    public boolean needsKeyFrame() {
        return broken;
    }

    /// What was decoded of the last frame makes no sense: nothing counts before the next key frame.
    public void breakOff() {
        broken = true;
    }

    public void onPacket(long nowNanos, int sequence, int timestamp, boolean marker, byte[] payload, int offset, int length, Sink sink) {
        boolean sound = length <= SLOT_BYTES && Vp8Descriptor.length(payload, offset, length) > 0;
        if (!sound && length > 0) {
            // Its place in the order is taken all the same: nobody will send anything better under that number.
            counters.increment(Vp8Count.DESCRIPTOR_BROKEN);
        }
        if (next == NONE) {
            if (!sound || !Vp8Descriptor.beginsFrame(payload, offset)) {
                return;
            }
            next = sequence;
        }
        int ahead = (short) (sequence - next);
        if (ahead < 0 && ahead > -WINDOW) {
            counters.increment(Vp8Count.PACKETS_LATE);
            return;
        }
        if (ahead < 0 || ahead >= WINDOW) {
            restart(sequence); // a gap that nothing fills, or a sender that begins anew
            ahead = 0;
        }
        int slot = sequence % WINDOW;
        if (sequences[slot] == sequence) {
            return; // twice
        }
        keep(slot, sequence, timestamp, marker, payload, offset, sound || length == 0 ? length : NONSENSE);
        if (ahead > 0 && waiting == 1) {
            waitingSinceNanos = nowNanos;
        }
        drain(sink);
        if (waiting > 0 && nowNanos - waitingSinceNanos > PATIENCE_NANOS) {
            skip(sink);
            waitingSinceNanos = nowNanos;
        }
    }

    private void keep(int slot, int sequence, int timestamp, boolean marker, byte[] payload, int offset, int length) {
        if (slots[slot] == null) {
            slots[slot] = new byte[SLOT_BYTES];
        }
        System.arraycopy(payload, offset, slots[slot], 0, Math.max(0, length));
        lengths[slot] = length;
        sequences[slot] = sequence;
        timestamps[slot] = timestamp;
        markers[slot] = marker;
        waiting++;
    }

    private void restart(int sequence) {
        counters.increment(Vp8Count.GAPS);
        Arrays.fill(sequences, NONE);
        waiting = 0;
        next = sequence;
        breakFrame();
    }

    private void breakFrame() {
        inFrame = false;
        filled = 0;
        broken = true;
    }

    /// Gives the missing packets up and goes on with the first that is there.
    private void skip(Sink sink) {
        counters.increment(Vp8Count.GAPS);
        breakFrame();
        for (int i = 0; i < WINDOW && sequences[next % WINDOW] != next; i++) {
            next = next + 1 & 0xffff;
        }
        drain(sink);
    }

    private void drain(Sink sink) {
        while (sequences[next % WINDOW] == next) {
            int slot = next % WINDOW;
            sequences[slot] = NONE;
            waiting--;
            next = next + 1 & 0xffff;
            add(slot, sink);
        }
    }

    private void add(int slot, Sink sink) {
        if (lengths[slot] <= 0) {
            if (lengths[slot] == NONSENSE) {
                breakFrame();
            }
            return; // padding alone, by which senders try how much there is room for
        }
        byte[] payload = slots[slot];
        int head = Vp8Descriptor.length(payload, 0, lengths[slot]);
        if (Vp8Descriptor.beginsFrame(payload, 0)) {
            if (inFrame && frameTimestamp != timestamps[slot]) {
                counters.increment(Vp8Count.FRAMES_UNFINISHED); // its end was never marked
                broken = true;
            }
            filled = 0;
            inFrame = true;
            frameTimestamp = timestamps[slot];
        } else if (!inFrame || frameTimestamp != timestamps[slot]) {
            breakFrame(); // the middle of a frame whose beginning is lost
            return;
        }
        int length = lengths[slot] - head;
        if (filled + length > MAX_FRAME) {
            counters.increment(Vp8Count.FRAMES_TOO_LONG);
            breakFrame();
            return;
        }
        if (filled + length > frame.length) {
            frame = Arrays.copyOf(frame, Math.min(MAX_FRAME, Math.max(2 * frame.length, filled + length)));
        }
        System.arraycopy(payload, head, frame, filled, length);
        filled += length;
        if (markers[slot]) {
            inFrame = false;
            whole(sink);
        }
    }

    private void whole(Sink sink) {
        Vp8Header header = Vp8Header.parse(frame, filled);
        if (header == null) {
            counters.increment(Vp8Count.FRAMES_BROKEN);
            broken = true;
            return;
        }
        if (broken && !header.key()) {
            counters.increment(Vp8Count.FRAMES_WITHOUT_KEY);
            return;
        }
        broken = false;
        sink.onFrame(frame, filled, frameTimestamp);
    }
}
