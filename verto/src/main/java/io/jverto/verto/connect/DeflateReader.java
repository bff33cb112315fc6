package io.jverto.verto.connect;

import io.jverto.base.count.Counters;
import io.jverto.verto.count.VertoCount;
import io.jverto.wire.jsonrpc.JsonText;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToMessageDecoder;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.List;
import java.util.zip.DataFormatException;

/// Behind the aggregator of a connection that agreed on permessage-deflate: expands the messages that are marked so, within the limit that
/// holds for plain ones.
final class DeflateReader extends MessageToMessageDecoder<WebSocketFrame> {
    /// RSV1 of a frame's three reserved bits (RFC 7692 section 6).
    static final int COMPRESSED = 4;

    private final Counters<VertoCount> counters;

    DeflateReader(Counters<VertoCount> counters) {
        this.counters = counters;
    }

    @Override
    protected void decode(ChannelHandlerContext context, WebSocketFrame frame, List<Object> out) {
        boolean message = frame instanceof TextWebSocketFrame || frame instanceof BinaryWebSocketFrame;
        if (frame.rsv() == 0) {
            out.add(frame.retain());
        } else if (!message || frame.rsv() != COMPRESSED) {
            refuse(context, WebSocketCloseStatus.PROTOCOL_ERROR);
        } else {
            expand(context, frame, out);
        }
    }

    private void expand(ChannelHandlerContext context, WebSocketFrame frame, List<Object> out) {
        try {
            ByteBuf plain = Deflate.ofThread().expand(frame.content(), context.alloc(), JsonText.MAX_LENGTH);
            out.add(frame instanceof TextWebSocketFrame ? new TextWebSocketFrame(plain) : new BinaryWebSocketFrame(plain));
        } catch (Deflate.TooLong _) {
            counters.increment(VertoCount.FRAMES_TOO_LONG);
            refuse(context, WebSocketCloseStatus.MESSAGE_TOO_BIG);
        } catch (DataFormatException _) {
            counters.increment(VertoCount.FRAMES_UNREADABLE);
            refuse(context, WebSocketCloseStatus.INVALID_PAYLOAD_DATA);
        }
    }

    private static void refuse(ChannelHandlerContext context, WebSocketCloseStatus status) {
        context.channel().config().setAutoRead(false);
        context.writeAndFlush(new CloseWebSocketFrame(status)).addListener(ChannelFutureListener.CLOSE);
    }
}
