package io.jverto.server;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/// The sound of a telephone without signalling: sends a tone as PCMU, and measures what tone comes from where it sends to, as routers in between let
/// nothing else through. Knows nothing of our media code.
final class RtpPhone implements AutoCloseable {
    private static final int SAMPLES = 160;
    private static final int RATE = 8_000;
    private static final int EVENT = 101;
    private static final int HEADER = 12;
    private static final long FRAME_NANOS = 20_000_000;
    private static final long PATIENCE_NANOS = 30_000_000_000L;
    /// Of the signal's power at least so much is the tone.
    private static final double CLEAR = 0.7;

    private final DatagramSocket socket;
    private final int ssrc = new Random().nextInt();
    private final Thread speaker = Thread.ofVirtual().unstarted(this::speak);
    private volatile boolean closed;
    private volatile char pressed;
    private volatile InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
    private int hertz;
    /// A key that is pressed without events: its two tones, and for how many packets more.
    private volatile int low;
    private volatile int high;
    private volatile int packets;
    private int sequence;
    private int timestamp;

    RtpPhone() throws IOException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        socket.setSoTimeout(200);
    }

    int port() {
        return socket.getLocalPort();
    }

    /// @param tone in hertz, 0 for silence
    void speakTo(int serversPort, int tone) {
        server = new InetSocketAddress(InetAddress.getLoopbackAddress(), serversPort);
        hertz = tone;
        speaker.start();
    }

    /// Says two tones at once for a fifth of a second, as a keypad without events does.
    void says(int lowTone, int highTone) {
        low = lowTone;
        high = highTone;
        packets = 10;
    }

    /// Presses a key for a tenth of a second (RFC 4733).
    void press(char digit) {
        pressed = digit;
    }

    private void speak() {
        long next = System.nanoTime();
        while (!closed) {
            char digit = pressed;
            pressed = 0;
            if (digit == 0) {
                send(0, tone());
                timestamp += SAMPLES;
            } else {
                digit(digit);
            }
            next += FRAME_NANOS;
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    private byte[] tone() {
        boolean key = packets > 0;
        packets -= key ? 1 : 0;
        byte[] payload = new byte[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            payload[i] = encode((int) (8_000 * (key ? wave(low, timestamp + i) + wave(high, timestamp + i) : wave(hertz, timestamp + i))));
        }
        return payload;
    }

    private static double wave(int tone, int at) {
        return tone == 0 ? 0 : Math.sin(2 * Math.PI * tone * at / RATE);
    }

    private void digit(char digit) {
        int code = digit == '#' ? 11 : digit == '*' ? 10 : digit - '0';
        for (int i = 1; i <= 7; i++) {
            int duration = Math.min(i, 5) * SAMPLES;
            send(EVENT, new byte[] {(byte) code, (byte) (i < 5 ? 10 : 0x80 | 10), (byte) (duration >> 8), (byte) duration});
            LockSupport.parkNanos(i < 5 ? FRAME_NANOS : 0);
        }
        timestamp += 5 * SAMPLES;
    }

    private void send(int type, byte[] payload) {
        byte[] packet = new byte[HEADER + payload.length];
        packet[0] = (byte) 0x80;
        packet[1] = (byte) type;
        put(packet, 2, sequence++, 2);
        put(packet, 4, timestamp, 4);
        put(packet, 8, ssrc, 4);
        System.arraycopy(payload, 0, packet, HEADER, payload.length);
        try {
            socket.send(new DatagramPacket(packet, packet.length, server));
        } catch (IOException closedMeanwhile) {
            closed = true;
        }
    }

    private static void put(byte[] to, int at, int value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            to[at + i] = (byte) (value >> 8 * (bytes - 1 - i));
        }
    }

    /// Listens until nearly all of what comes is that tone.
    ///
    /// @return false when it never was
    boolean hears(int tone) throws IOException {
        return hears(tone, 0);
    }

    /// The same for two tones at once.
    boolean hears(int tone, int other) throws IOException {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < PATIENCE_NANOS) {
            DatagramPacket datagram = new DatagramPacket(new byte[2_048], 2_048);
            try {
                socket.receive(datagram);
            } catch (SocketTimeoutException nothingYet) {
                continue;
            }
            byte[] packet = datagram.getData();
            boolean sound = datagram.getSocketAddress().equals(server) && datagram.getLength() == HEADER + SAMPLES && (packet[1] & 0x7f) == 0;
            // Each of two tones has about half of the power.
            boolean clear = sound && share(packet, tone) + (other == 0 ? 0 : share(packet, other)) > CLEAR;
            if (clear && (other == 0 || Math.min(share(packet, tone), share(packet, other)) > CLEAR / 4)) {
                return true;
            }
        }
        return false;
    }

    /// Goertzel's algorithm.
    private static double share(byte[] packet, int tone) {
        double cosine = 2 * Math.cos(2 * Math.PI * tone / RATE);
        double one = 0;
        double two = 0;
        double power = 0;
        for (int i = 0; i < SAMPLES; i++) {
            double sample = decode(packet[HEADER + i]);
            power += sample * sample;
            double now = sample + cosine * one - two;
            two = one;
            one = now;
        }
        double atTone = one * one + two * two - cosine * one * two;
        return power < 1_000_000 ? 0 : 2 * atTone / (SAMPLES * power);
    }

    /// G.711 mu-law.
    private static int decode(byte octet) {
        int bits = ~octet & 0xff;
        int magnitude = (((bits & 0x0f) << 3) + 0x84 << (bits >> 4 & 7)) - 0x84;
        return (bits & 0x80) == 0 ? magnitude : -magnitude;
    }

    private static byte encode(int sample) {
        int magnitude = Math.min(Math.abs(sample), 32_635) + 0x84;
        int exponent = 31 - Integer.numberOfLeadingZeros(magnitude) - 7;
        return (byte) ~((sample < 0 ? 0x80 : 0) | exponent << 4 | magnitude >> exponent + 3 & 0x0f);
    }

    @Override
    public void close() {
        closed = true;
        socket.close();
    }
}
