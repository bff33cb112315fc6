package io.jverto.media.transport;

import io.jverto.base.Broken;
import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.datagram.DatagramKind;
import io.jverto.media.dtls.DtlsResult;
import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.DirectPlan;
import io.jverto.media.plan.DirectRules;
import io.jverto.media.plan.DtlsPeer;
import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.MediaPlan;
import io.jverto.media.plan.SrtpKeys;
import io.jverto.media.plan.SrtpProfile;
import io.jverto.media.rtp.RtpPacket;
import io.jverto.media.srtp.SrtpSession;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// A peer without ICE, as telephones and their networks are. It is sent to where its SDP says. What it sends is taken from there, and its
/// first packet settles that. Behind a NAT its packets come from elsewhere: for a while after each description such a source may prove
/// itself, by SRTP or a DTLS handshake at once, otherwise by a run of packets in order; from then on it is the only one, and is sent to. A
/// settled source stays until a description names another address (media-rtc.md section 9; security.md S24). Leaves out: an association of
/// its own for RTCP (RFC 5764 section 4.1), without which a peer that does not take RTCP at the port of RTP has none.
@OwnedBy(Role.MEDIA_LOOP)
final class DirectLink implements PeerLink {
    /// How long after a description another source may prove itself.
    static final long LEARNING_NANOS = 15_000_000_000L;
    /// Packets in order that prove a source: nobody who guesses, and none that arrives among the true one's, sends them.
    static final int PROOF = 10;
    /// Sources that the SDP does not name whose handshake is tried, one after the other.
    static final int MAX_GREETERS = 4;
    private static final int HANDSHAKE = 22;
    private static final int NONE = -1;
    private static final long MILLI_NANOS = 1_000_000;

    private final DirectRules rules;
    private final TransportShared shared;
    private final SecureLink link;
    private final Association association;
    private final Suspect suspect = new Suspect();

    private @Nullable DirectPlan plan;
    private @Nullable SrtpKeys keys;
    private @Nullable InetSocketAddress source;
    private @Nullable InetSocketAddress controlSource;
    private long learningUntilNanos;
    private long heardNanos;
    /// How long silence is allowed now; 0 for ever.
    private long allowedNanos;
    private boolean silent;
    private int comfortNoise = NONE;
    /// Whether the last that was heard is that nothing is said for a while.
    private boolean pauses;
    /// A source that the SDP does not name, and that shakes hands with us.
    private @Nullable InetSocketAddress greeter;
    private int greeters;
    /// Whether the one that the SDP names does.
    private boolean greeted;

    DirectLink(DirectRules rules, TransportShared shared, SecureLink link, Association association) {
        this.association = association;
        this.rules = rules;
        this.shared = shared;
        this.link = link;
    }

    @Override
    public void apply(long nowNanos, MediaPlan agreed, TransportOutput out) {
        if (!(agreed.transport() instanceof DirectPlan now)) {
            throw new Broken("a transport without ICE was given a plan with it");
        }
        DirectPlan before = plan;
        plan = now;
        boolean held = now.rtp().getAddress().isAnyLocalAddress();
        boolean moved = before == null || !before.rtp().equals(now.rtp());
        if (moved && !held) {
            source = null;
            controlSource = null;
            link.select(now.rtp());
        }
        if (!held && (moved || source == null)) {
            link.control(now.rtcpMux() ? null : now.rtcp());
        }
        if (source == null) {
            suspect.forget();
            learningUntilNanos = nowNanos + LEARNING_NANOS;
        }
        now.dtls().ifPresentOrElse(peer -> shakeHands(peer, agreed.bestProfile(), before, moved && !held, out), () -> doWithoutHands(now));
        allow(nowNanos, agreed.audio());
    }

    /// Without ICE another address is another association, whatever the certificate (RFC 8842 section 4).
    private void shakeHands(DtlsPeer peer, SrtpProfile best, @Nullable DirectPlan before, boolean moved, TransportOutput out) {
        keys = null;
        if (before == null || before.dtls().isEmpty()) {
            link.awaitKeys();
        }
        association.agree(peer.role(), peer.fingerprint(), false, best);
        if (moved && before != null) {
            association.renew();
        }
        if (source == null) {
            greeter = null;
            greeters = 0;
            greeted = false;
        }
        if (link.remote() != null) {
            association.begin(out);
        }
    }

    private void doWithoutHands(DirectPlan now) {
        association.drop();
        if (now.keys().isPresent()) {
            secure(now.keys().get());
        } else {
            keys = null;
            link.clear();
        }
    }

    private void secure(SrtpKeys agreed) {
        SrtpKeys before = keys;
        SrtpSession session = link.session();
        // RFC 3711 section 3.2.1: the roll-over counter goes on as long as a key does.
        if (before == null || session == null || !before.sameClient(agreed)) {
            link.secure(new SrtpSession(agreed, DtlsRole.CLIENT, shared.srtp));
        } else if (!before.sameAs(agreed)) {
            link.secure(session.withNewServer(agreed));
        }
        keys = agreed;
    }

    private void allow(long nowNanos, AudioPlan audio) {
        // media-rtc.md section 12.1: whoever said that it would not send is not expected to.
        boolean nothingExpected = audio.sending() && !audio.receiving();
        long millis = nothingExpected ? 0 : audio.sending() ? rules.timeoutMillis() : rules.holdTimeoutMillis();
        allowedNanos = millis * MILLI_NANOS;
        comfortNoise = audio.hasComfortNoise() ? audio.comfortNoisePayloadType() : NONE;
        pauses = false;
        heardNanos = nowNanos;
        silent = false;
    }

    @Override
    public boolean onDatagram(
            long nowNanos, InetSocketAddress from, DatagramKind kind, byte[] bytes, int offset, int length, TransportOutput out) {
        return switch (kind) {
            case RTP -> mayBe(nowNanos, from, bytes, offset, length);
            case RTCP -> isFromPeersHost(from) || dropped(TransportCount.FOREIGN_ADDRESS);
            case DTLS -> {
                onDtls(nowNanos, from, bytes, offset, length, out);
                yield false;
            }
            case STUN, OTHER -> dropped(TransportCount.OTHER_PROTOCOL);
        };
    }

    /// Who is named comes before whoever greets us from elsewhere, and that one proves itself by the certificate, or gives way.
    private void onDtls(long nowNanos, InetSocketAddress from, byte[] bytes, int offset, int length, TransportOutput out) {
        DirectPlan now = plan;
        InetSocketAddress settled = source;
        if (now == null || now.dtls().isEmpty()) {
            dropped(TransportCount.OTHER_PROTOCOL);
            return;
        }
        if (settled == null && from.equals(now.rtp())) {
            greeted = true;
            if (greeter != null) {
                forgetGreeter(now, out);
            }
        } else if (settled == null && mayGreet(nowNanos) && bytes[offset] == HANDSHAKE) {
            greeter = from;
            greeters++;
            link.select(from);
        } else if (!from.equals(settled == null ? greeter : settled)) {
            dropped(TransportCount.FOREIGN_ADDRESS);
            return;
        }
        association.onDatagram(bytes, offset, length);
    }

    /// Who has several addresses answers our greeting from another one too.
    private boolean mayGreet(long nowNanos) {
        return greeter == null && !greeted && greeters < MAX_GREETERS && mayLearn(nowNanos);
    }

    private void forgetGreeter(DirectPlan now, TransportOutput out) {
        greeter = null;
        link.select(now.rtp());
        association.renew();
        association.begin(out);
    }

    @Override
    public boolean onSecured(long nowNanos, DtlsResult result, TransportOutput out) {
        DirectPlan now = plan;
        InetSocketAddress from = greeter;
        greeter = null;
        if (result instanceof DtlsResult.Failed && from != null && now != null) {
            forgetGreeter(now, out); // a stranger perhaps: that ends nothing
            return false;
        } else if (result instanceof DtlsResult.Failed) {
            shared.counters.increment(TransportCount.FAILED);
            out.failed(TransportFailure.DTLS);
            return false;
        }
        if (from != null) {
            settle(from);
        }
        return true;
    }

    private boolean mayBe(long nowNanos, InetSocketAddress from, byte[] bytes, int offset, int length) {
        DirectPlan now = plan;
        InetSocketAddress settled = source;
        if (settled != null) {
            return from.equals(settled) || dropped(TransportCount.FOREIGN_ADDRESS);
        }
        boolean named = now != null && from.equals(now.rtp());
        if (!named && !mayLearn(nowNanos)) {
            return dropped(TransportCount.FOREIGN_ADDRESS);
        }
        if (!shared.incoming.read(bytes, offset, length)) {
            return dropped(TransportCount.RTP_MALFORMED);
        }
        return named || link.session() != null || suspect.proves(from, shared.incoming) || dropped(TransportCount.NOT_PROVED_YET);
    }

    private boolean mayLearn(long nowNanos) {
        return rules.learns() && nowNanos - learningUntilNanos < 0;
    }

    /// RTCP has a port of its own, which a NAT may change too; its contents move nothing.
    private boolean isFromPeersHost(InetSocketAddress from) {
        InetSocketAddress remote = link.remote();
        DirectPlan now = plan;
        return remote != null && from.getAddress().equals(remote.getAddress())
                || now != null && source == null && from.equals(now.rtcp());
    }

    private boolean dropped(TransportCount why) {
        shared.counters.increment(why);
        return false;
    }

    @Override
    public void onAuthentic(long nowNanos, InetSocketAddress from, DatagramKind kind, int payloadType) {
        if (kind == DatagramKind.RTP) {
            pauses = payloadType == comfortNoise;
            heardNanos = nowNanos;
            silent = false;
            if (source == null) {
                settle(from);
            }
        } else if (controlSource == null && source != null) {
            settleControl(from);
        }
    }

    private void settle(InetSocketAddress from) {
        source = from;
        DirectPlan now = plan;
        if (now == null || from.equals(now.rtp())) {
            return;
        }
        shared.counters.increment(TransportCount.LEARNED);
        link.select(from);
        if (!now.rtcpMux()) {
            // RFC 3550 section 11, until its own RTCP says better
            link.control(new InetSocketAddress(from.getAddress(), Math.min(from.getPort() + 1, 0xffff)));
        }
    }

    private void settleControl(InetSocketAddress from) {
        DirectPlan now = plan;
        controlSource = from;
        if (now != null && !now.rtcpMux() && !from.equals(source)) {
            link.control(from);
        }
    }

    @Override
    public void onTimeout(long nowNanos, TransportOutput out) {
        if (deadline() - nowNanos <= 0) {
            silent = true;
            shared.counters.increment(TransportCount.SILENT);
            out.failed(TransportFailure.SILENT);
        }
    }

    @Override
    public long deadline() {
        // RFC 3389 section 4.1: one packet may be all that is sent of a pause
        long allowed = pauses && allowedNanos > 0 ? rules.holdTimeoutMillis() * MILLI_NANOS : allowedNanos;
        return silent || allowed == 0 || plan == null ? Long.MAX_VALUE : heardNanos + allowed;
    }

    @Override
    public void close(TransportOutput out) {
        // nothing runs elsewhere
    }

    /// A source that the SDP does not name, and how far it has proved itself. One at a time: two that take turns both prove nothing.
    private static final class Suspect {
        private @Nullable InetSocketAddress from;
        private int ssrc;
        private int sequence;
        private int run;

        void forget() {
            from = null;
            run = 0;
        }

        boolean proves(InetSocketAddress sender, RtpPacket packet) {
            boolean follows = sender.equals(from) && packet.ssrc() == ssrc && packet.sequence() == (sequence + 1 & 0xffff);
            run = follows ? run + 1 : 1;
            from = sender;
            ssrc = packet.ssrc();
            sequence = packet.sequence();
            return run >= PROOF;
        }
    }
}
