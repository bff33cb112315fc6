package io.jverto.media.transport;

import io.jverto.base.bytes.PacketRing;
import io.jverto.media.plan.SimulcastPlan;
import io.jverto.media.video.Layer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The way of one channel's video to one viewer, perhaps to another loop, and of the viewer's wishes back. Both ends hold it; each of its fields
/// is written by one of them and read by the other.
public final class VideoLink {
    /// Packets of a key frame in high quality that may wait for another loop.
    private static final int RING_PACKETS = 256;
    private static final int RING_BYTES = 1_400;
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    /// The viewer's first video line, in place of a number of its gallery.
    public static final int MAIN = -1;

    private final int number = NUMBERS.incrementAndGet();
    private final PeerTransport source;
    private final PeerTransport viewer;
    private final @Nullable PacketRing ring;
    private final Runnable wakeViewer;
    private final int line;

    /// The viewer, or whoever routes, wants no more of it.
    private volatile boolean closed;
    /// The viewer needs a key frame.
    private volatile boolean keyFrameWanted;
    /// Kilobits in a second that the viewer can take, 0 when it does not say.
    private volatile int kbps;
    private volatile @Nullable SenderClock clock;
    /// Milliseconds that the source's pictures are longer under way than its sound.
    private volatile int laterMillis;
    /// Pixels of the place in which the viewer shows it, 0 when it does not say.
    private volatile int height;
    /// The sizes in which it comes, smallest first.
    private volatile List<Layer> layers = List.of();
    /// Which of them the viewer wants, if it comes; who does not choose gets the largest.
    private volatile int wantedLayer = SimulcastPlan.MAX_LAYERS;
    /// Of the source alone: which of them it gets, and which one from its next key frame on.
    private int layer;
    private int nextLayer;

    /// What a source's last sender report says.
    ///
    /// @param ntp an instant, by our clock
    /// @param timestamp of the source at that instant
    record SenderClock(long ntp, int timestamp) {}

    private VideoLink(PeerTransport source, PeerTransport viewer, int line, @Nullable PacketRing ring, Runnable wakeViewer) {
        this.line = line;
        this.source = source;
        this.viewer = viewer;
        this.ring = ring;
        this.wakeViewer = wakeViewer;
    }

    /// Within one loop.
    ///
    /// @param line of the viewer: [#MAIN], or the number of a line of its gallery
    public static VideoLink near(PeerTransport source, PeerTransport viewer, int line) {
        return new VideoLink(source, viewer, line, null, () -> { });
    }

    /// To another loop.
    ///
    /// @param line as in [#near]
    /// @param wakeViewer run when a packet is on its way
    public static VideoLink across(PeerTransport source, PeerTransport viewer, int line, Runnable wakeViewer) {
        return new VideoLink(source, viewer, line, new PacketRing(RING_PACKETS, RING_BYTES), wakeViewer);
    }

    /// From a transport's peer to somebody who is no transport and reads [#ring], or the other way round: then he writes to it.
    ///
    /// @param wake run when a packet is on its way
    public static VideoLink outside(PeerTransport transport, Runnable wake) {
        return across(transport, transport, MAIN, wake);
    }

    /// Ends it. From any thread.
    public void close() {
        closed = true;
    }

    public boolean isClosed() {
        return closed;
    }

    /// @return which of the viewer's lines it is for
    int line() {
        return line;
    }

    int number() {
        return number;
    }

    PeerTransport source() {
        return source;
    }

    PeerTransport viewer() {
        return viewer;
    }

    public @Nullable PacketRing ring() {
        return ring;
    }

    public void wakeViewer() {
        wakeViewer.run();
    }

    public void wantKeyFrame() {
        keyFrameWanted = true;
    }

    /// @return whether one was wanted since the last call
    public boolean takeKeyFrameWish() {
        boolean wanted = keyFrameWanted;
        if (wanted) {
            keyFrameWanted = false;
        }
        return wanted;
    }

    /// @param pixels of the place in which the viewer shows it, 0 when that is not known
    public void height(int pixels) {
        height = pixels;
    }

    int height() {
        return height;
    }

    List<Layer> layers() {
        return layers;
    }

    void layers(List<Layer> ofSource) {
        layers = ofSource;
    }

    /// The viewer chooses another size; the source asks for its key frame.
    void wantLayer(int number) {
        wantedLayer = number;
    }

    int wantedLayer() {
        return wantedLayer;
    }

    int layer() {
        return layer;
    }

    int nextLayer() {
        return nextLayer;
    }

    void nextLayer(int number) {
        nextLayer = number;
    }

    /// A packet of one size is there.
    ///
    /// @param key a key frame begins in it: then the viewer may go over to that size
    /// @return whether it is for the viewer
    boolean takes(int number, boolean key) {
        if (key && number == nextLayer) {
            layer = number;
        }
        return number == layer;
    }

    public void bandwidth(int viewersKbps) {
        kbps = viewersKbps;
    }

    public int kbps() {
        return kbps;
    }

    void later(int millis) {
        laterMillis = millis;
    }

    /// @return milliseconds that the source's pictures are longer under way than its sound, as far as it says; perhaps below 0
    public int laterMillis() {
        return laterMillis;
    }

    void clock(SenderClock sources) {
        clock = sources;
    }

    @Nullable SenderClock clock() {
        return clock;
    }
}
