package io.jverto.sip.locate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The platform's DNS client against a name server of the test's own.
class SystemDnsTest {
    private static final int SRV = 33;
    private DatagramSocket socket;
    private SystemDns dns;

    @BeforeEach
    void aNameServer() throws IOException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        dns = new SystemDns("dns://127.0.0.1:" + socket.getLocalPort());
        Thread.ofVirtual().start(this::serve);
    }

    @AfterEach
    void close() {
        socket.close();
    }

    private void serve() {
        byte[] buffer = new byte[512];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                byte[] answer = answer(Arrays.copyOf(buffer, packet.getLength()));
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException closed) {
                return;
            }
        }
    }

    /// Two records for names that begin with `_sip`, one of NAPTR for others, none for `none`.
    private static byte[] answer(byte[] query) throws IOException {
        int end = 12;
        while (query[end] != 0) {
            end += 1 + query[end];
        }
        int type = ByteBuffer.wrap(query).getShort(end + 1);
        boolean none = new String(query, StandardCharsets.ISO_8859_1).contains("none");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(query, 0, 2);
        out.writeShort(none ? 0x8183 : 0x8180);
        out.writeShort(1);
        out.writeShort(none ? 0 : type == SRV ? 2 : 1);
        out.writeInt(0);
        out.write(query, 12, end + 5 - 12);
        if (!none && type == SRV) {
            record(out, type, data(10, 60, 5060, name("one.example.org")));
            record(out, type, data(20, 0, 5070, name("two.example.org")));
        } else if (!none) {
            ByteArrayOutputStream data = new ByteArrayOutputStream();
            data.write(new byte[] {0, 50, 0, 5, 1, 's', 7});
            data.write("SIP+D2U".getBytes(StandardCharsets.US_ASCII));
            data.write(0);
            data.write(name("_sip._udp.example.org"));
            record(out, type, data.toByteArray());
        }
        return bytes.toByteArray();
    }

    private static byte[] data(int priority, int weight, int port, byte[] target) {
        return ByteBuffer.allocate(6 + target.length).putShort((short) priority).putShort((short) weight).putShort((short) port).put(target).array();
    }

    private static byte[] name(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String label : text.split("\\.")) {
            bytes.write(label.length());
            bytes.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
        }
        bytes.write(0);
        return bytes.toByteArray();
    }

    private static void record(DataOutputStream out, int type, byte[] data) throws IOException {
        out.writeShort(0xC00C);
        out.writeShort(type);
        out.writeShort(1);
        out.writeInt(60);
        out.writeShort(data.length);
        out.write(data);
    }

    @Test
    void recordsAreRead() {
        assertThat(dns.srv("_sip._udp.example.org")).containsExactlyInAnyOrder(
                new Dns.Srv(10, 60, 5060, "one.example.org"), new Dns.Srv(20, 0, 5070, "two.example.org"));
        assertThat(dns.naptr("example.org")).containsExactly(new Dns.Naptr(50, 5, "s", "SIP+D2U", "_sip._udp.example.org"));
    }

    @Test
    void aNameThatIsNotThereHasNothing() {
        assertThat(dns.srv("_sip._udp.none.example.org")).isEmpty();
    }

    /// A naming service understands more than names.
    @Test
    void whatIsNoNameIsNotAskedFor() {
        for (String text : new String[] {"ldap://192.0.2.1/x", "a/b", "", "a b", ".", "x".repeat(300), "dns:x"}) {
            assertThat(dns.srv(text)).isEmpty();
        }
    }
}
