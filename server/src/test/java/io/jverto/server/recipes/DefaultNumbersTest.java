package io.jverto.server.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.server.recipes.Site.Browser;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Numbers of the configuration that comes along.
class DefaultNumbersTest {
    @TempDir
    Path folder;

    private Site site() {
        return new Site(folder, "");
    }

    @Test
    void n870DialsTheLastNumberAgain() {
        try (Site site = site()) {
            Browser ada = site.login("1002");
            ada.call("none", "870");
            assertThat(ada.ended()).isEqualTo("DESTINATION_OUT_OF_ORDER");
            ada.received.clear();
            Browser bob = site.login("1001");
            ada.call("a", "1001");
            ada.hangup("a");
            bob.received.clear();
            ada.call("b", "870");
            assertThat(bob.rings()).isTrue();
            ada.hangup("b");
            bob.received.clear();
            ada.call("c", "870");
            assertThat(bob.rings()).as("870 itself is not noted").isTrue();
        }
    }

    @Test
    void star69CallsWhoeverCalledLast() {
        try (Site site = site()) {
            Browser bob = site.login("1001");
            Browser ada = site.login("1002");
            ada.call("a", "1001");
            ada.hangup("a");
            bob.call("b", "*69");
            assertThat(ada.rings()).isTrue();
        }
    }

    @Test
    void star67HidesWhoCalls() {
        try (Site site = site()) {
            Browser bob = site.login("1001");
            site.login("1002").call("a", "*671001");

            assertThat(bob.rings()).isTrue();
            assertThat(bob.received.toString()).contains("Anonymous").contains("anonymous").doesNotContain("\"caller_id_number\":\"1002\"");
        }
    }

    @Test
    void n0IsTheOperator() {
        try (Site site = site()) {
            Browser operator = site.login("1000");
            site.login("1002").call("a", "0");
            assertThat(operator.rings()).isTrue();
        }
    }

    @Test
    void n5900ParksAndN5901Unparks() {
        try (Site site = site()) {
            site.login("1001").call("a", "5900");
            Browser ada = site.login("1002");
            ada.call("b", "5901");
            site.advance(100);
            assertThat(site.run("show bridged_calls count")).isEqualTo("\n1 total.\n");
            ada.hangup("b");
            Browser cy = site.login("1003");
            cy.call("c", "5901");
            assertThat(cy.ended()).isEqualTo("USER_BUSY");
        }
    }

    @Test
    void n6000ParksInASlotThatCanBeDialled() {
        try (Site site = site()) {
            site.login("1001").call("a", "6000");
            assertThat(site.run("valet_info")).contains("<extension uuid=\"a\">6001</extension>");
            site.login("1002").call("b", "6001");
            site.advance(100);
            assertThat(site.run("show bridged_calls count")).isEqualTo("\n1 total.\n");
            site.login("1003").call("c", "6042");
            assertThat(site.run("valet_info")).contains("<extension uuid=\"c\">6042</extension>");
        }
    }

    @Test
    void n9197IsATone() {
        try (Site site = site()) {
            Browser ada = site.login("1002");
            ada.call("a", "9197");
            site.advance(10_000);
            assertThat(ada.heard()).containsExactly("verto.answer");
            assertThat(site.run("show channels like 9197")).contains(",playback,");
        }
    }

    @Test
    void strangersReachUsersAlone() {
        try (Site site = new Site(folder, "", "directory/default/1005.xml", "value=\"default\"", "value=\"public\"")) {
            Browser bob = site.login("1001");
            Browser eve = site.login("1005");
            eve.call("a", "9196");
            assertThat(eve.ended()).isEqualTo("NO_ROUTE_DESTINATION");
            eve.call("b", "1001");
            assertThat(bob.rings()).isTrue();
        }
    }
}
