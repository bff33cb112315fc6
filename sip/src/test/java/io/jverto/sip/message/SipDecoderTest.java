package io.jverto.sip.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jverto.base.Broken;
import io.jverto.sip.message.SipDecoding.Decoded;
import io.jverto.sip.message.SipDecoding.Dropped;
import io.jverto.sip.message.SipDecoding.Rejected;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SipDecoderTest {
    private static final String HEAD = """
            OPTIONS sip:user@example.org SIP/2.0
            Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKkdjuw
            From: "Caller" <sip:caller@example.org>;tag=88asjd
            To: <sip:user@example.org>
            Call-ID: 0ha0isndaksdj@192.0.2.1
            CSeq: 63104 OPTIONS
            """;

    @Test
    void readsEveryPartOfARequest() {
        SipRequest request = request("""
                INVITE sips:b%6fb:secret@Example.ORG:5071;transport=tcp;lr?Subject=x SIP/2.0
                v: SIP/2.0/TLS [2001:db8::1]:5062;rport=1024;received=192.0.2.4;branch=z9hG4bKa, SIP/2.0/UDP host;branch=b
                f: "A \\"B\\" C" <sip:a@b>;tag=x
                t: Bob Smith <tel:+4930123>
                i: id
                CSeq: 1 INVITE
                m: <sip:1@2>;expires=60, "Two" <sip:3@4>;q=0.5
                k: timer, 100rel
                Supported: Replaces
                c: application/sdp
                X-Own-Case: kept
                l: 3

                v=0""");

        assertThat(request.uri()).isInstanceOfSatisfying(SipUri.class, uri -> {
            assertThat(uri.secure()).isTrue();
            assertThat(uri.userText()).isEqualTo("bob");
            assertThat(uri.password()).isEqualTo("secret");
            assertThat(uri.hostPort()).isEqualTo(new HostPort("example.org", 5071));
            assertThat(uri.transport()).contains(SipTransport.TCP);
            assertThat(uri.isLoose()).isTrue();
            assertThat(uri.headers()).isEqualTo("Subject=x");
        });
        Via via = request.envelope().topVia();
        assertThat(via.sentBy().bareHost()).isEqualTo("2001:db8::1");
        assertThat(via.rport()).isEqualTo(OptionalInt.of(1024));
        assertThat(via.received()).contains("192.0.2.4");
        assertThat(via.hasCookie()).isTrue();
        assertThat(request.envelope().vias()).hasSize(2);
        assertThat(request.envelope().vias().getLast().hasCookie()).isFalse();
        assertThat(request.envelope().from().name()).isEqualTo("A \"B\" C");
        assertThat(request.envelope().from().tag()).contains("x");
        assertThat(request.envelope().to()).isEqualTo(NameAddr.of("Bob Smith", new OtherUri("tel", "+4930123")));
        assertThat(request.contact()).map(contact -> contact.uri().toString()).contains("sip:1@2");
        assertThat(request.headers().addresses("Contact")).hasSize(2);
        assertThat(request.headers().words("supported")).containsExactlyInAnyOrder("timer", "100rel", "replaces");
        assertThat(request.headers().all()).contains(new Header("X-Own-Case", "kept"));
        assertThat(request.hasSdp()).isTrue();
        assertThat(request.body().text()).isEqualTo("v=0");
    }

    @Test
    void readsAResponse() {
        Decoded decoded = (Decoded) decode(HEAD.replace("OPTIONS sip:user@example.org SIP/2.0", "SIP/2.0 486 Busy  Here") + "\n");

        assertThat(decoded.message()).isInstanceOfSatisfying(SipResponse.class, response -> {
            assertThat(response.status()).isEqualTo(486);
            assertThat(response.reason()).isEqualTo("Busy  Here");
            assertThat(response.isFinal()).isTrue();
            assertThat(response.isSuccess()).isFalse();
        });
    }

    @Test
    void aDatagramWithoutContentLengthIsBodyToItsEnd() {
        assertThat(request(HEAD + "\nall of it").body()).isEqualTo(Body.of("all of it"));
    }

    @Test
    void lineEndsBeforeAMessageAreSkipped() {
        byte[] bytes = ("\r\n\r\n" + (HEAD + "\n").replace("\n", "\r\n")).getBytes(StandardCharsets.UTF_8);

        assertThat(SipDecoder.decode(bytes, 0, bytes.length)).isInstanceOf(Decoded.class);
    }

    @Test
    void whatIsRejectedCanBeAnswered() {
        Rejected rejected = (Rejected) decode(HEAD.replace("sip:user@example.org SIP", "nonsense SIP") + "\n");

        assertThat(rejected.envelope().topVia().branch()).contains("z9hG4bKkdjuw");
        assertThat(rejected.envelope().cseq()).isEqualTo(new CSeq(63104, SipMethod.OPTIONS));
        assertThat(rejected.why()).doesNotContain("nonsense");
    }

    @Test
    void everythingHasALimit() {
        assertThat(decode(HEAD + "W: y\n".repeat(SipLimits.HEADERS - 5) + "\n")).isInstanceOf(Decoded.class);
        assertThat(decode(HEAD + "W: y\n".repeat(SipLimits.HEADERS - 4) + "\n")).isEqualTo(new Dropped("too many headers"));
        assertThat(decode(HEAD + "W: " + "y".repeat(SipLimits.LINE) + "\n\n")).isEqualTo(new Dropped("a line too long"));
        assertThat(decode(HEAD + "W: y\n" + " z\n".repeat(SipLimits.LINE / 2) + "\n")).isEqualTo(new Dropped("a line too long"));
        assertThat(decode(HEAD + ("W: " + "y".repeat(1000) + "\n").repeat(40) + "\n")).isEqualTo(new Dropped("too many bytes of headers"));
        assertThat(decode(HEAD + "\n" + "b".repeat(SipLimits.MESSAGE_BYTES))).isEqualTo(new Dropped("a message too long"));
        assertThat(decode(HEAD + "m: <sip:a@b>" + ",<sip:a@b>".repeat(SipLimits.LIST) + "\n\n")).isInstanceOf(Rejected.class);
        assertThat(decode(HEAD + "m: <sip:a@b>" + ";a".repeat(SipLimits.PARAMS + 1) + "\n\n")).isInstanceOf(Rejected.class);
        assertThat(decode(HEAD.replace("192.0.2.1;", "192.0.2.1" + ";a".repeat(SipLimits.PARAMS) + ";") + "\n")).isInstanceOf(Dropped.class);
    }

    @Test
    void aNumberBeyondItsHeaderIsNone() {
        SipRequest request = request(HEAD + "Expires: 4294967295\nMin-SE: 90;x=y\nX-Large: 99999999999999999999\nX-Word: none\n\n");

        assertThat(request.headers().number("Expires")).isEqualTo(OptionalLong.of(4_294_967_295L));
        assertThat(request.headers().number("Min-SE")).isEqualTo(OptionalLong.of(90));
        assertThat(request.headers().number("X-Large")).isEmpty();
        assertThat(request.headers().number("X-Word")).isEmpty();
        assertThat(request.headers().number("X-Missing")).isEmpty();
    }

    /// Attack S32: what a caller chose becomes part of a message and must not end a line of it.
    @Test
    void s32ForeignTextInAMessageOfOursEndsNoLine() {
        String evil = "x\r\nContent-Length: 0\r\n\r\nBYE";
        SipRequest plain = request(HEAD + "\n");
        Envelope envelope = plain.envelope().withTo(NameAddr.of(evil, SipUri.of(evil, new HostPort("example.org", 0))));
        SipRequest mixed = new SipRequest(plain.method(), plain.uri(), envelope, plain.headers().and("Subject", evil), Body.NONE);

        byte[] bytes = SipEncoder.encode(mixed);
        byte[] answer = SipEncoder.encode(mixed.reply(400, evil));

        assertThat(SipDecoder.decode(bytes, 0, bytes.length)).isEqualTo(new Decoded(mixed));
        assertThat(new String(bytes, StandardCharsets.UTF_8).lines().filter(line -> line.startsWith("Content-Length"))).hasSize(1);
        assertThat(new String(answer, StandardCharsets.UTF_8).lines().filter(line -> line.startsWith("Content-Length"))).hasSize(1);
        assertThatThrownBy(() -> new Header("Evil: x\r\nName", "value")).isInstanceOf(Broken.class);
        assertThatThrownBy(() -> Params.NONE.with("tag", evil)).isInstanceOf(Broken.class);
    }

    @Test
    void aUserIsEscapedAndUnescapedWithoutLoss() {
        for (String user : List.of("1000", "a b", "ä@ö", "100%", "<\"x\">", "a:b;c?d", "")) {
            SipUri uri = SipUri.of(user, new HostPort("example.org", 0));

            assertThat(Uri.parse(uri.toString())).contains(uri);
            assertThat(uri.userText()).isEqualTo(user);
        }
    }

    @Test
    void anAddressAloneIsRead() {
        assertThat(NameAddr.parse("sip:a@b;tag=1")).contains(NameAddr.of(SipUri.of("a", new HostPort("b", 0))).withParam("tag", "1"));
        assertThat(NameAddr.parse("<sip:a@b>, <sip:c@d>")).isEmpty();
        assertThat(NameAddr.parse("")).isEqualTo(Optional.empty());
        assertThat(Uri.parse("1000")).isEmpty();
    }

    @Test
    void aResponseTakesOverWhatTheRequestSaysAndATag() {
        SipResponse reply = request(HEAD + "\n").reply(200).withToTag("ours");

        assertThat(reply.envelope().to().tag()).contains("ours");
        assertThat(reply.withToTag("other").envelope().to().tag()).contains("ours");
        assertThat(reply.envelope().callId()).isEqualTo("0ha0isndaksdj@192.0.2.1");
        assertThat(reply.reason()).isEqualTo("OK");
    }

    private static SipRequest request(String text) {
        return (SipRequest) ((Decoded) decode(text)).message();
    }

    private static SipDecoding decode(String text) {
        byte[] bytes = text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        return SipDecoder.decode(bytes, 0, bytes.length);
    }
}
