package io.jverto.media.rtp;

import java.util.Arrays;

/// Maps packets of changing sources onto one stream of our own: one SSRC, sequence numbers that go on when the source
/// changes, timestamps that go on with the time that passed (media-rtc.md section 9).
/// A sequence number is never given twice, since SRTP would then use its key stream twice (RFC 3711 section 9.1).
/// Results stand in the accessors until the next call.
public final class RtpRewriter {
    /// Enough for sound; a packet of video that was sent again comes much later.
    private static final int WINDOW = 64;
    /// For video: as many packets as come in a second.
    public static final int WIDE_WINDOW = 1_024;
    /// A source that jumps further has restarted (RFC 3550 section A.1).
    private static final int MAX_JUMP = 3000;

    private final int ssrc;
    private int clock;

    private boolean hasSource;
    private long source;
    private int sourceSequence;
    private int sequenceOffset;
    private int timestampOffset;
    private boolean sequenceBroken;

    private int highest;
    /// Which of the last sequence numbers were given, by their lower bits; a power of two of them.
    private final long[] given;
    private final int window;
    private boolean started;
    private int lastTimestamp;
    private long lastNanos;

    private int sequence;
    private int timestamp;
    private boolean marker;
    private boolean switched;

    /// @param clock ticks of our timestamps in a second
    /// @param firstSequence random (RFC 3550 section 5.1)
    /// @param firstTimestamp random
    public RtpRewriter(int ssrc, int clock, int firstSequence, int firstTimestamp) {
        this(ssrc, clock, firstSequence, firstTimestamp, WINDOW);
    }

    /// @param window how far behind the highest sequence number a packet may come, a power of two from 64 on
    public RtpRewriter(int ssrc, int clock, int firstSequence, int firstTimestamp, int window) {
        this.window = window;
        this.given = new long[window / Long.SIZE];
        Arrays.fill(given, -1);
        this.ssrc = ssrc;
        this.clock = clock;
        this.highest = firstSequence - 1;
        this.lastTimestamp = firstTimestamp;
    }

    /// The codec changed, and with it the clock. Sequence numbers go on.
    public void clock(int newClock) {
        if (newClock != clock) {
            clock = newClock;
            hasSource = false;
        }
    }

    /// Maps a packet that has a sequence number of its source: gaps stay gaps, so that the receiver sees the loss.
    ///
    /// @param from names the source; another value means another timeline
    /// @return false when the packet is older than what this stream can still take
    public boolean relay(long nowNanos, long from, int fromSequence, int fromTimestamp, boolean fromMarker) {
        switched = switchTo(nowNanos, from, fromSequence, fromTimestamp);
        if (switched || sequenceBroken) {
            sequenceOffset = highest + 1 - fromSequence;
            sequenceBroken = false;
            Arrays.fill(given, -1); // gaps of another source are not filled by this one
        }
        int mapped = fromSequence + sequenceOffset & 0xffff;
        if (!claim(mapped)) {
            return false;
        }
        sourceSequence = mapped == (highest & 0xffff) ? fromSequence : sourceSequence;
        emit(nowNanos, mapped, fromTimestamp + timestampOffset, fromMarker || switched);
        return true;
    }

    /// Maps a packet that we made ourselves: it gets the next sequence number.
    public void append(long nowNanos, long from, int fromTimestamp, boolean fromMarker) {
        switched = switchTo(nowNanos, from, sourceSequence, fromTimestamp);
        emit(nowNanos, claimNext(), fromTimestamp + timestampOffset, fromMarker || switched);
    }

    /// Puts in a packet beside the source, for instance a telephone event.
    ///
    /// @param atTimestamp in our own timeline, see [#timestampAt]
    public void insert(int atTimestamp, boolean withMarker) {
        sequence = claimNext();
        timestamp = atTimestamp;
        marker = withMarker;
    }

    /// A packet of the source is held back on purpose: no gap is to be seen.
    public void skip() {
        sequenceBroken = true;
    }

    /// @return a timestamp of the source in force, in our timeline
    public int mapped(int fromTimestamp) {
        return fromTimestamp + timestampOffset;
    }

    /// @return the timestamp of our timeline at that time
    public int timestampAt(long nowNanos) {
        if (!started) {
            started = true;
            lastNanos = nowNanos;
        }
        return lastTimestamp + (int) ((nowNanos - lastNanos) / 1000 * clock / 1_000_000);
    }

    private boolean switchTo(long nowNanos, long from, int fromSequence, int fromTimestamp) {
        int jump = (short) (fromSequence - sourceSequence);
        if (hasSource && from == source && Math.abs(jump) < MAX_JUMP) {
            return false;
        }
        hasSource = true;
        source = from;
        sourceSequence = fromSequence;
        // At least one tick further: two packets with the same timestamp would be one frame to the receiver.
        timestampOffset = Math.max(1, timestampAt(nowNanos) - lastTimestamp) + lastTimestamp - fromTimestamp;
        return true;
    }

    private int claimNext() {
        int next = highest + 1 & 0xffff;
        claim(next);
        sequenceBroken = true;
        return next;
    }

    private boolean claim(int mapped) {
        int ahead = (short) (mapped - highest);
        if (ahead > 0) {
            for (int skipped = Math.max(1, ahead - window + 1); skipped < ahead; skipped++) {
                given[word(highest + skipped)] &= ~bit(highest + skipped);
            }
            given[word(mapped)] |= bit(mapped);
            highest = mapped;
            return true;
        }
        if (ahead <= -window || (given[word(mapped)] & bit(mapped)) != 0) {
            return false;
        }
        given[word(mapped)] |= bit(mapped);
        return true;
    }

    private int word(int number) {
        return (number & window - 1) / Long.SIZE;
    }

    private static long bit(int number) {
        return 1L << (number & Long.SIZE - 1);
    }

    private void emit(long nowNanos, int mappedSequence, int mappedTimestamp, boolean withMarker) {
        sequence = mappedSequence;
        timestamp = mappedTimestamp;
        marker = withMarker;
        if (mappedSequence == (highest & 0xffff)) {
            lastTimestamp = mappedTimestamp;
            lastNanos = nowNanos;
        }
    }

    public int ssrc() {
        return ssrc;
    }

    /// @return 0 to 65535
    public int sequence() {
        return sequence;
    }

    public int timestamp() {
        return timestamp;
    }

    public boolean marker() {
        return marker;
    }

    /// @return whether the packet is the first of another timeline: that of another source, or of one that has restarted
    public boolean switched() {
        return switched;
    }
}
