package io.jverto.media.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class G711Test {
    @Test
    void decodesTheEndsAndTheMiddleOfMuLaw() {
        assertThat(G711.MU_LAW.decode((byte) 0xff)).isEqualTo((short) 0);
        assertThat(G711.MU_LAW.decode((byte) 0x7f)).isEqualTo((short) 0);
        assertThat(G711.MU_LAW.decode((byte) 0x80)).isEqualTo((short) 32_124);
        assertThat(G711.MU_LAW.decode((byte) 0x00)).isEqualTo((short) -32_124);
        assertThat(G711.MU_LAW.encode((short) 0)).isEqualTo((byte) 0xff);
        assertThat(G711.MU_LAW.encode((short) -32_768)).isEqualTo((byte) 0x00);
    }

    @Test
    void decodesTheEndsAndTheMiddleOfALaw() {
        assertThat(G711.A_LAW.decode((byte) 0xd5)).isEqualTo((short) 8);
        assertThat(G711.A_LAW.decode((byte) 0x55)).isEqualTo((short) -8);
        assertThat(G711.A_LAW.decode((byte) 0xaa)).isEqualTo((short) 32_256);
        assertThat(G711.A_LAW.decode((byte) 0x2a)).isEqualTo((short) -32_256);
    }

    @Test
    void everyCodeSurvivesDecodingAndEncoding() {
        for (int code = 0; code < 256; code++) {
            byte mu = (byte) code;
            byte expected = code == 0x7f ? (byte) 0xff : mu; // there are two zeros, and one of them is written
            assertThat(G711.MU_LAW.encode(G711.MU_LAW.decode(mu))).isEqualTo(expected);
            assertThat(G711.A_LAW.encode(G711.A_LAW.decode(mu))).isEqualTo(mu);
        }
    }

    @Test
    void errsByNoMoreThanHalfAStep() {
        for (int sample = -32_000; sample <= 32_000; sample++) {
            int step = Math.max(16, Math.abs(sample) / 16);
            int mu = G711.MU_LAW.decode(G711.MU_LAW.encode((short) sample));
            int a = G711.A_LAW.decode(G711.A_LAW.encode((short) sample));
            assertThat(Math.abs(mu - sample)).isLessThanOrEqualTo(step / 2 + 8);
            assertThat(Math.abs(a - sample)).isLessThanOrEqualTo(step / 2 + 8);
        }
    }
}
