package io.jverto.verto.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;

class ClientHelloTest {
    private static final int RECORD_AND_MESSAGE_HEADERS = 5 + 4;

    @Test
    void hostAndProtocolsAreFoundInWhatJavaSends() throws Exception {
        assertThat(ClientHello.read(hello("pbx.example.test", "acme-tls/1"))).hasValue(new ClientHello("pbx.example.test", List.of("acme-tls/1")));
        assertThat(ClientHello.read(hello("a.test", "h2", "http/1.1"))).hasValue(new ClientHello("a.test", List.of("h2", "http/1.1")));
        assertThat(ClientHello.read(hello(""))).hasValue(new ClientHello("", List.of()));
    }

    @Test
    void aMessageThatIsCutOffOrBrokenIsNone() throws Exception {
        ByteBuf whole = hello("pbx.example.test", "acme-tls/1");
        for (int length = 0; length < whole.readableBytes(); length++) {
            ByteBuf part = whole.slice(0, length);
            assertThatCode(() -> ClientHello.read(part)).doesNotThrowAnyException();
        }
        Random random = new Random(1);
        for (int turn = 0; turn < 20_000; turn++) {
            ByteBuf broken = whole.copy();
            for (int change = random.nextInt(4); change >= 0; change--) {
                broken.setByte(random.nextInt(broken.readableBytes()), random.nextInt());
            }
            assertThatCode(() -> ClientHello.read(broken)).doesNotThrowAnyException();
        }
        assertThat(ClientHello.read(whole.slice(0, 60))).isEmpty();
        assertThat(ClientHello.read(Unpooled.EMPTY_BUFFER)).isEmpty();
    }

    /// @return the body of the message
    private static ByteBuf hello(String host, String... protocols) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, null, null);
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setServerNames(host.isEmpty() ? List.of() : List.of(new SNIHostName(host)));
        parameters.setApplicationProtocols(protocols);
        engine.setSSLParameters(parameters);
        ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), out);
        return Unpooled.wrappedBuffer(out.flip()).skipBytes(RECORD_AND_MESSAGE_HEADERS);
    }
}
