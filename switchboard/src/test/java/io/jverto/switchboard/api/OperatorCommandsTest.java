package io.jverto.switchboard.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.net.Network;
import io.jverto.base.net.NetworkList;
import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestPhones.Phone;
import io.jverto.switchboard.edge.TestSdp;
import io.jverto.switchboard.edge.TestSwitch;
import io.jverto.switchboard.port.Registration;
import io.jverto.switchboard.port.UserId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Commands beyond those about one call's course.
class OperatorCommandsTest {
    private final TestSwitch pbx = new TestSwitch().actions("answer", "park");

    @AfterEach
    void nothingIsLeft() {
        pbx.endsEmpty();
    }

    @Test
    void variablesArePutIntoTexts() {
        pbx.directory("");
        pbx.call("a", "${domain}");

        assertThat(pbx.run("eval ${domain} ${md5(a)}")).isEqualTo("example.org 0cc175b9c0f1b6a831c399e269772661");
        assertThat(pbx.run("eval uuid:a to ${destination_number} in ${context}")).isEqualTo("to ${domain} in default");
        assertThat(pbx.run("eval uuid:none x")).isEqualTo("-ERR No such channel!\n");
        assertThat(pbx.run("expand uuid:a toupper ${destination_number}")).isEqualTo("${DOMAIN}");
        assertThat(pbx.run("expand md5 a")).isEqualTo("0cc175b9c0f1b6a831c399e269772661");
    }

    /// security.md S11, S12.
    @Test
    void s11ExpandRunsNothingThatActs() {
        pbx.call("a", "hupall", TestSdp.OPUS, Map.of("cmd", "md5"));

        assertThat(pbx.run("expand hupall")).startsWith("-ERR");
        assertThat(pbx.run("expand originate user/${domain} &park")).startsWith("-ERR");
        assertThat(pbx.run("expand uuid:a ${destination_number}")).startsWith("-ERR");
        assertThat(pbx.run("expand uuid:a ${cmd} a")).as("a caller chooses no command").startsWith("-ERR");
        assertThat(pbx.board.channels().rows()).hasSize(1);
    }

    @Test
    void levelsAndMutesOfACallAreSetAndTakenBack() {
        pbx.call("a", "1");

        assertThat(pbx.run("uuid_audio a start read level -4") + pbx.run("uuid_audio a start write mute") + pbx.run("uuid_audio a start write mute 0"))
                .isEqualTo("+OK\n+OK\n+OK\n");
        assertThat(pbx.run("uuid_audio a stop")).isEqualTo("+OK\n");
        assertThat(pbx.media.of("a").log.stream().filter(line -> line.matches("(level|mute) .*"))).containsExactly(
                "level SAID -4", "mute HEARD true", "mute HEARD false", "level SAID 0", "mute SAID false", "level HEARD 0", "mute HEARD false");

        assertThat(List.of("", "a", "a start", "a start read level", "a start read level 5", "a start both mute", "a stop now"))
                .allSatisfy(wrong -> assertThat(pbx.run("uuid_audio " + wrong)).as(wrong).startsWith("-USAGE"));
        assertThat(pbx.run("uuid_audio none stop")).isEqualTo("-ERR No such channel!\n");
        assertThat(pbx.run("uuid_simplify a")).startsWith("-ERR");
    }

    @Test
    void expressionsAreComputed() {
        assertThat(pbx.run("expr 1 + 2 * 3")).isEqualTo("7");
        assertThat(pbx.run("expr (1+2)*3 - -1")).isEqualTo("10");
        assertThat(pbx.run("expr 2 ^ 3 ^ 2")).isEqualTo("512");
        assertThat(pbx.run("expr 7 % 4 == 3 & 1 < 2")).isEqualTo("1");
        assertThat(pbx.run("expr 10 / 4")).isEqualTo("2.5");
        assertThat(pbx.run("expr 1 / 3")).isEqualTo("0.333333");
        assertThat(pbx.run("expr 1 / 0")).startsWith("-ERR");
        assertThat(pbx.run("expr (1")).startsWith("-ERR");
        assertThat(pbx.run("expr 1 +")).startsWith("-ERR");
        assertThat(pbx.run("expr " + "(".repeat(200))).startsWith("-ERR");
        assertThat(pbx.run("expr 1.2.3")).startsWith("-ERR");
        assertThat(pbx.run("expr")).startsWith("-USAGE");
    }

    @Test
    void textsTimesAndAddresses() {
        pbx.networks(new NetworkList("office", false, List.of(new NetworkList.Entry(Network.parse("192.0.2.0/24").orElseThrow(), true))));

        assertThat(pbx.run("replace a-b-c|-|+")).isEqualTo("a+b+c");
        assertThat(pbx.run("replace x")).startsWith("-USAGE");
        assertThat(pbx.run("strftime_tz UTC 0|%Y-%m-%d %H:%M:%S")).isEqualTo("1970-01-01 00:00:00");
        assertThat(pbx.run("strftime_tz America/New_York 0|%H:%M")).isEqualTo("19:00");
        assertThat(pbx.run("strftime_tz Nowhere/There %H")).isEqualTo("-ERR Invalid Timezone\n");
        assertThat(pbx.run("acl 192.0.2.7 office")).isEqualTo("true");
        assertThat(pbx.run("acl 198.51.100.7 office")).isEqualTo("false");
        assertThat(pbx.run("acl x office")).isEqualTo("false");
        assertThat(pbx.run("acl 192.0.2.7 nowhere")).isEqualTo("false");
    }

    @Test
    void globalVariablesAreSetAndUnset() {
        pbx.directory("");
        assertThat(pbx.run("global_setvar a=b c")).isEqualTo("+OK\n");
        assertThat(pbx.run("global_getvar a")).isEqualTo("b c");
        assertThat(pbx.run("global_setvar a=d =x")).startsWith("-ERR");
        assertThat(pbx.run("global_setvar a=d =b c")).isEqualTo("+OK\n");
        assertThat(pbx.run("global_setvar domain=other.org")).isEqualTo("+OK\n");
        assertThat(pbx.run("eval ${domain} ${a}")).isEqualTo("other.org d");
        assertThat(pbx.run("global_setvar recordings_dir=/")).startsWith("-ERR");
        assertThat(pbx.run("global_setvar a=")).isEqualTo("+OK\n");
        assertThat(pbx.run("global_getvar a")).isEmpty();
        pbx.directory(""); // read anew
        assertThat(pbx.run("eval ${domain}")).isEqualTo("example.org");
    }

    @Test
    void commandsRunLaterAndAgain() {
        TestClient caller = pbx.call("a", "1");
        assertThat(pbx.run("sched_api +10 group uuid_setvar a seen yes")).isEqualTo("+OK Added: 1\n");
        assertThat(pbx.run("sched_api @5 group uuid_setvar a again yes")).isEqualTo("+OK Added: 2\n");
        assertThat(pbx.run("sched_api +10 other uuid_kill a")).isEqualTo("+OK Added: 3\n");
        assertThat(pbx.run("sched_api soon group status")).startsWith("-USAGE");
        assertThat(pbx.run("show tasks")).startsWith("task_id,task_desc,task_group,task_runtime\n2,").endsWith("\n3 total.\n");
        assertThat(pbx.run("unsched_api 3")).isEqualTo("+OK Deleted: 1\n");
        assertThat(pbx.run("unsched_api 3")).isEqualTo("-ERR Task not found\n");

        pbx.advance(10_000);
        assertThat(pbx.variable(caller, "seen") + pbx.variable(caller, "again")).isEqualTo("yesyes");
        assertThat(pbx.run("show tasks count")).isEqualTo("\n1 total.\n");
        assertThat(pbx.run("sched_del group")).isEqualTo("+OK Deleted: 1\n");
    }

    @Test
    void callsAreChangedLater() {
        pbx.dialplan("""
                <extension><condition field="destination_number" expression="^9$"><action application="hangup" data="USER_BUSY"/></condition></extension>
                <extension><condition><action application="answer"/><action application="park"/></condition></extension>
                """);
        TestClient one = pbx.call("a", "1");
        TestClient two = pbx.call("b", "1");
        pbx.call("c", "1");

        assertThat(pbx.run("sched_hangup +10 a")).isEqualTo("+OK\n");
        assertThat(pbx.run("sched_transfer +5 b 9")).isEqualTo("+OK\n");
        assertThat(pbx.run("sched_broadcast +5 c tone_stream://%(1,1,1)")).isEqualTo("+OK\n");
        assertThat(pbx.run("sched_hangup +10 none")).isEqualTo("-ERR No such channel!\n");
        assertThat(pbx.run("sched_transfer +10 a")).startsWith("-USAGE");
        pbx.advance(10_000);

        assertThat(one.heard).last().isEqualTo("10000 bye ALLOTTED_TIMEOUT");
        assertThat(two.heard).last().isEqualTo("5000 bye USER_BUSY");
        assertThat(pbx.media.of("c").log).anyMatch(line -> line.contains("meanwhile play"));
        assertThat(pbx.run("show tasks count")).isEqualTo("\n0 total.\n");
    }

    @Test
    void theSwitchIsPausedAndBounded() {
        assertThat(pbx.run("fsctl pause")).isEqualTo("+OK\n");
        assertThat(pbx.run("fsctl pause_check")).isEqualTo("true");
        assertThat(refused()).isTrue();
        pbx.run("fsctl resume");
        assertThat(pbx.run("fsctl max_sessions 1")).isEqualTo("+OK max sessions: 1\n");
        pbx.call("a", "1");
        assertThat(refused()).isTrue();
        pbx.run("fsctl max_sessions 10");
        assertThat(pbx.run("fsctl sps 1")).isEqualTo("+OK sessions per second: 1\n");
        assertThat(refused()).as("one began in this second").isTrue();
        pbx.advance(1_000);
        assertThat(refused()).isFalse();
        pbx.run("fsctl sps 0");
        assertThat(pbx.run("fsctl hupall USER_BUSY")).contains("USER_BUSY");
        assertThat(pbx.run("fsctl what")).startsWith("-USAGE");
    }

    private boolean refused() {
        return !pbx.admits("x" + pbx.time.nanoTime(), "1");
    }

    @Test
    void commandsInDialplansCanBeSwitchedOff() {
        pbx.actions("set a=${md5(x)}", "answer", "park");
        assertThat(pbx.run("fsctl api_expansion off")).isEqualTo("+OK api_expansion is off\n");
        assertThat(pbx.variable(pbx.call("a", "1"), "a")).isEqualTo("<API Execute Permission Denied>");
        assertThat(pbx.run("fsctl api_expansion on")).isEqualTo("+OK api_expansion is on\n");
        assertThat(pbx.variable(pbx.call("b", "1"), "a")).hasSize(32);
    }

    @Test
    void whatIsNotThereSaysSo() {
        assertThat(pbx.run("load mod_verto")).startsWith("-ERR [mod_verto");
        assertThat(pbx.run("reload")).startsWith("-USAGE");
        assertThat(pbx.run("xml_flush_cache")).startsWith("+OK");
    }

    @Test
    void tablesOfWhatThereIs() {
        assertThat(pbx.run("show codec")).contains("type,name,ikey\n").contains("codec,opus,");
        assertThat(pbx.run("show application like valet")).contains("application,valet_park,");
        assertThat(pbx.run("show api like uuid_dual count")).isEqualTo("\n1 total.\n");
        assertThat(pbx.run("show endpoint")).contains("endpoint,verto.rtc,");
        assertThat(pbx.run("show dialplan as json")).startsWith("{\"row_count\":2,\"rows\":[{\"type\":\"dialplan\",\"name\":\"XML\"");
        assertThat(pbx.run("show interfaces")).contains("api,status,").contains("timer,soft,").contains("chat,verto,");
        assertThat(pbx.run("show registrations")).isEqualTo("\n0 total.\n");
        pbx.phones.registered.add(new Registration(new UserId("1000", "example.org"), "call-id", "sip:1000@192.0.2.5:5060", Instant.ofEpochSecond(1_800_000_000),
                "192.0.2.5", 5060, "udp", ""));
        assertThat(pbx.run("show registrations")).isEqualTo("reg_user,realm,token,url,expires,network_ip,network_port,network_proto,hostname,metadata\n"
                + "1000,example.org,call-id,sip:1000@192.0.2.5:5060,1800000000,192.0.2.5,5060,udp,,\n\n1 total.\n");
        assertThat(pbx.run("show nat_map count") + pbx.run("show aliases count")).isEqualTo("\n0 total.\n\n0 total.\n");
        assertThat(pbx.run("show nothing")).startsWith("-USAGE: show").contains("channels");
    }

    @Test
    void channelsAndCallsHaveTheFieldsColumns() {
        Phone bob = pbx.phones.add("1001@example.org", "bob");
        pbx.directory("<user id=\"1001\"/>");
        pbx.dialplan("""
                <extension><condition field="destination_number" expression="^1001$">
                  <action application="bridge" data="user/1001@example.org"/></condition></extension>
                <extension><condition><action application="answer"/><action application="park"/></condition></extension>
                """);
        pbx.call("a", "1001");
        bob.rung().channel.answer(TestSdp.ANSWER_OPUS, "Bob", "1001");
        pbx.time.settle();
        pbx.call("b", "5");

        String header = pbx.run("show channels").lines().findFirst().orElseThrow();
        assertThat(header).isEqualTo("uuid,direction,created,created_epoch,name,state,cid_name,cid_num,ip_addr,dest,application,application_data,dialplan,"
                + "context,read_codec,read_rate,read_bit_rate,write_codec,write_rate,write_bit_rate,secure,hostname,presence_id,presence_data,accountcode,"
                + "callstate,callee_name,callee_num,callee_direction,call_uuid,sent_callee_name,sent_callee_num,initial_cid_name,initial_cid_num,"
                + "initial_ip_addr,initial_dest,initial_dialplan,initial_context");
        assertThat(cell("show channels like 1001 as delim |", 1, "read_codec")).isEqualTo("opus");
        assertThat(cell("show channels like 1001 as delim |", 1, "read_bit_rate")).isEqualTo("0");
        assertThat(cell("show channels like 1001 as delim |", 1, "initial_dest")).isEqualTo("1001");
        assertThat(pbx.run("show channels count")).isEqualTo("\n3 total.\n");
        assertThat(pbx.run("show calls count")).isEqualTo("\n2 total.\n");
        assertThat(pbx.run("show bridged_calls count")).isEqualTo("\n1 total.\n");
        assertThat(cell("show bridged_calls as delim |", 1, "b_uuid")).isEqualTo(bob.rung().channel.id().value());
        assertThat(cell("show bridged_calls as delim |", 1, "uuid")).isEqualTo("a");
        assertThat(cell("show detailed_calls as delim |", 1, "b_write_codec")).isEqualTo("opus");
        assertThat(pbx.run("show calls as xml")).startsWith("<result row_count=\"2\">\n  <row row_id=\"1\">\n    <uuid>a</uuid>");
    }

    private String cell(String command, int row, String column) {
        List<String> lines = pbx.run(command).lines().toList();
        return lines.get(row).split("\\|", -1)[Arrays.asList(lines.getFirst().split("\\|")).indexOf(column)];
    }

    @Test
    void aCallsPartyIsTold() {
        TestClient caller = pbx.call("a", "1");

        assertThat(pbx.run("uuid_send_info a hello there")).isEqualTo("+OK\n");
        assertThat(caller.heard).last().isEqualTo("0 message hello there");
        assertThat(pbx.run("uuid_phone_event a hold")).isEqualTo("+OK\n");
        assertThat(pbx.media.of("a").log).last().isEqualTo("pause");
        assertThat(pbx.run("uuid_phone_event a ring")).startsWith("-USAGE");
        assertThat(pbx.run("uuid_drop_dtmf a")).isEqualTo("+OK digits are passed over\n");
        assertThat(pbx.run("uuid_drop_dtmf a off")).isEqualTo("+OK digits are taken\n");
        assertThat(pbx.run("uuid_flush_dtmf a")).isEqualTo("+OK\n");
        assertThat(pbx.run("uuid_ring_ready a")).isEqualTo("+OK\n");
        assertThat(pbx.run("uuid_loglevel a debug")).isEqualTo("+OK\n");
        assertThat(pbx.run("uuid_send_info a")).startsWith("-USAGE");
        assertThat(pbx.run("uuid_flush_dtmf none")).isEqualTo("-ERR No such channel!\n");
    }

    @Test
    void aCallIsDeflectedOrRedirected() {
        pbx.dialplan("""
                <extension><condition field="destination_number" expression="^9$"><action application="hangup" data="USER_BUSY"/></condition></extension>
                <extension><condition field="destination_number" expression="^2$"><action application="pre_answer"/><action application="park"/></condition></extension>
                <extension><condition><action application="answer"/><action application="park"/></condition></extension>
                """);
        TestClient one = pbx.call("a", "1");
        TestClient two = pbx.call("b", "2");

        assertThat(pbx.run("uuid_redirect b sip:9@example.org")).isEqualTo("+OK\n");
        assertThat(two.heard).last().isEqualTo("0 bye REDIRECTION_TO_NEW_DESTINATION");
        assertThat(pbx.run("uuid_deflect a 9")).isEqualTo("+OK\n");
        assertThat(one.heard).last().isEqualTo("0 bye USER_BUSY");
    }

    @Test
    void aCallIsRecorded(@org.junit.jupiter.api.io.TempDir java.nio.file.Path folder) {
        pbx.folders(folder, folder, "");
        pbx.call("a", "1");

        assertThat(pbx.run("uuid_record a start x.wav")).isEqualTo("+OK Success\n");
        assertThat(pbx.media.of("a").log).last().asString().contains("record session").contains("x.wav");
        assertThat(pbx.run("uuid_record a stop all")).isEqualTo("+OK Success\n");
        assertThat(pbx.media.of("a").log).last().isEqualTo("stop recording 1");
        assertThat(pbx.run("uuid_record a start y.wav 20")).isEqualTo("+OK Success\n");
        assertThat(pbx.media.of("a").log).last().asString().contains("y.wav").contains("20000");
        assertThat(pbx.run("uuid_record a start")).startsWith("-USAGE");
        assertThat(pbx.run("uuid_record none start x.wav")).isEqualTo("-ERR No such channel!\n");
    }

    @Test
    void aSoundDisplacesWhatACallHears() {
        pbx.call("a", "1");

        assertThat(pbx.run("uuid_displace a start tone_stream://%(100,0,440) 7 mux")).isEqualTo("+OK\n");
        pbx.time.settle();
        assertThat(pbx.media.of("a").log).last().isEqualTo("displace 1 Displacing[way=HEARD, mixed=true, maxMillis=7000] Tone[script=%(100,0,440)]");
        assertThat(pbx.run("uuid_displace a stop tone_stream://%(100,0,440)")).isEqualTo("+OK\n");
        pbx.time.settle();
        assertThat(pbx.media.of("a").log).last().isEqualTo("stop displacing 1");
        assertThat(pbx.run("uuid_displace a")).startsWith("-USAGE");
        assertThat(pbx.run("uuid_displace none stop")).isEqualTo("-ERR No such channel!\n");
    }

    @Test
    void whoIsParkedIsListed() {
        pbx.actions("valet_park lot$1 6001");
        pbx.call("a", "1");

        assertThat(pbx.run("valet_info")).isEqualTo("<lots>\n  <lot name=\"lot1\">\n    <extension uuid=\"a\">6001</extension>\n  </lot>\n</lots>\n");
        assertThat(pbx.run("valet_info other")).isEqualTo("<lots>\n</lots>\n");
    }
}
