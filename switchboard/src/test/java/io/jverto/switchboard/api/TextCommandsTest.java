package io.jverto.switchboard.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.dialplan.Strftime;
import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestSwitch;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

class TextCommandsTest {
    private final TestSwitch pbx = new TestSwitch();

    private String run(String line) {
        return pbx.commands.run(line);
    }

    @Test
    void textIsChanged() {
        assertThat(run("md5 abc")).isEqualTo("900150983cd24fb0d6963f7d28e17f72");
        assertThat(run("url_encode a b&c/ü")).isEqualTo("a%20b%26c%2F%C3%BC");
        assertThat(run("url_decode a%20b%26c+")).isEqualTo("a b&c+");
        assertThat(run("url_decode 100%")).isEqualTo("100%");
        assertThat(run("toupper abc1")).isEqualTo("ABC1");
        assertThat(run("tolower ABC")).isEqualTo("abc");
        assertThat(run("coalesce ,,b,c")).isEqualTo("b");
        assertThat(run("coalesce ^^:::a,b:c")).isEqualTo("a,b");
        assertThat(run("coalesce ,")).isEmpty();
        assertThat(run("create_uuid")).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    }

    @Test
    void conditionsCompareNumbersAndText() {
        assertThat(run("cond 10 > 9 ? yes : no")).isEqualTo("yes");
        assertThat(run("cond 1.0 == 1 ? yes : no")).isEqualTo("yes");
        assertThat(run("cond abc == abd ? yes : no")).isEqualTo("no");
        assertThat(run("cond '' == '' ? 'is empty' : no")).isEqualTo("is empty");
        assertThat(run("cond abcd >= abc ? a:b")).isEqualTo("a");
        assertThat(run("cond 1 <= 0 ? a : b:c")).isEqualTo("b:c");
        assertThat(run("cond nonsense")).isEqualTo("-ERR");
    }

    @Test
    void expressionsMatchWithinBounds() {
        assertThat(run("regex 1001|^10..$")).isEqualTo("true");
        assertThat(run("regex 2001|^10..$")).isEqualTo("false");
        assertThat(run("regex 1001|^10(..)$|x%1y$1")).isEqualTo("x01y01");
        assertThat(run("regex 2001|^10(..)$|%1")).isEqualTo("2001");
        assertThat(run("regex 2001|^10(..)$|%1|n")).isEmpty();
        assertThat(run("regex 2001|^10(..)$|%1|b")).isEqualTo("false");
        assertThat(run("regex 1001")).isEqualTo("-ERR");
        assertThat(run("regex 1001|(")).isEqualTo("false");
        assertThat(run("regex " + "a".repeat(60) + "!|^(a+)+$")).isEqualTo("false");
    }

    @Test
    void momentsAreWrittenAsInC() {
        ZonedDateTime moment = ZonedDateTime.of(2026, 3, 5, 14, 7, 9, 0, ZoneOffset.UTC);

        assertThat(Strftime.format("", moment)).isEqualTo("2026-03-05 14:07:09");
        assertThat(Strftime.format("%d.%m.%y %e %I%p %a %A %b %B %j %u %w %D %R %s %z 100%% %q %", moment))
                .isEqualTo("05.03.26  5 02PM Thu Thursday Mar March 064 4 4 03/05/26 14:07 1772719629 +0000 100% %q %");
        assertThat(run("strepoch")).isEqualTo("1767225600");
        assertThat(run("strftime %s")).isEqualTo("1767225600");
    }

    @Test
    void usersAreKnownButNotTheirPasswords() {
        pbx.directory("""
                <user id="1001"><params><param name="password" value="geheim"/><param name="a1-hash" value="x"/><param name="dial-string" value="d"/></params>
                  <variables><variable name="user_context" value="sales"/></variables></user>
                """);

        assertThat(run("user_exists id 1001 Example.org")).isEqualTo("true");
        assertThat(run("user_exists id 1002 example.org")).isEqualTo("false");
        assertThat(run("user_exists 1001")).startsWith("-USAGE");
        assertThat(run("user_data 1001@example.org var user_context")).isEqualTo("sales");
        assertThat(run("user_data 1001 user_context")).isEqualTo("sales");
        assertThat(run("user_data 1001@example.org param dial-string")).isEqualTo("d");
        assertThat(run("user_data 1001@example.org attr id")).isEqualTo("1001");
        assertThat(run("user_data 1001@example.org var dial-string")).isEmpty();
        assertThat(run("user_data 1002@example.org var user_context")).isEmpty();
        assertThat(run("user_data 1001@example.org param password") + run("user_data 1001@example.org param A1-Hash") + run("user_data 1001 password")).isEmpty();
        assertThat(run("find_user_xml id 1001 example.org")).startsWith("<user id=\"1001\">\n  <params>\n").endsWith("  </variables>\n</user>\n")
                .contains("    <param name=\"dial-string\" value=\"d\"/>\n", "    <variable name=\"user_context\" value=\"sales\"/>\n")
                .doesNotContainIgnoringCase("password").doesNotContainIgnoringCase("a1-hash");
        assertThat(run("find_user_xml id 1002 example.org")).startsWith("-ERR");
        assertThat(run("find_user_xml 1001")).startsWith("-USAGE");
        assertThat(run("domain_exists example.org")).isEqualTo("true");
        assertThat(run("domain_exists example.com")).isEqualTo("false");
        assertThat(run("global_getvar domain")).isEqualTo("example.org");
        assertThat(run("global_getvar")).isEqualTo("domain=example.org\n");
        assertThat(run("global_getvar default_password")).isEmpty();
    }

    @Test
    void aDomainSaysWhatItsUsersInherit() {
        pbx.domain("""
                <params><param name="vm-password" value="1234"/></params><variables><variable name="language" value="en"/></variables>
                """);

        assertThat(run("domain_data example.org var language")).isEqualTo("en");
        assertThat(run("domain_data EXAMPLE.org language")).isEqualTo("en");
        assertThat(run("domain_data example.org param language")).isEmpty();
        assertThat(run("domain_data example.org param dial-string")).startsWith("${verto_contact(");
        assertThat(run("domain_data example.org param vm-password") + run("domain_data example.com var language")).isEmpty();
        assertThat(run("domain_data example.org")).startsWith("-USAGE");
    }

    @Test
    void dialplansUseThem() {
        pbx.actions("answer", "set x=${toupper(abc)}-${regex(${destination_number}|^(..)|%1)}-${cond(${destination_number} == 9196 ? yes : no)}", "echo");
        TestClient caller = pbx.call("a", "9196");

        assertThat(run("uuid_getvar a x")).isEqualTo("ABC-91-yes");
        assertThat(run("uuid_kill a")).isEqualTo("+OK\n");
        pbx.time.settle();
        assertThat(caller.heard).last().isEqualTo("0 bye NORMAL_CLEARING");
    }

    @Test
    void theUptimeHasManyUnits() {
        pbx.advance(3_661_001);

        assertThat(run("uptime")).isEqualTo("3661\n");
        assertThat(run("uptime ms")).isEqualTo("3661001\n");
        assertThat(run("uptime us")).isEqualTo("3661001000\n");
        assertThat(run("uptime m")).isEqualTo("61\n");
        assertThat(run("uptime h")).isEqualTo("1\n");
        assertThat(run("uptime d")).isEqualTo("0\n");
        assertThat(run("uptime years")).startsWith("-USAGE");
    }
}
