package io.jverto.media.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/// Whatever comes in a datagram, looking at its records neither throws nor looks beyond it.
class DtlsRecordFuzz {
    @FuzzTest
    void looksAtAnything(byte[] datagram) {
        boolean admitted = MessageBound.admits(datagram);
        CipherSwitchGuard guard = new CipherSwitchGuard();

        assertThat(guard.admit(datagram)).isBetween(0, datagram.length);
        assertThat(guard.admit(datagram)).as("a second time").isBetween(0, datagram.length);
        assertThat(CipherSwitchGuard.alwaysOpen().admit(datagram)).isEqualTo(datagram.length);
        assertThat(MessageBound.admits(datagram)).isEqualTo(admitted);
    }
}
