package io.jverto.sip.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.sip.message.SipDecoding.Decoded;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RoundTripTest {
    @Test
    void whatIsWrittenIsReadTheSame() {
        for (int seed = 0; seed < 20_000; seed++) {
            SipMessage message = RandomMessages.message(new Random(seed));
            byte[] bytes = SipEncoder.encode(message);

            assertThat(SipDecoder.decode(bytes, 0, bytes.length)).as("seed %d", seed).isEqualTo(new Decoded(message));
        }
    }
}
