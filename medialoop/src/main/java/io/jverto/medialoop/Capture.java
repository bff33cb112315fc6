package io.jverto.medialoop;

import io.jverto.base.bytes.PacketRing;
import io.jverto.media.datagram.DatagramKind;
import io.jverto.media.transport.PacketTap;
import io.jverto.switchboard.port.PacketCaptures.Wish;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// One channel's packets on their way to a file: its media loop puts them into a ring with the headers that they had, [CaptureFile] takes them out. A
/// ring that is full loses the newest (counted).
final class Capture implements PacketTap {
    /// A tenth of a second of much video.
    private static final int PACKETS = 1_024;

    private final Wish wish;
    /// Ours, as it stands in the file.
    private final InetSocketAddress local;
    private final boolean apart;
    /// Nanoseconds since 1970.
    private final LongSupplier clock;
    private final PacketRing ring = new PacketRing(PACKETS, UdpPort.MAX_DATAGRAM + Pcap.MOST_HEADERS);
    private final byte[] packet = new byte[UdpPort.MAX_DATAGRAM + Pcap.MOST_HEADERS];
    private final AtomicLong lost = new AtomicLong();
    private volatile boolean over;

    /// @param apart whether RTCP has a port of its own, the next one
    /// @param clock nanoseconds since 1970, read on the loop's thread
    Capture(Wish wish, InetSocketAddress local, boolean apart, LongSupplier clock) {
        this.wish = wish;
        this.local = local;
        this.apart = apart;
        this.clock = clock;
    }

    Wish wish() {
        return wish;
    }

    PacketRing ring() {
        return ring;
    }

    /// From any thread.
    long lost() {
        return lost.get();
    }

    /// From any thread: the channel has ended.
    boolean isOver() {
        return over;
    }

    void end() {
        over = true;
    }

    /// A datagram came.
    void onDatagram(InetSocketAddress from, byte[] bytes, int length) {
        DatagramKind kind = DatagramKind.of(bytes, 0, length);
        if (isWanted(kind)) {
            put(from, ours(kind == DatagramKind.RTCP), bytes, 0, length);
        }
    }

    /// A datagram goes.
    void onSent(InetSocketAddress to, boolean control, byte[] bytes, int offset, int length) {
        if (isWanted(DatagramKind.of(bytes, offset, length))) {
            put(ours(control), to, bytes, offset, length);
        }
    }

    /// What is encrypted comes by the tap when it is wanted otherwise.
    private boolean isWanted(DatagramKind kind) {
        return !wish.decrypted() || kind == DatagramKind.STUN || kind == DatagramKind.DTLS;
    }

    @Override
    public void received(InetSocketAddress from, byte[] bytes, int offset, int length) {
        put(from, ours(DatagramKind.of(bytes, offset, length) == DatagramKind.RTCP), bytes, offset, length);
    }

    @Override
    public void sent(InetSocketAddress to, boolean control, byte[] bytes, int offset, int length) {
        put(ours(control), to, bytes, offset, length);
    }

    private InetSocketAddress ours(boolean control) {
        InetAddress address = local.getAddress();
        return control && apart ? new InetSocketAddress(address, local.getPort() + 1) : local;
    }

    private void put(InetSocketAddress source, InetSocketAddress target, byte[] bytes, int offset, int length) {
        boolean fits = !over && length <= UdpPort.MAX_DATAGRAM && source.getAddress() != null && target.getAddress() != null;
        if (!fits || !ring.offer(clock.getAsLong(), packet, 0, Pcap.packet(packet, source, target, bytes, offset, length))) {
            lost.incrementAndGet();
        }
    }
}
