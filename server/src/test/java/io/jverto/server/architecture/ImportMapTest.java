package io.jverto.server.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ImportMapTest {
    private final ImportMap map = ImportMap.parse("""
            text
            ```imports
            base   ->
            wire   -> base
            verto  -> base wire.sdp
            server -> *
            ```
            """);

    @Test
    void allowsWhatStandsBehindTheArrow() {
        assertThat(map.allows("io.jverto.verto.connect", "io.jverto.base")).isTrue();
        assertThat(map.allows("io.jverto.verto", "io.jverto.wire.sdp.text")).isTrue();
        assertThat(map.allows("io.jverto.server", "io.jverto.verto.connect")).isTrue();
        assertThat(map.allows("io.jverto.wire.sdp", "io.jverto.wire.verto")).isTrue();
    }

    @Test
    void forbidsEverythingElse() {
        assertThat(map.allows("io.jverto.verto", "io.jverto.wire.jsonrpc")).isFalse();
        assertThat(map.allows("io.jverto.verto", "io.jverto.wire.sdpx")).isFalse();
        assertThat(map.allows("io.jverto.base", "io.jverto.wire")).isFalse();
        assertThat(map.allows("io.jverto.sip", "io.jverto.base")).isFalse();
    }
}
