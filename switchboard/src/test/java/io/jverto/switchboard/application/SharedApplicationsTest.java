package io.jverto.switchboard.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestPhones.Phone;
import io.jverto.switchboard.edge.TestSwitch;
import io.jverto.switchboard.port.Cause;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// `hash`, `db`, `group` and `limit`, as applications, as commands and in `${...}`.
class SharedApplicationsTest {
    private final TestSwitch pbx = new TestSwitch();
    private int calls;

    @AfterEach
    void nothingIsLeft() {
        pbx.endsEmpty();
        assertThat(pbx.run("limit_status hash")).isEqualTo("Tracking 0 resources\n");
    }

    /// A call to a number with these actions, which then waits.
    private TestClient call(String number, String... actions) {
        return pbx.parked("call " + ++calls, number, actions);
    }

    @Test
    void oneCallKeepsAValueForAnother() {
        call("5551", "hash insert/last/1000/$1");
        TestClient other = call("1", "set last=${hash(select/last/1000)}", "set none=${hash(select/last/1001)}");

        assertThat(pbx.variable(other, "last")).isEqualTo("5551");
        assertThat(pbx.variable(other, "none")).isEmpty();
        assertThat(pbx.run("hash select/last/1000")).isEqualTo("5551");
        assertThat(pbx.run("hash delete/last/1000")).isEqualTo("+OK\n");
        assertThat(pbx.run("hash delete/last/1000")).isEqualTo("-ERR Not found\n");
    }

    @Test
    void aValueIsKeptOrDroppedUnderConditions() {
        call("1", "hash insert/r/k/one", "hash insert_ifempty/r/k/two", "hash insert_ifempty/r/new/three", "hash delete_ifmatch/r/k/other");
        assertThat(pbx.run("hash select/r/k")).isEqualTo("one");
        assertThat(pbx.run("hash select/r/new")).isEqualTo("three");

        call("1", "hash delete_ifmatch/r/k/one", "hash delete/r/new");
        assertThat(pbx.run("hash select/r/k")).isEmpty();
        assertThat(pbx.run("hash select/r/new")).isEmpty();
        assertThat(pbx.run("hash insert/r")).startsWith("-USAGE");
        assertThat(pbx.run("hash nonsense/a/b/c")).startsWith("-USAGE");
    }

    /// security.md S11, S12.
    @Test
    void s11ACallerChoosesNeitherRealmNorKey() {
        call("secret/key/evil", "hash insert/dialled/$1/yes", "db insert/dialled/$1/yes");

        assertThat(pbx.run("hash select/secret/key")).isEmpty();
        assertThat(pbx.run("hash select/dialled/secret/key/evil")).isEqualTo("yes");
        assertThat(pbx.run("db select/dialled/secret/key/evil")).isEqualTo("yes");
    }

    /// security.md S11: nothing that acts stands in `${...}`.
    @Test
    void s11OnlyReadingFormsAreExpanded() {
        TestClient caller = call("1", "set a=${hash(insert/r/k/v)}", "set b=${db(insert/r/k/v)}", "set c=${group(insert:g:user/1)}",
                "set d=${limit_reset(hash)}", "set e=${limit_usage(hash r k)}", "set f=${db(exists/r/k)}");

        assertThat(pbx.variable(caller, "a") + pbx.variable(caller, "b") + pbx.variable(caller, "c") + pbx.variable(caller, "d")).isEmpty();
        assertThat(pbx.variable(caller, "e")).isEqualTo("0");
        assertThat(pbx.variable(caller, "f")).isEqualTo("false");
        assertThat(pbx.run("hash select/r/k") + pbx.run("db select/r/k") + pbx.run("group call:g")).isEmpty();
    }

    @Test
    void theDatabasesValuesAreKeptAndDropped() {
        call("1", "db insert/r/k/a/b");
        assertThat(pbx.run("db select/r/k")).isEqualTo("a/b");
        assertThat(pbx.run("db exists/r/k")).isEqualTo("true");

        call("1", "db delete/r/k", "db nonsense");
        assertThat(pbx.run("db exists/r/k")).isEqualTo("false");
        assertThat(pbx.run("db insert/r/k")).startsWith("-USAGE");
    }

    @Test
    void aGroupRingsTogetherOrOneAfterTheOther() {
        Phone one = pbx.phones.add("1001@example.org", "one");
        Phone two = pbx.phones.add("1002@example.org", "two");
        pbx.directory("<user id=\"1001\"/><user id=\"1002\"/>");
        call("1", "group insert:sales:user/1001@example.org", "group insert:sales:user/1002@example.org");
        assertThat(pbx.run("group call:sales")).isEqualTo("user/1001@example.org,user/1002@example.org");
        assertThat(pbx.run("group call:sales:F")).isEqualTo("user/1001@example.org|user/1002@example.org");
        assertThat(pbx.run("group call:sales:E")).isEqualTo("user/1001@example.org:_:user/1002@example.org");

        call("2", "bridge ${group(call:sales)}");
        assertThat(one.calls).hasSize(1);
        assertThat(two.calls).hasSize(1);

        call("3", "bridge ${group(call:sales:F)}");
        assertThat(one.calls).hasSize(2);
        assertThat(two.calls).hasSize(1);

        call("4", "group delete:sales:user/1001@example.org");
        assertThat(pbx.run("group call:sales")).isEqualTo("user/1002@example.org");
    }

    /// security.md S12: who joins a group by his own name brings no second leg and no variable along.
    @Test
    void s12AMemberIsOneAddress() {
        Phone other = pbx.phones.add("1002@example.org", "other");
        pbx.directory("<user id=\"1002\"/>");
        call("x,user/1002@example.org", "group insert:g:user/$1");
        call("[a=b]1", "group insert:g:user/$1");
        call("1:2", "group insert:g:user/$1");
        assertThat(pbx.run("group insert:g:user/1,user/2")).isEqualTo("-ERR It cannot be kept\n");
        assertThat(pbx.run("group insert:g:{a=b}user/1")).isEqualTo("-ERR It cannot be kept\n");

        assertThat(pbx.run("group call:g")).isEqualTo("user/1:2");
        call("2", "bridge ${group(call:g)}");
        assertThat(other.calls).isEmpty();
    }

    @Test
    void oneCallTooManyGoesElsewhere() {
        pbx.dialplan("""
                <extension><condition field="destination_number" expression="^limit_exceeded$">
                  <action application="hangup" data="USER_BUSY"/></condition></extension>
                <extension><condition field="destination_number" expression="^other$">
                  <action application="hangup" data="CALL_REJECTED"/></condition></extension>
                <extension><condition field="destination_number" expression="^(.)(.*)$">
                  <action application="limit" data="hash lines $1 2 $2"/>
                  <action application="answer"/><action application="park"/></condition></extension>
                """);

        TestClient one = pbx.call("a", "1");
        TestClient two = pbx.call("b", "1");
        TestClient three = pbx.call("c", "1");
        TestClient four = pbx.call("d", "1other");
        TestClient five = pbx.call("e", "2other");

        assertThat(pbx.variable(one, "limit_usage")).isEqualTo("1");
        assertThat(pbx.variable(two, "limit_usage_lines_1")).isEqualTo("2");
        assertThat(three.heard).containsExactly("0 bye USER_BUSY");
        assertThat(four.heard).containsExactly("0 bye CALL_REJECTED");
        assertThat(five.heard).containsExactly("0 answer sdp");
        assertThat(pbx.run("limit_usage hash lines 1")).isEqualTo("2");
        assertThat(pbx.run("limit_usage hash lines 1 rate")).isEqualTo("2/0");
        assertThat(pbx.run("limit_usage db lines 1")).isEqualTo("0");
        assertThat(pbx.run("limit_status hash")).isEqualTo("Tracking 2 resources\n");

        one.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
        assertThat(pbx.run("limit_usage hash lines 1")).isEqualTo("1");
        assertThat(pbx.call("f", "1").heard).containsExactly("0 answer sdp");
    }

    @Test
    void oneCallTooManyIsHungUpWithACause() {
        call("1", "limit db r id 1 !CALL_REJECTED");
        TestClient two = call("1", "limit db r id 1 !CALL_REJECTED");

        assertThat(two.heard).containsExactly("0 bye CALL_REJECTED");
        assertThat(pbx.run("limit_usage db r id")).isEqualTo("1");
    }

    /// security.md S11: a caller who dials `!NONE` or more words changes nothing.
    @Test
    void s11ACallerDoesNotLiftALimit() {
        call("x 99", "limit hash r $1 1 !USER_BUSY");
        TestClient two = call("x 99", "limit hash r $1 1 !USER_BUSY");

        assertThat(two.heard).containsExactly("0 bye USER_BUSY");
    }

    @Test
    void soManyInAnInterval() {
        TestClient one = call("1", "limit hash r id 2/10 !USER_BUSY");
        one.channel.hangup(Cause.NORMAL_CLEARING, true);
        TestClient two = call("1", "limit hash r id 2/10 !USER_BUSY");
        TestClient three = call("1", "limit hash r id 2/10 !USER_BUSY");
        assertThat(pbx.variable(two, "limit_rate")).isEqualTo("2");
        assertThat(three.heard).containsExactly("0 bye USER_BUSY");

        pbx.advance(10_000);
        assertThat(call("1", "limit hash r id 2/10 !USER_BUSY").heard).containsExactly("10000 answer sdp");
        assertThat(pbx.run("limit_interval_reset hash r id")).isEqualTo("+OK\n");
        assertThat(pbx.run("limit_usage hash r id rate")).endsWith("/0");
        assertThat(pbx.run("limit_reset hash")).isEqualTo("+OK\n");
        pbx.advance(10_000);
    }

    @Test
    void aTransferLetsGoUnlessTheCallSaysOtherwise() {
        pbx.dialplan("""
                <extension><condition field="destination_number" expression="^([12])$">
                  <action application="set" data="limit_ignore_transfer=${cond($1 == 2 ? true : false)}"/>
                  <action application="limit" data="hash r id"/><action application="transfer" data="3"/></condition></extension>
                <extension><condition><action application="answer"/><action application="park"/></condition></extension>
                """);
        pbx.commands.add(io.jverto.switchboard.port.ApiCommand.of("cond", text -> text.startsWith("2") ? "true" : "false"));

        pbx.call("a", "1");
        assertThat(pbx.run("limit_usage hash r id")).isEqualTo("0");
        pbx.call("b", "2");
        assertThat(pbx.run("limit_usage hash r id")).isEqualTo("1");
    }

    @Test
    void anApplicationRunsWithinALimit() {
        call("1", "limit hash r id 1");
        TestClient two = call("1", "limit_execute hash r id 1 set ran=yes and more", "limit_execute hash r other 1 set other=yes and more",
                "set usage=${limit_usage(hash r other)}");

        assertThat(pbx.variable(two, "ran")).isEmpty();
        assertThat(pbx.variable(two, "other")).isEqualTo("yes and more");
        assertThat(pbx.variable(two, "usage")).isEqualTo("0");
    }

    @Test
    void operatorsLimitCallsToo() {
        TestClient one = call("1");
        TestClient two = call("2");

        assertThat(pbx.run("uuid_limit call 1 hash r id")).startsWith("-USAGE"); // the id is in the way
        one.channel.hangup(Cause.NORMAL_CLEARING, true);
        two.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.call("a", "1");
        TestClient b = pbx.call("b", "1");
        assertThat(pbx.run("uuid_limit a hash r id 1")).isEqualTo("+OK\n");
        assertThat(pbx.run("limit_usage hash r id")).isEqualTo("1");
        assertThat(pbx.run("uuid_limit_release a hash r id")).isEqualTo("+OK\n");
        assertThat(pbx.run("limit_usage hash r id")).isEqualTo("0");
        assertThat(pbx.run("uuid_limit a hash r id 1")).isEqualTo("+OK\n");
        assertThat(pbx.run("uuid_limit b hash r id 1 !USER_BUSY")).isEqualTo("-ERR Limit exceeded\n");
        assertThat(b.heard).last().isEqualTo("0 bye USER_BUSY");
        assertThat(pbx.run("uuid_limit_release a hash")).isEqualTo("+OK\n");
        assertThat(pbx.run("uuid_limit none hash r id")).isEqualTo("-ERR No such channel!\n");
    }

    @Test
    void aLimitThatCannotBeReadIsPassedOver() {
        assertThat(call("1", "limit", "limit disk r id 1", "limit hash r id many").heard).containsExactly("0 answer sdp");
    }
}
