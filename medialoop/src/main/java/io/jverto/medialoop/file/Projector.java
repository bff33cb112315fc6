package io.jverto.medialoop.file;

import io.jverto.media.rtp.RtpPacket;
import io.jverto.media.vp8.Vp8Packetizer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Shows the pictures of a file when its sound has come so far. Whoever decides where they are seen has it, and the thread of the file; what may be
/// called by any thread says so. All pictures since the last key frame are kept: a screen that comes later, or has lost something, gets them at once.
public final class Projector {
    private static final int MAX_PACKET = 1_300;
    private static final int TICKS_OF_A_MILLI = 90;
    private static final int MAX_PICTURES = 1_024;
    private static final int MAX_BYTES = 16 << 20;
    /// Between two times that everything since the last key frame is sent again.
    private static final long AGAIN_MILLIS = 1_000;

    private final boolean wanted;
    private volatile @Nullable Screen screen; // written under this
    private boolean closed; // guarded by this
    private volatile Runnable wake = () -> { };

    /// Since the last key frame; those before `shown` have been shown.
    private final Deque<Picture> kept = new ArrayDeque<>();
    private final Deque<Picture> coming = new ArrayDeque<>();
    private int bytes;
    private boolean begun;
    private boolean dropping;
    private final Deque<byte[]> packets = new ArrayDeque<>();
    private @Nullable Screen seen;
    private int sequence;
    private int timestamp;
    private boolean first;
    private long againMillis = -AGAIN_MILLIS;

    /// @param wanted whether anybody may want to see something
    public Projector(boolean wanted) {
        this.wanted = wanted;
    }

    /// @param millis of all that is played
    private record Picture(long millis, boolean key, byte[] bytes) {}

    /// From any thread.
    ///
    /// @return whether there may be something to see
    public boolean isWanted() {
        return wanted;
    }

    /// From any thread: shows them elsewhere from now on.
    ///
    /// @param next null for nowhere
    public synchronized void onto(@Nullable Screen next) {
        Screen before = screen;
        if (closed) {
            close(next);
            return;
        }
        screen = next;
        close(before);
        wake.run();
    }

    private static void close(@Nullable Screen one) {
        if (one != null) {
            one.close();
        }
    }

    void wakes(Runnable task) {
        wake = task;
    }

    /// A picture that was read.
    void add(long millis, boolean key, byte[] from, int length) {
        if (!wanted || !begun && !key || dropping && !key) {
            return;
        }
        begun = true;
        dropping = bytes + length > MAX_BYTES || coming.size() >= MAX_PICTURES;
        if (!dropping) {
            coming.add(new Picture(millis, key, Arrays.copyOf(from, length)));
            bytes += length;
        }
    }

    /// Shows what is due.
    ///
    /// @param millis of what was heard
    void show(long millis) {
        Screen now = screen;
        boolean again = now != null && (now != seen || millis - againMillis >= AGAIN_MILLIS && now.takeKeyFrameWish());
        if (again) {
            againMillis = millis;
            seen = now;
            packets.clear();
            kept.forEach(picture -> cut(picture.key(), picture.bytes(), millis));
        }
        while (!coming.isEmpty() && coming.peek().millis() <= millis) {
            Picture next = coming.remove();
            if (next.key()) {
                kept.forEach(old -> bytes -= old.bytes().length);
                kept.clear();
            }
            keep(next);
            if (now != null) {
                cut(next.key(), next.bytes(), next.millis());
            }
        }
        if (now != null) {
            send(now);
        }
    }

    /// A stretch without a key frame that is too long to be kept is only shown.
    private void keep(Picture next) {
        if (next.key() || !kept.isEmpty() && kept.size() < MAX_PICTURES) {
            kept.add(next);
        } else {
            kept.forEach(old -> bytes -= old.bytes().length);
            kept.clear();
            bytes -= next.bytes().length;
        }
    }

    boolean isDone() {
        return coming.isEmpty() && packets.isEmpty();
    }

    private void cut(boolean key, byte[] frame, long millis) {
        int wanted = (int) (millis * TICKS_OF_A_MILLI);
        timestamp = wanted - timestamp > 0 ? wanted : timestamp + 1;
        first = key;
        new Vp8Packetizer().send(frame, frame.length, (payload, length, marker) -> {
            byte[] packet = new byte[RtpPacket.FIXED_HEADER + length + 1];
            RtpPacket.writeHeader(packet, 0, marker, 0, sequence, timestamp, 0);
            System.arraycopy(payload, 0, packet, RtpPacket.FIXED_HEADER, length);
            packet[packet.length - 1] = (byte) (first ? 1 : 0);
            sequence = sequence + 1 & 0xffff;
            first = false;
            packets.add(packet);
        });
    }

    /// What does not fit waits for the next time.
    private void send(Screen to) {
        boolean sent = false;
        while (!packets.isEmpty()) {
            byte[] packet = packets.peek();
            if (packet.length > MAX_PACKET || to.ring().offer(packet[packet.length - 1], packet, 0, packet.length - 1)) {
                packets.remove();
                sent = true;
            } else {
                break;
            }
        }
        if (sent) {
            to.came();
        }
    }

    synchronized void close() {
        closed = true;
        Screen last = screen;
        screen = null;
        close(last);
    }
}
