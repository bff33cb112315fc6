package io.jverto.verto.connect;

import io.jverto.base.count.Counters;
import io.jverto.verto.count.VertoCount;
import io.jverto.base.net.AddressGroup;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/// First in the pipeline: closes a connection before its TLS handshake when its address, or everybody together, has too many.
@Sharable
final class AddressLimit extends ChannelInboundHandlerAdapter {
    private final Limits limits;
    private final Counters<VertoCount> counters;
    private final Predicate<InetAddress> unlimited;
    private final Map<String, Integer> open = new ConcurrentHashMap<>();
    private final AtomicInteger total = new AtomicInteger();

    /// @param unlimited addresses behind which are many: proxies
    AddressLimit(Limits limits, Counters<VertoCount> counters, Predicate<InetAddress> unlimited) {
        this.unlimited = unlimited;
        this.limits = limits;
        this.counters = counters;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
        Channel channel = context.channel();
        InetAddress address = ((InetSocketAddress) channel.remoteAddress()).getAddress();
        int all = total.incrementAndGet();
        int mine = open.merge(AddressGroup.of(address), 1, Integer::sum);
        channel.closeFuture().addListener(_ -> left(AddressGroup.of(address)));
        boolean tooMany = mine > limits.perAddress() && !address.isLoopbackAddress() && !unlimited.test(address);
        if (tooMany || all > limits.connections()) {
            counters.increment(VertoCount.CONNECTIONS_REFUSED);
            channel.close();
        } else {
            super.channelActive(context);
        }
    }

    private void left(String address) {
        total.decrementAndGet();
        open.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
    }
}
