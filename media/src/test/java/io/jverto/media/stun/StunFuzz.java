package io.jverto.media.stun;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;

/// Whatever arrives, reading it neither throws nor looks beyond the datagram.
class StunFuzz {
    private static final StunKey KEY = StunKey.ofPassword("VOkJxbRl1RmTxUk/WvJxBt");

    private final StunMessage message = new StunMessage();

    @FuzzTest
    void readsAnything(byte[] datagram) {
        byte[] padded = new byte[datagram.length + 20];
        Arrays.fill(padded, (byte) 0xff);
        System.arraycopy(datagram, 0, padded, 10, datagram.length);

        boolean alone = message.read(datagram, 0, datagram.length);
        if (alone) {
            look();
        }

        assertThat(message.read(padded, 10, datagram.length)).isEqualTo(alone);
        assertThat(StunUsername.localUfrag(padded, 10, datagram.length))
                .isEqualTo(StunUsername.localUfrag(datagram, 0, datagram.length));
    }

    private void look() {
        assertThat(message.username().map(String::length).orElse(0)).isLessThan(509);
        assertThat(message.errorCode()).isBetween(0, 955);
        assertThat(message.priority()).isBetween(0L, 0xffff_ffffL);
        message.transaction();
        message.mappedAddress();
        message.tieBreaker();
        message.unknownRequired();
        message.isAuthentic(KEY);
    }
}
