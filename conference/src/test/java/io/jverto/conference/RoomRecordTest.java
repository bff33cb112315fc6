package io.jverto.conference;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.config.ConfigProblem;
import io.jverto.switchboard.port.ConferenceService.Arrival;
import io.jverto.switchboard.port.ConferenceService.Membership;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/// What is left of a room (conference.md section 19).
class RoomRecordTest {
    @TempDir
    Path folder;

    private final TestChannel ada = new TestChannel("Ada");
    private final TestChannel eve = new TestChannel("Eve\"<&\u0007]]>");

    @Test
    void tellsWhoWasInTheRoomWhoWasNotLetInAndWhatWasRecorded() throws Exception {
        RoomSetup setup = RoomSetup.with("cdr-log-dir", "auto", "max-members", "2");
        setup.globals.put("recordings_dir", folder.toString());
        Membership one = setup.join(ada.wants("3000", "moderator|endconf"));
        setup.time.advance(Duration.ofSeconds(5));
        setup.join(eve.wants("3000"));
        setup.api("3000 record a.wav");
        setup.refused(new TestChannel("Cy").wants("3000"));
        setup.api("3000 kick 2");
        setup.api("3000 lock");
        setup.refused(new TestChannel("Di").wants("3000"));
        setup.api("3000 unlock");
        setup.api("3000 pin 1234");
        setup.refused(new TestChannel("No").wants("3000"));
        setup.refused(new TestChannel("Guess").wants("3000", "", Arrival.PLAIN).withPin("1111"));
        setup.time.advance(Duration.ofSeconds(5));
        one.leave();
        setup.time.settle();

        assertThat(setup.records).singleElement().satisfies(record -> {
            assertThat(record.folder()).isEqualTo("auto");
            assertThat(record.fileName()).matches("[0-9a-f-]{36}\\.cdr\\.xml");
        });
        Document xml = parse(setup.records.getFirst().xml());
        assertThat(texts(xml, "name")).containsExactly("3000");
        assertThat(texts(xml, "caller_id_name")).containsExactly("Eve\"<& ]]>", "Ada", "Cy", "Di", "Guess");
        assertThat(texts(xml, "is_moderator")).containsExactly("false", "true");
        assertThat(texts(xml, "end_conference")).containsExactly("false", "true");
        assertThat(texts(xml, "was_kicked")).containsExactly("true", "false");
        assertThat(texts(xml, "reason")).containsExactly("max_members_reached", "conference_locked", "invalid_pin");
        assertThat(texts(xml, "record_path")).containsExactly(folder.resolve("a.wav").toString());
        long start = Long.parseLong(texts(xml, "start_time").getFirst());
        assertThat(Long.parseLong(texts(xml, "end_time").getFirst()) - start).isEqualTo(10);
        assertThat(((Element) xml.getElementsByTagName("end_time").item(0)).getAttribute("endconference_forced")).isEqualTo("false");
    }

    @Test
    void anEventHasTheRecordOrNamesItsFile() {
        RoomSetup content = RoomSetup.with("cdr-event-mode", "content");
        content.watch();
        content.join(ada.wants("3000")).leave();
        content.time.settle();
        assertThat(content.records).isEmpty(); // no folder, no file
        assertThat(content.told.getLast().subclass()).isEqualTo("conference::cdr");
        assertThat(content.told.getLast().body()).startsWith("<?xml").contains("<caller_id_name>Ada</caller_id_name>");

        RoomSetup file = RoomSetup.with("cdr-event-mode", "file", "cdr-log-dir", "rooms");
        file.watch();
        file.join(ada.wants("3000")).leave();
        file.time.settle();
        assertThat(file.told.getLast().header("CDR-Path")).contains(file.records.getFirst().fileName());
        assertThat(file.told.getLast().body()).isEmpty();
    }

    @Test
    void withoutAFolderAndAnEventNothingIsKept() {
        RoomSetup setup = RoomSetup.with();
        setup.watch();
        setup.join(ada.wants("3000")).leave();
        setup.time.settle();

        assertThat(setup.records).isEmpty();
        assertThat(setup.told).noneMatch(event -> event.subclass().equals("conference::cdr"));
    }

    @Test
    void aRoomThatEndsBecauseItsMandatoryMemberLeftSaysSo() {
        RoomSetup setup = RoomSetup.with("cdr-log-dir", "/var/log/rooms", "endconf-grace-time", "10");
        Membership one = setup.join(ada.wants("3000", "mandatory_member_endconf"));
        setup.join(eve.wants("3000"));
        one.leave();
        setup.time.advance(Duration.ofSeconds(11));

        assertThat(setup.records.getFirst().xml()).contains("endconference_forced=\"true\"");
    }

    @Test
    void aRecordIsBoundedHoweverManyComeAndGo() {
        RoomSetup setup = RoomSetup.with("cdr-log-dir", "auto", "pin", "1234");
        Membership one = setup.join(ada.wants("3000", "", new Arrival(false, "", "", "", 0, Map.of(), Map.of(), Optional.empty())));
        TestChannel guest = new TestChannel("G".repeat(10_000));
        IntStream.range(0, RoomLedger.MOST_ATTEMPTS + 100).forEach(_ -> setup.refused(guest.wants("3000").withPin("1")));
        one.leave();
        setup.time.settle();

        String xml = setup.records.getFirst().xml();
        assertThat(xml.split("<attempt>", -1).length - 1).isEqualTo(RoomLedger.MOST_ATTEMPTS);
        assertThat(xml.length()).isLessThan(RoomLedger.MOST_ATTEMPTS * 2_000);
    }

    @Test
    void anUnknownModeIsAnError() {
        assertThat(RoomSetup.settings(List.of(), "cdr-event-mode", "often").problems())
                .anyMatch(problem -> problem.severity() == ConfigProblem.Severity.ERROR && problem.toString().contains("cdr-event-mode"));
    }

    private static Document parse(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    private static List<String> texts(Document xml, String element) {
        var nodes = xml.getElementsByTagName(element);
        return IntStream.range(0, nodes.getLength()).mapToObj(i -> nodes.item(i).getTextContent()).toList();
    }
}
