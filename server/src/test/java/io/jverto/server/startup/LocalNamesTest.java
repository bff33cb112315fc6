package io.jverto.server.startup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LocalNamesTest {
    @Test
    void knowsTheLoopbackAndItsOwnWayOut() {
        LocalNames names = LocalNames.find();

        assertThat(names.addresses()).contains("127.0.0.1", "::1", names.ipv4());
        assertThat(names.hostName()).isNotBlank();
    }
}
