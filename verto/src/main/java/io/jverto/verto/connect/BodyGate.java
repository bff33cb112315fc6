package io.jverto.verto.connect;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.buffer.Unpooled;
import io.netty.util.ReferenceCountUtil;

/// Behind the HTTP decoder of a profile with vhosts: no body for a vhost is ever kept, since nothing there reads one. A request goes on as if it had
/// none, and its body is thrown away as it comes; what is announced too large is refused at once (verto-wire.md section 1.8, points 3 and 4).
final class BodyGate extends ChannelInboundHandlerAdapter {
    private static final long MAX_LENGTH = Integer.MAX_VALUE;
    /// This many bytes of form fields are too many already.
    private static final long MAX_FORM = 10L << 20;

    private final PageHandler pages;
    private boolean dropping;

    /// @param pages what is served beside the vhosts
    BodyGate(PageHandler pages) {
        this.pages = pages;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request && request.decoderResult().isSuccess() && !UpgradeHandler.path(request.uri()).filter(pages::isFile).isPresent()) {
            ReferenceCountUtil.release(message);
            dropping = !(request instanceof FullHttpRequest);
            if (isTooLarge(request)) {
                refuse(context);
            } else {
                context.fireChannelRead(withoutBody(request));
            }
        } else if (dropping && message instanceof HttpContent) {
            dropping = !(message instanceof LastHttpContent);
            ReferenceCountUtil.release(message);
        } else {
            context.fireChannelRead(message);
        }
    }

    private static boolean isTooLarge(HttpRequest request) {
        long length = HttpUtil.getContentLength(request, 0L);
        String type = request.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
        boolean form = request.method().equals(HttpMethod.POST)
                && type.regionMatches(true, 0, HttpHeaderValues.APPLICATION_X_WWW_FORM_URLENCODED.toString(), 0,
                        HttpHeaderValues.APPLICATION_X_WWW_FORM_URLENCODED.length());
        return length > MAX_LENGTH || (form && length >= MAX_FORM);
    }

    private static FullHttpRequest withoutBody(HttpRequest request) {
        return new DefaultFullHttpRequest(
                request.protocolVersion(), request.method(), request.uri(), Unpooled.EMPTY_BUFFER, request.headers(), EmptyHttpHeaders.INSTANCE);
    }

    private static void refuse(ChannelHandlerContext context) {
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, Unpooled.EMPTY_BUFFER);
        response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, 0).set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }
}
