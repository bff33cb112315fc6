package io.jverto.switchboard.application;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.jverto.base.net.Network;
import io.jverto.base.net.NetworkList;
import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestPhones.Phone;
import io.jverto.switchboard.edge.TestSdp;
import io.jverto.switchboard.edge.TestSwitch;
import io.jverto.testkit.log.LogLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InformationApplicationsTest {
    private final TestSwitch pbx = new TestSwitch();
    private int calls;

    @TempDir
    Path temp;

    @AfterEach
    void nothingIsLeft() {
        pbx.endsEmpty();
    }

    private TestClient call(String number, String... actions) {
        return pbx.parked("c" + ++calls, number, actions);
    }

    @Test
    void aGlobalVariableIsSeenByOtherCalls() {
        call("5551", "set_global last=$1");
        TestClient other = call("1", "set seen=${last}");

        assertThat(pbx.variable(other, "seen")).isEqualTo("5551");
        assertThat(pbx.run("global_getvar last")).isEqualTo("5551");
        assertThat(pbx.run("global_getvar")).contains("last=5551\n");
    }

    /// security.md S11: what a caller chose stays data in a global variable.
    @Test
    void s11AGlobalVariableIsNotExpandedAgain() {
        call("${domain},a/b", "set_global last=$1");
        Phone phone = pbx.phones.add("b", "b");
        TestClient other = call("1", "set seen=${last}", "bridge verto.rtc/${last}");

        assertThat(pbx.variable(other, "seen")).isEmpty(); // the call is over: nobody has that address
        assertThat(other.heard).last().asString().contains("USER_NOT_REGISTERED");
        assertThat(phone.calls).isEmpty();
        call("1", "set_global recordings_dir=/");
        assertThat(pbx.run("global_getvar recordings_dir")).isEmpty();
    }

    @Test
    void theTimeIsNotedInTheNotationOfC() {
        TestClient caller = call("1", "strftime stamp=%Y-%m-%d=%s", "strftime nothing", "strftime =%Y");

        assertThat(pbx.variable(caller, "stamp")).isEqualTo(pbx.run("strftime %Y-%m-%d=%s")).matches("[0-9]{4}-[0-9]{2}-[0-9]{2}=[0-9]+");
        assertThat(pbx.run("uuid_getvar c1 nothing")).isEqualTo("_undef_");
    }

    @Test
    void theProfileChanges() {
        call("1", "set_profile_var caller_id_name=Ada, the first", "set_profile_var callee_id_number=5", "set_profile_var nothing=x", "set_name verto.rtc/ada");

        assertThat(pbx.run("uuid_getvar c1 caller_id_name")).isEqualTo("Ada, the first");
        assertThat(pbx.run("uuid_getvar c1 callee_id_number")).isEqualTo("5");
        assertThat(pbx.run("uuid_getvar c1 channel_name")).isEqualTo("verto.rtc/ada");
        assertThat(pbx.run("show channels")).contains("verto.rtc/ada");
    }

    @Test
    void fieldsThatNoEndpointKnowsAreThereForWhoSetsThem() {
        call("1", "set_profile_var caller_ton=1", "set_profile_var rdnis_numplan=300", "set_profile_var ani_numplan=8", "set_profile_var screen_bit=false",
                "set_profile_var orig_caller_id_name=Ada before", "set_profile_var caller_id_name=Ada");

        assertThat(pbx.run("uuid_getvar c1 caller_ton")).isEqualTo("1");
        assertThat(pbx.run("uuid_getvar c1 rdnis_numplan")).as("no octet").isEqualTo("255");
        assertThat(pbx.run("uuid_getvar c1 ani_numplan")).isEqualTo("8");
        assertThat(pbx.run("uuid_getvar c1 screen_bit")).isEqualTo("false");
        assertThat(pbx.run("uuid_getvar c1 orig_caller_id_name")).isEqualTo("Ada before");
        assertThat(pbx.run("uuid_dump c1")).contains("Caller-Screen-Bit: false", "Caller-Orig-Caller-ID-Name: Ada before");
    }

    @Test
    void figuresOfTheSoundAreThereBeforeTheEnd() {
        call("1", "set_media_stats", "answer", "set before=x${rtp_audio_in_packet_count}", "early_hangup true", "set_zombie_exec", "set_media_stats");

        assertThat(pbx.run("uuid_getvar c1 before")).isEqualTo("x");
        assertThat(pbx.run("uuid_getvar c1 rtp_audio_in_packet_count")).isEqualTo("1");
    }

    @Test
    void aUsersVariablesAreSet() {
        pbx.directory("<user id=\"1001\"><variables><variable name=\"toll_allow\" value=\"local\"/></variables></user>");
        TestClient caller = call("1", "set_user 1001@example.org", "set_user 1001@example.org her_", "set_user 1009@example.org", "set_user x");

        assertThat(pbx.variable(caller, "toll_allow")).isEqualTo("local");
        assertThat(pbx.variable(caller, "user_name")).isEqualTo("1001");
        assertThat(pbx.variable(caller, "her_domain_name")).isEqualTo("example.org");
        assertThat(pbx.variable(caller, "her_toll_allow")).isEqualTo("local");
    }

    @Test
    void variablesGoToWhomTheCallTalksWith() {
        Phone bob = pbx.phones.add("1001@example.org", "bob");
        pbx.directory("<user id=\"1001\"/>");
        pbx.dialplan("""
                <extension><condition field="destination_number" expression="^give$">
                  <action application="transfer_vars" data="~gift_"/><action application="transfer_vars" data="alone"/></condition></extension>
                <extension><condition><action application="set" data="gift_a=1"/><action application="set" data="gift_b=2"/>
                  <action application="set" data="alone=3"/><action application="set" data="kept=4"/>
                  <action application="bridge_export" data="exported=5"/><action application="bridge" data="user/1001@example.org"/></condition></extension>
                """);
        pbx.call("a", "1");
        bob.rung().channel.answer(TestSdp.ANSWER_OPUS, "Bob", "1001");
        pbx.time.settle();

        pbx.run("uuid_broadcast a execute_extension::give");

        String leg = bob.rung().channel.id().value();
        assertThat(List.of(pbx.run("uuid_getvar " + leg + " gift_a"), pbx.run("uuid_getvar " + leg + " gift_b"), pbx.run("uuid_getvar " + leg + " alone"),
                pbx.run("uuid_getvar " + leg + " kept"), pbx.run("uuid_getvar " + leg + " exported"))).containsExactly("1", "2", "3", "_undef_", "5");
    }

    @Test
    void eventsArePublished() {
        List<String> seen = pbx.watch("Header", "Unique-ID", "rpid");
        call("x,Event-Subclass=evil", "event Event-Name=CUSTOM,Event-Subclass=my::event,Header=$1", "event Header=none",
                "set presence_id=1000@example.org", "presence in away out of the office");

        assertThat(seen).contains("CUSTOM my::event x,Event-Subclass=evil c1", "PRESENCE_IN away");
        assertThat(seen).noneMatch(line -> line.contains("CUSTOM evil") || line.contains("none"));
    }

    @Test
    void privacyIsNoted() {
        assertThat(hidden("full")).isEqualTo("true true");
        assertThat(hidden("on")).isEqualTo("true true");
        assertThat(hidden("name")).isEqualTo("true false");
        assertThat(hidden("number")).isEqualTo("false true");
        assertThat(hidden("off")).isEqualTo("false false");
        assertThat(hidden("what")).isEqualTo(" ");
    }

    private String hidden(String how) {
        TestClient caller = call("1", "privacy " + how);
        return pbx.variable(caller, "privacy_hide_name") + " " + pbx.variable(caller, "privacy_hide_number");
    }

    @Test
    void aCallLogsAsMuchAsIsWantedOfIt() {
        List<ILoggingEvent> lines = logged("log INFO before", "session_loglevel err", "log INFO one", "session_loglevel DEBUG", "log INFO two", "session_loglevel nonsense",
                "log INFO three", "session_loglevel default", "log INFO four");

        assertThat(lines.stream().map(line -> line.getFormattedMessage().replaceAll(".*: ", "") + " " + line.getMDCPropertyMap().getOrDefault("session_loglevel", "-")))
                .containsExactly("before -", "one 3", "two 7", "three 7", "four -");
    }

    @Test
    void infoWritesEverythingUnderItsNameAtTheLevelThatIsWanted() {
        List<ILoggingEvent> lines = logged("set colour=blue", "set event_channel_cookie=4711", "info WARNING");

        assertThat(lines).extracting(ILoggingEvent::getLevel).containsOnly(Level.WARN);
        assertThat(lines).extracting(line -> line.getFormattedMessage().replaceFirst("^channel \\S+: ", ""))
                .contains("Caller-Destination-Number: [1]", "Channel-State: [CS_EXECUTE]", "variable_colour: [blue]", "variable_event_channel_cookie: [hidden]");
    }

    /// What a call with these actions logs.
    private List<ILoggingEvent> logged(String... actions) {
        try (LogLines lines = LogLines.of("io.jverto.switchboard.application.VariableApplications", Level.INFO)) {
            call("1", actions);
            return lines.events();
        }
    }

    @Test
    void anAddressThatIsInNoListHangsUp() {
        pbx.networks(new NetworkList("office", false, List.of(new NetworkList.Entry(Network.parse("192.0.2.0/24").orElseThrow(), true))));

        assertThat(call("1", "check_acl ${network_addr} office").heard).containsExactly("0 answer sdp");
        assertThat(call("1", "check_acl 198.51.100.1 office").heard).containsExactly("0 bye CALL_REJECTED");
        assertThat(call("1", "check_acl 198.51.100.1 office USER_BUSY").heard).containsExactly("0 bye USER_BUSY");
        assertThat(call("1", "check_acl 192.0.2.1 nowhere").heard).containsExactly("0 bye CALL_REJECTED");
        assertThat(call("1", "check_acl nonsense office").heard).containsExactly("0 bye CALL_REJECTED");
    }

    @Test
    void whatHasNoEffectIsTaken() {
        assertThat(call("1", "verbose_events", "stop", "eval ${nothing}", "acknowledge_call").heard).containsExactly("0 answer sdp");
    }

    @Test
    void foldersAndFilesStayInTheirFolders() throws IOException {
        Path recordings = Files.createDirectories(temp.resolve("recordings"));
        pbx.folders(temp.resolve("sounds"), recordings, "");
        Files.writeString(recordings.resolve("a.wav"), "a");
        Files.writeString(temp.resolve("secret"), "s");
        Files.createSymbolicLink(recordings.resolve("link"), temp);

        call("../out", "mkdir deep/er", "mkdir $1", "mkdir " + temp + "/other", "mkdir link/linked", "mkdir", "rename a.wav deep/b.wav",
                "rename ../secret deep/s.wav", "rename deep/b.wav ../b.wav", "rename link/secret deep/s.wav", "rename x");

        assertThat(recordings.resolve("deep/er")).isDirectory();
        assertThat(recordings.resolve("deep/b.wav")).hasContent("a");
        assertThat(temp.resolve("secret")).exists();
        assertThat(temp.resolve("out")).doesNotExist();
        assertThat(temp.resolve("other")).doesNotExist();
        assertThat(temp.resolve("linked")).doesNotExist();
        assertThat(temp.resolve("b.wav")).doesNotExist();
    }
}
