package io.jverto.verto.connect;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToMessageEncoder;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.util.List;

/// Compresses the long messages of a connection that agreed on permessage-deflate: descriptions of media and lists of members shrink to a
/// third. Events and replies are short, and many: the time would be worth more than the bytes.
final class DeflateWriter extends MessageToMessageEncoder<TextWebSocketFrame> {
    static final int MIN_BYTES = 1_024;
    /// With what the frames of a speed test begin: they measure the line, and consist of dots.
    private static final byte SPEED_TEST = '#';

    DeflateWriter() {
        super(TextWebSocketFrame.class);
    }

    @Override
    protected void encode(ChannelHandlerContext context, TextWebSocketFrame frame, List<Object> out) {
        ByteBuf content = frame.content();
        if (content.readableBytes() < MIN_BYTES || content.getByte(content.readerIndex()) == SPEED_TEST) {
            out.add(frame.retain());
            return;
        }
        ByteBuf compressed = Deflate.ofThread().compress(content, context.alloc());
        out.add(new TextWebSocketFrame(true, DeflateReader.COMPRESSED, compressed));
    }
}
