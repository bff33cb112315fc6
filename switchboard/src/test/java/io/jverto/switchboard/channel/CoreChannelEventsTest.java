package io.jverto.switchboard.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.Switchboard;
import io.jverto.switchboard.application.Execution;
import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestPhones.Phone;
import io.jverto.switchboard.edge.TestSdp;
import io.jverto.switchboard.edge.TestSwitch;
import io.jverto.switchboard.event.CoreEvent;
import io.jverto.switchboard.event.CoreEvents;
import io.jverto.switchboard.event.EventName;
import io.jverto.switchboard.port.CallRef;
import io.jverto.switchboard.port.CallRef.HoldWish;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoreChannelEventsTest implements CoreEvents.Listener {
    private final TestSwitch pbx = new TestSwitch();
    private final List<CoreEvent> heard = new CopyOnWriteArrayList<>();

    @Override
    public boolean wants(EventName name, String subclass) {
        return true;
    }

    @Override
    public void onEvent(CoreEvent event) {
        heard.add(event);
    }

    @BeforeEach
    void listen() {
        pbx.core.listen(this);
    }

    @AfterEach
    void nothingIsLeft() {
        pbx.endsEmpty();
    }

    @Test
    void aCallIsToldFromBeginningToEnd() {
        pbx.actions("pre_answer", "answer", "echo");
        TestClient client = pbx.call("c-1", "9196", TestSdp.OPUS, Map.of("presence_id", "1000@example.org", "jsock_uuid_str", "S-1"));
        client.channel.dtmf("5", 100);
        pbx.time.settle();
        client.channel.hangup(Cause.USER_BUSY, false);
        pbx.time.settle();

        assertThat(names("c-1")).containsExactly("CHANNEL_CREATE", "CHANNEL_CALLSTATE", "CHANNEL_STATE",
                "CHANNEL_EXECUTE", "CHANNEL_CALLSTATE", "CHANNEL_PROGRESS_MEDIA", "CHANNEL_EXECUTE_COMPLETE",
                "CHANNEL_EXECUTE", "CHANNEL_CALLSTATE", "CHANNEL_ANSWER", "CHANNEL_EXECUTE_COMPLETE",
                "CHANNEL_EXECUTE", "DTMF", "CHANNEL_EXECUTE_COMPLETE",
                "CHANNEL_CALLSTATE", "CHANNEL_HANGUP", "CHANNEL_STATE", "CHANNEL_HANGUP_COMPLETE", "CHANNEL_DESTROY");
        assertThat(first(EventName.CHANNEL_CREATE).headers())
                .containsEntry("Unique-ID", "c-1")
                .containsEntry("Channel-State", "CS_EXECUTE")
                .containsEntry("Caller-Destination-Number", "9196")
                .containsEntry("Channel-Presence-ID", "1000@example.org")
                .containsEntry("variable_presence_id", "1000@example.org")
                .containsEntry("Caller-Channel-Created-Time", "1767225600000000")
                .containsEntry("Caller-Channel-Answered-Time", "0")
                .containsEntry("Answer-State", "ringing");
        assertThat(first(EventName.DTMF).headers()).containsEntry("DTMF-Digit", "5").containsEntry("DTMF-Duration", "800");
        assertThat(first(EventName.CHANNEL_ANSWER).headers()).containsEntry("Channel-Read-Codec-Name", "opus")
                .containsEntry("Caller-Channel-Answered-Time", "1767225600000000");
        assertThat(first(EventName.CHANNEL_HANGUP).headers()).containsEntry("Hangup-Cause", "USER_BUSY").containsEntry("Channel-State", "CS_HANGUP");
        assertThat(heard.toString()).doesNotContain("S-1");
    }

    @Test
    void anApplicationsTwoEventsBelongTogether() {
        pbx.actions("set colour=red", "park");
        pbx.call("c-1", "1");

        List<CoreEvent> begun = all(EventName.CHANNEL_EXECUTE);
        assertThat(begun).extracting(event -> event.header("Application").orElse("") + " " + event.header("Application-Data").orElse(""))
                .containsExactly("set colour=red", "park ");
        assertThat(first(EventName.CHANNEL_EXECUTE_COMPLETE).header("Application-UUID")).isEqualTo(begun.getFirst().header("Application-UUID")).isPresent();
        assertThat(first(EventName.CHANNEL_EXECUTE_COMPLETE).header("variable_colour")).hasValue("red");
        assertThat(all(EventName.CHANNEL_PARK)).hasSize(1);
        assertThat(all(EventName.CHANNEL_UNPARK)).isEmpty();

        pbx.board.find(new ChannelId("c-1")).orElseThrow().hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
        assertThat(all(EventName.CHANNEL_UNPARK)).hasSize(1);
    }

    @Test
    void theProfileThatCountsIsTold() {
        pbx.dialplan("""
                <extension><condition field="destination_number" expression="^1$">
                  <action application="sleep" data="1000"/><action application="transfer" data="2"/></condition></extension>
                <extension><condition field="destination_number" expression="^2$"><action application="park"/></condition></extension>
                """);
        pbx.call("c-1", "1");
        pbx.advance(1_000);

        assertThat(first(EventName.CHANNEL_CREATE).headers()).containsEntry("Caller-Profile-Index", "1").containsEntry("Caller-Screen-Bit", "true")
                .containsEntry("Caller-Orig-Caller-ID-Number", "1000").containsEntry("Caller-Channel-Transfer-Time", "0");
        assertThat(first(EventName.CHANNEL_PARK).headers()).containsEntry("Caller-Profile-Index", "2").containsEntry("Caller-RDNIS", "1")
                .containsEntry("Caller-Channel-Created-Time", "1767225600000000").containsEntry("Caller-Profile-Created-Time", "1767225601000000");
    }

    @Test
    void bothSidesOfATalkAreTold() {
        Phone bob = pbx.phones.add("1001@example.org", "bob");
        pbx.directory("<user id=\"1001\"/>").actions("bridge user/1001@example.org");
        TestClient caller = pbx.call("a", "1001");
        String leg = bob.rung().channel.id().value();
        assertThat(names(leg)).containsExactly("CHANNEL_CREATE", "CHANNEL_OUTGOING", "CHANNEL_ORIGINATE", "CHANNEL_CALLSTATE", "CHANNEL_STATE",
                "CHANNEL_PROGRESS");

        assertThat(all(EventName.CHANNEL_CREATE).getLast().headers()).as("from its beginning")
                .containsEntry("Unique-ID", leg).containsEntry("Other-Type", "originator").containsEntry("Other-Leg-Unique-ID", "a")
                .containsEntry("Other-Leg-Caller-ID-Number", "1000");
        ((CallRef) caller.channel).dtmf("1", 100);
        pbx.time.settle();
        assertThat(first(EventName.DTMF).headers()).as("while it rings")
                .containsEntry("Unique-ID", "a").containsEntry("Other-Type", "originatee").containsEntry("Other-Leg-Unique-ID", leg)
                .containsEntry("Other-Leg-Channel-Name", "verto.rtc/bob");
        bob.rung().channel.answer(TestSdp.ANSWER_OPUS, "Bob", "");
        pbx.time.settle();
        ((CallRef) caller.channel).hold(HoldWish.TOGGLE);
        ((CallRef) caller.channel).hold(HoldWish.TOGGLE);
        bob.rung().channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();

        assertThat(names("a")).containsSubsequence("CHANNEL_EXECUTE", "CHANNEL_ANSWER", "CHANNEL_BRIDGE", "CHANNEL_HOLD", "CHANNEL_UNHOLD",
                "CHANNEL_UNBRIDGE", "CHANNEL_EXECUTE_COMPLETE", "CHANNEL_HANGUP");
        assertThat(first(EventName.CHANNEL_BRIDGE).headers())
                .containsEntry("Bridge-A-Unique-ID", "a")
                .containsEntry("Bridge-B-Unique-ID", leg)
                .containsEntry("Other-Leg-Unique-ID", leg)
                .containsEntry("Other-Type", "originatee");
        assertThat(names(leg)).endsWith("CHANNEL_ANSWER", "CHANNEL_STATE", "CHANNEL_CALLSTATE", "CHANNEL_HANGUP", "CHANNEL_STATE",
                "CHANNEL_HANGUP_COMPLETE", "CHANNEL_DESTROY");
        assertThat(all(EventName.CHANNEL_HANGUP).getFirst().headers()).containsEntry("Other-Leg-Unique-ID", "a").containsEntry("Other-Type", "originator");
    }

    @Test
    void filesThatArePlayedAndRecordedAreNamed(@TempDir Path home) throws IOException {
        Files.writeString(home.resolve("hello.wav"), "");
        pbx.folders(home, home, "").actions("record_session both.wav", "playback hello.wav", "playback nothing.wav", "record said.wav", "echo");
        TestClient client = pbx.call("c-1", "1");
        pbx.media.of("c-1").playbackEnds();
        pbx.time.settle();
        client.channel.dtmf("1", 100);
        pbx.advance(6_000);
        client.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();

        assertThat(first(EventName.PLAYBACK_START).header("Playback-File-Path")).hasValue("hello.wav");
        assertThat(all(EventName.PLAYBACK_STOP)).singleElement().satisfies(event -> assertThat(event.header("Playback-Status")).hasValue("done"));
        assertThat(all(EventName.RECORD_START)).extracting(event -> event.header("Record-File-Path").orElse(""))
                .containsExactly(home.resolve("both.wav").toString(), home.resolve("said.wav").toString());
        assertThat(all(EventName.RECORD_STOP)).extracting(event -> event.header("Record-File-Path").orElse(""))
                .containsExactly(home.resolve("said.wav").toString(), home.resolve("both.wav").toString());
        assertThat(names("c-1")).containsSubsequence("RECORD_STOP", "CHANNEL_HANGUP");
    }

    @Test
    void aCommandInTheBackgroundTellsWhatItSaid() {
        String id = pbx.commands.run("bgapi echo a  b").strip().replace("+OK Job-UUID: ", "");
        pbx.time.settle();

        CoreEvent job = first(EventName.BACKGROUND_JOB);
        assertThat(job.headers()).containsEntry("Job-UUID", id).containsEntry("Job-Command", "echo").containsEntry("Job-Command-Arg", "a  b");
        assertThat(job.body()).isEqualTo("a  b");
    }

    @Test
    void anOrderFromOutsideRunsSoOftenUnderItsOwnId() {
        pbx.actions("answer", "park");
        pbx.call("c-1", "1");
        heard.clear();

        assertThat(order("c-1", "set", "a=b", 3)).isEqualTo(Switchboard.Execute.DONE);
        assertThat(order("c-2", "set", "a=b", 1)).isEqualTo(Switchboard.Execute.NO_CHANNEL);
        assertThat(order("c-1", "fly", "", 1)).isEqualTo(Switchboard.Execute.NO_APPLICATION);
        pbx.time.settle();

        assertThat(names("c-1")).containsExactly("CHANNEL_EXECUTE", "CHANNEL_EXECUTE_COMPLETE", "CHANNEL_EXECUTE", "CHANNEL_EXECUTE_COMPLETE",
                "CHANNEL_EXECUTE", "CHANNEL_EXECUTE_COMPLETE");
        assertThat(heard).allSatisfy(event -> assertThat(event.header("Application-UUID")).hasValue("my-id"));
    }

    private Switchboard.Execute order(String channel, String application, String argument, int times) {
        return pbx.board.execute(new ChannelId(channel), new Execution.Order(application, argument, "my-id", times));
    }

    private List<String> names(String channel) {
        return heard.stream().filter(event -> event.header("Unique-ID").filter(channel::equals).isPresent()).map(event -> event.name().name()).toList();
    }

    private List<CoreEvent> all(EventName name) {
        return heard.stream().filter(event -> event.name() == name).toList();
    }

    private CoreEvent first(EventName name) {
        return all(name).getFirst();
    }
}
