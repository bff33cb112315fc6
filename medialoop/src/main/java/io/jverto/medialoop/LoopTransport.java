package io.jverto.medialoop;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.dtls.DtlsHandshake;
import io.jverto.media.plan.CandidateAcl;
import io.jverto.media.plan.DirectRules;
import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.Fingerprint;
import io.jverto.media.plan.IceCredentials;
import io.jverto.media.plan.LocalMedia;
import io.jverto.media.plan.MediaNote;
import io.jverto.media.plan.MediaNote.IceTally;
import io.jverto.media.plan.MediaPlan;
import io.jverto.media.plan.SrtpProfile;
import io.jverto.media.transport.PeerTransport;
import io.jverto.media.transport.Route;
import io.jverto.media.transport.TransportFailure;
import io.jverto.media.transport.TransportOutput;
import io.jverto.media.transport.TransportSetup;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.MediaListener;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A [PeerTransport] at its loop: its entries in the directory, its deadline, its listener. Only its loop touches it,
/// except for what says otherwise.
@OwnedBy(Role.MEDIA_LOOP)
final class LoopTransport implements TransportOutput {
    /// Like the transport's own memory of addresses.
    private static final int MAX_ADDRESSES = 4;
    /// Checks whose response may still come; an agent has fewer under way.
    private static final int MAX_CHECKS = 64;
    /// The ones in force and those before a restart.
    private static final int MAX_UFRAGS = 2;

    private final MediaLoop loop;
    private final ChannelId channel;
    private final MediaListener listener;
    private final PeerTransport transport;
    /// Of a peer without ICE; null for those that share the loop's.
    private final @Nullable DirectPort port;
    private volatile LocalMedia local;

    private final ArrayDeque<InetSocketAddress> addresses = new ArrayDeque<>();
    private final ArrayDeque<TransactionId> checks = new ArrayDeque<>();
    /// In force, oldest first: checks of the peer may name the last one until its new pair works.
    private final ArrayDeque<String> ufrags = new ArrayDeque<>();
    /// Told to the peer, but not in force yet.
    private Optional<String> nextUfrag = Optional.empty();
    private Route route = new Route.Silent();
    private List<LoopTransport> digitsTo = List.of();
    private List<InetSocketAddress> refused = List.of();
    private @Nullable Capture capture;
    private Runnable left = () -> { };
    private long lastStunNanos;
    private long deadline = Long.MAX_VALUE;

    /// One of many at the loop's port.
    LoopTransport(
            MediaLoop loop, ChannelId channel, LocalMedia local, CandidateAcl acl, MediaListener listener) {
        this(loop, channel, local, new TransportSetup(local.ice(), local.audioSsrc(), local.cname(), acl, DirectRules.DEFAULT), null, listener);
    }

    /// One that has ports of its own, for a peer without ICE.
    LoopTransport(MediaLoop loop, ChannelId channel, LocalMedia local, DirectRules rules, DirectPort port, MediaListener listener) {
        this(loop, channel, local, new TransportSetup(local.ice(), local.audioSsrc(), local.cname(), CandidateAcl.ANY, rules), port, listener);
    }

    private LoopTransport(
            MediaLoop loop, ChannelId channel, LocalMedia local, TransportSetup setup, @Nullable DirectPort port, MediaListener listener) {
        this.port = port;
        this.loop = loop;
        this.channel = channel;
        this.local = local;
        this.listener = listener;
        this.ufrags.add(local.ice().ufrag());
        this.transport = new PeerTransport(setup, loop.shared());
    }

    /// From any thread.
    @Nullable DirectPort port() {
        return port;
    }

    /// From any thread.
    MediaLoop loop() {
        return loop;
    }

    /// From any thread.
    ChannelId channel() {
        return channel;
    }

    /// From any thread.
    LocalMedia local() {
        return local;
    }

    /// From any thread.
    MediaListener listener() {
        return listener;
    }

    /// From any thread: only its statistics and to name it in a route.
    PeerTransport transport() {
        return transport;
    }

    /// Before it is opened: who is told when it is closed.
    void whenLeft(Runnable told) {
        left = told;
    }

    /// Our side for the next description. From any thread, one at a time.
    LocalMedia renew(LocalMedia next) {
        local = next;
        loop.tell(new LoopCommand.Renew(this, next.ice()));
        return next;
    }

    List<String> ufrags() {
        return Stream.concat(ufrags.stream(), nextUfrag.stream()).toList();
    }

    void heardStun(long nowNanos) {
        lastStunNanos = nowNanos;
    }

    long lastStunNanos() {
        return lastStunNanos;
    }

    void onDatagram(long nowNanos, InetSocketAddress from, byte[] bytes, int length) {
        Capture watching = capture;
        if (watching != null) {
            watching.onDatagram(from, bytes, length); // first: it is decrypted in its place
        }
        deadline = transport.onDatagram(nowNanos, from, bytes, 0, length, this);
    }

    int preloadReceive() {
        return (int) deadline + transport.preloadReceive();
    }

    int preloadSend() {
        return transport.preloadSend();
    }

    void onTimeout(long nowNanos) {
        if (!refused.isEmpty() && loop.directory().isFree(nowNanos, refused.getFirst())) {
            selected(refused.getFirst());
        }
        if (deadline - nowNanos <= 0) {
            deadline = transport.onTimeout(nowNanos, this);
        }
    }

    /// When to call [#onTimeout] at the latest.
    long deadline(long nowNanos) {
        return refused.isEmpty() ? deadline : nowNanos;
    }

    void onFed(long nowNanos) {
        transport.onFed(nowNanos, this);
    }

    boolean isFed() {
        return transport.isFed();
    }

    void onCommand(long nowNanos, LoopCommand command) {
        switch (command) {
            case LoopCommand.Open open -> {}
            case LoopCommand.Renew renew -> renew(renew.ice());
            case LoopCommand.Apply apply -> apply(nowNanos, apply.plan());
            case LoopCommand.Candidates late -> deadline = transport.candidates(nowNanos, late.candidates(), this);
            case LoopCommand.Reroute reroute -> reroute(reroute.route(), reroute.digitsTo());
            case LoopCommand.Unroute unroute -> {
                if (route == unroute.route()) {
                    reroute(new Route.Silent(), digitsTo);
                }
            }
            case LoopCommand.Watch watch -> {
                transport.watch(nowNanos, watch.line(), watch.link().orElse(null));
                deadline = transport.onTimeout(nowNanos, this);
            }
            case LoopCommand.Show show -> {
                transport.show(show.viewer());
                deadline = transport.onTimeout(nowNanos, this);
            }
            case LoopCommand.KeyFrame _ -> {
                transport.wantKeyFrame();
                deadline = transport.onTimeout(nowNanos, this);
            }
            case LoopCommand.Watched watched -> {
                capture = watched.capture().orElse(null);
                transport.tap(watched.capture().filter(one -> one.wish().decrypted()).orElse(null));
            }
            case LoopCommand.Digit digit -> {
                transport.sendDigit(digit.digit(), digit.durationMillis());
                deadline = transport.onTimeout(nowNanos, this);
            }
            case LoopCommand.PlaybackRefused refused -> listener.onPlaybackEnded(refused.playback(), MediaListener.PlaybackEnd.BROKEN);
            case LoopCommand.Close close -> transport.close(nowNanos, this);
            case LoopCommand.HandshakeDatagram datagram ->
                transport.onHandshakeDatagram(datagram.number(), datagram.bytes(), 0, datagram.bytes().length, this);
            case LoopCommand.HandshakeFinished finished ->
                deadline = transport.onHandshakeFinished(nowNanos, finished.number(), finished.result(), this);
            case LoopCommand.HandshakeClosed closed -> transport.onHandshakeClosed(closed.number());
        }
    }

    private void renew(IceCredentials ice) {
        if (port != null) {
            return; // nobody asks for it by name
        }
        loop.directory().remove(this);
        nextUfrag = Optional.of(ice.ufrag());
        loop.directory().add(this);
        transport.renew(ice);
    }

    private void apply(long nowNanos, MediaPlan plan) {
        if (port == null) {
            renewed();
        }
        deadline = transport.apply(nowNanos, plan, this);
    }

    private void renewed() {
        loop.directory().remove(this);
        nextUfrag.ifPresent(ufrags::add);
        nextUfrag = Optional.empty();
        if (ufrags.size() > MAX_UFRAGS) {
            ufrags.remove();
        }
        loop.directory().add(this);
    }

    private void reroute(Route newRoute, List<LoopTransport> newDigitsTo) {
        route = newRoute;
        digitsTo = newDigitsTo;
        transport.route(newRoute);
    }

    /// Takes all its entries out of the directory, and closes the ports that are its own.
    void leave(Directory directory) {
        left.run();
        if (capture != null) {
            capture.end();
        }
        if (port != null) {
            port.close();
        }
        directory.remove(this);
        addresses.forEach(address -> directory.unselect(address, this));
        checks.forEach(directory::closeCheck);
        addresses.clear();
        checks.clear();
    }

    @Override
    public void sendStun(InetSocketAddress to, byte[] bytes, int offset, int length) {
        if (Directory.isRequest(bytes, offset)) {
            TransactionId id = TransactionId.of(bytes, offset);
            if (loop.directory().openCheck(id, this)) {
                checks.add(id);
            }
            if (checks.size() > MAX_CHECKS) {
                loop.directory().closeCheck(checks.remove());
            }
        }
        sent(to, false, bytes, offset, length);
        loop.send(to, bytes, offset, length);
    }

    private void sent(InetSocketAddress to, boolean control, byte[] bytes, int offset, int length) {
        Capture watching = capture;
        if (watching != null) {
            watching.onSent(to, control, bytes, offset, length);
        }
    }

    @Override
    public void send(InetSocketAddress to, byte[] bytes, int offset, int length) {
        sent(to, false, bytes, offset, length);
        if (port == null) {
            loop.send(to, bytes, offset, length);
        } else {
            port.send(loop.port(), to, bytes, offset, length);
        }
    }

    @Override
    public void sendControl(InetSocketAddress to, byte[] bytes, int offset, int length) {
        sent(to, true, bytes, offset, length);
        if (port != null) {
            port.sendControl(loop.port(), to, bytes, offset, length);
        }
    }

    @Override
    public void selected(InetSocketAddress remote) {
        boolean free = loop.select(remote, this);
        refused = free ? List.of() : List.of(remote);
        if (!free) {
            return;
        }
        addresses.remove(remote);
        addresses.addFirst(remote);
        if (addresses.size() > MAX_ADDRESSES) {
            loop.directory().unselect(addresses.removeLast(), this);
        }
    }

    @Override
    public DtlsHandshake startHandshake(int number, DtlsRole role, Fingerprint remote, SrtpProfile best) {
        return loop.startHandshake(this, number, role, remote, best);
    }

    @Override
    public void noted(MediaNote note) {
        listener.onNoted(note instanceof MediaNote.PathFound(InetSocketAddress remote, IceTally tally, _) ? new MediaNote.PathFound(remote, tally, loop.isTcp(remote)) : note);
    }

    @Override
    public void connected() {
        listener.onConnected();
    }

    @Override
    public void digit(char digit, int durationMillis) {
        listener.onDtmf(digit, durationMillis);
        for (LoopTransport other : digitsTo) {
            other.loop.tell(new LoopCommand.Digit(other, digit, durationMillis));
        }
    }

    @Override
    public void failed(TransportFailure failure) {
        listener.onFailed(
                switch (failure) {
                    case DTLS -> MediaListener.Failure.DTLS;
                    case ICE -> MediaListener.Failure.ICE_TIMEOUT;
                    case SILENT -> MediaListener.Failure.RTP_TIMEOUT;
                });
    }
}
