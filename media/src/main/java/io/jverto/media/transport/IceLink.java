package io.jverto.media.transport;

import io.jverto.base.Broken;
import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.datagram.DatagramKind;
import io.jverto.media.dtls.DtlsResult;
import io.jverto.media.ice.IceAgent;
import io.jverto.media.ice.IceOutput;
import io.jverto.media.plan.IceCredentials;
import io.jverto.media.plan.IcePlan;
import io.jverto.media.plan.MediaNote;
import io.jverto.media.plan.MediaNote.IceTally;
import io.jverto.media.plan.MediaPlan;
import io.jverto.media.plan.RemoteCandidate;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A peer that is found by ICE and gives its keys by DTLS. DTLS and media are taken only from addresses that ICE selected
/// (security.md S16, S21-S23). Specified by RFC 5763, RFC 5764, RFC 8445.
@OwnedBy(Role.MEDIA_LOOP)
final class IceLink implements PeerLink {
    private final TransportSetup setup;
    private final TransportShared shared;
    private final SecureLink link;
    private final Association association;
    private final IceEvents iceEvents = new IceEvents();

    private IceCredentials credentials;
    /// Credentials in an offer or answer of ours that is not in force yet.
    private @Nullable IceCredentials renewed;

    private @Nullable IcePlan plan;
    private @Nullable IceAgent ice;
    private boolean selected;
    private boolean closed;
    /// Whether ICE has ever found a path, or given up.
    private boolean found;
    private boolean failed;
    private long deadline = Long.MAX_VALUE;

    IceLink(TransportSetup setup, TransportShared shared, SecureLink link, Association association) {
        this.association = association;
        this.setup = setup;
        this.shared = shared;
        this.link = link;
        this.credentials = setup.ice();
    }

    /// We tell the peer new ICE credentials. They count from the next [#apply], which restarts ICE (RFC 8445 section 9); until the
    /// new pair works, what was there carries the media.
    void renew(IceCredentials local) {
        renewed = local;
    }

    /// Other ICE credentials restart ICE, another certificate or role makes a new DTLS association (RFC 8842 section 4).
    @Override
    public void apply(long nowNanos, MediaPlan agreed, TransportOutput out) {
        if (!(agreed.transport() instanceof IcePlan transport)) {
            throw new Broken("a transport with ICE was given a plan without");
        }
        IcePlan before = plan;
        boolean restarts = renewed != null;
        credentials = renewed != null ? renewed : credentials;
        renewed = null;
        plan = transport;
        IceAgent agent = ice != null ? ice : new IceAgent(credentials, transport.controlling(), setup.acl(), shared.random, shared.iceCounters);
        ice = agent;
        boolean otherIce = before == null || restarts || !before.remoteIce().equals(transport.remoteIce());
        association.agree(transport.dtlsRole(), transport.remoteFingerprint(), otherIce, agreed.bestProfile());
        if (otherIce || !before.remoteCandidates().equals(transport.remoteCandidates())) {
            selected = selected && !otherIce;
            if (restarts && before != null) {
                agent.restart(nowNanos, credentials, transport.controlling());
            }
            deadline = agent.remote(nowNanos, transport.remoteIce(), transport.remoteCandidates(), iceEvents.to(out));
        }
        beginHandshake(out);
    }

    /// The peer names more of its addresses.
    void candidates(long nowNanos, List<RemoteCandidate> candidates, TransportOutput out) {
        IceAgent agent = ice;
        if (agent != null) {
            deadline = agent.candidates(nowNanos, candidates, iceEvents.to(out));
        }
    }

    @Override
    public boolean onDatagram(
            long nowNanos, InetSocketAddress from, DatagramKind kind, byte[] bytes, int offset, int length, TransportOutput out) {
        IceAgent agent = ice;
        if (kind == DatagramKind.STUN && agent != null) {
            deadline = agent.onStun(nowNanos, from, bytes, offset, length, iceEvents.to(out));
            return false;
        }
        if (!isSelected(from)) {
            return false;
        }
        if (kind == DatagramKind.DTLS) {
            association.onDatagram(bytes, offset, length);
            return false;
        }
        return true;
    }

    /// A ClientHello from anywhere else must not get near the handshake (CVE-2023-51443, CVE-2023-49786).
    private boolean isSelected(InetSocketAddress from) {
        boolean known = link.knows(from);
        if (!known) {
            shared.counters.increment(TransportCount.FOREIGN_ADDRESS);
        }
        return known;
    }

    @Override
    public void onAuthentic(long nowNanos, InetSocketAddress from, DatagramKind kind, int payloadType) {
        // ICE looks after the path by itself
    }

    @Override
    public void onTimeout(long nowNanos, TransportOutput out) {
        IceAgent agent = ice;
        if (agent != null && deadline - nowNanos <= 0) {
            deadline = agent.onTimeout(nowNanos, iceEvents.to(out));
        }
    }

    @Override
    public long deadline() {
        return deadline;
    }

    private void beginHandshake(TransportOutput out) {
        // media-rtc.md 18.6: not before a pair works, or the first flight is lost.
        if (selected) {
            association.begin(out);
        }
    }

    private IceTally tally() {
        IceAgent agent = ice;
        return agent == null ? new IceTally(0, 0, 0) : agent.tally();
    }

    @Override
    public boolean onSecured(long nowNanos, DtlsResult result, TransportOutput out) {
        if (result instanceof DtlsResult.Failed) {
            shared.counters.increment(TransportCount.FAILED);
            out.failed(TransportFailure.DTLS);
            return false;
        }
        return true;
    }

    @Override
    public void close(TransportOutput out) {
        if (!closed && ice != null && !found && !failed) {
            out.noted(new MediaNote.PathMissing(tally()));
        }
        closed = true;
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
                found = true;
                link.select(remote);
                output.selected(remote);
                output.noted(new MediaNote.PathFound(remote, tally()));
                beginHandshake(output);
            }
        }

        @Override
        public void failed() {
            TransportOutput output = out;
            if (output != null) {
                selected = false;
                failed = true;
                link.silence();
                shared.counters.increment(TransportCount.FAILED);
                output.noted(new MediaNote.PathLost(tally()));
                output.failed(TransportFailure.ICE);
            }
        }
    }
}
