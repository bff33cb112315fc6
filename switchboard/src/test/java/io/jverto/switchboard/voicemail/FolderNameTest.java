package io.jverto.switchboard.voicemail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FolderNameTest {
    @Test
    void s34NoNameLeadsOutOfTheFolder() {
        assertThat(FolderName.of("1001")).isEqualTo("1001");
        assertThat(FolderName.of("Example.ORG")).isEqualTo("example.org");
        assertThat(FolderName.of("../../etc")).isEqualTo("%2e.%2f..%2fetc");
        assertThat(FolderName.of("..")).isEqualTo("%2e.");
        assertThat(FolderName.of("a b\0ü")).isEqualTo("a%20b%00%c3%bc");
        assertThat(FolderName.of("")).isEqualTo("%");
    }
}
