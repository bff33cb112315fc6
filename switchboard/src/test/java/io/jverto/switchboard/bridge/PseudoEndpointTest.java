package io.jverto.switchboard.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestPhones.Phone;
import io.jverto.switchboard.edge.ThreeParties;
import io.jverto.switchboard.port.ApiCommand;
import io.jverto.switchboard.port.Cause;
import org.junit.jupiter.api.Test;

/// `user/`, `group/`, `error/`, `verto.rtc/` and the functions that stand for them (dialplan-directory.md section 4, checklist.md 65-71).
class PseudoEndpointTest extends ThreeParties {
    private final Phone dave = pbx.phones.add("1003@example.org", "dave");

    private TestClient bridge(String dialString) {
        pbx.actions("bridge " + dialString);
        return pbx.call("a", "1");
    }

    private String failure(String dialString) {
        pbx.actions("bridge " + dialString);
        return last(pbx.call("fails", "1")).replace("0 bye ", "");
    }

    @Test
    void aUserCanBeUnreachableInThreeWays() {
        pbx.directory("<user id=\"1001\"/><user id=\"1004\"/><user id=\"1005\"><params><param name=\"dial-string\" value=\"\"/></params></user>");

        assertThat(failure("user/1999")).isEqualTo("SUBSCRIBER_ABSENT");
        assertThat(failure("user/1005")).isEqualTo("MANDATORY_IE_MISSING");
        assertThat(failure("user/1004")).isEqualTo("USER_NOT_REGISTERED");
        assertThat(failure("error/NONE")).isEqualTo("DESTINATION_OUT_OF_ORDER");
        assertThat(failure("error/user_busy")).isEqualTo("USER_BUSY");
    }

    @Test
    void dialStringsThatLeadInACircleCallNobody() {
        pbx.directory("""
                <user id="1001"><params><param name="dial-string" value="user/1002"/></params></user>
                <user id="1002"><params><param name="dial-string" value="user/1001,user/1001"/></params></user>
                """);

        assertThat(failure("user/1001")).isEqualTo("INVALID_IE_CONTENTS");
    }

    @Test
    void aUserIsCalledWithWhatTheDirectorySaysOfHim() {
        pbx.directory("""
                <user id="1001" number-alias="77"><params><param name="dial-var-colour" value="red"/></params>
                  <variables><variable name="accountcode" value="acme"/><variable name="user_context" value="inside"/></variables></user>
                """);

        TestClient ada = bridge("{x=1}user/77");
        assertThat(bob.calls.getLast().variables()).containsEntry("dialed_user", "1001").containsEntry("dialed_domain", "example.org")
                .containsEntry("dialed_extension", "77").containsEntry("presence_id", "1001@example.org").containsEntry("colour", "red")
                .containsEntry("accountcode", "acme").containsEntry("x", "1");
        assertThat(bob.calls.getLast().caller().context()).isEqualTo("inside");
        hangsUp(ada);

        bridge("{user_recurse_variables=false,colour=blue}user/1001");
        assertThat(bob.calls.getLast().variables()).doesNotContainKey("accountcode").containsEntry("colour", "blue");
    }

    @Test
    void aUsersOwnDialStringHasAnOrderToo() {
        pbx.directory("""
                <user id="1001"><params><param name="dial-string" value="[leg_timeout=5]verto.rtc/1001@example.org|verto.rtc/1002@example.org"/></params></user>
                """);
        bridge("user/1001");

        assertThat(bob.clients).hasSize(1);
        assertThat(cy.clients).isEmpty();
        pbx.advance(5_000);
        assertThat(cy.clients).hasSize(1);
    }

    @Test
    void aGroupIsRungAsItsNameSays() {
        pbx.domain("""
                <groups><group name="sales"><users><user id="1001"/><user id="1002"/></users></group>
                <group name="night"><users><user id="1002" type="pointer"/><user id="1003"/></users></group></groups>
                """);

        TestClient ada = bridge("group/sales@example.org");
        assertThat(bob.clients).hasSize(1);
        assertThat(cy.clients).hasSize(1);
        hangsUp(ada);

        ada = bridge("group/night+F");
        assertThat(cy.clients).hasSize(2);
        assertThat(dave.clients).isEmpty();
        hangsUp(cy.rung(), Cause.USER_BUSY);
        assertThat(dave.clients).hasSize(1);
        hangsUp(ada);

        bridge("${group_call(night@example.org+E)}");
        assertThat(cy.clients).hasSize(3);
        assertThat(dave.clients).hasSize(2);
        assertThat(failure("group/nobody")).isEqualTo("NO_ROUTE_DESTINATION");
    }

    @Test
    void aMemberOfAGroupMayBeReachedInAnotherWay() {
        pbx.domain("""
                <groups><group name="sales"><params><param name="group-dial-string" value="verto.rtc/1003@${dialed_domain}"/></params>
                <users><user id="1001"/></users></group></groups>
                """);

        bridge("group/sales");

        assertThat(dave.clients).hasSize(1);
        assertThat(bob.clients).isEmpty();
    }

    @Test
    void commandsTellOfGroups() {
        pbx.domain("<groups><group name=\"Sales\"><users><user id=\"1001\"/><user id=\"1002\"/></users></group></groups>");

        assertThat(pbx.commands.run("group_call sales@example.org")).isEqualTo("user/1001@example.org,user/1002@example.org");
        assertThat(pbx.commands.run("group_call sales+F")).isEqualTo("user/1001@example.org|user/1002@example.org");
        assertThat(pbx.commands.run("group_call sales@example.org+E")).isEqualTo("user/1001@example.org:_:user/1002@example.org");
        assertThat(pbx.commands.run("group_call nobody")).isEqualTo("error/NO_ROUTE_DESTINATION");
        assertThat(pbx.commands.run("in_group 1001@example.org sales")).isEqualTo("true");
        assertThat(pbx.commands.run("in_group 1003@example.org sales")).isEqualTo("false");
        assertThat(pbx.commands.run("group_call")).startsWith("-USAGE");
        assertThat(pbx.commands.run("in_group 1001")).startsWith("-USAGE");
    }

    @Test
    void theStockDialStringReachesTheBrowsersWhileNobodyHasASipPhone() {
        pbx.directory("""
                <user id="1001"><params><param name="dial-string" value="{^^:sip_invite_domain=${dialed_domain}:presence_id=${dialed_user}@${dialed_domain}}\
                ${sofia_contact(*/${dialed_user}@${dialed_domain})},${verto_contact(${dialed_user}@${dialed_domain})}"/></params></user>
                <user id="1004"><params><param name="dial-string" value="${sofia_contact(*/${dialed_user}@${dialed_domain})},\
                ${verto_contact(${dialed_user}@${dialed_domain})}"/></params></user>
                """);
        bridge("user/1001");
        answers(bob);

        assertThat(sound("a")).last().isEqualTo("bridge " + leg(bob));
        assertThat(bob.calls.getLast().variables()).containsEntry("sip_invite_domain", "example.org");
        assertThat(failure("user/1004")).isEqualTo("USER_NOT_REGISTERED");
        assertThat(failure("sofia/gateway/itsp/1")).isEqualTo("CHAN_NOT_IMPLEMENTED");
    }

    @Test
    void theFunctionStandsForAllSessionsOfAUserOrSaysThatThereAreNone() {
        pbx.commands.add(ApiCommand.of("verto_contact",
                user -> user.equals("1001@example.org") ? "verto.rtc/u:1,verto.rtc/u:2" : "error/user_not_registered"));
        Phone tablet = pbx.phones.add("1001@example.org", "tablet");
        pbx.actions("set dialed_user=1001", "set dialed_domain=example.org", "bridge ${verto_contact ${dialed_user}@${dialed_domain}}");
        pbx.call("a", "1");
        assertThat(bob.clients).hasSize(1);
        assertThat(tablet.clients).hasSize(1);

        pbx.dialplan("""
                <extension><condition field="${verto_contact(1009@example.org)}" expression="^error/user_not_registered$">
                  <action application="hangup" data="NO_ROUTE_DESTINATION"/></condition></extension>
                """);
        assertThat(pbx.call("b", "1").heard).containsExactly("0 bye NO_ROUTE_DESTINATION");
    }

    @Test
    void oneSessionCanBeNamed() {
        Phone one = pbx.phones.add("u:session-1", "one");
        bridge("verto.rtc/u:session-1");

        assertThat(one.clients).hasSize(1);
        assertThat(bob.clients).isEmpty();
    }

    /// security.md S12.
    @Test
    void s12WhatACallerDialsIsNoDialString() {
        pbx.domain("<groups><group name=\"sales\"><users><user id=\"1001\"/></users></group></groups>");
        pbx.actions("bridge group/${destination_number}");

        assertThat(pbx.call("a", "sales,error/USER_BUSY").heard).containsExactly("0 bye NO_ROUTE_DESTINATION");
        assertThat(pbx.call("b", "sales+E").heard).containsExactly("0 bye NO_ROUTE_DESTINATION");
    }
}
