package io.jverto.media.transport;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.plan.SimulcastPlan;
import io.jverto.media.plan.VideoPlan;
import io.jverto.media.rtp.HeaderExtensions;
import io.jverto.media.rtp.RtcpWriter;
import io.jverto.media.rtp.RtpPacket;
import io.jverto.media.video.ArrivalLog;
import io.jverto.media.video.Layer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The video that a peer sends, in one size or in several at the same time; each size is a stream of its own. Each of those who watch gets one of them,
/// another one from its next key frame on (RFC 8853). What has no name of a size that was agreed on is dropped.
@OwnedBy(Role.MEDIA_LOOP)
final class Camera {
    private static final long TELL_ARRIVALS_NANOS = 50_000_000L;
    /// How often it is looked at who wants which size.
    private static final long CHOOSE_NANOS = 100_000_000L;
    /// A size of which nothing comes while others do is left out by the sender, for want of bandwidth mostly.
    private static final long MISSING_NANOS = 600_000_000L;
    private static final long SILENT_NANOS = 3_000_000_000L;
    /// Names of streams that are kept: each size and what is sent again of it, and as many of before.
    private static final int MAX_NAMES = 4 * SimulcastPlan.MAX_LAYERS;

    private final TransportShared shared;
    private final SecureLink link;
    private final LiveStats stats;
    private final int ssrc;
    private final List<VideoLink> viewers = new ArrayList<>();
    private final List<VideoReceiver> receivers = new ArrayList<>();
    private final ArrivalLog arrivals = new ArrivalLog();
    private final byte[] arrived = new byte[ArrivalLog.MAX_BYTES];
    private final int[] names = new int[MAX_NAMES];
    private final int[] layers = new int[MAX_NAMES];

    private VideoPlan plan;
    private @Nullable SimulcastPlan simulcast;
    private byte[][] rids = new byte[0][];
    private int named;
    private int lastSsrc;
    private long tellArrivalsNanos;
    private long chooseNanos = Long.MIN_VALUE;
    /// When the first packet of any size was there, to the next look; [Long#MIN_VALUE] before.
    private long begunNanos = Long.MIN_VALUE;

    /// @param ssrc of what we send, under which we report
    Camera(TransportShared shared, SecureLink link, LiveStats stats, int ssrc, VideoPlan plan) {
        this.shared = shared;
        this.link = link;
        this.stats = stats;
        this.ssrc = ssrc;
        this.plan = plan;
        receivers.add(new VideoReceiver(shared, link, stats, ssrc, plan, 0, viewers));
    }

    /// @param sizes in which it comes, null for one
    void apply(VideoPlan next, @Nullable SimulcastPlan sizes) {
        plan = next;
        if (sizes == null || !sizes.equals(simulcast)) {
            named = 0;
            begunNanos = Long.MIN_VALUE;
        }
        simulcast = sizes;
        rids = sizes == null ? new byte[0][] : sizes.rids().stream().map(rid -> rid.getBytes(StandardCharsets.US_ASCII)).toArray(byte[][]::new);
        while (receivers.size() < rids.length) {
            receivers.add(new VideoReceiver(shared, link, stats, ssrc, plan, receivers.size(), viewers));
        }
        receivers.forEach(receiver -> {
            receiver.apply(next);
            receiver.alone(sizes == null);
        });
        chooseNanos = Long.MIN_VALUE;
    }

    VideoPlan plan() {
        return plan;
    }

    void add(VideoLink viewer) {
        viewers.add(viewer);
        chooseNanos = Long.MIN_VALUE;
        receivers.forEach(VideoReceiver::lookSoon);
    }

    boolean isTaken(int payloadType) {
        return payloadType == plan.payloadType() || payloadType == plan.rtxPayloadType();
    }

    /// Takes an authentic, decrypted packet; the array is written to.
    void onRtp(long nowNanos, byte[] bytes, int offset, int length) {
        RtpPacket packet = shared.incoming;
        if (!packet.read(bytes, offset, length)) {
            shared.counters.increment(TransportCount.RTP_MALFORMED);
            return;
        }
        lastSsrc = packet.ssrc();
        noteArrival(nowNanos, packet, bytes);
        int layer = layerOf(packet, bytes);
        if (!plan.receiving()) {
            shared.counters.increment(TransportCount.RTP_NOT_WANTED);
        } else if (layer < 0) {
            shared.counters.increment(TransportCount.VIDEO_UNKNOWN_SIZE);
        } else if (packet.payloadType() == plan.payloadType()) {
            receivers.get(layer).onPacket(nowNanos, packet, bytes, length);
        } else {
            receivers.get(layer).onRepeated(nowNanos, packet, bytes);
        }
    }

    private void noteArrival(long nowNanos, RtpPacket packet, byte[] bytes) {
        int id = plan.extensions().transportSequence();
        int at = id == 0 ? -1 : HeaderExtensions.find(packet, bytes, id, 2);
        if (at >= 0) {
            arrivals.onPacket(nowNanos, HeaderExtensions.u16(bytes, at));
        }
    }

    /// Browsers name the size in the first packets of a stream alone; from then on its SSRC says it (RFC 8852 section 3).
    ///
    /// @return -1 when it is none that was agreed on
    private int layerOf(RtpPacket packet, byte[] bytes) {
        SimulcastPlan sizes = simulcast;
        if (sizes == null) {
            return 0;
        }
        boolean repeated = packet.payloadType() != plan.payloadType();
        int id = repeated ? sizes.repairedExtension() : sizes.ridExtension();
        int at = id == 0 ? -1 : HeaderExtensions.find(packet, bytes, id, 1);
        if (at < 0) {
            return known(packet.ssrc());
        }
        int layer = named(bytes, at, HeaderExtensions.size(bytes, at));
        if (layer >= 0 && known(packet.ssrc()) != layer) {
            names[named % MAX_NAMES] = packet.ssrc();
            layers[named % MAX_NAMES] = layer;
            named++;
        }
        return layer;
    }

    private int named(byte[] bytes, int at, int length) {
        for (int i = 0; i < rids.length; i++) {
            if (Arrays.equals(rids[i], 0, rids[i].length, bytes, at, at + length)) {
                return i;
            }
        }
        return -1;
    }

    private int known(int name) {
        for (int i = named - 1; i >= Math.max(0, named - MAX_NAMES); i--) {
            if (names[i % MAX_NAMES] == name) {
                return layers[i % MAX_NAMES];
            }
        }
        return -1;
    }

    /// Whoever runs the switch wants a key frame.
    void wantKeyFrame() {
        receivers.forEach(VideoReceiver::wantKeyFrame);
    }

    /// @param ntp by the peer's clock
    void onSenderReport(long nowNanos, int from, long ntp, VideoLink.SenderClock clock) {
        stream(from).ifPresent(receiver -> receiver.onSenderReport(nowNanos, ntp, clock));
    }

    /// @return the stream of that name, if anything of it has come
    Optional<VideoReceiver> stream(int name) {
        return receivers.stream().filter(receiver -> receiver.received().started() && receiver.remoteSsrc() == name).findFirst();
    }

    /// @param millis that pictures are longer under way than sound
    void later(int millis) {
        viewers.forEach(viewer -> viewer.later(millis));
    }

    boolean hasCome() {
        return receivers.stream().anyMatch(receiver -> receiver.received().started());
    }

    /// Adds a block for each stream to the report that was begun last.
    void report(long nowNanos, RtcpWriter report) {
        for (int i = 0; i < streams(); i++) {
            receivers.get(i).report(nowNanos, report);
        }
    }

    private int streams() {
        return Math.max(1, rids.length);
    }

    /// Tells the peer what is due.
    ///
    /// @param roundTripNanos 0 when unknown
    /// @return the next deadline
    long onTimeout(long nowNanos, long roundTripNanos, TransportOutput out) {
        if (!link.ready() || !plan.receiving()) {
            return Long.MAX_VALUE;
        }
        if (chooseNanos == Long.MIN_VALUE || nowNanos - chooseNanos >= 0) {
            chooseNanos = rids.length > 0 && !viewers.isEmpty() ? nowNanos + CHOOSE_NANOS : Long.MAX_VALUE;
            choose(nowNanos);
        }
        long next = chooseNanos;
        for (int i = 0; i < streams(); i++) {
            next = Math.min(next, receivers.get(i).onTimeout(nowNanos, roundTripNanos, out));
        }
        if (arrivals.hasNews() && nowNanos - tellArrivalsNanos >= 0) {
            tellArrivalsNanos = nowNanos + TELL_ARRIVALS_NANOS;
            RtcpWriter report = shared.report;
            report.clear();
            report.receiverReport(ssrc);
            report.transportWide(ssrc, lastSsrc, arrived, arrivals.write(arrived));
            link.sendRtcp(report.bytes(), report.length(), out);
        }
        return arrivals.hasNews() ? Math.min(next, tellArrivalsNanos) : next;
    }

    /// Finds the size for each of those who watch: the one that he wants, or the next smaller one that comes, or else the smallest.
    private void choose(long nowNanos) {
        List<Layer> sizes = sizes(nowNanos);
        if (begunNanos == Long.MIN_VALUE && sizes.stream().anyMatch(Layer::comes)) {
            begunNanos = nowNanos;
        }
        // At first they come one after the other.
        boolean settled = begunNanos != Long.MIN_VALUE && nowNanos - begunNanos > MISSING_NANOS;
        for (int i = 0; i < viewers.size(); i++) {
            VideoLink viewer = viewers.get(i);
            viewer.layers(sizes);
            int size = best(sizes, viewer.wantedLayer(), settled);
            if (size != viewer.nextLayer()) {
                viewer.nextLayer(size);
                viewer.wantKeyFrame();
                receivers.get(size).lookSoon();
            }
        }
    }

    private List<Layer> sizes(long nowNanos) {
        long last = Long.MIN_VALUE;
        for (int i = 0; i < rids.length; i++) {
            long came = receivers.get(i).meter().lastNanos();
            last = last == Long.MIN_VALUE || came - last > 0 ? came : last;
        }
        List<Layer> sizes = new ArrayList<>(rids.length);
        for (int i = 0; i < rids.length; i++) {
            boolean missing = last - receivers.get(i).meter().lastNanos() > MISSING_NANOS;
            sizes.add(missing ? Layer.NOTHING : receivers.get(i).meter().layer(nowNanos, SILENT_NANOS));
        }
        return sizes;
    }

    private static int best(List<Layer> sizes, int wanted, boolean settled) {
        int last = Math.max(0, sizes.size() - 1);
        int size = Math.min(wanted, last);
        while (size > 0 && !sizes.get(size).comes()) {
            size--;
        }
        while (settled && size < last && !sizes.get(size).comes()) {
            size++;
        }
        return !settled || sizes.isEmpty() || sizes.get(size).comes() ? size : 0;
    }
}
