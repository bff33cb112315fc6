package io.jverto.verto.connect;

import io.jverto.base.net.Addresses;
import io.jverto.verto.count.VertoCount;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.util.ReferenceCountUtil;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What strangers may do to one connection of HTTP/2 (RFC 9113 section 10.5). Each stream is then a request as on a connection of its own,
/// with the deadlines of [UpgradeHandler]; a connection without any stream is closed after the same time. On its network thread alone.
final class StreamGuard extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(StreamGuard.class);
    /// Requests of one connection at once; a page has about twenty files.
    static final int MAX_STREAMS = 100;
    /// Of them those that have not come to their end: only these take memory.
    static final int MAX_UNFINISHED = 8;
    private static final int MAX_BODY = 8_192;
    /// Streams that a peer may break off in [#RESET_SECONDS], or make us break off: opening and resetting costs it nothing (CVE-2023-44487,
    /// CVE-2025-8671).
    static final int MAX_RESETS = 200;
    private static final int RESET_SECONDS = 30;
    /// Replies to settings and pings that the peer does not read (CVE-2019-9512, CVE-2019-9515).
    private static final int MAX_CONTROL_FRAMES = 1_000;
    /// Frames that carry next to nothing, one after the other (CVE-2019-9518, CVE-2024-27316).
    private static final int MAX_EMPTY_FRAMES = 16;
    private static final int FAREWELL_MILLIS = 1_000;

    private final Listener listener;
    private final Http2FrameCodec codec;
    private final Set<Integer> unfinished = new HashSet<>();
    private final Deadline deadline = new Deadline();

    private StreamGuard(Listener listener, Http2FrameCodec codec) {
        this.listener = listener;
        this.codec = codec;
    }

    static void add(ChannelPipeline pipeline, Listener listener) {
        Http2FrameCodec codec = Http2FrameCodecBuilder.forServer()
                .initialSettings(Http2Settings.defaultSettings().maxConcurrentStreams(MAX_STREAMS).maxHeaderListSize(Protocols.MAX_HEADERS))
                .decoderEnforceMaxRstFramesPerWindow(MAX_RESETS, RESET_SECONDS)
                .encoderEnforceMaxRstFramesPerWindow(MAX_RESETS, RESET_SECONDS)
                .encoderEnforceMaxQueuedControlFrames(MAX_CONTROL_FRAMES)
                .decoderEnforceMaxConsecutiveEmptyDataFrames(MAX_EMPTY_FRAMES)
                .decoderEnforceMaxSmallContinuationFrames(MAX_EMPTY_FRAMES)
                .gracefulShutdownTimeoutMillis(FAREWELL_MILLIS)
                .build();
        StreamGuard guard = new StreamGuard(listener, codec);
        pipeline.addLast(codec, new Http2MultiplexHandler(guard.streams()), guard);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        codec.connection().addListener(new Http2ConnectionAdapter() {
            @Override
            public void onStreamActive(Http2Stream stream) {
                deadline.stop();
                if (stream.state() == Http2Stream.State.OPEN) {
                    unfinished.add(stream.id());
                }
            }

            @Override
            public void onStreamHalfClosed(Http2Stream stream) {
                if (stream.state() == Http2Stream.State.HALF_CLOSED_REMOTE) {
                    unfinished.remove(stream.id());
                }
            }

            @Override
            public void onStreamClosed(Http2Stream stream) {
                unfinished.remove(stream.id());
                if (codec.connection().numActiveStreams() == 0) {
                    startDeadline(context);
                }
            }
        });
        startDeadline(context);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        deadline.stop();
        super.channelInactive(context);
    }

    /// What the peer did to the connection as a whole: it is being closed.
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        boolean flood = cause instanceof Http2Exception known && known.error() == Http2Error.ENHANCE_YOUR_CALM;
        listener.counters().increment(flood ? VertoCount.HTTP2_FLOODS : VertoCount.HANDSHAKES_FAILED);
        log.debug("HTTP/2 with {} ends: {}", Addresses.text(context.channel().remoteAddress()), cause.toString());
        if (!(cause instanceof Http2Exception)) {
            context.close();
        }
    }

    private ChannelInitializer<Channel> streams() {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel stream) {
                stream.pipeline().addLast(new StreamGate(), new Http2StreamFrameToHttpObjectCodec(true));
                if (!listener.sites().isEmpty()) {
                    stream.pipeline().addLast(new BodyGate(listener.pages()));
                }
                stream.pipeline().addLast(new HttpObjectAggregator(MAX_BODY), UpgradeHandler.ofStream(listener));
            }
        };
    }

    private void startDeadline(ChannelHandlerContext context) {
        deadline.start(context, listener.limits().handshake().toMillis(), () -> context.close());
    }

    /// First in each stream.
    private final class StreamGate extends ChannelDuplexHandler {
        private boolean asked;
        private boolean answered;

        @Override
        public void channelRead(ChannelHandlerContext context, Object frame) {
            asked |= isLast(frame);
            if (frame instanceof Http2HeadersFrame headers && !headers.isEndStream() && unfinished.size() > MAX_UNFINISHED) {
                ReferenceCountUtil.release(frame);
                listener.counters().increment(VertoCount.HTTP2_REFUSED);
                context.close();
            } else {
                context.fireChannelRead(frame);
            }
        }

        @Override
        public void write(ChannelHandlerContext context, Object frame, ChannelPromise promise) {
            answered |= isLast(frame);
            context.write(frame, promise);
        }

        /// Whoever has its answer before it has said all is told that the rest is not needed (RFC 9113 section 8.1): broken off otherwise, it would
        /// take the answer for none.
        @Override
        public void close(ChannelHandlerContext context, ChannelPromise promise) {
            if (answered && !asked) {
                context.write(new DefaultHttp2ResetFrame(Http2Error.NO_ERROR));
            }
            context.close(promise);
        }

        private boolean isLast(Object frame) {
            return frame instanceof Http2HeadersFrame headers && headers.isEndStream() || frame instanceof Http2DataFrame data && data.isEndStream();
        }
    }
}
