package io.jverto.conference;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.port.ConferenceService.Join;
import io.jverto.switchboard.port.ConferenceService.Membership;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

/// Rooms and PINs whose characters mean something elsewhere (security.md S11, S34, S39).
class OddNamesTest {
    @TempDir
    Path folder;

    private final TestChannel ada = new TestChannel("Ada");

    @ParameterizedTest
    @ValueSource(strings = {
        "../../etc/passwd", "a/b", "a\\b", "%2e%2e", "<room>", "a&b", "\"quoted\"", "it's", "a;b|c", "${domain}", "{vol=1}x", "a\nb", "a\0b",
        "\u0007bell", "räum", "会議室", "\uD83D\uDE00", "*", "all", "list", "-1", " ", "a@b@c"
    })
    void aRoomOfAnOddNameIsARoomLikeAnyOther(String name) throws Exception {
        RoomSetup setup = RoomSetup.with("conference-flags", "livearray-sync|json-events", "cdr-log-dir", "auto");
        setup.globals.put("recordings_dir", folder.resolve("recordings").toString());
        setup.watch();
        TestClient client = new TestClient(setup.events, ada.cookie());
        Membership one = setup.join(ada.wants(name, "moderator"));
        String channel = new RoomKey(name, name.indexOf('@') < 0 ? "example.org" : "b@c").toString();
        client.subscribe("conference-liveArray." + channel);
        client.bootstrap(channel);
        client.moderate(channel, "mute", "1");
        client.chat(channel, "hello");
        setup.time.settle();

        assertThat(client.rows).hasSize(1);
        assertThat(client.wrong).isEmpty();
        assertThat(setup.api("json_list")).contains("\"member_count\":1");
        assertThat(setup.api("list summary")).hasLineCount(1);
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(setup.api("xml_list"))));
        assertThat(setup.told).allMatch(event -> event.header("Conference-Name").filter(name::equals).isPresent());
        one.leave();
        setup.time.settle();
        assertThat(setup.conferences.rooms()).isEmpty();
        assertThat(setup.records.getFirst().fileName()).matches("[0-9a-f-]+\\.cdr\\.xml");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void oddPinsAreNeitherTakenNorRight() {
        RoomSetup setup = RoomSetup.with("pin", "1234");
        for (String pin : List.of("", "12 34", "1234\n", "0x4d2", "१२३४", "1234;", "' or 1=1", "*", "1".repeat(10_000))) {
            assertThat(setup.refused(ada.wants("3000").withPin(pin)).why()).as(pin).isEqualTo(Join.Why.PIN);
        }
        setup.join(ada.wants("3000").withPin("1234"));
        for (String pin : List.of("abc", "12a", "१२३४", "9".repeat(31), "-1", "''")) {
            assertThat(setup.api("3000 pin " + pin)).as(pin).isIn("-ERR A pin is digits, 30 at most\n", "pin <digits>|mod <digits>\n");
        }

        setup.join(new TestChannel("Bob").wants("3000").withPin("1234"));
    }
}
