package io.jverto.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// UDP ports of this machine that other programs use.
final class UdpPorts {
    private static final Path TABLE = Path.of("/proc/net/udp");
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long LOOK_AGAIN_NANOS = 10_000_000;

    private UdpPorts() {}

    /// @return one that nobody has
    static int free(String address) throws IOException {
        try (DatagramSocket any = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral(address), 0))) {
            return any.getLocalPort();
        }
    }

    /// Waits until somebody has that port; looking by opening it would be in its way.
    ///
    /// @param alive whether it may still come
    /// @param log what to tell when it does not
    static void awaitListener(int port, BooleanSupplier alive, Supplier<String> log) {
        String entry = ":%04X ".formatted(port);
        long begin = System.nanoTime();
        while (alive.getAsBoolean() && System.nanoTime() - begin < PATIENCE_NANOS) {
            try (Stream<String> lines = Files.lines(TABLE, StandardCharsets.ISO_8859_1)) {
                if (lines.anyMatch(line -> line.contains(entry) && line.indexOf(entry) < line.indexOf("00000000:0000"))) {
                    return;
                }
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        throw new AssertionError("nobody listens at port " + port + "\n" + log.get());
    }
}
