package io.jverto.bench.load;

import io.jverto.bench.Voice;
import io.jverto.media.codec.AudioCodecs;
import io.jverto.media.codec.AudioEncoder;
import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.OpusSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;

/// The sound of many telephones: each says ten seconds of something like speech again and again, encoded before, a packet each 20 ms (RFC 3550). One
/// thread for all.
final class RtpStreams implements AutoCloseable {
    private static final int FRAMES = 500;
    private static final int FRAME = 960;
    private static final int HEADER = 12;
    private static final double PACKET_SECONDS = 0.02;

    private final InetAddress own;
    private final List<Stream> streams = new CopyOnWriteArrayList<>();
    private final Map<AudioCodec, byte[][]> clips = new EnumMap<>(AudioCodec.class);
    private volatile boolean closed;
    private volatile long sent;
    private volatile long received;

    RtpStreams(InetAddress own, AudioCodec... codecs) {
        this.own = own;
        for (AudioCodec codec : codecs) {
            clips.computeIfAbsent(codec, RtpStreams::clip);
        }
        Thread.ofPlatform().daemon().name("load-rtp").start(this::run);
    }

    private static byte[][] clip(AudioCodec codec) {
        byte[][] clip = new byte[FRAMES][];
        byte[] packet = new byte[1_500];
        short[] voice = Voice.pcm(FRAMES * FRAME, 1);
        try (AudioEncoder encoder = AudioCodecs.encoder(codec, 1, OpusSettings.DEFAULT, 48_000)) {
            for (int i = 0; i < FRAMES; i++) {
                clip[i] = Arrays.copyOf(packet, encoder.encode(Arrays.copyOfRange(voice, i * FRAME, (i + 1) * FRAME), FRAME, packet, 0));
            }
        }
        return clip;
    }

    /// One telephone's.
    final class Stream implements AutoCloseable {
        private final DatagramChannel channel;
        private final byte[][] clip;
        private final int type;
        private final int step;
        private final int ssrc = ThreadLocalRandom.current().nextInt();
        private final int first = ThreadLocalRandom.current().nextInt(FRAMES);
        private volatile InetSocketAddress peer = new InetSocketAddress(0);
        private int count;

        private Stream(AudioCodec codec, int type) throws IOException {
            clip = clips.computeIfAbsent(codec, RtpStreams::clip);
            this.type = type;
            step = codec.rtpClock() / 50;
            channel = DatagramChannel.open();
            channel.bind(new InetSocketAddress(own, 0));
            channel.configureBlocking(false);
        }

        int port() {
            try {
                return ((InetSocketAddress) channel.getLocalAddress()).getPort();
            } catch (IOException closedMeanwhile) {
                throw new UncheckedIOException(closedMeanwhile);
            }
        }

        /// @param address as [SipText#mediaAddress] tells it
        void sendTo(String address) {
            int colon = address.indexOf(':');
            if (colon > 0) {
                peer = new InetSocketAddress(InetAddress.ofLiteral(address.substring(0, colon)), Integer.parseInt(address.substring(colon + 1)));
            }
        }

        private void tick(ByteBuffer buffer) {
            try {
                buffer.clear();
                while (channel.receive(buffer) != null) {
                    received++;
                    buffer.clear();
                }
                if (peer.getPort() != 0) {
                    byte[] frame = clip[(first + count) % FRAMES];
                    buffer.clear().put((byte) 0x80).put((byte) type).putShort((short) count).putInt(count * step).putInt(ssrc).put(frame).flip();
                    channel.send(buffer, peer);
                    count++;
                    sent++;
                }
            } catch (IOException over) {
                close();
            }
        }

        @Override
        public void close() {
            streams.remove(this);
            try {
                channel.close();
            } catch (IOException closedAlready) {
                // it is gone
            }
        }
    }

    /// @param type RTP payload type
    Stream open(AudioCodec codec, int type) {
        try {
            Stream stream = new Stream(codec, type);
            streams.add(stream);
            return stream;
        } catch (IOException noSocket) {
            throw new CannotLoad("no UDP socket for RTP: " + noSocket.getMessage());
        }
    }

    private void run() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(HEADER + 1_500);
        long next = System.nanoTime();
        while (!closed) {
            new ArrayList<>(streams).forEach(stream -> stream.tick(buffer));
            next += (long) (PACKET_SECONDS * 1e9);
            Pace.sleepUntil(next);
        }
    }

    long sent() {
        return sent;
    }

    long received() {
        return received;
    }

    @Override
    public void close() {
        closed = true;
        List.copyOf(streams).forEach(Stream::close);
    }
}
