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

/// First in the pipeline: closes a connection before its TLS handshake when its address, or everybody together, has too many.
@Sharable
final class AddressLimit extends ChannelInboundHandlerAdapter {
    private final Limits limits;
    private final Counters<VertoCount> counters;
    private final Map<String, Integer> open = new ConcurrentHashMap<>();
    private final AtomicInteger total = new AtomicInteger();

    AddressLimit(Limits limits, Counters<VertoCount> counters) {
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
        boolean tooMany = mine > limits.perAddress() && !address.isLoopbackAddress();
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
