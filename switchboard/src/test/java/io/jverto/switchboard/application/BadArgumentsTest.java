package io.jverto.switchboard.application;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.jverto.switchboard.edge.TestSwitch;
import io.jverto.switchboard.port.Cause;
import io.jverto.testkit.log.LogLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Applications with arguments that make no sense: every one of the registry, so that a new one is tried too.
class BadArgumentsTest {
    private static final List<String> ABSURD = List.of("", "-1", "99999999999999999999", "x".repeat(5_000), "${x", "{", "a=b=c", "'", ",,,,", "|||", "::",
            "../../etc/passwd", "%s%n{}", "~(/~(", "é\uD83D\uDE00 ", "+", "a b c d e f g h i j", "^^:", "undef", "1 2 3 4 5 6 7 8 9", "realm,~(((,exec:",
            "insert/", "read", "all", "in out", "silence_stream://soon", "tone_stream://%(", "file_string://!!", "{loops=x}nothing");
    /// An empty text is a text.
    private static final Set<String> TAKE_ANYTHING = Set.of("eval", "log");
    private static final String ID = "the-call";

    private final LogLines lines = LogLines.of("io.jverto", Level.INFO);

    @AfterEach
    void listensNoMore() {
        lines.close();
    }

    @Test
    void nothingThatIsWrittenBehindAnApplicationIsABugAndEachIsOneLineAtTheMost() {
        List<String> wrong = new ArrayList<>();
        for (Application application : Applications.all()) {
            for (String data : ABSURD) {
                Optional<Cause> ended = cause(application.name() + " " + data);
                boolean bug = lines.events().stream().anyMatch(line -> line.getThrowableProxy() != null) || ended.filter(Cause.NORMAL_TEMPORARY_FAILURE::equals).isPresent();
                if (bug || complaints().size() > 1 || complaints().stream().anyMatch(line -> !line.startsWith("channel " + ID + ": "))) {
                    wrong.add(application.name() + "(" + data + "): " + ended + " " + complaints());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void whereDataIsNeededNoneIsALineOrTheEndOfTheCall() {
        List<String> silent = new ArrayList<>();
        for (Application application : Applications.all()) {
            boolean needed = !application.usage().replaceAll("\\[[^\\]]*\\]", "").isBlank() && !TAKE_ANYTHING.contains(application.name());
            if (needed && cause(application.name()).filter(Cause.USER_BUSY::equals).isPresent() && complaints().size() != 1) {
                silent.add(application.name());
            }
        }
        assertThat(silent).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            set               | noequals           | set takes <name>=<value>, not noequals
            unset             | ""                 | unset takes <name>, not
            export            | alone              | export takes [nolocal:]<name>=<value>, not alone
            bridge_export     | =x                 | bridge_export takes <name>=<value>, not =x
            push              | a                  | push takes <name>=<value>, not a
            multiset          | a=1 b c            | multiset takes [^^<separator>]<name>=<value> ..., not a=1 b c
            set_profile_var   | caller_id_name     | set_profile_var takes <field>=<value>, not caller_id_name
            set_profile_var   | shoe=9             | a caller profile has no field shoe
            strftime          | %Y                 | strftime takes <name>=<format>, not %Y
            sleep             | a while            | sleep takes <milliseconds>, not a while
            send_dtmf         | five               | send_dtmf takes <digits>[@<milliseconds>], not five
            queue_dtmf        | 5 6                | queue_dtmf takes <digits>[@<milliseconds>], not 5 6
            set_mute          | read perhaps       | set_mute takes read|write true|false, not read perhaps
            set_audio_level   | write 9            | set_audio_level takes read or write and a level from -4 to 4, not write 9
            jitterbuffer      | soon               | jitterbuffer takes
            intercept         | nobody             | intercept: there is no call nobody
            displace_session  | nothing.wav        | there is no sound file nothing.wav
            playback          | silence_stream://x | silence_stream:// takes milliseconds, or -1, not x
            record_session    | talk.exe           | talk.exe cannot be recorded
            bind_digit_action | r,~(((,exec:log    | bind_digit_action needs
            unbind_meta_app   | 55                 | unbind_meta_app takes [<key>], not 55
            say               | ::                 | say needs en, a type and a method, not ::
            """)
    void theLineSaysWhatIsTakenAndTheDialplanGoesOn(String application, String data, String said) {
        assertThat(cause(application + " " + data)).hasValue(Cause.USER_BUSY);
        assertThat(complaints()).singleElement().asString().startsWith("channel " + ID + ": ").contains(said);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            bridge        | ""            | DESTINATION_OUT_OF_ORDER
            bridge        | carrier/1     | CHAN_NOT_IMPLEMENTED
            bridge        | user/nobody   | SUBSCRIBER_ABSENT
            bridge        | error/77x     | NORMAL_CLEARING
            transfer      | -cleg 5       | DESTINATION_OUT_OF_ORDER
            transfer      | 5 XML nowhere | NO_ROUTE_DESTINATION
            record        | ../call.exe   | DESTINATION_OUT_OF_ORDER
            check_acl     | no address    | CALL_REJECTED
            hangup        | WHY_NOT       | NORMAL_CLEARING
            respond       | later         | NORMAL_UNSPECIFIED
            fifo          | queue aside   | DESTINATION_OUT_OF_ORDER
            valet_park    | lot           | DESTINATION_OUT_OF_ORDER
            limit_execute | hash a b 1    | DESTINATION_OUT_OF_ORDER
            no_such_one   | 1             | DESTINATION_OUT_OF_ORDER
            """)
    void whatCannotGoOnEndsTheCallWithItsCause(String application, String data, Cause cause) {
        assertThat(cause(application + " " + data)).hasValue(cause);
        assertThat(lines.texts()).anyMatch(line -> line.startsWith("channel " + ID + " ended: " + cause + " ("));
    }

    /// @return of the call's end: USER_BUSY when the dialplan came to its next action; nothing when the call is still there
    private Optional<Cause> cause(String action) {
        lines.clear();
        TestSwitch pbx = new TestSwitch();
        pbx.directory("<user id=\"1000\"/>");
        pbx.actions("answer", action, "hangup USER_BUSY");
        pbx.call(ID, "1");
        pbx.advance(1);
        Optional<Cause> cause = pbx.records.stream().findFirst().map(record -> record.cause());
        pbx.board.hangupAll(Cause.SYSTEM_SHUTDOWN);
        pbx.time.settle();
        assertThat(pbx.board.channels().rows()).as(action).isEmpty();
        return cause;
    }

    private List<String> complaints() {
        return lines.events().stream().filter(line -> line.getLevel().isGreaterOrEqual(Level.WARN)).map(ILoggingEvent::getFormattedMessage).toList();
    }
}
