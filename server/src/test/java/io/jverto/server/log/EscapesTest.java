package io.jverto.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EscapesTest {
    @Test
    void keepsOneEventOnOneLine() {
        assertThat(Escapes.escape("name\r\n2026-11-24 INFO forged")).isEqualTo("name\\r\\n2026-11-24 INFO forged");
    }

    @Test
    void disarmsTerminalsAndReversedWriting() {
        assertThat(Escapes.escape("\u001b[31mred \u202egnp.exe\u0085")).isEqualTo("\\u001b[31mred \\u202egnp.exe\\u0085");
    }

    @Test
    void keepsLettersOfAllLanguages() {
        assertThat(Escapes.escape("Grüße 你好 😀")).isEqualTo("Grüße 你好 😀");
    }

    @Test
    void indentsEveryLineOfATrace() {
        assertThat(Escapes.escapeTrace("Broken: a\nINFO forged\n\tat x\n")).isEqualTo("Broken: a\n\tINFO forged\n\tat x\n");
    }
}
