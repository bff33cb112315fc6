package io.jverto.media.transport;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.datagram.DatagramKind;
import io.jverto.media.dtls.DtlsHandshake;
import io.jverto.media.dtls.DtlsResult;
import io.jverto.media.ice.IceAgent;
import io.jverto.media.ice.IceOutput;
import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.IceCredentials;
import io.jverto.media.plan.MediaPlan;
import io.jverto.media.plan.RemoteCandidate;
import io.jverto.media.plan.TransportPlan;
import io.jverto.media.rtp.RtpPacket;
import io.jverto.media.srtp.SrtpSession;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// ICE, DTLS, SRTP and RTP of one channel. Sans-IO: each call returns when to call [#onTimeout] at the latest.
/// DTLS and media are taken only from addresses that ICE selected, media only if it is authentic; all else is dropped and
/// counted, and never ends a call (security.md S16, S21-S23). Specified by RFC 5763, RFC 5764, RFC 7983, RFC 8445.
@OwnedBy(Role.MEDIA_LOOP)
public final class PeerTransport {
    private final TransportSetup setup;
    private final TransportShared shared;
    private final SecureLink link;
    private final LiveStats stats = new LiveStats();
    private final IceEvents iceEvents = new IceEvents();

    private IceCredentials credentials;
    /// Credentials in an offer or answer of ours that is not in force yet.
    private @Nullable IceCredentials renewed;

    private @Nullable Agreed agreed;
    private @Nullable DtlsHandshake handshake;
    private int handshakeNumber;
    private boolean handshakeNeeded;
    private boolean selected;
    private boolean peerClosed;
    private Route route = new Route.Silent();
    private long iceDeadline = Long.MAX_VALUE;
    private long mediaDeadline = Long.MAX_VALUE;
    private boolean closed;

    /// What exists once a plan was applied.
    private record Agreed(MediaPlan plan, IceAgent ice, AudioStream audio, RtcpReports reports) {}

    public PeerTransport(TransportSetup setup, TransportShared shared) {
        this.setup = setup;
        this.shared = shared;
        this.link = new SecureLink(shared);
        this.credentials = setup.ice();
    }

    /// We tell the peer new ICE credentials. They count from the next [#apply], which restarts ICE (RFC 8445 section 9); until the
    /// new pair works, what was there carries the media.
    public void renew(IceCredentials local) {
        renewed = local;
    }

    /// Starts with the peer's side, or goes on with what a renegotiation changed: other ICE credentials restart ICE, another
    /// certificate or role makes a new DTLS association (RFC 8842 section 4); neither touches SSRC and sequence.
    public long apply(long nowNanos, MediaPlan plan, TransportOutput out) {
        if (closed) {
            return Long.MAX_VALUE;
        }
        Agreed before = agreed;
        boolean restarts = renewed != null;
        credentials = renewed != null ? renewed : credentials;
        renewed = null;
        Agreed now = before == null ? first(plan, out) : new Agreed(plan, before.ice, before.audio, before.reports);
        agreed = now;
        now.audio.apply(plan.audio());
        now.audio.route(route);
        TransportPlan transport = plan.transport();
        boolean otherIce = before == null || restarts || !before.plan.transport().remoteIce().equals(transport.remoteIce());
        // A peer that closed its association and comes back has none, even if it kept its certificate.
        if (before == null || !samePeer(before.plan.transport(), transport) || otherIce && peerClosed) {
            abortHandshake();
            handshakeNeeded = true;
            peerClosed = false;
        }
        if (otherIce || !before.plan.transport().remoteCandidates().equals(transport.remoteCandidates())) {
            selected = selected && !otherIce;
            if (restarts && before != null) {
                now.ice.restart(nowNanos, credentials, transport.controlling());
            }
            iceDeadline =
                    now.ice.remote(nowNanos, transport.remoteIce(), transport.remoteCandidates(), iceEvents.to(out));
        }
        beginHandshake(out);
        return onTimeout(nowNanos, out);
    }

    /// The peer names more of its addresses.
    public long candidates(long nowNanos, List<RemoteCandidate> candidates, TransportOutput out) {
        Agreed now = agreed;
        if (now == null || closed) {
            return dropped(TransportCount.NOT_APPLIED);
        }
        iceDeadline = now.ice.candidates(nowNanos, candidates, iceEvents.to(out));
        return deadline();
    }

    private Agreed first(MediaPlan plan, TransportOutput out) {
        IceAgent ice = new IceAgent(
                credentials, plan.transport().controlling(), setup.acl(), shared.random, shared.iceCounters);
        AudioStream audio = new AudioStream(shared, link, stats, setup.audioSsrc(), plan.audio(), out);
        return new Agreed(plan, ice, audio, new RtcpReports(shared, link, audio, stats, setup));
    }

    private static boolean samePeer(TransportPlan one, TransportPlan other) {
        return one.remoteFingerprint().equals(other.remoteFingerprint()) && one.dtlsRole() == other.dtlsRole();
    }

    /// Takes a datagram. The array is written to.
    public long onDatagram(
            long nowNanos, InetSocketAddress from, byte[] bytes, int offset, int length, TransportOutput out) {
        Agreed now = agreed;
        if (now == null || closed) {
            return dropped(TransportCount.NOT_APPLIED);
        }
        switch (DatagramKind.of(bytes, offset, length)) {
            case STUN ->
                iceDeadline = now.ice.onStun(nowNanos, from, bytes, offset, length, iceEvents.to(out));
            case DTLS -> {
                if (isSelected(from)) {
                    onDtls(bytes, offset, length);
                }
            }
            case RTP -> {
                int opened = isSelected(from) ? link.open(false, bytes, offset, length) : 0;
                if (opened > 0) {
                    now.audio.onRtp(nowNanos, bytes, offset, opened, out);
                }
            }
            case RTCP -> {
                int opened = isSelected(from) ? link.open(true, bytes, offset, length) : 0;
                if (opened > 0) {
                    now.reports.onRtcp(nowNanos, bytes, offset, opened);
                }
            }
            case OTHER -> dropped(TransportCount.OTHER_PROTOCOL);
        }
        return deadline();
    }

    /// A ClientHello from anywhere else must not get near the handshake (CVE-2023-51443, CVE-2023-49786).
    private boolean isSelected(InetSocketAddress from) {
        boolean known = link.knows(from);
        if (!known) {
            shared.counters.increment(TransportCount.FOREIGN_ADDRESS);
        }
        return known;
    }

    private void onDtls(byte[] bytes, int offset, int length) {
        DtlsHandshake association = handshake;
        if (association != null) {
            association.onDatagram(bytes, offset, length);
        } else {
            shared.counters.increment(TransportCount.NO_HANDSHAKE);
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
        if (iceDeadline - nowNanos <= 0) {
            iceDeadline = now.ice.onTimeout(nowNanos, iceEvents.to(out));
        }
        mediaDeadline = Math.min(now.audio.onTimeout(nowNanos, out), now.reports.onTimeout(nowNanos, out));
        return deadline();
    }

    private long deadline() {
        return closed ? Long.MAX_VALUE : Math.min(iceDeadline, mediaDeadline);
    }

    private void beginHandshake(TransportOutput out) {
        Agreed now = agreed;
        // media-rtc.md 18.6: not before a pair works, or the first flight is lost.
        if (now == null || !handshakeNeeded || !selected) {
            return;
        }
        handshakeNeeded = false;
        shared.counters.increment(TransportCount.HANDSHAKES);
        TransportPlan transport = now.plan.transport();
        handshake = out.startHandshake(++handshakeNumber, transport.dtlsRole(), transport.remoteFingerprint());
    }

    private void abortHandshake() {
        DtlsHandshake association = handshake;
        if (association != null) {
            association.abort();
            handshake = null;
        }
    }

    /// A handshake wants a datagram sent; after [#close] that is its goodbye.
    public void onHandshakeDatagram(int number, byte[] bytes, int offset, int length, TransportOutput out) {
        if (number == handshakeNumber) {
            link.sendPlain(bytes, offset, length, out);
        }
    }

    /// A handshake ended.
    public long onHandshakeFinished(long nowNanos, int number, DtlsResult result, TransportOutput out) {
        Agreed now = agreed;
        // One that was aborted for a newer one has nothing to say any more.
        if (number != handshakeNumber || handshake == null || now == null || closed) {
            return deadline();
        }
        switch (result) {
            case DtlsResult.Connected connected -> {
                link.secure(new SrtpSession(connected.keys(), now.plan.transport().dtlsRole(), shared.srtpCounters));
                now.reports.start(nowNanos);
                shared.counters.increment(TransportCount.CONNECTED);
                out.connected();
            }
            case DtlsResult.Failed failed -> {
                handshake = null;
                shared.counters.increment(TransportCount.FAILED);
                out.failed(TransportFailure.DTLS);
            }
        }
        return onTimeout(nowNanos, out);
    }

    /// The peer closed its association: it wants nothing more, until a renegotiation.
    public void onHandshakeClosed(int number) {
        if (number == handshakeNumber && handshake != null) {
            shared.counters.increment(TransportCount.PEER_CLOSED);
            peerClosed = true;
            link.silence();
        }
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
        }
    }

    /// @return whether [#onFed] has anything to look at
    public boolean isFed() {
        return !(route instanceof Route.Silent || route instanceof Route.Echo || route instanceof Route.Relay);
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
        closed = true;
        abortHandshake();
    }

    /// @return figures, from any thread
    public TransportStats stats() {
        return stats.snapshot();
    }

    void relay(long nowNanos, RtpPacket packet, boolean event, byte[] bytes, TransportOutput out) {
        Agreed now = agreed;
        if (now != null && !closed) {
            now.audio.onRelayed(nowNanos, packet, event, bytes, out);
        }
    }

    /// What the ICE agent says, with the output of the call that it says it in.
    private final class IceEvents implements IceOutput {
        private @Nullable TransportOutput out;

        IceEvents to(TransportOutput output) {
            out = output;
            return this;
        }

        @Override
        public void send(InetSocketAddress to, byte[] bytes, int offset, int length) {
            TransportOutput output = out;
            if (output != null) {
                output.sendStun(to, bytes, offset, length);
            }
        }

        @Override
        public void selected(InetSocketAddress remote) {
            TransportOutput output = out;
            if (output != null) {
                selected = true;
                link.select(remote);
                output.selected(remote);
                beginHandshake(output);
            }
        }

        @Override
        public void failed() {
            TransportOutput output = out;
            if (output != null) {
                selected = false;
                link.silence();
                shared.counters.increment(TransportCount.FAILED);
                output.failed(TransportFailure.ICE);
            }
        }
    }
}
