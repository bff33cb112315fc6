package io.jverto.switchboard.voicemail;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestSwitch;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.MediaListener.RecordingEnd.How;
import io.jverto.switchboard.port.UserId;
import io.jverto.switchboard.port.VoicemailStore.VoiceMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `voicemail` with the prompts that come along, in virtual time.
class VoicemailTest {
    private static final UserId BOX = new UserId("1001", "example.org");
    private static final String LEAVE = "voicemail default example.org 1001";
    private static final String CHECK = "voicemail check auth default example.org 1001";
    private static final Path PROMPTS = Path.of("..", "sounds", "en", "us", "jverto").toAbsolutePath();

    @TempDir Path storage;

    private final TestSwitch pbx = new TestSwitch();
    private final List<JsonObject> events = new CopyOnWriteArrayList<>();
    private int calls;
    private TestClient caller;

    @BeforeEach
    void mailboxes() {
        pbx.directory("<user id='1001'><params><param name='vm-password' value='4711'/></params></user><user id='1002'/>")
                .prompts(PROMPTS).voicemail("", storage);
        pbx.media.writesFiles = true;
        pbx.media.recordedMillis = 8_000;
        pbx.events.attach("S", delivery -> events.add(delivery.params()));
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        pbx.board.hangupAll(Cause.NORMAL_CLEARING);
        pbx.time.settle();
        assertThat(pbx.board.channels().rows()).isEmpty();
        try (Stream<Path> all = Files.walk(storage)) {
            assertThat(all.filter(file -> file.getFileName().toString().startsWith("draft"))).isEmpty();
        }
    }

    @Test
    void aMessageIsLeftAfterTheTone() throws IOException {
        pbx.events.subscribe("S", List.of("FSevent.message_waiting"), _ -> true);
        dial(LEAVE);
        assertThat(said()).isEqualTo("person 1 0 0 1 not_available record_message");
        greetingEnds();
        assertThat(lastSound()).isEqualTo("play Tone[script=%(1000,0,640)]");
        soundEnds();
        assertThat(lastSound()).startsWith("record Recording[path=" + storage.resolve("example.org/1001/draft-"))
                .contains("followLinks=false", "maxMillis=300000");
        type("5");
        assertThat(said()).startsWith("listen_recording press 1 save_recording press 2 rerecord press 3");
        type("2");

        assertThat(said()).isEqualTo("message_saved");
        assertThat(messages()).singleElement().satisfies(message -> {
            assertThat(message.seconds()).isEqualTo(8);
            assertThat(message.callerNumber()).isEqualTo("1000");
            assertThat(message.callerName()).isEqualTo("Tester 1000");
            assertThat(message.urgent()).isFalse();
            assertThat(message.saved()).isFalse();
            assertThat(file(message)).hasContent("call-1");
        });
        soundEnds();
        assertThat(caller.heard).last().asString().endsWith("bye USER_BUSY");
        assertThat(events).singleElement().satisfies(event -> assertThat(event.toString()).contains("MESSAGE_WAITING", "1001@example.org", "1/0 (0/0)"));
    }

    @Test
    void whoHangsUpHasLeftHisMessage() {
        dial(LEAVE);
        greetingEnds();
        soundEnds();
        hangUp();

        assertThat(messages()).singleElement().satisfies(message -> assertThat(file(message)).isRegularFile());
    }

    @Test
    void aShortMessageDoesNotCount() {
        pbx.media.recordedMillis = 2_000;
        dial(LEAVE);
        for (int i = 0; i < 3; i++) {
            if (i == 0) {
                greetingEnds();
            }
            soundEnds();
            type("1");
            assertThat(said()).isEqualTo("too_small");
            soundEnds();
        }

        assertThat(caller.heard).last().asString().endsWith("bye USER_BUSY");
        assertThat(messages()).isEmpty();

        dial(LEAVE);
        greetingEnds();
        soundEnds();
        hangUp();
        assertThat(messages()).isEmpty();
    }

    @Test
    void aMessageMayBeHeardAndRecordedAgainAndSentAsUrgent() {
        dial(LEAVE);
        greetingEnds();
        soundEnds();
        type("0");
        type("1");
        assertThat(lastSound()).contains("draft-");
        soundEnds();
        type("3");
        assertThat(lastSound()).startsWith("play Tone");
        soundEnds();
        type("0");
        type("*");

        assertThat(messages()).singleElement().satisfies(message -> assertThat(message.urgent()).isTrue());
    }

    @Test
    void whoSaysNothingAfterwardsHasSentIt() {
        dial(LEAVE);
        greetingEnds();
        soundEnds();
        type("0");
        for (int i = 0; i < 3; i++) {
            soundEnds();
            pbx.advance(10_000);
        }

        assertThat(messages()).hasSize(1);
    }

    @Test
    void aFullDiskIsToldAndLeavesNothingHalf() throws IOException {
        dial(LEAVE);
        greetingEnds();
        soundEnds();
        pbx.media.of(id()).recordingEnds(How.FAILED, 6_000);
        pbx.time.settle();

        assertThat(said()).isEqualTo("not_saved");
        assertThat(messages()).isEmpty();
        try (Stream<Path> left = Files.list(storage.resolve("example.org/1001"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aDatabaseThatDoesNotTakeItIsToldAndLeavesNothingHalf() throws IOException {
        pbx.voiceMessages.full = true;
        dial(LEAVE);
        greetingEnds();
        soundEnds();
        type("0");
        type("2");

        assertThat(said()).isEqualTo("not_saved");
        try (Stream<Path> left = Files.list(storage.resolve("example.org/1001"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aDatabaseThatIsAwayTakesNoMessages() {
        pbx.voiceMessages.away = true;
        dial(LEAVE);
        assertThat(said()).isEqualTo("unavailable");
        dial(CHECK);
        soundEnds();
        assertThat(said()).isEqualTo("unavailable");
    }

    @Test
    void aMailboxIsBoundedByMessagesAndBySeconds() {
        pbx.voicemail("<param name='max-messages' value='2'/><param name='max-mailbox-seconds' value='100'/>", storage);
        put("a", 5, false);
        put("b", 5, false);
        dial(LEAVE);
        assertThat(said()).isEqualTo("mailbox_full");

        pbx.voiceMessages.delete(BOX, "a");
        pbx.voiceMessages.delete(BOX, "b");
        put("c", 100, true);
        dial(LEAVE);
        assertThat(said()).isEqualTo("mailbox_full");
    }

    @Test
    void nobodyLeavesAMessageForWhoIsNotThere() {
        dial("voicemail default example.org 4242");
        assertThat(said()).isEqualTo("no_mailbox");
        dial("voicemail default example.org");
        assertThat(said()).isEqualTo("no_mailbox");
    }

    @Test
    void aProfileThatIsNotThereIsPassedOver() {
        dial("voicemail other example.org 1001");
        assertThat(caller.heard).last().asString().endsWith("bye USER_BUSY");
        dial("voicemail");
        assertThat(caller.heard).last().asString().endsWith("bye USER_BUSY");
    }

    @Test
    void keysLeadFromTheGreetingElsewhere() {
        pbx.voicemail("<param name='operator-extension' value='2 XML default'/><param name='vmain-extension' value='3 XML default'/>", storage);
        String menu = "<extension name='a'><condition field='destination_number' expression='^1$'><action application='voicemail' data='default example.org 1001'/></condition></extension>"
                + "<extension name='b'><condition field='destination_number' expression='^2$'><action application='hangup' data='CALL_REJECTED'/></condition></extension>"
                + "<extension name='c'><condition field='destination_number' expression='^3$'><action application='hangup' data='NO_ANSWER'/></condition></extension>";
        pbx.dialplan(menu);
        caller = pbx.call("call-" + ++calls, "1");
        type("9");
        assertThat(caller.heard).last().asString().endsWith("bye CALL_REJECTED");
        caller = pbx.call("call-" + ++calls, "1");
        type("*");
        assertThat(caller.heard).last().asString().endsWith("bye NO_ANSWER");
        caller = pbx.call("call-" + ++calls, "1");
        type("4");
        assertThat(lastSound()).startsWith("play Tone");
    }

    @Test
    void theOwnerListensAndDeletes() throws IOException {
        put("a", 5, false);
        pbx.events.subscribe("S", List.of("voicemail.1001@example.org"), _ -> true);
        assertThat(events).singleElement().satisfies(event -> assertThat(event.toString()).contains("1/0 (0/0)", "MWI-Messages-Waiting", "yes"));
        dial(CHECK);
        assertThat(said()).isEqualTo("hello");
        soundEnds();
        assertThat(said()).startsWith("you_have 1 new message listen_new press 1 listen_saved press 2 advanced press 5 to_exit press pound");
        type("1");
        assertThat(said()).startsWith("message_number 1 received today at 12 oclock a-m from 1 0 0 0 msg-a repeat press 1 save press 2 delete press 7");
        type("7");
        assertThat(said()).isEqualTo("deleted");

        assertThat(messages()).isEmpty();
        assertThat(storage.resolve("example.org/1001/msg-a.wav")).doesNotExist();
        assertThat(events.getLast().toString()).contains("0/0 (0/0)", "no");
        soundEnds();
        assertThat(said()).isEqualTo("no_more_messages");
        soundEnds();
        assertThat(said()).startsWith("you_have no_messages");
        type("#");
        assertThat(said()).isEqualTo("goodbye");
    }

    @Test
    void theOwnerGoesThroughHisMessages() {
        put("a", 5, false);
        put("b", 5, false);
        put("c", 5, true);
        dial(CHECK);
        soundEnds();
        assertThat(said()).startsWith("you_have 2 new and 1 saved messages");
        type("1");
        type("*");
        assertThat(said()).startsWith("msg-a repeat");
        type("1");
        assertThat(said()).startsWith("message_number 1").contains("msg-a");
        type("6");
        assertThat(said()).isEqualTo("message_saved");
        soundEnds();
        assertThat(said()).startsWith("message_number 2").contains("msg-b");
        type("4");
        assertThat(said()).startsWith("message_number 1").contains("msg-a");
        type("0");

        assertThat(said()).startsWith("you_have 1 new and 2 saved messages");
        type("2");
        assertThat(said()).startsWith("message_number 1").contains("msg-a");
        type("2");
        soundEnds();
        assertThat(said()).contains("msg-c");
    }

    @Test
    void whoDoesNothingIsSentAway() {
        dial(CHECK);
        soundEnds();
        for (int i = 0; i < 3; i++) {
            soundEnds();
            pbx.advance(10_000);
        }
        assertThat(said()).isEqualTo("goodbye");
        soundEnds();

        assertThat(caller.heard).last().asString().endsWith("bye USER_BUSY");
    }

    @Test
    void anOwnGreetingTakesThePlaceOfTheUsualOne() {
        dial(CHECK);
        soundEnds();
        type("5");
        assertThat(said()).startsWith("record_greeting press 1 remove_greeting press 2 change_password press 6");
        type("1");
        assertThat(said()).isEqualTo("say_greeting");
        soundEnds();
        soundEnds();
        type("0");
        assertThat(said()).startsWith("draft").contains("repeat press 1 save press 2 rerecord press 3");
        type("2");
        assertThat(said()).isEqualTo("greeting_saved");
        soundEnds();
        hangUp();
        dial(LEAVE);
        assertThat(said()).isEqualTo("greeting");
        hangUp();

        dial(CHECK);
        soundEnds();
        type("52");
        hangUp();
        dial(LEAVE);
        assertThat(said()).startsWith("person");
    }

    @Test
    void aGreetingThatNobodyKeepsChangesNothing() {
        dial(CHECK);
        soundEnds();
        type("51");
        soundEnds();
        soundEnds();
        hangUp();

        dial(LEAVE);
        assertThat(said()).startsWith("person");
    }

    @Test
    void thePasswordOpensAndCanBeChanged() {
        dial("voicemail check default example.org");
        assertThat(said()).isEqualTo("enter_id");
        type("1001#");
        assertThat(said()).isEqualTo("enter_pass");
        type("4711#");
        assertThat(said()).isEqualTo("hello");
        soundEnds();
        type("56");
        assertThat(said()).isEqualTo("enter_new_pin");
        type("12#");
        assertThat(said()).isEqualTo("password_too_short");
        soundEnds();
        type("6");
        type("1234#");
        assertThat(said()).isEqualTo("enter_new_pin_again");
        type("4321#");
        assertThat(said()).isEqualTo("password_not_changed");
        soundEnds();
        type("6");
        type("1234#1234#");
        assertThat(said()).isEqualTo("password_changed");
        hangUp();

        dial("voicemail check default example.org 1001");
        type("4711#");
        assertThat(said()).isEqualTo("fail_auth");
        soundEnds();
        type("1234#");
        assertThat(said()).isEqualTo("hello");
    }

    @Test
    void wrongPasswordsDoNotOpenNorTellWhoIsThere() {
        for (String id : List.of("1001", "1002", "4242")) {
            dial("voicemail check default example.org");
            for (int i = 0; i < 3; i++) {
                assertThat(said()).as(id).isEqualTo("enter_id");
                type(id + "#");
                assertThat(said()).as(id).isEqualTo("enter_pass");
                type("#");
                assertThat(said()).as(id).isEqualTo("fail_auth");
                soundEnds();
            }
            assertThat(said()).isEqualTo("abort");
            soundEnds();
        }
    }

    @Test
    void manyWrongPasswordsCloseAMailboxForAWhile() {
        for (int i = 0; i < LoginGuard.MAX_WRONG; i++) {
            if (i % 3 == 0) {
                dial("voicemail check default example.org 1001");
            }
            type("0000#");
            soundEnds();
        }
        dial("voicemail check default example.org 1001");
        type("4711#");
        assertThat(said()).isEqualTo("fail_auth");
        hangUp();
        pbx.advance(LoginGuard.CLOSED.toMillis());
        dial("voicemail check default example.org 1001");
        type("4711#");

        assertThat(said()).isEqualTo("hello");
    }

    @Test
    void anEmptyPasswordOpensOnlyWhereThatIsAllowed() {
        pbx.voicemail("<param name='allow-empty-password-auth' value='true'/>", storage);
        dial("voicemail check default example.org 1002");
        assertThat(said()).isEqualTo("hello");
    }

    @Test
    void authWithoutAnIdAsksForThePassword() {
        dial("voicemail check auth default example.org");
        type("1001#");

        assertThat(said()).isEqualTo("enter_pass");
    }

    @Test
    void authIsTheDialplansWordNotTheCallers() {
        pbx.actions("voicemail check ${destination_number} default example.org 1001", "hangup USER_BUSY");
        caller = pbx.call("call-" + ++calls, "auth");

        assertThat(caller.heard).last().asString().endsWith("bye USER_BUSY");
    }

    @Test
    void commandsCountAndDelete() {
        put("a", 5, false);
        put("b", 5, true);
        caller = pbx.actions("hangup").call("call-" + ++calls, "1");

        assertThat(pbx.commands.run("vm_boxcount 1001@example.org")).isEqualTo("1");
        assertThat(pbx.commands.run("vm_boxcount 1001@example.org|all")).isEqualTo("1:1:0:0");
        assertThat(pbx.commands.run("vm_boxcount nobody")).startsWith("-ERR");
        assertThat(pbx.commands.run("vm_delete 1001@example.org x")).startsWith("-ERR");
        assertThat(pbx.commands.run("vm_delete 1001@example.org a")).startsWith("+OK 1");
        assertThat(pbx.commands.run("vm_delete 1001@example.org")).startsWith("+OK 1");
        assertThat(messages()).isEmpty();
    }

    @Test
    void whatIsWrongWithAProfileIsSaidWithItsLine() {
        pbx.voicemail("""

                <param name="max-record-len" value="long"/>
                <param name="main-menu-key" value="12"/>
                <param name="ff-key" value="6"/>
                <param name="colour" value="red"/>
                <email/>""", storage);
        caller = pbx.actions("hangup").call("call-" + ++calls, "1");

        assertThat(pbx.problems.stream().map(Object::toString)).containsExactlyInAnyOrder(
                "test.xml:2: error: max-record-len is 'long': write a number from 1 to 86400",
                "test.xml:3: error: main-menu-key is '12': write one of 0 to 9, * and #",
                "test.xml:4: unsupported: ff-key of a voicemail profile is not supported; it changes nothing",
                "test.xml:5: warning: colour is not known in a voicemail profile; it changes nothing",
                "test.xml:6: unsupported: <email> of a voicemail profile is not supported; it changes nothing");
    }

    private void put(String id, int seconds, boolean saved) {
        pbx.voiceMessages.add(BOX, new VoiceMessage(id, Instant.parse("2026-01-01T00:00:00Z"), "Tester", "1000", seconds, false, saved));
        try {
            Files.createDirectories(storage.resolve("example.org/1001"));
            Files.writeString(storage.resolve("example.org/1001/msg-" + id + ".wav"), "sound");
        } catch (IOException unwritable) {
            throw new java.io.UncheckedIOException(unwritable);
        }
    }

    private List<VoiceMessage> messages() {
        return pbx.voiceMessages.of(BOX).orElseThrow();
    }

    private Path file(VoiceMessage message) {
        return storage.resolve("example.org/1001/msg-" + message.id() + ".wav");
    }

    private void dial(String action) {
        pbx.actions("set timezone=UTC", action, "hangup USER_BUSY");
        caller = pbx.call("call-" + ++calls, "1");
    }

    private void hangUp() {
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();
    }

    private void type(String digits) {
        caller.channel.dtmf(digits, 0);
        pbx.time.settle();
    }

    private void soundEnds() {
        pbx.media.of(id()).playbackEnds();
        pbx.time.settle();
    }

    /// And nobody presses a key.
    private void greetingEnds() {
        soundEnds();
        pbx.advance(1);
    }

    private String id() {
        return "call-" + calls;
    }

    private String lastSound() {
        return pbx.media.of(id()).log.stream().filter(line -> line.startsWith("play") || line.startsWith("record")).reduce("", (_, last) -> last);
    }

    /// The prompts of the last sound, by what stands at the end of their names.
    private String said() {
        return Pattern.compile("path=[^,]*/(?:vm-)?([^/,]+)\\.(?:opus|wav),").matcher(lastSound()).results()
                .map(match -> match.group(1))
                .map(name -> name.startsWith("draft") ? "draft" : name)
                .collect(Collectors.joining(" "));
    }
}
