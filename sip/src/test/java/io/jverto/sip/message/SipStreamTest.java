package io.jverto.sip.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.sip.message.SipDecoding.Decoded;
import io.jverto.sip.message.SipDecoding.Rejected;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SipStreamTest {
    private final SipStream stream = new SipStream();
    private final Heard heard = new Heard();

    static final class Heard implements SipStreamOutput {
        final List<SipDecoding> messages = new ArrayList<>();
        final List<String> lost = new ArrayList<>();
        int pings;

        @Override
        public void message(SipDecoding decoding) {
            messages.add(decoding);
        }

        @Override
        public void ping() {
            pings++;
        }

        @Override
        public void lost(String why) {
            lost.add(why);
        }
    }

    @Test
    void cutsMessagesWhereverTheBytesAreCut() {
        Random random = new Random(18);
        for (int seed = 0; seed < 200; seed++) {
            SipStream fresh = new SipStream();
            Heard out = new Heard();
            List<SipMessage> sent = new ArrayList<>();
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 5; i++) {
                SipMessage message = RandomMessages.message(random);
                sent.add(message);
                text.append(new String(SipEncoder.encode(message), StandardCharsets.ISO_8859_1)).append("\r\n".repeat(random.nextInt(3)));
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
            for (int at = 0; at < bytes.length; ) {
                int count = Math.min(bytes.length - at, 1 + random.nextInt(seed % 2 == 0 ? 3 : 4_000));
                fresh.onBytes(bytes, at, count, out);
                at += count;
            }

            assertThat(out.messages).isEqualTo(sent.stream().map(Decoded::new).toList());
            assertThat(out.lost).isEmpty();
            assertThat(fresh.waiting()).isZero();
        }
    }

    @Test
    void hearsKeepAlivesAndLineEndsBetweenMessages() {
        feed("\r");
        feed("\n");
        assertThat(heard.pings).isZero();
        feed("\r\n");
        assertThat(heard.pings).isEqualTo(1);
        feed("\r\n\r\n\r\n");

        assertThat(heard.pings).isEqualTo(2);
        feed(options("Content-Length: 0"));
        assertThat(heard.messages).hasSize(1);
        feed("\r\n");
        assertThat(heard.pings).isEqualTo(2);
    }

    @Test
    void aMessageThatIsWrongButFramedCostsOnlyItself() {
        feed(options("Max-Forwards: 300\r\nContent-Length: 3") + "abc" + options("l: 0"));

        assertThat(heard.messages).hasSize(2).first().isInstanceOf(Rejected.class);
        assertThat(heard.lost).isEmpty();
    }

    /// Attack S32: what follows a length in doubt might be a request that somebody smuggles.
    @Test
    void s32AStreamWhoseFramingIsInDoubtIsGivenUp() {
        for (String length : List.of(
                "X: y", "Content-Length: 3\r\nContent-Length: 3", "Content-Length: 3\r\nl: 0", "Content-Length: -1", "Content-Length: 3,3",
                "Content-Length: +3", "Content-Length: 0x3", "Content-Length:", "Content-Length: 65536", "Content-Length: 65500",
                "X: y\nContent-Length: 0", "X: y\rContent-Length: 0", "Content-Length : 3\r\nContent-Length: 2")) {
            SipStream fresh = new SipStream();
            Heard out = new Heard();
            byte[] bytes = (options(length) + "abc" + options("l: 0")).getBytes(StandardCharsets.UTF_8);
            fresh.onBytes(bytes, 0, bytes.length, out);
            fresh.onBytes(bytes, 0, bytes.length, out);

            assertThat(out.lost).as(length).hasSize(1);
            assertThat(out.messages).as(length).isEmpty();
            assertThat(fresh.waiting()).as(length).isZero();
        }
    }

    @Test
    void headersThatDoNotEndAreGivenUp() {
        for (int i = 0; i < 100; i++) {
            feed("X: " + "y".repeat(1_000) + "\r\n");
        }

        assertThat(heard.lost).containsExactly("too many bytes of headers");
        assertThat(stream.waiting()).isZero();
    }

    @Test
    void aBodyIsWaitedForUpToTheLimitOfAMessage() {
        feed(options("Content-Length: 60000"));
        assertThat(heard.messages).isEmpty();
        feed("b".repeat(60_000) + options("l: 0"));

        assertThat(heard.messages).hasSize(2);
        assertThat(heard.lost).isEmpty();
    }

    private void feed(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        stream.onBytes(bytes, 0, bytes.length, heard);
    }

    private static String options(String more) {
        return "OPTIONS sip:user@example.org SIP/2.0\r\nVia: SIP/2.0/TCP 192.0.2.1;branch=z9hG4bKkdjuw\r\nFrom: <sip:a@b>;tag=1\r\n"
                + "To: <sip:user@example.org>\r\nCall-ID: x\r\nCSeq: 1 OPTIONS\r\n" + more + "\r\n\r\n";
    }
}
