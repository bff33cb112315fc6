package io.jverto.media.transport;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.datagram.DatagramKind;
import io.jverto.media.dtls.DtlsResult;
import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.DirectPlan;
import io.jverto.media.plan.IceCredentials;
import io.jverto.media.plan.IcePlan;
import io.jverto.media.plan.MediaNote;
import io.jverto.media.plan.MediaPlan;
import io.jverto.media.plan.RemoteCandidate;
import io.jverto.media.plan.VideoPlan;
import io.jverto.media.rtp.PeerLoss;
import io.jverto.media.rtp.RtpPacket;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// The way to one channel's peer, SRTP and RTP. Sans-IO: each call returns when to call [#onTimeout] at the latest.
/// Media are taken only from addresses that belong to the peer, by ICE or by what its SDP says, and only if they are authentic, where
/// anything is encrypted; all else is dropped and counted, and never ends a call (security.md S16, S21-S24). Specified by RFC 7983.
@OwnedBy(Role.MEDIA_LOOP)
public final class PeerTransport {
    private static final int PAYLOAD_TYPE = 0x7f;

    private final TransportSetup setup;
    private final TransportShared shared;
    private final SecureLink link;
    private final LiveStats stats = new LiveStats();
    private final LiveStats videoStats = new LiveStats();
    private final Association association;
    private final IceLink ice;

    private @Nullable Agreed agreed;
    private Route route = new Route.Silent();
    private long mediaDeadline = Long.MAX_VALUE;
    private long videoDeadline = Long.MAX_VALUE;
    private boolean closed;
    private boolean heard;
    private boolean connected;
    private @Nullable VideoStream video;
    /// What was wished before there was video.
    private @Nullable VideoLink watched;
    private final List<VideoLink> viewers = new ArrayList<>();
    private @Nullable PacketTap tap;

    /// What exists once a plan was applied.
    private record Agreed(PeerLink peer, AudioStream audio, RtcpReports reports) {}

    public PeerTransport(TransportSetup setup, TransportShared shared) {
        this.setup = setup;
        this.shared = shared;
        this.link = new SecureLink(shared);
        this.association = new Association(shared, link);
        this.ice = new IceLink(setup, shared, link, association);
    }

    /// We tell the peer new ICE credentials. They count from the next [#apply], which restarts ICE (RFC 8445 section 9); until the
    /// new pair works, what was there carries the media.
    public void renew(IceCredentials local) {
        ice.renew(local);
    }

    /// Starts with the peer's side, or goes on with what a renegotiation changed, but for the kind of plan; neither touches SSRC and
    /// sequence.
    public long apply(long nowNanos, MediaPlan plan, TransportOutput out) {
        if (closed) {
            return Long.MAX_VALUE;
        }
        Agreed before = agreed;
        Agreed now = before == null ? first(plan, out) : before;
        agreed = now;
        now.audio.apply(plan.audio());
        now.audio.route(route);
        apply(nowNanos, now, plan, out);
        now.peer.apply(nowNanos, plan, out);
        if (!connected && plan.transport() instanceof DirectPlan direct && direct.dtls().isEmpty()) {
            connected(nowNanos, now, out);
        }
        return onTimeout(nowNanos, out);
    }

    /// What there was of video stays until another plan has some: neither SSRC nor sequence begin anew.
    private void apply(long nowNanos, Agreed now, MediaPlan all, TransportOutput out) {
        VideoStream stream = video;
        Optional<VideoPlan> plan = all.video();
        if (plan.isPresent() && stream == null) {
            stream = new VideoStream(shared, link, videoStats, setup, plan.get(), out);
            stream.apply(plan.get(), all.gallery(), all.simulcast().orElse(null));
            video = stream;
            now.reports.video(stream);
            viewers.forEach(stream.receiver()::add);
            viewers.clear();
            if (watched != null) {
                stream.source(nowNanos, VideoLink.MAIN, watched);
            }
        } else if (stream != null) {
            stream.apply(plan.orElseGet(stream::silent), all.gallery(), all.simulcast().orElse(null));
        }
    }

    private Agreed first(MediaPlan plan, TransportOutput out) {
        PeerLink peer = switch (plan.transport()) {
            case IcePlan _ -> ice;
            case DirectPlan _ -> new DirectLink(setup.direct(), shared, link, association);
        };
        AudioStream audio = new AudioStream(shared, link, stats, setup.audioSsrc(), plan.audio(), out);
        return new Agreed(peer, audio, new RtcpReports(shared, link, audio, stats, setup));
    }

    private void connected(long nowNanos, Agreed now, TransportOutput out) {
        connected = true;
        now.reports.start(nowNanos);
        shared.counters.increment(TransportCount.CONNECTED);
        out.connected();
    }

    /// The peer names more of its addresses.
    public long candidates(long nowNanos, List<RemoteCandidate> candidates, TransportOutput out) {
        if (agreed == null || closed) {
            return dropped(TransportCount.NOT_APPLIED);
        }
        ice.candidates(nowNanos, candidates, out);
        return deadline();
    }

    /// Takes a datagram. The array is written to.
    public long onDatagram(
            long nowNanos, InetSocketAddress from, byte[] bytes, int offset, int length, TransportOutput out) {
        Agreed now = agreed;
        if (now == null || closed) {
            return dropped(TransportCount.NOT_APPLIED);
        }
        DatagramKind kind = DatagramKind.of(bytes, offset, length);
        if (kind == DatagramKind.OTHER) {
            return dropped(TransportCount.OTHER_PROTOCOL);
        }
        if (now.peer.onDatagram(nowNanos, from, kind, bytes, offset, length, out)) {
            int opened = link.open(kind == DatagramKind.RTCP, bytes, offset, length);
            if (opened > 0) {
                if (tap != null) {
                    tap.received(from, bytes, offset, opened);
                }
                now.peer.onAuthentic(nowNanos, from, kind, bytes[offset + 1] & PAYLOAD_TYPE);
                onMedia(nowNanos, now, kind, bytes, offset, opened, out);
            }
        }
        return deadline();
    }

    private void onMedia(long nowNanos, Agreed now, DatagramKind kind, byte[] bytes, int offset, int length, TransportOutput out) {
        if (!heard && kind == DatagramKind.RTP) {
            heard = true;
            out.noted(new MediaNote.FirstReceived());
        }
        VideoStream stream = video;
        if (kind == DatagramKind.RTP && stream != null && stream.receiver().isTaken(bytes[offset + 1] & PAYLOAD_TYPE)) {
            stream.receiver().onRtp(nowNanos, bytes, offset, length);
            videoDeadline = Math.min(videoDeadline, nowNanos); // it may be time to ask for something
        } else if (kind == DatagramKind.RTP) {
            now.audio.onRtp(nowNanos, bytes, offset, length, out);
        } else {
            now.reports.onRtcp(nowNanos, bytes, offset, length);
        }
    }

    /// Lets somebody see packets without their encryption.
    ///
    /// @param wanted null for nobody
    public void tap(@Nullable PacketTap wanted) {
        tap = wanted;
        link.tap(wanted);
    }

    /// What this transport's peer watches from now on.
    ///
    /// @param line [VideoLink#MAIN], or the number of a line of its gallery
    /// @param link null for nothing
    public void watch(long nowNanos, int line, @Nullable VideoLink link) {
        VideoStream stream = video;
        if (stream != null) {
            stream.source(nowNanos, line, link);
        } else if (line != VideoLink.MAIN) {
            if (link != null) {
                link.close();
            }
        } else {
            if (watched != null) {
                watched.close();
            }
            watched = link;
        }
    }

    /// One more watches this transport's peer.
    public void show(VideoLink viewer) {
        VideoStream stream = video;
        if (stream != null) {
            stream.receiver().add(viewer);
            videoDeadline = Long.MIN_VALUE;
        } else {
            viewers.removeIf(VideoLink::isClosed);
            viewers.add(viewer);
        }
    }

    /// Whoever runs the switch wants a key frame of this transport's peer.
    public void wantKeyFrame() {
        VideoStream stream = video;
        if (stream != null) {
            stream.receiver().wantKeyFrame();
            videoDeadline = Long.MIN_VALUE;
        }
    }

    /// A packet of what is watched.
    void watch(long nowNanos, VideoLink from, boolean key, byte[] bytes, int offset, int length) {
        VideoStream stream = video;
        if (stream != null && !closed) {
            stream.onPacket(nowNanos, from, key, bytes, offset, length);
        }
    }

    private long dropped(TransportCount why) {
        shared.counters.increment(why);
        return deadline();
    }

    /// Does what is due.
    public long onTimeout(long nowNanos, TransportOutput out) {
        Agreed now = agreed;
        if (now == null || closed) {
            return Long.MAX_VALUE;
        }
        now.peer.onTimeout(nowNanos, out);
        VideoStream stream = video;
        videoDeadline = stream == null ? Long.MAX_VALUE : stream.onTimeout(nowNanos, stats.roundTripNanos(), out);
        mediaDeadline = Math.min(now.audio.onTimeout(nowNanos, out), now.reports.onTimeout(nowNanos, out));
        return deadline();
    }

    private long deadline() {
        Agreed now = agreed;
        return closed || now == null ? Long.MAX_VALUE : Math.min(now.peer.deadline(), Math.min(mediaDeadline, videoDeadline));
    }

    /// A handshake wants a datagram sent; after [#close] that is its goodbye.
    public void onHandshakeDatagram(int number, byte[] bytes, int offset, int length, TransportOutput out) {
        association.onHandshakeDatagram(number, bytes, offset, length, out);
    }

    /// A handshake ended.
    public long onHandshakeFinished(long nowNanos, int number, DtlsResult result, TransportOutput out) {
        Agreed now = agreed;
        if (association.onHandshakeFinished(number, result, out) && now != null && now.peer.onSecured(nowNanos, result, out)) {
            connected(nowNanos, now, out);
        }
        return onTimeout(nowNanos, out);
    }

    /// The peer closed its association: it wants nothing more, until a renegotiation.
    public void onHandshakeClosed(int number) {
        association.onHandshakeClosed(number);
    }

    /// Reads what the next [#onDatagram] with sound is going to need. One transport's memory is fetched step by step, since each object says where the
    /// next one is; that of several, asked for one after the other, at the same time.
    ///
    /// @return of no use but that it was read
    public int preloadReceive() {
        Agreed now = agreed;
        return now == null ? 0 : link.preloadOpen() + now.audio.preloadReceive();
    }

    /// Reads what the next [#onFed] is going to need.
    ///
    /// @return of no use but that it was read
    public int preloadSend() {
        Agreed now = agreed;
        return now == null ? 0 : link.preloadSend() + now.audio.preloadSend();
    }

    /// Where audio goes from now on.
    public void route(Route newRoute) {
        route = newRoute;
        Agreed now = agreed;
        if (now != null) {
            now.audio.route(newRoute);
        }
    }

    /// Sends what the mixer or another loop put into the route's ring.
    public void onFed(long nowNanos, TransportOutput out) {
        Agreed now = agreed;
        if (now != null && !closed) {
            now.audio.onFed(nowNanos, out);
            VideoStream stream = video;
            if (stream != null) {
                stream.onFed(nowNanos);
            }
        }
    }

    /// @return whether [#onFed] has anything to look at
    public boolean isFed() {
        VideoStream stream = video;
        return stream != null && stream.isFed() || !(route instanceof Route.Silent || route instanceof Route.Echo || route instanceof Route.Relay);
    }

    /// Sends a digit after those that wait.
    ///
    /// @return false when it cannot be sent
    public boolean sendDigit(char digit, int durationMillis) {
        Agreed now = agreed;
        mediaDeadline = Long.MIN_VALUE;
        return now != null && !closed && now.audio.sendDigit(digit, durationMillis);
    }

    /// Says goodbye and ends. Twice does no harm.
    public void close(long nowNanos, TransportOutput out) {
        Agreed now = agreed;
        if (now != null && !closed) {
            now.reports.close(nowNanos, out);
        }
        VideoStream stream = video;
        if (stream != null) {
            stream.stop();
        }
        closed = true;
        ice.close(out);
        association.close();
    }

    /// @return figures of the video, from any thread
    public TransportStats videoStats() {
        return videoStats.snapshot();
    }

    /// @return figures, from any thread
    public TransportStats stats() {
        return stats.snapshot();
    }

    /// What the peer loses of our audio. From any thread.
    public PeerLoss loss() {
        return stats.loss();
    }

    /// Sends on what another transport of this loop received.
    ///
    /// @param types says which payload type it has under what this transport's peer agreed to, -1 for none
    void relay(long nowNanos, RtpPacket packet, ToIntFunction<AudioPlan> types, byte[] bytes) {
        Agreed now = agreed;
        if (now != null && !closed) {
            now.audio.onRelayed(nowNanos, packet, types, bytes);
        }
    }
}
