package io.jverto.verto.login;

import io.jverto.base.net.AddressGroup;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NameListTest {
    @Test
    void aMethodIsAllowedByItsNameOrByItsFamily() {
        NameList list = NameList.of("verto, Echo");

        assertThat(list.allowsFamily("verto.invite")).isFalse(); // a blank anywhere separates by blanks: `verto,`
        assertThat(NameList.of("verto,Echo").allowsFamily("verto.invite")).isTrue();
        assertThat(NameList.of("verto,Echo").allowsFamily("ECHO")).isTrue();
        assertThat(NameList.of("verto.bye jsapi").allowsFamily("verto.bye")).isTrue();
        assertThat(NameList.of("verto.bye jsapi").allowsFamily("verto.invite")).isFalse();
        assertThat(NameList.of("conference").allowsFamily("conference-liveArray.3000@x")).isFalse();
    }

    @Test
    void whatIsNotWrittenIsNotAllowed() {
        assertThat(NameList.of("").allowsFamily("verto.ping")).isFalse();
        assertThat(NameList.of("").allowsFamily("")).isFalse();
        assertThat(NameList.of("__ANY__").allowsFamily("anything.at.all")).isTrue();
    }

    @Test
    void namesAreGivenAndTakenAtRunTime() {
        NameList some = NameList.of("a,b");

        assertThat(some.with(NameList.of("C,b")).names()).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(some.without(NameList.of("B")).names()).containsExactly("a");
        assertThat(some.with(NameList.ALL)).isEqualTo(NameList.ALL);
        assertThat(some.without(NameList.ALL).allows("a")).isFalse();
    }

    @Test
    void takingFromEverythingLeavesAllTheRest() {
        NameList allButDemo = NameList.ALL.without(NameList.of("demo,x.y"));

        assertThat(allButDemo.allowsFamily("demo.room1")).isFalse();
        assertThat(allButDemo.allowsFamily("x.y")).isFalse();
        assertThat(allButDemo.allowsFamily("x.z")).isTrue();
        assertThat(allButDemo.with(NameList.of("demo")).allowsFamily("demo.room1")).isTrue();
    }

    @Test
    void s11AClientCannotSetVariablesThatTheSwitchActsOn() {
        assertThat(UserVariables.allowed(Map.of(
                        "device", "kiosk",
                        "api_hangup_hook", "x",
                        "EXECUTE_on_answer", "x",
                        "user_context", "x",
                        "domain_name", "x",
                        "a b", "x",
                        "a,b={c}", "x")))
                .isEqualTo(Map.of("device", "kiosk"));
    }

    @Test
    void s6ANetworkOfVersionSixCountsAsOneAddress() {
        assertThat(AddressGroup.of(InetAddress.ofLiteral("2001:db8:1:2:3::4")))
                .isEqualTo(AddressGroup.of(InetAddress.ofLiteral("2001:db8:1:2::9")))
                .isNotEqualTo(AddressGroup.of(InetAddress.ofLiteral("2001:db8:1:3::9")));
        assertThat(AddressGroup.of(InetAddress.ofLiteral("192.0.2.1"))).isEqualTo("192.0.2.1");
    }

    @Test
    void s6TextOfStrangersCannotForgeALogLine() {
        assertThat(LogText.safe("a\r\nb\u001b[2J\u202e\"c")).isEqualTo("a??b?[2J??c");
        assertThat(LogText.safe("x".repeat(500))).hasSize(128);
    }
}
