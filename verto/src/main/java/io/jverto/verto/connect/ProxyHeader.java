package io.jverto.verto.connect;

import io.jverto.base.net.Addresses;
import io.jverto.base.net.Network;
import io.jverto.verto.count.VertoCount;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.util.AttributeKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes the header with which a trusted proxy names its client before anything else (the PROXY protocol, versions 1 and 2), and goes. Only
/// connections of trusted proxies have it in their pipeline, and theirs have to begin with one: there is nothing to guess, hence nobody
/// else can name anybody.
final class ProxyHeader extends SimpleChannelInboundHandler<HAProxyMessage> {
    private static final Logger log = LoggerFactory.getLogger(ProxyHeader.class);
    /// Who is behind the proxy.
    private static final AttributeKey<InetSocketAddress> CLIENT = AttributeKey.valueOf(ProxyHeader.class, "client");
    /// Version 2 may carry more than addresses; certificates of clients are long.
    private static final int MAX_EXTRAS = 4_096;

    private final Listener listener;
    private boolean wrong;

    private ProxyHeader(Listener listener) {
        this.listener = listener;
    }

    static void expect(ChannelPipeline pipeline, Listener listener) {
        pipeline.addLast(new HAProxyMessageDecoder(MAX_EXTRAS));
        pipeline.addLast(new ProxyHeader(listener));
    }

    /// @return the client that the proxy named, else whoever connected
    static InetSocketAddress client(Channel channel, InetSocketAddress peer) {
        InetSocketAddress named = channel.attr(CLIENT).get();
        return named == null ? peer : named;
    }

    /// The decoder goes by itself when it has the header.
    @Override
    protected void channelRead0(ChannelHandlerContext context, HAProxyMessage header) {
        // LOCAL: the proxy itself looks whether we are there.
        if (header.command() == HAProxyCommand.PROXY) {
            named(header).ifPresent(client -> context.channel().attr(CLIENT).set(client));
        }
        context.pipeline().remove(this);
    }

    /// @return empty where it says that it does not know, or names a socket of its machine
    private static Optional<InetSocketAddress> named(HAProxyMessage header) {
        String address = header.sourceAddress();
        if (address == null) {
            return Optional.empty();
        }
        Optional<InetAddress> literal = Network.address(address);
        return literal.map(one -> new InetSocketAddress(one, header.sourcePort()));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (wrong) {
            return; // what was left of it
        }
        wrong = true;
        listener.counters().increment(VertoCount.PROXY_HEADERS_WRONG);
        log.debug("{} is a trusted proxy, but does not begin with a PROXY header: {}", Addresses.text(context.channel().remoteAddress()), cause.toString());
        context.close();
    }
}
