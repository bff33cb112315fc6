package io.jverto.medialoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.time.SystemTime;
import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.DirectPlan;
import io.jverto.media.plan.DirectRules;
import io.jverto.media.plan.MediaPlan;
import io.jverto.media.plan.MediaSecurity;
import io.jverto.media.rtp.RtpPacket;
import io.jverto.media.transport.TransportCount;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.DirectMedia;
import io.jverto.switchboard.port.MediaRules;
import io.jverto.switchboard.port.MediaService.MediaRef;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Calls of telephones over real sockets.
@Timeout(60)
class DirectMediaTest extends EngineHarness {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final MediaRules DIRECT = MediaRules.DEFAULT.withDirect(Optional.of(DirectMedia.DEFAULT));

    /// A telephone: one socket for RTP, and nothing clever.
    private final class Phone implements AutoCloseable {
        private final DatagramSocket socket = new DatagramSocket(0, LOOPBACK);
        private final InetSocketAddress server;
        private int sequence = 500;

        Phone(MediaRef media) throws IOException {
            server = media.local().address();
            socket.setSoTimeout(1);
            closing(this);
        }

        InetSocketAddress address() {
            return new InetSocketAddress(LOOPBACK, socket.getLocalPort());
        }

        void speak(int type, byte... payload) throws IOException {
            byte[] packet = new byte[RtpPacket.FIXED_HEADER + payload.length];
            RtpPacket.writeHeader(packet, 0, false, type, sequence, sequence * 160, 0x4242);
            sequence++;
            System.arraycopy(payload, 0, packet, RtpPacket.FIXED_HEADER, payload.length);
            socket.send(new DatagramPacket(packet, packet.length, server));
        }

        List<RtpPacket> hear() throws IOException {
            List<RtpPacket> heard = new ArrayList<>();
            byte[] bytes = new byte[2_048];
            try {
                while (true) {
                    DatagramPacket datagram = new DatagramPacket(bytes, bytes.length);
                    socket.receive(datagram);
                    assertThat(datagram.getSocketAddress()).isEqualTo(server);
                    RtpPacket packet = new RtpPacket();
                    assertThat(packet.read(Arrays.copyOf(bytes, datagram.getLength()), 0, datagram.getLength())).isTrue();
                    heard.add(packet);
                }
            } catch (SocketTimeoutException nothingMore) {
                return heard;
            }
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    private static MediaPlan plan(InetSocketAddress phone, AudioPlan audio) {
        return new MediaPlan(new DirectPlan(phone, new InetSocketAddress(phone.getAddress(), phone.getPort() + 1), Optional.empty()), audio);
    }

    private int converse(Phone speaker, int type, Phone listener) throws IOException {
        List<RtpPacket> heard = new ArrayList<>();
        long begin = System.nanoTime();
        for (int i = 0; heard.size() < 5 && System.nanoTime() - begin < PATIENCE_NANOS; i++) {
            speaker.speak(type, new byte[160]);
            LockSupport.parkNanos(begin + (i + 1) * STEP_NANOS - System.nanoTime());
            heard.addAll(listener.hear());
        }
        assertThat(heard).hasSizeGreaterThanOrEqualTo(5);
        return heard.getFirst().payloadType();
    }

    @Test
    void aTelephoneHearsItsEchoFromAPortOfItsOwn() throws IOException {
        MediaEngine engine = engine(1);
        Heard heard = new Heard();
        MediaRef media = open(engine, DIRECT, heard);
        Phone phone = new Phone(media);
        media.route(new AudioRoute.Echo());

        media.apply(plan(phone.address(), PCMU));

        assertThat(heard.awaits("connected")).isTrue();
        assertThat(converse(phone, 0, phone)).isZero();
        assertThat(media.local().address().getPort() % 2).isZero();
        assertThat(engine.addresses()).doesNotContain(media.local().address());
        assertThat(media.stats().packetsRx()).isPositive();
    }

    @Test
    void s24TwoTelephonesTalkAndAStrangerIsNotHeard() throws IOException {
        MediaEngine engine = engine(2);
        MediaRef one = open(engine, DIRECT, new Heard());
        MediaRef two = open(engine, DIRECT, new Heard());
        Phone first = new Phone(one);
        Phone second = new Phone(two);
        one.apply(plan(first.address(), PCMU));
        two.apply(plan(second.address(), PCMU));
        engine.bridge(one, two);

        assertThat(converse(first, 0, second)).isZero();
        assertThat(converse(second, 0, first)).isZero();
        Phone stranger = new Phone(one);
        second.hear();
        for (int i = 0; i < 50; i++) {
            stranger.speak(0, new byte[160]);
        }

        assertThat(await(() -> engine.counters().transport().get(TransportCount.FOREIGN_ADDRESS) == 50)).isTrue();
        assertThat(second.hear()).isEmpty();
    }

    @Test
    void aTelephoneTalksWithABrowserWhoseCodecIsAnother() throws IOException {
        talksWithABrowser(PCMA);
    }

    @Test
    void aTelephoneTalksWithABrowserWhoseCodecIsTheSame() throws IOException {
        talksWithABrowser(PCMU);
    }

    private void talksWithABrowser(AudioPlan codec) throws IOException {
        MediaEngine engine = engine(1);
        Call browser = connected(engine, codec);
        MediaRef media = open(engine, DIRECT, new Heard());
        Phone phone = new Phone(media);
        media.apply(plan(phone.address(), PCMU));
        engine.bridge(browser.media(), media);
        boolean[] heard = new boolean[2];

        boolean both = speakUntil(browser, codec.payloadType(), new byte[160], () -> {
            try {
                phone.speak(0, new byte[160]);
                phone.hear().forEach(packet -> heard[0] |= packet.payloadType() == 0);
                collect(browser, packet -> heard[1] |= packet.type() == codec.payloadType());
                return heard[0] && heard[1];
            } catch (IOException broken) {
                throw new AssertionError(broken);
            }
        });

        assertThat(both).isTrue();
    }

    @Test
    void aTelephoneThatSaysNothingIsReported() throws IOException {
        MediaEngine engine = engine(1);
        Heard heard = new Heard();
        DirectMedia impatient = new DirectMedia(MediaSecurity.FORBIDDEN, MediaSecurity.OPTIONAL, Optional.empty(), Optional.empty(), _ -> false, new DirectRules(true, 100, 100));
        MediaRef media = open(engine, MediaRules.DEFAULT.withDirect(Optional.of(impatient)), heard);

        media.apply(plan(new Phone(media).address(), PCMU));

        assertThat(heard.awaits("failed RTP_TIMEOUT")).isTrue();
    }

    @Test
    void aCallThatEndsGivesItsPortsBack() {
        MediaConfig narrow = new MediaConfig(List.of(LOOPBACK), Optional.empty(), any -> true, 46_000, 46_005, 1);
        MediaEngine engine = closing(new MediaEngine(narrow, SERVER, RANDOM, new SystemTime(), MediaCounters.create()));
        MediaRef one = open(engine, DIRECT, new Heard());
        MediaRef two = open(engine, DIRECT, new Heard());

        assertThat(List.of(one.local().address().getPort(), two.local().address().getPort())).containsExactlyInAnyOrder(46_002, 46_004);
        assertThat(engine.open(new ChannelId("third"), Optional.of(LOOPBACK), DIRECT, new Heard())).isEmpty();
        assertThat(engine.counters().loop().get(LoopCount.NO_PORTS)).isEqualTo(1);

        one.close();
        assertThat(await(() -> engine.counters().loop().get(LoopCount.TRANSPORTS_CLOSED) == 1)).isTrue();
        assertThat(engine.open(new ChannelId("too early"), Optional.of(LOOPBACK), DIRECT, new Heard())).isEmpty();
    }

    @Test
    void s24APairRestsBeforeItComesAgain() throws IOException {
        AtomicLong now = new AtomicLong(1);
        PortPairs pairs = new PortPairs(46_100, 46_101, new Random(1), now::get);
        pairs.take(LOOPBACK).orElseThrow().close();

        assertThat(pairs.take(LOOPBACK)).isEmpty();
        now.addAndGet(PortPairs.REST_NANOS);
        DirectPort again = pairs.take(LOOPBACK).orElseThrow();
        assertThat(again.number()).isEqualTo(46_100);
        assertThat(pairs.take(LOOPBACK)).isEmpty();
        again.close();
    }
}
