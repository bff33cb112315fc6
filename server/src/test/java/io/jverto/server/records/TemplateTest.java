package io.jverto.server.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateTest {
    @Test
    void valuesStandWhereTheirNamesDid() {
        assertThat(line("\"${a}\",${b};$c ${} ${d", Map.of("a", "1", "b", "2"))).isEqualTo("\"1\",2;$c  ${d");
    }

    /// Attack S14.
    @Test
    void s14NobodyLeavesHisCell() {
        assertThat(line("\"${a}\",\"x\"", Map.of("a", "\",\"forged"))).isEqualTo("\"\"\",\"\"forged\",\"x\"");
        assertThat(line("'${a}'", Map.of("a", "x'); DROP TABLE cdr; --"))).isEqualTo("'x''); DROP TABLE cdr; --'");
        assertThat(line("'${a}'", Map.of("a", "x\\"))).isEqualTo("'x\\\\'");
        assertThat(line("${a},${b}", Map.of("a", "1,2;\"3'", "b", "4"))).isEqualTo("1_2__3_,4");
        assertThat(line("\"${a}\"", Map.of("a", "one\r\ntwo\u2028\u202Ethree\u001b[31m"))).isEqualTo("\"one  two  three [31m\"");
    }

    @Test
    void s14NothingIsAFormulaToASpreadsheet() {
        assertThat(line("\"${a}\"", Map.of("a", "=HYPERLINK(1)"))).isEqualTo("\"'=HYPERLINK(1)\"");
        assertThat(line("\"${a}\"", Map.of("a", "@SUM(1)"))).isEqualTo("\"'@SUM(1)\"");
        assertThat(line("\"${a}\"", Map.of("a", "+1+cmd|' /C calc'!A0"))).startsWith("\"'+1");
        assertThat(line("\"${a}\"", Map.of("a", "+49301234"))).as("a number").isEqualTo("\"+49301234\"");
    }

    @Test
    void aTemplateIsOneLine() {
        assertThat(line("${a},\n  ${a}\n", Map.of("a", "1"))).isEqualTo("1,   1 ");
    }

    private static String line(String template, Map<String, String> values) {
        return Template.of(template).line(values);
    }
}
