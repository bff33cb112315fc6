package io.jverto.media.stun;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// The messages of RFC 5769.
class StunVectorsTest {
    static final byte[] REQUEST = hex("""
            00010058 2112a442 b7e7a701 bc34d686 fa87dfae 80220010 5354554e 20746573 7420636c 69656e74
            00240004 6e0001ff 80290008 932ff9b1 51263b36 00060009 6576746a 3a683676 59202020
            00080014 9aeaa70c bfd8cb56 781ef2b5 b2d3f249 c1b571a2 80280004 e57a3bcf""");
    static final byte[] RESPONSE_V4 = hex("""
            0101003c 2112a442 b7e7a701 bc34d686 fa87dfae 8022000b 74657374 20766563 746f7220
            00200008 0001a147 e112a643 00080014 2b91f599 fd9e90c3 8c7489f9 2af9ba53 f06be7d7
            80280004 c07d4c96""");
    static final byte[] RESPONSE_V6 = hex("""
            01010048 2112a442 b7e7a701 bc34d686 fa87dfae 8022000b 74657374 20766563 746f7220
            00200014 0002a147 0113a9fa a5d3f179 bc25f4b5 bed2b9d9
            00080014 a382954e 4be67bf1 1784c97c 8292c275 bfe3ed41 80280004 c8fb0b4c""");
    private static final byte[] LONG_TERM_REQUEST = hex("""
            00010060 2112a442 78ad3433 c6ad72c0 29da412e 00060012 e3839ee3 8388e383 aae38383 e382afe3 82b90000
            0015001c 662f2f34 39396b39 35346436 4f4c3334 6f4c3946 53547679 36347341
            0014000b 6578616d 706c652e 6f726700 00080014 f6702465 6dd64a3e 02b8e071 2e85c9a2 8ca89666""");
    private static final StunKey KEY = StunKey.ofPassword("VOkJxbRl1RmTxUk/WvJxBt");

    private final StunMessage message = new StunMessage();

    @Test
    void readsTheRequest() {
        assertThat(message.read(REQUEST, 0, REQUEST.length)).isTrue();

        assertThat(message.messageClass()).isEqualTo(StunClass.REQUEST);
        assertThat(message.transaction()).isEqualTo(new StunTransaction(0xb7e7a701bc34d686L, 0xfa87dfae));
        assertThat(message.username()).contains("evtj:h6vY");
        assertThat(message.priority()).isEqualTo(0x6e0001ffL);
        assertThat(message.isControlled()).isTrue();
        assertThat(message.isControlling()).isFalse();
        assertThat(message.tieBreaker()).isEqualTo(0x932ff9b151263b36L);
        assertThat(message.useCandidate()).isFalse();
        assertThat(message.isAuthentic(KEY)).isTrue();
        assertThat(StunUsername.localUfrag(REQUEST, 0, REQUEST.length)).contains("evtj");
    }

    @Test
    void readsTheResponseWithAnIpv4Address() {
        assertThat(message.read(RESPONSE_V4, 0, RESPONSE_V4.length)).isTrue();

        assertThat(message.messageClass()).isEqualTo(StunClass.SUCCESS);
        assertThat(message.mappedAddress()).contains(new InetSocketAddress("192.0.2.1", 32853));
        assertThat(message.isAuthentic(KEY)).isTrue();
    }

    @Test
    void readsTheResponseWithAnIpv6Address() {
        assertThat(message.read(RESPONSE_V6, 0, RESPONSE_V6.length)).isTrue();

        assertThat(message.mappedAddress())
                .contains(new InetSocketAddress("2001:db8:1234:5678:11:2233:4455:6677", 32853));
        assertThat(message.isAuthentic(KEY)).isTrue();
    }

    @Test
    void verifiesTheRequestWithALongTermKey() throws NoSuchAlgorithmException {
        byte[] key = MessageDigest.getInstance("MD5")
                .digest("\u30DE\u30C8\u30EA\u30C3\u30AF\u30B9:example.org:TheMatrIX".getBytes(StandardCharsets.UTF_8));

        assertThat(message.read(LONG_TERM_REQUEST, 0, LONG_TERM_REQUEST.length)).isTrue();

        assertThat(message.isAuthentic(StunKey.ofBytes(key))).isTrue();
        assertThat(message.unknownRequired()).isZero();
    }

    @Test
    void writesResponsesThatAreTheSameButForTheSoftwareName() {
        StunWriter writer = new StunWriter();
        StunTransaction transaction = new StunTransaction(0xb7e7a701bc34d686L, 0xfa87dfae);
        InetSocketAddress mapped = new InetSocketAddress("2001:db8:1234:5678:11:2233:4455:6677", 32853);

        int length = writer.begin(StunClass.SUCCESS, transaction).mappedAddress(mapped).finish(KEY);

        assertThat(message.read(writer.bytes(), 0, length)).isTrue();
        assertThat(message.isAuthentic(KEY)).isTrue();
        String text = HexFormat.of().formatHex(writer.bytes(), 0, length);
        assertThat(text).contains("002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9");
    }

    static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
    }
}
