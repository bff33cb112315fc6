package io.jverto.medialoop;

import io.jverto.base.Broken;
import io.jverto.base.time.TimeSource;
import io.jverto.media.dtls.DtlsIdentity;
import io.jverto.media.plan.LocalMedia;
import io.jverto.media.speex.SpeexLibrary;
import io.jverto.medialoop.picture.Pictures;
import io.jverto.medialoop.tick.AudioTicks;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.DirectMedia;
import io.jverto.switchboard.port.MediaListener;
import io.jverto.switchboard.port.MediaRules;
import io.jverto.switchboard.port.MediaService;
import io.jverto.switchboard.port.PacketCaptures;
import io.jverto.switchboard.port.StudioRef;
import io.jverto.switchboard.port.TickTimes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The media of the whole server: a few media loops, a few mixer threads. Thread-safe.
public final class MediaEngine implements MediaService, AutoCloseable {
    private final AdvertisedAddress advertised;
    private final PortPairs pairs;
    private final DtlsIdentity identity;
    private final SecureRandom random;
    private final MediaCounters counters;
    private final Captures captures;
    private final AudioTicks ticks;
    private final Routing routing;
    private final Pictures pictures;
    private final List<MediaLoop> loops = new ArrayList<>();

    /// Binds the ports and starts the threads, which sleep until there is a call.
    ///
    /// @throws UncheckedIOException when a port cannot be bound; its message says what to do
    public MediaEngine(
            MediaConfig config, DtlsIdentity identity, SecureRandom random, TimeSource time, MediaCounters counters) {
        this.advertised = new AdvertisedAddress(config.extRtpIp(), config.localNetworks());
        this.pairs = new PortPairs(config.firstPort(), config.lastPort(), random, time::nanoTime);
        this.identity = identity;
        this.random = random;
        this.counters = counters;
        this.captures = new Captures(time);
        bind(config, time);
        this.ticks = AudioTicks.start(AudioTicks.defaultThreads(), random);
        this.routing = new Routing(ticks, random);
        this.pictures = new Pictures(media -> media instanceof CallMedia call ? routing.tap(call) : Optional.empty(), ticks.frames());
        loops.forEach(MediaLoop::start);
    }

    private void bind(MediaConfig config, TimeSource time) {
        int count = Math.max(config.loops(), config.rtpIps().size());
        try {
            for (int i = 0; i < count; i++) {
                InetAddress ip = config.rtpIps().get(i % config.rtpIps().size());
                loops.add(config.iceTcp()
                        ? withTcp(i, ip, config, time)
                        : new MediaLoop(i, UdpPort.bind(ip, config.firstPort(), config.lastPort(), counters.loop()), identity, random, time, counters));
            }
        } catch (UncheckedIOException refused) {
            loops.forEach(MediaLoop::closePorts);
            throw refused;
        }
    }

    /// At the first number that is free for both.
    private MediaLoop withTcp(int number, InetAddress ip, MediaConfig config, TimeSource time) {
        int first = config.firstPort();
        while (true) {
            UdpPort port = UdpPort.bind(ip, first, config.lastPort(), counters.loop());
            try {
                return new MediaLoop(number, port, TcpPort.bind(port.address(), counters.loop()), identity, random, time, counters);
            } catch (IOException taken) {
                first = port.address().getPort() + 2;
                port.close();
            }
        }
    }

    /// @return where media is received, one address for each loop
    public List<InetSocketAddress> addresses() {
        return loops.stream().map(MediaLoop::address).toList();
    }

    /// Takes another address to advertise, for calls that come from now on. From any thread.
    public void external(InetAddress found) {
        advertised.external(found);
    }

    /// @return names and addresses in the directories of all loops, a moment ago; none when there is no call
    public int entries() {
        return loops.stream().mapToInt(MediaLoop::entries).sum();
    }

    public MediaCounters counters() {
        return counters;
    }

    /// @return the mixer threads, for their counters
    public AudioTicks ticks() {
        return ticks;
    }

    @Override
    public Optional<MediaRef> open(ChannelId channel, Optional<InetAddress> peer, MediaRules rules, MediaListener listener) {
        Optional<MediaLoop> free = leastLoaded(peer);
        if (free.isEmpty()) {
            counters.loop().increment(LoopCount.NO_ROOM);
            return Optional.empty();
        }
        MediaLoop loop = free.get();
        Optional<LoopTransport> transport = rules.direct().isPresent()
                ? direct(loop, channel, peer, rules.direct().get(), listener)
                : Optional.of(new LoopTransport(loop, channel, local(loop, peer), rules.candidates(), listener));
        transport.ifPresent(made -> {
            made.whenLeft(() -> captures.closed(made));
            captures.opened(made);
        });
        transport.ifPresentOrElse(made -> loop.tell(new LoopCommand.Open(made)), loop::release);
        return transport.map(made -> new CallMedia(routing, made, rules.jitter()));
    }

    private Optional<LoopTransport> direct(
            MediaLoop loop, ChannelId channel, Optional<InetAddress> peer, DirectMedia media, MediaListener listener) {
        InetAddress ip = media.rtpIp().orElseGet(() -> loop.address().getAddress());
        Optional<DirectPort> port = pairs.take(ip);
        if (port.isEmpty()) {
            counters.loop().increment(LoopCount.NO_PORTS);
        }
        return port.map(own -> {
            AdvertisedAddress told = media.extRtpIp().isPresent() ? new AdvertisedAddress(media.extRtpIp(), media.localNetwork()) : advertised;
            InetSocketAddress address = new InetSocketAddress(told.of(ip, peer), own.number());
            return new LoopTransport(loop, channel, LocalNames.direct(address, identity.fingerprint(), random), media.rules(), own, listener);
        });
    }

    /// A loop of the peer's address family if there is one.
    private Optional<MediaLoop> leastLoaded(Optional<InetAddress> peer) {
        List<MediaLoop> sameFamily = loops.stream()
                .filter(loop -> peer.isEmpty()
                        || loop.address().getAddress().getClass() == peer.get().getClass())
                .toList();
        return (sameFamily.isEmpty() ? loops : sameFamily)
                .stream()
                        .sorted(java.util.Comparator.comparingInt(MediaLoop::load))
                        .filter(MediaLoop::reserve)
                        .findFirst();
    }

    private LocalMedia local(MediaLoop loop, Optional<InetAddress> peer) {
        InetSocketAddress bound = loop.address();
        InetSocketAddress address = new InetSocketAddress(advertised.of(bound.getAddress(), peer), bound.getPort());
        LocalMedia local = LocalNames.fresh(address, identity.fingerprint(), random);
        return loop.takesTcp() ? local.withTcp() : local;
    }

    @Override
    public Wired openWire(ChannelId one, MediaListener ofOne, ChannelId other, MediaListener ofOther) {
        Wire wire = new Wire(ticks, one.value());
        return new Wired(
                new WireMedia(ticks, routing, wire, one, ofOne), new WireMedia(ticks, routing, wire, other, ofOther));
    }

    @Override
    public MixerRef openMixer(String name, int rateHz, int channels, int noise) {
        return new MixerHandle(ticks.openRoom(name, rateHz, channels, noise), ticks);
    }

    @Override
    public Optional<StudioRef> openStudio(String name, int framesPerSecond) {
        return pictures.open(name, framesPerSecond);
    }

    @Override
    public Optional<String> cleaningObstacle() {
        return SpeexLibrary.obstacle();
    }

    /// @return the pictures of rooms, for their counters
    public Pictures pictures() {
        return pictures;
    }

    @Override
    public void bridge(MediaRef one, MediaRef other) {
        if (one instanceof WireMedia end) {
            end.join(other);
            return;
        }
        if (other instanceof WireMedia end) {
            end.join(one);
            return;
        }
        if (!(one instanceof CallMedia first && other instanceof CallMedia second)) {
            throw new Broken("media of another media service");
        }
        routing.bridge(first, second);
    }

    @Override
    public PacketCaptures captures() {
        return captures;
    }

    @Override
    public TickTimes tickTimes() {
        return ticks.times();
    }

    /// Ends all transports and threads.
    /// Gets ready for many calls that come up at once, in the background.
    public void rehearse(TimeSource time) {
        DtlsRehearsal.start(identity, random, time);
    }

    @Override
    public void close() {
        captures.close();
        pictures.close();
        loops.forEach(MediaLoop::close);
        ticks.close();
    }
}
