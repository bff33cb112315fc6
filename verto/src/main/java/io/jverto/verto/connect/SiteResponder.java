package io.jverto.verto.connect;

import io.jverto.base.count.Counters;
import io.jverto.base.time.TimeSource;
import io.jverto.verto.count.VertoCount;
import io.jverto.verto.site.SiteReply;
import io.jverto.verto.site.SiteRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.StandardOpenOption;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers the requests for files on threads that may block: of a file no more than a piece is in memory for each connection, and
/// the next is read when the network has taken the one before. Bounded by [#MAX_AT_ONCE]. Thread-safe.
final class SiteResponder {
    private static final Logger log = LoggerFactory.getLogger(SiteResponder.class);
    private static final SiteReply.Words BUSY = new SiteReply.Words(503, Map.of("retry-after", "5"), "");
    /// Requests that are looked up or whose file is on its way.
    private static final int MAX_AT_ONCE = 500;
    private static final int PIECE = 64 * 1_024;
    /// Who does not take a piece in that time is cut off.
    private static final long WRITE_SECONDS = 10;

    private final Function<SiteRequest, SiteReply> site;
    private final TimeSource time;
    private final Counters<VertoCount> counters;
    private final Semaphore free = new Semaphore(MAX_AT_ONCE);

    /// @param site called on a thread that may block
    SiteResponder(Function<SiteRequest, SiteReply> site, TimeSource time, Counters<VertoCount> counters) {
        this.site = site;
        this.time = time;
        this.counters = counters;
    }

    /// Answers, and calls `done` on the connection's own thread afterwards, unless the connection is closed.
    void answer(Channel channel, SiteRequest request, boolean keepAlive, Runnable done) {
        if (!free.tryAcquire()) {
            counters.increment(VertoCount.SITE_BUSY);
            channel.writeAndFlush(words(BUSY, request, false)).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        time.start("verto-site", () -> {
            boolean goesOn = false;
            try {
                goesOn = send(channel, site.apply(request), request, keepAlive);
                if (goesOn) {
                    channel.eventLoop().execute(done);
                }
            } catch (IOException lost) {
                log.debug("file for {} not sent: {}", request.from().getHostAddress(), lost.getMessage());
            } finally {
                free.release();
                if (!goesOn) {
                    channel.close();
                }
            }
        });
    }

    /// @return whether the connection goes on
    private boolean send(Channel channel, SiteReply reply, SiteRequest request, boolean wished) throws IOException {
        boolean keep = wished && reply.status() < 400;
        // A browser asks again with the password on the same connection.
        keep |= wished && reply.status() == 401;
        return switch (reply) {
            case SiteReply.Words words -> write(channel, words(words, request, keep)) && keep;
            case SiteReply.Content content -> send(channel, content, request, keep) && keep;
        };
    }

    private HttpResponse words(SiteReply.Words words, SiteRequest request, boolean keep) {
        boolean head = request.method().equals("HEAD");
        ByteBuf text = head ? Unpooled.EMPTY_BUFFER : Unpooled.copiedBuffer(words.text(), StandardCharsets.UTF_8);
        HttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(words.status()), text);
        head(response, words, ByteBufUtil.utf8Bytes(words.text()), keep);
        return response;
    }

    private boolean send(Channel channel, SiteReply.Content content, SiteRequest request, boolean keep) throws IOException {
        try (FileChannel file = FileChannel.open(content.file(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            long size = file.size();
            Optional<ByteRange> asked = request.method().equals("GET") ? ByteRange.of(request.range(), size) : Optional.empty();
            ByteRange part = asked.orElseGet(() -> new ByteRange(0, size - 1));
            if (asked.isPresent() && part.length() == 0) {
                return write(channel, words(new SiteReply.Words(416, Map.of("content-range", "bytes */" + size), ""), request, keep)) && keep;
            }
            HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, asked.isPresent() ? HttpResponseStatus.PARTIAL_CONTENT : HttpResponseStatus.OK);
            head(head, content, part.length(), keep);
            head.headers().set(HttpHeaderNames.ACCEPT_RANGES, HttpHeaderValues.BYTES);
            asked.ifPresent(_ -> head.headers().set(HttpHeaderNames.CONTENT_RANGE, "bytes " + part.first() + "-" + part.last() + "/" + size));
            boolean taken = write(channel, head);
            file.position(part.first());
            for (long left = request.method().equals("HEAD") ? 0 : part.length(); taken && left > 0; ) {
                ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, left));
                int count = file.read(piece);
                if (count <= 0) {
                    return false; // it has become shorter: the length that was announced cannot be kept
                }
                left -= count;
                taken = write(channel, new DefaultHttpContent(Unpooled.wrappedBuffer(piece.flip())));
            }
            return taken && write(channel, LastHttpContent.EMPTY_LAST_CONTENT);
        }
    }

    private void head(HttpResponse response, SiteReply reply, long length, boolean keep) {
        reply.headers().forEach((name, value) -> response.headers().set(name, value));
        response.headers()
                .set(HttpHeaderNames.DATE, DateTimeFormatter.RFC_1123_DATE_TIME.format(time.wallTime().atOffset(ZoneOffset.UTC)))
                .set(HttpHeaderNames.SERVER, "jverto")
                .set(HttpHeaderNames.CONTENT_LENGTH, length);
        HttpUtil.setKeepAlive(response, keep);
    }

    private static boolean write(Channel channel, Object part) {
        return channel.writeAndFlush(part).awaitUninterruptibly(WRITE_SECONDS, TimeUnit.SECONDS) && channel.isActive();
    }
}
