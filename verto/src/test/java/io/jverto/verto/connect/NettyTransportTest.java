package io.jverto.verto.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NettyTransportTest {
    private static final String MEGABYTE = "x".repeat(1 << 20);

    private final CountsFlushes flushes = new CountsFlushes();
    private final EmbeddedChannel channel = new EmbeddedChannel(flushes);
    private final NettyTransport transport = new NettyTransport(channel, new InetSocketAddress("127.0.0.1", 1), false);

    @Test
    void whatWaitsGoesOutInOrderAndIsFlushedOnce() {
        assertThat(transport.send("a")).isTrue();
        assertThat(transport.send("\u00e9\ud83d\ude00")).isTrue();
        assertThat(transport.send("c")).isTrue();
        assertThat(sent()).isEmpty();

        channel.runPendingTasks();

        assertThat(sent()).containsExactly("a", "\u00e9\ud83d\ude00", "c");
        assertThat(flushes.count).isEqualTo(1);
    }

    @Test
    void whatIsSentLaterGoesOutLater() {
        transport.send("a");
        channel.runPendingTasks();
        transport.send("b");
        channel.runPendingTasks();

        assertThat(sent()).containsExactly("a", "b");
    }

    @Test
    void theCloseFollowsWhatWaits() {
        transport.send("a");
        transport.close();
        transport.close();
        channel.runPendingTasks();

        TextWebSocketFrame first = channel.readOutbound();
        WebSocketFrame second = channel.readOutbound();
        WebSocketFrame third = channel.readOutbound();
        assertThat(first.text()).isEqualTo("a");
        assertThat(second).isInstanceOf(CloseWebSocketFrame.class);
        assertThat(third).isNull();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void whatWaitsIsBounded() {
        int taken = 0;
        while (taken < 100 && transport.send(MEGABYTE)) {
            taken++;
        }

        assertThat(taken).isEqualTo(5); // one goes beyond the limit of four
        channel.runPendingTasks();
        assertThat(transport.send("room again")).isTrue();
    }

    @Test
    void aClientThatIsGoneIsNotTakenForOneThatDoesNotRead() {
        channel.close();

        assertThat(transport.send("a")).isTrue();
        channel.runPendingTasks();

        assertThat(sent()).isEmpty();
        channel.checkException();
    }

    private List<String> sent() {
        List<String> texts = new ArrayList<>();
        for (TextWebSocketFrame frame = channel.readOutbound(); frame != null; frame = channel.readOutbound()) {
            texts.add(frame.text());
            frame.release();
        }
        return texts;
    }

    private static final class CountsFlushes extends ChannelOutboundHandlerAdapter {
        private int count;

        @Override
        public void flush(ChannelHandlerContext context) throws Exception {
            count++;
            super.flush(context);
        }
    }
}
