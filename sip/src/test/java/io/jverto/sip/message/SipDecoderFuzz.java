package io.jverto.sip.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.jverto.sip.message.SipDecoding.Decoded;
import io.jverto.sip.message.SipDecoding.Dropped;
import io.jverto.sip.message.SipDecoding.Rejected;
import java.util.List;

class SipDecoderFuzz {
    @FuzzTest
    void decodesWhatItEncodes(byte[] bytes) {
        switch (SipDecoder.decode(bytes, 0, bytes.length)) {
            case Dropped dropped -> assertThat(dropped.why()).isNotEmpty();
            case Rejected rejected -> assertThat(rejected.status()).isIn(400, 505);
            case Decoded(SipMessage message) -> {
                byte[] again = SipEncoder.encode(message);
                if (again.length <= SipLimits.HEAD_BYTES) { // long names may be longer than the limit allows
                    assertThat(SipDecoder.decode(again, 0, again.length)).isEqualTo(new Decoded(message));
                }
                readEverything(message);
            }
        }
    }

    private static void readEverything(SipMessage message) {
        message.contact();
        message.hasSdp();
        message.body().text();
        for (Via via : message.envelope().vias()) {
            via.rport();
            via.received();
            via.hasCookie();
        }
        for (String name : List.of("Route", "Require", "Expires")) {
            message.headers().addresses(name);
            message.headers().words(name);
            message.headers().number(name);
        }
        if (message instanceof SipRequest request && request.uri() instanceof SipUri uri) {
            uri.userText();
            uri.transport();
        }
    }
}
