package io.jverto.verto.connect;

import io.jverto.base.Program;
import io.jverto.base.config.ConfigProblem;
import io.jverto.base.net.Addresses;
import io.jverto.base.tls.CertificateProblem;
import io.jverto.verto.count.VertoCount;
import io.jverto.verto.dispatch.Connection;
import io.jverto.verto.dispatch.ConnectionNews;
import io.jverto.verto.dispatch.Services;
import io.jverto.verto.login.Gate;
import io.jverto.verto.profile.VertoProfile;
import io.jverto.verto.profile.VertoProfile.Access;
import io.jverto.verto.profile.VertoProfile.Bind;
import io.jverto.verto.site.Site;
import io.jverto.verto.site.SiteReply;
import io.jverto.verto.site.SiteRequest;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens the `bind-local`s of all profiles. Network threads only move bytes; requests run on virtual threads.
public final class Listeners {
    private static final Logger log = LoggerFactory.getLogger(Listeners.class);
    private static final int BACKLOG = 1_024;
    private static final int KEEPALIVE_SECONDS = 30;
    private static final int MAX_THREADS = 4;

    private final Services services;
    private final PageHandler pages;
    private final Limits limits = Limits.DEFAULT;
    private final AddressLimit addressLimit;
    private final InheritedSocket inherited;
    private final List<Access> proxies = new CopyOnWriteArrayList<>();
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final List<Channel> open = new ArrayList<>();
    private final List<TlsContext> certificates = new ArrayList<>();
    private final MultiThreadIoEventLoopGroup threads = new MultiThreadIoEventLoopGroup(
            Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors()), NioIoHandler.newFactory());

    public Listeners(Services services, PageHandler pages) {
        this(services, pages, InheritedSocket.ofProcess());
    }

    Listeners(Services services, PageHandler pages, InheritedSocket inherited) {
        this.inherited = inherited;
        this.services = services;
        this.pages = pages;
        this.addressLimit = new AddressLimit(limits, services.counters(), address -> proxies.stream().anyMatch(access -> access.isProxy(address)));
    }

    /// Opens the listeners of one profile.
    ///
    /// @return what went wrong; empty when clients can connect to all of them
    public synchronized List<ConfigProblem> open(VertoProfile profile, Gate gate) {
        List<ConfigProblem> problems = new ArrayList<>();
        Optional<TlsContext> tls = Optional.empty();
        proxies.add(profile.access());
        List<SiteResponder> sites = profile.extras().vhosts().stream()
                .map(vhost -> new SiteResponder(filesOr(new Site(vhost, gate, services.counters())), services.time(), services.counters()))
                .toList();
        SiteResponder files = new SiteResponder(pages::file, services.time(), services.counters());
        for (Bind bind : profile.binds()) {
            try {
                if (bind.secure() && tls.isEmpty()) {
                    tls = Optional.of(TlsContext.load(profile.tls(), profile.extras().http2()));
                    certificates.add(tls.get());
                    tls.get().concerns(services.time().wallTime()).forEach(text -> log.warn("{}", text));
                }
                open.add(bind(bind, new Listener(profile, bind.secure(), gate, services, pages, files, sites, limits, connections), tls));
            } catch (IOException | GeneralSecurityException unusable) {
                // A port that was to be secure is never opened in the clear.
                problems.add(ConfigProblem.error(bind.origin(), "cannot listen on " + Addresses.text(bind.address()) + ": " + reason(unusable) + advice(unusable)));
            }
        }
        return problems;
    }

    private Function<SiteRequest, SiteReply> filesOr(Site site) {
        return request -> pages.isFile(request.path()) ? pages.file(request) : site.handle(request);
    }

    /// @return where clients can connect, in the order of the configuration; ports chosen by the system are filled in
    public synchronized List<InetSocketAddress> addresses() {
        return open.stream().map(channel -> (InetSocketAddress) channel.localAddress()).toList();
    }

    /// Reads all certificates anew.
    ///
    /// @return what went wrong, one line for each profile whose old certificate stays
    public synchronized List<String> reloadCertificates() {
        List<String> failures = new ArrayList<>();
        for (TlsContext certificate : certificates) {
            try {
                certificate.reload();
            } catch (IOException | GeneralSecurityException unusable) {
                failures.add(reason(unusable));
            }
        }
        return failures;
    }

    /// Looks whether a certificate's files have changed, and uses them if they can be used; otherwise the old certificate stays. Either is told
    /// to the log in one line.
    public synchronized void watchCertificates() {
        for (TlsContext certificate : certificates) {
            try {
                if (certificate.reloadIfChanged()) {
                    log.info("new certificate from {}", certificate.files().certificate());
                    certificate.concerns(services.time().wallTime()).forEach(text -> log.warn("{}", text));
                }
            } catch (IOException | GeneralSecurityException unusable) {
                services.counters().increment(VertoCount.CERTIFICATES_REFUSED);
                log.warn("the old certificate of {} stays in use: {}", certificate.files().certificate(), reason(unusable));
            }
        }
    }

    /// All live connections, for the sweep.
    public Set<Connection> connections() {
        return connections;
    }

    /// Closes listeners and connections, and waits until the threads have ended.
    public synchronized void close() {
        open.forEach(channel -> channel.close().awaitUninterruptibly());
        open.clear();
        connections.forEach(Connection::close);
        threads.shutdownGracefully(50, 2_000, TimeUnit.MILLISECONDS).awaitUninterruptibly();
    }

    private Channel bind(Bind bind, Listener listener, Optional<TlsContext> tls) throws IOException {
        Optional<ServerSocketChannel> given = inherited.take(bind.address());
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(threads)
                .channelFactory(() -> given.map(NioServerSocketChannel::new).orElseGet(NioServerSocketChannel::new))
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), KEEPALIVE_SECONDS)
                .childOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL), KEEPALIVE_SECONDS)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        Access access = listener.profile().access();
                        InetAddress peer = channel.remoteAddress().getAddress();
                        // Of a proxy's clients each is looked at with his request.
                        if (!access.isProxy(peer) && (bind.proxied() || !access.allows(peer))) {
                            // Not a byte: a port scan learns nothing.
                            services.counters().increment(VertoCount.CONNECTIONS_FORBIDDEN);
                            channel.close();
                            return;
                        }
                        announce(channel, listener);
                        channel.pipeline().addLast(addressLimit);
                        if (bind.proxied()) {
                            ProxyHeader.expect(channel.pipeline(), listener);
                        }
                        Protocols.begin(channel, listener, bind.secure() ? tls : Optional.empty());
                    }
                });
        given.ifPresent(_ -> log.info("{} is the socket that this process was given", Addresses.text(bind.address())));
        ChannelFuture bound = (given.isPresent() ? bootstrap.register() : bootstrap.bind(bind.address())).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw bound.cause() instanceof IOException io ? io : new IOException(bound.cause());
        }
        return bound.channel();
    }

    /// Tells those who watch the switch of the connection and of its end.
    private void announce(SocketChannel channel, Listener listener) {
        ConnectionNews news = new ConnectionNews(services.coreEvents(), listener.profile().name(), channel.remoteAddress());
        news.connected();
        channel.closeFuture().addListener(_ -> {
            Connection connection = channel.attr(Listener.CONNECTION).get();
            news.disconnected(connection == null ? "" : connection.user());
        });
    }

    /// @return what whoever starts the server can do about it
    private static String advice(Exception failure) {
        if (failure instanceof CertificateProblem || failure instanceof GeneralSecurityException) {
            return "; " + Program.command("cert check") + " says more of the certificate, " + Program.command("cert init") + " makes one";
        }
        String reason = reason(failure);
        if (reason.contains("in use")) {
            return "; stop what uses the port, or choose another: verto_ws_port and verto_wss_port in vars.xml";
        }
        return reason.contains("ermission denied") ? "; docs/hosting says how to have a port below 1024"
                : reason.contains("assign") ? "; it is no address of this machine: verto_ws_ip and verto_wss_ip in vars.xml"
                : "";
    }

    private static String reason(Exception failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
