package io.jverto.media.frame;

import io.jverto.base.count.Counters;
import io.jverto.media.plan.VideoCodec;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/// Puts the payloads of RTP packets together to frames, as [Payload] makes them. Packets may come in any order, twice, or not at all: what is
/// missing is waited for [#PATIENCE_NANOS], in which it may be sent again; then a key frame is asked for, and all before it is dropped.
/// Everything is bounded; allocates nothing once it runs, except for frames longer than those before.
public final class FrameAssembler {
    /// Packets that wait for one before them.
    static final int WINDOW = 512;
    static final int MAX_FRAME = 1 << 20;
    static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(150);
    private static final int SLOT_BYTES = 1_500;
    private static final int NONE = -1;
    /// Length of a payload that says nothing that could be understood.
    private static final int NONSENSE = -1;

    private final Counters<FrameCount> counters;
    private final byte[][] slots = new byte[WINDOW][];
    private final int[] lengths = new int[WINDOW];
    private final int[] sequences = new int[WINDOW];
    private final int[] timestamps = new int[WINDOW];
    private final boolean[] markers = new boolean[WINDOW];

    private final VideoCodec codec;
    private final Payload payload;
    private final FrameBuffer frame = new FrameBuffer();
    private boolean inFrame;
    private int frameTimestamp;
    /// Whether the packet before the next one is known, and was the last of its picture, and its timestamp.
    private boolean ordered;
    private boolean marked;
    private int lastTimestamp;
    /// Sequence number that comes next; [#NONE] until a frame has begun.
    private int next = NONE;
    private int waiting;
    private long waitingSinceNanos;
    private boolean broken = true;

    public FrameAssembler(VideoCodec codec, Counters<FrameCount> counters) {
        this.codec = codec;
        this.payload = Payload.of(codec);
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

    public void onPacket(long nowNanos, int sequence, int timestamp, boolean marker, byte[] bytes, int offset, int length, Sink sink) {
        boolean sound = length <= SLOT_BYTES && payload.isSound(bytes, offset, length);
        if (!sound && length > 0) {
            // Its place in the order is taken all the same: nobody will send anything better under that number.
            counters.increment(FrameCount.DESCRIPTOR_BROKEN);
        }
        if (next == NONE) {
            if (!sound || !payload.begins(bytes, offset, length, false)) {
                return;
            }
            next = sequence;
        }
        int ahead = (short) (sequence - next);
        if (ahead < 0 && ahead > -WINDOW) {
            counters.increment(FrameCount.PACKETS_LATE);
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
        keep(slot, sequence, timestamp, marker, bytes, offset, sound || length == 0 ? length : NONSENSE);
        if (ahead > 0 && waiting == 1) {
            waitingSinceNanos = nowNanos;
        }
        drain(sink);
        if (waiting > 0 && nowNanos - waitingSinceNanos > PATIENCE_NANOS) {
            skip(sink);
            waitingSinceNanos = nowNanos;
        }
    }

    private void keep(int slot, int sequence, int timestamp, boolean marker, byte[] bytes, int offset, int length) {
        if (slots[slot] == null) {
            slots[slot] = new byte[SLOT_BYTES];
        }
        System.arraycopy(bytes, offset, slots[slot], 0, Math.max(0, length));
        lengths[slot] = length;
        sequences[slot] = sequence;
        timestamps[slot] = timestamp;
        markers[slot] = marker;
        waiting++;
    }

    private void restart(int sequence) {
        counters.increment(FrameCount.GAPS);
        Arrays.fill(sequences, NONE);
        waiting = 0;
        next = sequence;
        ordered = false;
        breakFrame();
    }

    private void breakFrame() {
        inFrame = false;
        broken = true;
    }

    /// Gives the missing packets up and goes on with the first that is there.
    private void skip(Sink sink) {
        counters.increment(FrameCount.GAPS);
        ordered = false;
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
                ordered = false;
                breakFrame();
            }
            return; // padding alone, by which senders try how much there is room for
        }
        boolean follows = ordered && (marked || lastTimestamp != timestamps[slot]);
        ordered = true;
        marked = markers[slot];
        lastTimestamp = timestamps[slot];
        boolean same = inFrame && frameTimestamp == timestamps[slot];
        if (payload.begins(slots[slot], 0, lengths[slot], follows) && (payload.beginsOnce() || !same)) {
            begin(timestamps[slot]);
        } else if (!same) {
            breakFrame(); // the middle of a frame whose beginning is lost
            return;
        }
        if (!payload.add(slots[slot], lengths[slot], frame)) {
            counters.increment(FrameCount.FRAMES_BROKEN);
            breakFrame();
        } else if (frame.isTooLong()) {
            counters.increment(FrameCount.FRAMES_TOO_LONG);
            breakFrame();
        } else if (markers[slot]) {
            inFrame = false;
            whole(sink);
        }
    }

    private void begin(int timestamp) {
        if (inFrame && frameTimestamp != timestamp) {
            counters.increment(FrameCount.FRAMES_UNFINISHED); // its end was never marked
            broken = true;
        }
        frame.clear();
        payload.clear();
        inFrame = true;
        frameTimestamp = timestamp;
    }

    private void whole(Sink sink) {
        FrameHeader header = payload.end(frame) && !frame.isTooLong() ? FrameHeader.parse(codec, frame.bytes(), frame.length()) : null;
        if (header == null) {
            counters.increment(FrameCount.FRAMES_BROKEN);
            broken = true;
            return;
        }
        if (broken && !header.key()) {
            counters.increment(FrameCount.FRAMES_WITHOUT_KEY);
            return;
        }
        broken = false;
        sink.onFrame(frame.bytes(), frame.length(), frameTimestamp);
    }
}
