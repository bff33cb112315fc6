package io.jverto.medialoop.file;

import io.jverto.media.plan.VideoCodec;
import io.jverto.media.rtp.RtpPacket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// From a projector to one screen: numbers and stamps what the screen gets. Belongs to the thread of the file, but for [#close] and [#isOf].
final class Beam {
    private static final int MAX_PACKET = 1_300;
    /// Pieces that wait for room in the screen's ring: with more of them the screen begins again with a key frame.
    private static final int MAX_WAITING = 16_384;
    private static final int TICKS_OF_A_MILLI = 90;
    /// Between two times that everything since the last key frame is sent again.
    private static final long AGAIN_MILLIS = 1_000;

    private final Screen screen;
    private final Deque<Stamped> waiting = new ArrayDeque<>();
    private final byte[] packet = new byte[MAX_PACKET];
    private boolean begun;
    private @Nullable VideoCodec codec;
    private boolean takes;
    private int sequence;
    private int timestamp;
    private long againMillis = -AGAIN_MILLIS;

    Beam(Screen screen) {
        this.screen = screen;
    }

    /// A payload of a picture, for all screens.
    ///
    /// @param first of its picture
    /// @param key a key frame begins in it
    record Piece(byte[] payload, boolean first, boolean key, boolean marker) {}

    private record Stamped(Piece piece, int timestamp) {}

    boolean isOf(Screen other) {
        return screen == other;
    }

    /// @return whether it is to get all pictures since the last key frame
    boolean beginsAgain(long millis) {
        boolean again = !begun || millis - againMillis >= AGAIN_MILLIS && screen.takeKeyFrameWish();
        if (again) {
            begun = true;
            againMillis = millis;
            waiting.clear();
        }
        return again;
    }

    void show(VideoCodec of, List<Piece> pieces, long millis) {
        if (of != codec) {
            codec = of;
            takes = screen.takes(of);
        }
        if (!takes || pieces.isEmpty()) {
            return;
        }
        if (waiting.size() + pieces.size() > MAX_WAITING) {
            waiting.clear();
            begun = false;
            return;
        }
        int wanted = (int) (millis * TICKS_OF_A_MILLI);
        timestamp = wanted - timestamp > 0 ? wanted : timestamp + 1;
        pieces.forEach(piece -> waiting.add(new Stamped(piece, timestamp)));
    }

    /// What does not fit waits for the next time.
    void send() {
        boolean sent = false;
        while (!waiting.isEmpty() && offer(waiting.peek())) {
            waiting.remove();
            sent = true;
        }
        if (sent) {
            screen.came();
        }
    }

    private boolean offer(Stamped next) {
        byte[] payload = next.piece().payload();
        int length = RtpPacket.FIXED_HEADER + payload.length;
        if (length > MAX_PACKET) {
            return true; // no packetizer makes such
        }
        RtpPacket.writeHeader(packet, 0, next.piece().marker(), 0, sequence, next.timestamp(), 0);
        System.arraycopy(payload, 0, packet, RtpPacket.FIXED_HEADER, payload.length);
        boolean taken = screen.ring().offer(next.piece().key() ? 1 : 0, packet, 0, length);
        sequence = taken ? sequence + 1 & 0xffff : sequence;
        return taken;
    }

    boolean isDone() {
        return waiting.isEmpty();
    }

    /// From any thread. Twice does no harm.
    void close() {
        screen.close();
    }
}
