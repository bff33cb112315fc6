package io.jverto.medialoop.file;

import io.jverto.media.frame.Packetizer;
import io.jverto.media.plan.VideoCodec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Shows the pictures of a file when its sound has come so far. Whoever decides where they are seen has it, and the thread of the file; what may be
/// called by any thread says so. All pictures since the last key frame are kept: a screen that comes later, or has lost something, gets them at once.
public final class Projector {
    private static final int MAX_SCREENS = 1_024;
    private static final int MAX_PICTURES = 1_024;
    private static final int MAX_BYTES = 16 << 20;

    private final boolean wanted;
    private final List<Beam> beams = new CopyOnWriteArrayList<>(); // written under this
    private boolean closed; // guarded by this
    private volatile Runnable wake = () -> { };

    /// Since the last key frame; those before `shown` have been shown.
    private final Deque<Picture> kept = new ArrayDeque<>();
    private final Deque<Picture> coming = new ArrayDeque<>();
    private int bytes;
    private boolean begun;
    private boolean dropping;
    private VideoCodec codec = VideoCodec.VP8;
    private Packetizer packetizer = Packetizer.of(codec);

    /// @param wanted whether anybody may want to see something
    public Projector(boolean wanted) {
        this.wanted = wanted;
    }

    /// @param millis of all that is played
    private record Picture(long millis, boolean key, VideoCodec codec, Packetizer packetizer, byte[] bytes) {
        List<Beam.Piece> cut() {
            List<Beam.Piece> pieces = new ArrayList<>();
            packetizer.send(bytes, bytes.length, (payload, length, marker) ->
                    pieces.add(new Beam.Piece(Arrays.copyOf(payload, length), pieces.isEmpty(), key && pieces.isEmpty(), marker)));
            return pieces;
        }
    }

    /// From any thread.
    ///
    /// @return whether there may be something to see
    public boolean isWanted() {
        return wanted;
    }

    /// From any thread: shows them on this screen alone from now on.
    ///
    /// @param next null for nowhere
    public synchronized void onto(@Nullable Screen next) {
        List<Beam> before = List.copyOf(beams);
        beams.clear();
        before.forEach(Beam::close);
        if (next != null) {
            also(next);
        }
        wake.run();
    }

    /// From any thread: shows them on this screen, too.
    public synchronized void also(Screen next) {
        if (closed || beams.size() >= MAX_SCREENS) {
            next.close();
        } else {
            beams.add(new Beam(next));
        }
        wake.run();
    }

    /// From any thread: shows them on this screen no more.
    public synchronized void off(Screen gone) {
        beams.removeIf(beam -> beam.isOf(gone));
        gone.close();
    }

    void wakes(Runnable task) {
        wake = task;
    }

    /// A file begins.
    ///
    /// @param setup what it keeps of its codec
    void begin(VideoCodec of, byte[] setup) {
        codec = of;
        packetizer = Packetizer.of(of, setup);
        begun = false;
    }

    /// A picture that was read.
    void add(long millis, boolean key, byte[] from, int length) {
        if (!wanted || !begun && !key || dropping && !key) {
            return;
        }
        begun = true;
        dropping = bytes + length > MAX_BYTES || coming.size() >= MAX_PICTURES;
        if (!dropping) {
            coming.add(new Picture(millis, key, codec, packetizer, Arrays.copyOf(from, length)));
            bytes += length;
        }
    }

    /// Shows what is due.
    ///
    /// @param millis of what was heard
    void show(long millis) {
        for (Beam beam : beams) {
            if (beam.beginsAgain(millis)) {
                kept.forEach(picture -> beam.show(picture.codec(), picture.cut(), millis));
            }
        }
        while (!coming.isEmpty() && coming.peek().millis() <= millis) {
            Picture next = coming.remove();
            if (next.key()) {
                kept.forEach(old -> bytes -= old.bytes().length);
                kept.clear();
            }
            keep(next);
            if (!beams.isEmpty()) {
                List<Beam.Piece> pieces = next.cut();
                beams.forEach(beam -> beam.show(next.codec(), pieces, next.millis()));
            }
        }
        beams.forEach(Beam::send);
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
        return coming.isEmpty() && beams.stream().allMatch(Beam::isDone);
    }

    synchronized void close() {
        closed = true;
        beams.forEach(Beam::close);
        beams.clear();
    }
}
