package io.jverto.media.rtp;

/// Turns RFC 4733 event packets into digits, each once: at its end, when another begins, or when its packets stop.
/// Events are told apart by their timestamp, so repeated and late packets of one that was reported change nothing.
public final class TelephoneEventReceiver {
    /// Senders update every 20 to 50 ms: after so long without one the end was lost.
    static final long SILENCE_NANOS = 300_000_000L;
    /// How far back in time a packet may lie to count as late, in seconds.
    private static final int LATE_SECONDS = 10;

    private final Handler handler;
    private int clock;

    private boolean known;
    private boolean reported;
    private int event;
    private int timestamp;
    private int earlierSegments;
    private int duration;
    private long lastNanos;

    public TelephoneEventReceiver(int clock, Handler handler) {
        this.clock = clock;
        this.handler = handler;
    }

    /// Another source or clock: timestamps begin anew.
    public void restart(int newClock) {
        report();
        clock = newClock;
        known = false;
    }

    /// Takes the payload `bytes[offset .. offset + length)` of an event packet.
    ///
    /// @return false when it is malformed or no digit
    public boolean onPacket(long nowNanos, int packetTimestamp, byte[] bytes, int offset, int length) {
        int packetEvent = length < TelephoneEvents.PAYLOAD_LENGTH ? -1 : bytes[offset] & 0xff;
        if (packetEvent < 0 || TelephoneEvents.digit(packetEvent) == 0) {
            return false;
        }
        int packetDuration = Bits.u16(bytes, offset + 2);
        if (!known || packetTimestamp != timestamp) {
            int ahead = packetTimestamp - timestamp;
            if (known && ahead < 0 && ahead > -LATE_SECONDS * clock) {
                return true;
            }
            begin(packetEvent, packetTimestamp);
        }
        duration = Math.max(duration, packetDuration);
        lastNanos = nowNanos;
        if ((bytes[offset + 1] & TelephoneEvents.END_BIT) != 0) {
            report();
        }
        return true;
    }

    private void begin(int packetEvent, int packetTimestamp) {
        // RFC 4733 section 2.5.1.3: an event of more than 65535 units goes on in a new segment that joins the old one.
        boolean continues = known
                && packetEvent == event
                && packetTimestamp - timestamp == TelephoneEvents.MAX_DURATION
                && duration == TelephoneEvents.MAX_DURATION;
        if (continues) {
            earlierSegments += TelephoneEvents.MAX_DURATION;
        } else {
            report();
            reported = false;
            earlierSegments = 0;
        }
        known = true;
        event = packetEvent;
        timestamp = packetTimestamp;
        duration = 0;
    }

    /// Reports an event whose packets have stopped.
    ///
    /// @return when to call again at the latest; `Long.MAX_VALUE` when nothing is under way
    public long onTimeout(long nowNanos) {
        if (!known || reported) {
            return Long.MAX_VALUE;
        }
        if (nowNanos - lastNanos < SILENCE_NANOS) {
            return lastNanos + SILENCE_NANOS;
        }
        report();
        return Long.MAX_VALUE;
    }

    private void report() {
        if (known && !reported) {
            reported = true;
            long millis = (long) (earlierSegments + duration) * 1000 / clock;
            handler.onDigit(TelephoneEvents.digit(event), (int) millis);
        }
    }

    /// Who wants the digits.
    @FunctionalInterface
    public interface Handler {
        void onDigit(char digit, int durationMillis);
    }
}
