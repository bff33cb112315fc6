package io.jverto.medialoop;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.jverto.base.foreign.NativeLibrary;
import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The datagrams that wait at a socket, many by one call of Linux (recvmmsg(2)), and without an object for each, which the JDK's channel makes where
/// datagrams come from several peers in turn. The structures are those of socket(7), ip(7) and ipv6(7) where a `long` has 64 bits.
@OwnedBy(Role.MEDIA_LOOP)
final class DatagramBatch {
    private static final int MESSAGES = 64;

    // struct mmsghdr
    private static final int HEADER_BYTES = 64;
    private static final int NAME = 0;
    private static final int NAME_LENGTH = 8;
    private static final int VECTOR = 16;
    private static final int VECTORS = 24;
    private static final int RECEIVED = 56;
    // struct iovec
    private static final int VECTOR_BYTES = 16;
    private static final int LENGTH = 8;
    // struct sockaddr_in, sockaddr_in6
    private static final int NAME_BYTES = 32;
    private static final int PORT = 2;
    private static final int IPV4 = 4;
    private static final int IPV6 = 8;
    private static final int SCOPE = 24;

    private static final short AF_INET = 2;
    private static final short AF_INET6 = 10;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int SOL_SOCKET = 1;
    private static final int SO_TYPE = 3;
    private static final int SOCK_DGRAM = 2;
    private static final long MAPPED = 0xffff_0000_0000L;
    private static final long UNSIGNED_INT = 0xffff_ffffL;
    private static final int UNSIGNED_SHORT = 0xffff;

    private static final ValueLayout.OfShort NET_SHORT = JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt NET_INT = JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong NET_LONG = JAVA_LONG.withOrder(ByteOrder.BIG_ENDIAN);

    private final int socket;
    private final Remotes remotes;
    private final MemorySegment headers;
    private final MemorySegment names;
    private final MemorySegment datagrams;
    private final Remote[] senders = new Remote[MESSAGES];
    private int count;
    private int next;
    private int length;
    /// Nobody needs it, but what it is made of has to be read.
    private int preloaded;
    private boolean closed;

    private DatagramBatch(int socket, Remotes remotes) {
        this.socket = socket;
        this.remotes = remotes;
        Arena arena = Arena.ofAuto();
        headers = arena.allocate((long) MESSAGES * HEADER_BYTES, Long.BYTES);
        names = arena.allocate((long) MESSAGES * NAME_BYTES, Long.BYTES);
        datagrams = arena.allocate((long) MESSAGES * UdpPort.MAX_DATAGRAM, Long.BYTES);
        MemorySegment vectors = arena.allocate((long) MESSAGES * VECTOR_BYTES, Long.BYTES);
        for (int i = 0; i < MESSAGES; i++) {
            long header = (long) i * HEADER_BYTES;
            MemorySegment vector = vectors.asSlice((long) i * VECTOR_BYTES, VECTOR_BYTES);
            vector.set(ADDRESS, 0, datagrams.asSlice((long) i * UdpPort.MAX_DATAGRAM, UdpPort.MAX_DATAGRAM));
            vector.set(JAVA_LONG, LENGTH, UdpPort.MAX_DATAGRAM);
            headers.set(ADDRESS, header + NAME, names.asSlice((long) i * NAME_BYTES, NAME_BYTES));
            headers.set(JAVA_INT, header + NAME_LENGTH, NAME_BYTES);
            headers.set(ADDRESS, header + VECTOR, vector);
            headers.set(JAVA_LONG, header + VECTORS, 1);
        }
    }

    /// @param address that the socket is bound to, an open one of this process
    /// @return null where the system has none of this
    static @Nullable DatagramBatch at(InetSocketAddress address) {
        if (!System.getProperty("os.name").equals("Linux") || !Set.of("amd64", "aarch64").contains(System.getProperty("os.arch"))) {
            return null;
        }
        Remotes remotes = new Remotes();
        try (DirectoryStream<Path> open = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path file : open) {
                int socket = Integer.parseInt(file.getFileName().toString());
                if (Calls.isDatagramSocket(socket) && address.equals(Calls.boundTo(socket, remotes))) {
                    return new DatagramBatch(socket, remotes);
                }
            }
        } catch (IOException hidden) {
            // by the JDK's channel then
        }
        return null;
    }

    /// Takes a datagram.
    ///
    /// @param to filled from its beginning; [#received] is the length
    /// @return null when there is none
    @Nullable Remote next(byte[] to) {
        if (closed || next == count && !receive()) {
            return null;
        }
        int at = next++;
        length = headers.get(JAVA_INT, (long) at * HEADER_BYTES + RECEIVED);
        MemorySegment.copy(datagrams, JAVA_BYTE, (long) at * UdpPort.MAX_DATAGRAM, to, 0, length);
        return senders[at];
    }

    int received() {
        return length;
    }

    /// Whether one was taken from the socket already.
    boolean isWaiting() {
        return next < count && !closed;
    }

    /// Before the socket is: its number may be that of something else soon.
    void close() {
        closed = true;
    }

    private boolean receive() {
        for (int i = 0; i < count; i++) {
            headers.set(JAVA_INT, (long) i * HEADER_BYTES + NAME_LENGTH, NAME_BYTES);
        }
        next = 0;
        count = Math.max(0, Calls.receive(socket, headers)); // less than none: nothing waits, or an error that was about a datagram we sent
        for (int i = 0; i < count; i++) {
            senders[i] = remote(names, (long) i * NAME_BYTES, remotes);
            preloaded += Directory.preload(senders[i]);
        }
        return count > 0;
    }

    private static Remote remote(MemorySegment names, long name, Remotes remotes) {
        int port = names.get(NET_SHORT, name + PORT) & UNSIGNED_SHORT;
        return names.get(JAVA_SHORT, name) == AF_INET
                ? remotes.of(0, MAPPED | names.get(NET_INT, name + IPV4) & UNSIGNED_INT, 0, port)
                : remotes.of(names.get(NET_LONG, name + IPV6), names.get(NET_LONG, name + IPV6 + Long.BYTES), names.get(JAVA_INT, name + SCOPE), port);
    }

    /// Functions of the C library; initialising this class needs them to be there.
    private static final class Calls {
        private static final NativeLibrary LIBRARY = NativeLibrary.ofSystem();
        private static final MethodHandle RECEIVE =
                LIBRARY.function("recvmmsg", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));
        private static final MethodHandle NAME_OF =
                LIBRARY.function("getsockname", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
        private static final MethodHandle OPTION_OF =
                LIBRARY.function("getsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));

        static int receive(int socket, MemorySegment headers) {
            try {
                return (int) RECEIVE.invokeExact(socket, headers, MESSAGES, MSG_DONTWAIT, MemorySegment.NULL);
            } catch (Throwable bug) {
                throw LIBRARY.failed(bug);
            }
        }

        static boolean isDatagramSocket(int file) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment type = arena.allocate(JAVA_INT);
                MemorySegment size = arena.allocateFrom(JAVA_INT, Integer.BYTES);
                return (int) OPTION_OF.invokeExact(file, SOL_SOCKET, SO_TYPE, type, size) == 0 && type.get(JAVA_INT, 0) == SOCK_DGRAM;
            } catch (Throwable bug) {
                throw LIBRARY.failed(bug);
            }
        }

        static @Nullable InetSocketAddress boundTo(int socket, Remotes remotes) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment name = arena.allocate(NAME_BYTES, Long.BYTES);
                MemorySegment size = arena.allocateFrom(JAVA_INT, NAME_BYTES);
                boolean known = (int) NAME_OF.invokeExact(socket, name, size) == 0 && Set.of(AF_INET, AF_INET6).contains(name.get(JAVA_SHORT, 0));
                return known ? remote(name, 0, remotes).address : null;
            } catch (Throwable bug) {
                throw LIBRARY.failed(bug);
            }
        }
    }
}
