package io.jverto.media.jitter;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.jverto.base.count.Counters;

class JitterBufferFuzz {
    private static final int MAX_STEPS = 4000;

    @FuzzTest
    void holdsAndPlaysAnythingWithinItsBounds(FuzzedDataProvider data) {
        JitterBuffer buffer = new JitterBuffer(JitterConfig.of(48_000, 2), new Counters<>(JitterCount.class));
        JitterPacket packet = new JitterPacket();
        packet.bytes = new byte[2000];
        long now = 0;
        for (int step = 0; step < MAX_STEPS && data.remainingBytes() > 0; step++) {
            now += data.consumeInt(0, 50_000_000);
            switch (data.consumeInt(0, 3)) {
                case 0 -> insert(buffer, packet, data, now);
                case 1 -> insertNext(buffer, packet, data, now);
                case 2 -> play(buffer, now);
                default -> buffer.onSqueezed();
            }
            if (buffer.heldMillis() < 0 || buffer.heldMillis() > JitterBuffer.SLOTS * 120) {
                throw new AssertionError("holds " + buffer.heldMillis() + " ms");
            }
        }
    }

    private static void insert(JitterBuffer buffer, JitterPacket packet, FuzzedDataProvider data, long now) {
        packet.arrivalNanos = now - data.consumeInt(0, 100_000_000);
        packet.ssrc = data.consumeInt(0, 2);
        packet.sequence = data.consumeInt(0, 65_535);
        packet.timestamp = data.consumeInt();
        packet.durationTicks = data.consumeInt(1, 5760);
        packet.length = data.consumeInt(0, 2000);
        buffer.insert(packet);
    }

    private static void insertNext(JitterBuffer buffer, JitterPacket packet, FuzzedDataProvider data, long now) {
        packet.arrivalNanos = now;
        packet.sequence = packet.sequence + data.consumeInt(-3, 5) & 0xffff;
        packet.timestamp += data.consumeInt(-960, 4800);
        packet.durationTicks = 960;
        packet.length = data.consumeInt(1, 200);
        buffer.insert(packet);
    }

    private static void play(JitterBuffer buffer, long now) {
        JitterBuffer.Due due = buffer.next(now);
        boolean shown = due == JitterBuffer.Due.PACKET || due == JitterBuffer.Due.LOST_NEXT_KNOWN;
        if (shown && (buffer.length() < 1 || buffer.length() > buffer.bytes().length)) {
            throw new AssertionError("a packet of " + buffer.length() + " bytes");
        }
        if (due != JitterBuffer.Due.NOTHING && (buffer.dueTicks() < 1 || buffer.dueTicks() > 5760)) {
            throw new AssertionError("due are " + buffer.dueTicks() + " ticks");
        }
    }
}
