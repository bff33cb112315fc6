package io.jverto.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.ConnectException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import javax.net.ssl.SSLException;

/// Makes connections: thousands on two threads.
final class Clients implements AutoCloseable {
    private static final int THREADS = 2;
    private static final int MAX_FRAME = 1_000_000;
    private static final int MAX_HANDSHAKE = 65_536;

    private final Target target;
    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(THREADS, NioIoHandler.newFactory());
    private final Optional<SslContext> tls;

    Clients(Target target) {
        this.target = target;
        try {
            tls = target.isSecure() ? Optional.of(tls(target.takesAnyCertificate())) : Optional.empty();
        } catch (SSLException wrong) {
            throw new CannotLoad("no TLS: " + wrong.getMessage());
        }
    }

    private static SslContext tls(boolean any) throws SSLException {
        SslContextBuilder builder = SslContextBuilder.forClient();
        if (any) {
            builder.trustManager(InsecureTrustManagerFactory.INSTANCE).endpointIdentificationAlgorithm(null);
        }
        return builder.build();
    }

    /// Runs after a delay, on a thread that must not be held.
    void later(long millis, Runnable task) {
        loops.schedule(task, millis, TimeUnit.MILLISECONDS);
    }

    CompletableFuture<VertoSocket> connect() {
        return connect(new VertoSocket());
    }

    <S extends JsonSocket> CompletableFuture<S> connect(S socket) {
        URI uri = target.uri();
        WebSocketClientProtocolConfig config = WebSocketClientProtocolConfig.newBuilder()
                .webSocketUri(uri)
                .subprotocol(socket.subprotocol().orElse(null))
                .maxFramePayloadLength(MAX_FRAME)
                .handshakeTimeoutMillis(target.timeout().toMillis())
                .build();
        new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        tls.ifPresent(context -> channel.pipeline()
                                .addLast(secured(context.newHandler(channel.alloc(), uri.getHost(), target.port()))));
                        channel.pipeline().addLast(
                                new HttpClientCodec(), new HttpObjectAggregator(MAX_HANDSHAKE), new WebSocketClientProtocolHandler(config),
                                new WebSocketFrameAggregator(MAX_FRAME), socket); // some servers send long messages in parts
                    }
                })
                .connect(uri.getHost(), target.port())
                .addListener(done -> {
                    if (!done.isSuccess()) {
                        socket.connected().completeExceptionally(done.cause());
                    }
                });
        return socket.connected().thenApply(nothing -> socket);
    }

    private SslHandler secured(SslHandler handler) {
        handler.setHandshakeTimeoutMillis(target.timeout().toMillis());
        return handler;
    }

    /// Connects and logs in that many.
    List<VertoSocket> loggedIn(int number, double rate) {
        List<VertoSocket> sockets = all(number, rate, i -> connect());
        all(number, rate, i -> sockets.get(i).login(target.user(i), target.password()));
        return sockets;
    }

    /// Starts one thing after the other at a rate, or a few at once as fast as they end when it is 0, and waits for all.
    ///
    /// @return what came of each; a failure ends everything
    <T> List<T> all(int number, double rate, IntFunction<CompletableFuture<T>> start) {
        Pace pace = new Pace(rate);
        AtomicInteger failed = new AtomicInteger();
        List<CompletableFuture<T>> started = IntStream.range(0, number)
                .mapToObj(i -> {
                    pace.await();
                    CompletableFuture<T> one = failed.get() > 0 ? new CompletableFuture<>() : start.apply(i);
                    return one.whenComplete((value, problem) -> {
                        failed.addAndGet(problem == null ? 0 : 1);
                        pace.ended();
                    });
                })
                .toList();
        return started.stream().map(this::await).toList();
    }

    <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(target.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw new CannotLoad(explain(failed.getCause()));
        } catch (TimeoutException late) {
            throw new CannotLoad("no answer within " + target.timeout().toSeconds() + " s");
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new CannotLoad("interrupted");
        }
    }

    /// @return the problem in words that help
    String explain(Throwable problem) {
        Throwable cause = problem instanceof CompletionException && problem.getCause() != null ? problem.getCause() : problem;
        return switch (cause) {
            case ConnectException refused -> "nothing listens at " + target.uri() + " (" + refused.getMessage() + ")";
            case VertoSocket.Refused refused -> "the server refuses: " + refused.getMessage() + " " + refused.code();
            case SSLException wrong -> "TLS with " + target.uri() + " fails: " + innermost(wrong).getMessage() + "; --insecure takes any certificate";
            default -> cause.getMessage() == null ? cause.toString() : cause.getMessage();
        };
    }

    private static Throwable innermost(Throwable problem) {
        Throwable cause = problem.getCause();
        return cause == null ? problem : innermost(cause);
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
