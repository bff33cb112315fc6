package io.jverto.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jverto.sip.message.SipMethod;
import io.jverto.sip.message.SipTransport;
import io.jverto.sip.transaction.Hop;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransportTest {
    private static final SSLContext TLS = Certificates.ofLoopback();

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private Station station(TransportConfig config, SourceLimits limits) {
        Station station = new Station(config, limits);
        open.add(station);
        return station;
    }

    private Station station() {
        return station(TransportConfig.of(TLS), Station.unlimited());
    }

    @ParameterizedTest
    @EnumSource(value = SipTransport.class, names = {"UDP", "TCP", "TLS"})
    void requestsAndCallsGoOverEachTransport(SipTransport transport) throws Exception {
        Station anna = station();
        Station bert = station();
        anna.listen(transport);
        bert.listen(transport);
        anna.request(SipMethod.OPTIONS, bert.hop(transport));
        assertThat(bert.next()).isEqualTo("request OPTIONS");
        assertThat(anna.next()).isEqualTo("response 200");
        anna.call(bert.hop(transport));
        assertThat(anna.next()).isEqualTo("answered");
        assertThat(bert.next()).isEqualTo("incoming");
        assertThat(bert.next()).isEqualTo("acknowledged");
        anna.hangUp(anna.calls.take());

        assertThat(anna.next()).isEqualTo("ended LOCAL");
        assertThat(bert.next()).isEqualTo("ended BYE");
        assertThat(anna.listeners.connections()).isEqualTo(transport.isReliable() ? 1 : 0);
    }

    @Test
    void whatGoesToSomebodyWhoConnectedGoesOverThatConnection() throws Exception {
        Station server = station();
        int port = server.listen(SipTransport.TCP);
        try (Socket phone = new Socket(Station.LOOPBACK, port)) {
            Hop hop = new Hop(SipTransport.TCP, new InetSocketAddress(Station.LOOPBACK, phone.getLocalPort()));
            phone.getOutputStream().write(options(3).getBytes(StandardCharsets.UTF_8));
            assertThat(server.next()).isEqualTo("request OPTIONS");
            assertThat(read(phone)).startsWith("SIP/2.0 200 OK").contains("received=127.0.0.1").contains("rport=" + phone.getLocalPort());
            server.request(SipMethod.NOTIFY, hop);

            assertThat(read(phone)).startsWith("NOTIFY ");
            assertThat(server.listeners.connections()).isEqualTo(1);
            phone.getOutputStream().write("\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            assertThat(read(phone)).isEqualTo("\r\n");
        }
        assertThat(server.next()).isEqualTo("failed UNREACHABLE"); // what we asked the phone
    }

    @Test
    void whoIsNotThereIsUnreachableAtOnce() throws Exception {
        Station anna = station();
        anna.listen(SipTransport.TCP);
        int nobody;
        try (java.net.ServerSocket taken = new java.net.ServerSocket(0, 1, Station.LOOPBACK)) {
            nobody = taken.getLocalPort();
        }
        anna.call(new Hop(SipTransport.TCP, new InetSocketAddress(Station.LOOPBACK, nobody)));

        assertThat(anna.next()).isEqualTo("ended UNREACHABLE");
        assertThat(anna.listeners.connections()).isZero();
    }

    @Test
    void aWrongRequestIsAnsweredAndRubbishIsNot() throws Exception {
        Station server = station();
        int port = server.listen(SipTransport.UDP);
        try (DatagramSocket phone = new DatagramSocket(0, Station.LOOPBACK)) {
            phone.setSoTimeout(20_000);
            for (String text : List.of("\r\n\r\n", "rubbish ".repeat(5), options(1).replace("Call-ID: c1\r\n", ""),
                    options(2).replace("SIP/2.0\r\nVia", "SIP/3.0\r\nVia"))) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                phone.send(new DatagramPacket(bytes, bytes.length, Station.LOOPBACK, port));
            }
            DatagramPacket answer = new DatagramPacket(new byte[4_000], 4_000);
            phone.receive(answer);

            assertThat(new String(answer.getData(), 0, answer.getLength(), StandardCharsets.UTF_8)).startsWith("SIP/2.0 505").contains("c2");
        }
        assertThat(server.counters.get(TransportCounter.DROPPED_MALFORMED)).isEqualTo(2);
    }

    /// Attack S27.
    @Test
    void s27ASourceThatSendsTooMuchIsPassedOverAndOthersAreNot() throws Exception {
        InetAddress other = InetAddress.getByName("127.0.0.2");
        Station server = station(TransportConfig.of(TLS), new SourceLimits(1, 5, other::equals));
        int port = server.listen(SipTransport.UDP);
        try (DatagramSocket flood = new DatagramSocket(0, Station.LOOPBACK); DatagramSocket good = new DatagramSocket(0, other)) {
            for (int i = 0; i < 100; i++) {
                byte[] bytes = options(i).getBytes(StandardCharsets.UTF_8);
                flood.send(new DatagramPacket(bytes, bytes.length, Station.LOOPBACK, port));
            }
            for (int i = 0; i < 20; i++) {
                byte[] bytes = options(1_000 + i).getBytes(StandardCharsets.UTF_8);
                good.send(new DatagramPacket(bytes, bytes.length, Station.LOOPBACK, port));
            }
            for (int i = 0; i < 25; i++) {
                assertThat(server.next()).isEqualTo("request OPTIONS");
            }
        }
        assertThat(server.counters.get(TransportCounter.DROPPED_SOURCE_LIMIT)).isBetween(90L, 95L);
    }

    @Test
    void s27SourcesThatAreRememberedAreBoundedAndANetworkIsOne() throws Exception {
        SourceLimits limits = new SourceLimits(1, 2, _ -> false);
        assertThat(limits.take(0, InetAddress.getByName("2001:db8::1"))).isTrue();
        assertThat(limits.take(0, InetAddress.getByName("2001:db8::2"))).isTrue();
        assertThat(limits.take(0, InetAddress.getByName("2001:db8::3"))).isFalse();
        assertThat(limits.take(0, InetAddress.getByName("2001:db8:0:1::3"))).isTrue();
        assertThat(limits.take(2_000_000_000L, InetAddress.getByName("2001:db8::3"))).isTrue();
        for (int i = 0; i < 30_000; i++) {
            limits.take(0, InetAddress.getByAddress(new byte[] {10, 0, (byte) (i >> 8), (byte) i}));
        }

        assertThat(limits.remembered()).isEqualTo(10_000);
    }

    @Test
    void s27ConnectionsOfASourceAreBoundedAndGivenBack() throws Exception {
        Station server = station(new TransportConfig(TLS, true, 10, 3, Duration.ofSeconds(30), Duration.ofMinutes(1)), Station.unlimited());
        int port = server.listen(SipTransport.TCP);
        for (int round = 0; round < 3; round++) {
            List<Socket> phones = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Socket phone = new Socket(Station.LOOPBACK, port);
                phone.getOutputStream().write(options(10 * round + i).getBytes(StandardCharsets.UTF_8));
                phones.add(phone);
                assertThat(server.next()).isEqualTo("request OPTIONS");
            }
            try (Socket fourth = new Socket(Station.LOOPBACK, port)) {
                assertThat(read(fourth)).isEmpty();
            }
            for (Socket phone : phones) {
                phone.close();
            }
            await(() -> server.listeners.connections() == 0);
        }
        assertThat(server.counters.get(TransportCounter.CONNECTION_REFUSED)).isEqualTo(3);
    }

    @Test
    void s27WhoSaysNothingWholeInTimeIsClosedAlsoWithinTls() throws Exception {
        Station server = station(new TransportConfig(TLS, true, 10, 10, Duration.ofMillis(300), Duration.ofMinutes(1)), Station.unlimited());
        for (SipTransport transport : List.of(SipTransport.TCP, SipTransport.TLS)) {
            int port = server.listen(transport);
            try (Socket slow = new Socket(Station.LOOPBACK, port)) {
                slow.getOutputStream().write(transport == SipTransport.TCP ? "OPTIONS sip".getBytes(StandardCharsets.UTF_8) : new byte[] {22, 3});

                while (!read(slow).isEmpty()) {
                    assertThat(transport).isEqualTo(SipTransport.TLS); // its farewell
                }
            }
        }
        await(() -> server.listeners.connections() == 0);
    }

    @Test
    void s32AStreamWhoseFramingIsInDoubtIsClosed() throws Exception {
        Station server = station();
        int port = server.listen(SipTransport.TCP);
        try (Socket phone = new Socket(Station.LOOPBACK, port)) {
            String twice = options(1).replace("Content-Length: 0", "Content-Length: 0\r\nContent-Length: 0");
            phone.getOutputStream().write((twice + options(2)).getBytes(StandardCharsets.UTF_8));

            assertThat(read(phone)).isEmpty();
        }
        assertThat(server.counters.get(TransportCounter.CONNECTION_LOST)).isEqualTo(1);
        assertThat(server.log).isEmpty();
    }

    @Test
    void aPeerWhoseCertificateHasAnotherNameIsNotTrusted() throws Exception {
        SSLContext another = Certificates.context(new GeneralName(GeneralName.dNSName, "sip.example.org"));
        Station anna = station(TransportConfig.of(another), Station.unlimited()); // it trusts who signed it
        Station impostor = station(TransportConfig.of(another), Station.unlimited());
        anna.listen(SipTransport.TLS);
        impostor.listen(SipTransport.TLS);
        anna.request(SipMethod.OPTIONS, impostor.hop(SipTransport.TLS));

        assertThat(anna.next()).isEqualTo("failed UNREACHABLE");
    }

    @Test
    void anAddressInUseSaysSo() throws Exception {
        Station first = station();
        int port = first.listen(SipTransport.UDP);

        assertThatThrownBy(() -> station().listeners.listen(SipTransport.UDP, new InetSocketAddress(Station.LOOPBACK, port)))
                .hasMessageContaining("cannot listen at")
                .hasMessageContaining(Integer.toString(port));
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        long until = System.nanoTime() + 20_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(until);
            Thread.onSpinWait();
        }
    }

    /// @return what comes next; empty when the connection is closed instead
    private static String read(Socket socket) throws IOException {
        socket.setSoTimeout(20_000);
        InputStream in = socket.getInputStream();
        byte[] bytes = new byte[8_000];
        try {
            int count = in.read(bytes);
            return count < 0 ? "" : new String(bytes, 0, count, StandardCharsets.UTF_8);
        } catch (java.net.SocketException reset) {
            return "";
        }
    }

    private static String options(int number) {
        return "OPTIONS sip:u@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/TCP phone.example.org;rport;branch=z9hG4bKo" + number
                + "\r\nFrom: <sip:a@b>;tag=" + number + "\r\nTo: <sip:u@127.0.0.1>\r\nCall-ID: c" + number
                + "\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n";
    }
}
