package io.jverto.media.rtp;

/// Sends digits as RFC 4733 events, one after the other: a packet every 20 ms, the last one three times, so that there are
/// 40 ms without an event between two digits. Audio is held back while [#busy].
/// At most 100 digits wait; each lasts 50 ms to 24 s (media-rtc.md section 13).
public final class TelephoneEventSender {
    public static final int DEFAULT_MILLIS = 250;

    private static final int MAX_QUEUE = 100;
    private static final int MIN_MILLIS = 50;
    private static final int MAX_MILLIS = 24_000;
    private static final int VOLUME = 13;
    private static final int END_PACKETS = 3;
    private static final int PACKET_MILLIS = 20;
    private static final long PACKET_NANOS = PACKET_MILLIS * 1_000_000L;

    private final int[] events = new int[MAX_QUEUE];
    private final int[] durations = new int[MAX_QUEUE];
    private int head;
    private int waiting;

    private boolean busy;
    private int event;
    private int totalTicks;
    private int ticks;
    private int segmentStart;
    private int endsSent;
    private long dueNanos = Long.MIN_VALUE;

    private boolean first;
    private boolean end;
    private int segmentOffset;
    private int duration;

    /// Lets a digit wait for its turn.
    ///
    /// @param durationMillis 0 means the default; clamped
    /// @return false when the digit is none or too many wait
    public boolean enqueue(char digit, int durationMillis) {
        int code = TelephoneEvents.event(digit);
        if (code < 0 || waiting == MAX_QUEUE) {
            return false;
        }
        int at = (head + waiting++) % MAX_QUEUE;
        events[at] = code;
        durations[at] = durationMillis <= 0 ? DEFAULT_MILLIS : Math.clamp(durationMillis, MIN_MILLIS, MAX_MILLIS);
        return true;
    }

    /// Makes the next packet if it is time; it stands in the accessors until the next call.
    ///
    /// @param clock ticks of the event's duration in a second
    /// @return false when none is due yet
    public boolean poll(long nowNanos, int clock) {
        if (!busy && waiting > 0) {
            begin(nowNanos, clock);
        }
        if (!busy || nowNanos - dueNanos < 0) {
            return false;
        }
        int step = PACKET_MILLIS * clock / 1000;
        first = ticks == 0;
        ticks = Math.min(totalTicks, ticks + step);
        // RFC 4733 section 2.5.1.3: what does not fit into 16 bits goes on in another segment.
        if (ticks - segmentStart > TelephoneEvents.MAX_DURATION) {
            write(TelephoneEvents.MAX_DURATION, false);
            segmentStart += TelephoneEvents.MAX_DURATION;
        } else {
            write(ticks - segmentStart, ticks == totalTicks);
        }
        // Late by more than a packet: go on from here rather than send a burst.
        dueNanos = Math.max(dueNanos + PACKET_NANOS, nowNanos - PACKET_NANOS);
        endsSent += end ? 1 : 0;
        busy = endsSent < END_PACKETS;
        return true;
    }

    private void begin(long nowNanos, int clock) {
        event = events[head];
        totalTicks = (int) ((long) durations[head] * clock / 1000);
        head = (head + 1) % MAX_QUEUE;
        waiting--;
        ticks = 0;
        segmentStart = 0;
        endsSent = 0;
        busy = true;
        dueNanos = Math.max(dueNanos, nowNanos);
    }

    private void write(int packetDuration, boolean isEnd) {
        duration = packetDuration;
        segmentOffset = segmentStart;
        end = isEnd;
    }

    /// Forgets what waits and what is under way.
    public void clear() {
        waiting = 0;
        busy = false;
    }

    /// Writes the payload of the packet that [#poll] made.
    ///
    /// @return its length
    public int writePayload(byte[] to, int offset) {
        to[offset] = (byte) event;
        to[offset + 1] = (byte) ((end ? TelephoneEvents.END_BIT : 0) | VOLUME);
        Bits.put16(to, offset + 2, duration);
        return TelephoneEvents.PAYLOAD_LENGTH;
    }

    /// @return whether the packet begins an event: marker bit, and its time is the event's timestamp
    public boolean first() {
        return first;
    }

    /// @return what to add to the event's timestamp for this packet; not 0 only in long events
    public int segmentOffset() {
        return segmentOffset;
    }

    /// @return whether an event is under way or waits
    public boolean busy() {
        return busy || waiting > 0;
    }

    /// @return when the next packet is due, `Long.MAX_VALUE` when none is
    public long deadline() {
        return busy() ? dueNanos : Long.MAX_VALUE;
    }
}
