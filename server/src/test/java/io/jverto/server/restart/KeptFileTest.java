package io.jverto.server.restart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jverto.base.config.ConfigNode.Origin;
import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.OpusSettings;
import io.jverto.media.plan.Recording;
import io.jverto.media.plan.Scene.Banner;
import io.jverto.media.plan.VideoCodec;
import io.jverto.media.plan.VideoFormat;
import io.jverto.media.plan.VideoPlan;
import io.jverto.switchboard.dialplan.Step;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.kept.Belongings;
import io.jverto.switchboard.kept.KeptChannel;
import io.jverto.switchboard.kept.KeptWork;
import io.jverto.switchboard.port.CallRecord.LastStep;
import io.jverto.switchboard.port.CallerProfile;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.ConferenceService.Bonds;
import io.jverto.switchboard.port.ConferenceService.EntrySound;
import io.jverto.switchboard.port.ConferenceService.KeptRoomRecording;
import io.jverto.switchboard.port.ConferenceService.Manner;
import io.jverto.switchboard.port.ConferenceService.PictureManner;
import io.jverto.switchboard.port.ConferenceService.Relation;
import io.jverto.switchboard.port.ConferenceService.RoomManner;
import io.jverto.switchboard.port.ConferenceService.RoomSwitches;
import io.jverto.switchboard.port.ConferenceService.Standing;
import io.jverto.switchboard.port.UserId;
import io.jverto.verto.login.Identity;
import io.jverto.verto.present.KeptCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeptFileTest {
    private static final Instant NOW = Instant.parse("2026-11-26T08:00:00Z");
    private static final CallerProfile PROFILE = new CallerProfile("Ada \"A\" \u00e9\n", "1000", "", "", "3000", "default", "XML", "1000@pbx.test", "1000", "", "",
            "192.0.2.9", "mod_verto", "verto.rtc/3000");
    private static final AudioPlan AUDIO = new AudioPlan(AudioCodec.OPUS, 111, 2, 1, 20, OpusSettings.DEFAULT, 126, 48_000, true, false, 3, -1);
    private static final VideoPlan VIDEO = new VideoPlan(new VideoFormat(VideoCodec.H264, 96, Map.of("packetization-mode", "1")), -1, VideoPlan.Feedback.ALL,
            VideoPlan.Extensions.NONE, "1", 0, 1_024, true, true);

    private static final Standing STANDING = new Standing("3000", "default", 7, "member|mute", -4, 4, true,
            Optional.of(new Manner(300, true, Optional.of("-0.50:0.00:-1.00"), true, true,
                    Optional.of(new PictureManner(0, -1, 2, 3, "stage", "speaker", Optional.of(new Banner("Ada", 0xffffff, 0, 10)))),
                    Optional.of(new Bonds(true, List.of(new Relation(3, "nospeak")))))),
            Optional.of(new RoomManner("4711", "", 10, 30, new EntrySound(true, "tone_stream://%(100,0,640)"), new EntrySound(false, ""), true, "", "Room", "3000",
                    Map.of("topic", "budget"), List.of("2x2"), List.of(new KeptRoomRecording(new Recording(Path.of("/srv/room.wav"), false, 0, Recording.Silence.NEVER),
                            0, true, true, true)), Optional.of(new RoomSwitches(true, true)))));
    private static final Belongings BELONGINGS = new Belongings(true,
            List.of(new Belongings.KeptRecording(new Recording(Path.of("/srv/said.wav"), true, 16_000, new Recording.Silence(200, 5_000), 60_000, 3_000,
                    new Recording.Tags("Title", "Ada"), true), Recording.Sides.OWN_LEFT, true, false, Recording.Flow.MASKED)),
            List.of(new Belongings.KeptTask(NOW.plusSeconds(60), "sched_hangup", Text.data("NORMAL_CLEARING"))),
            List.of(new Belongings.KeptLimit("hash", "calls", "ada")));

    private static final int ROUNDS = 20;

    @TempDir
    Path folder;

    private Path path;
    private KeptFile file;

    @BeforeEach
    void aFileInAFolderThatIsNotThere() {
        path = folder.resolve("run/calls");
        file = new KeptFile(path);
    }

    private static KeptEntry entry(String id, KeptWork work, Identity identity, Optional<Instant> lost) {
        Map<String, Text> variables = Map.of("plain", Text.syntax("${x}"), "mixed", Text.join(Text.data("${evil}"), Text.syntax(",${ok}")), "empty", Text.EMPTY);
        KeptChannel channel = new KeptChannel(new ChannelId(id), false, PROFILE, true, Optional.of(new KeptChannel.Shown("Bob", "1001")), variables, NOW.minusSeconds(60),
                NOW.minusSeconds(50), AUDIO, Optional.of(VIDEO), new LastStep("conference", "3000@default"), work, Optional.of(BELONGINGS));
        return new KeptEntry(new KeptCall(new ChannelId(id), "session-" + id, identity, "default-v4", lost), channel);
    }

    private static List<KeptEntry> three() {
        Step step = new Step("conference", Text.join(Text.data("3000"), Text.syntax("@default")), new Origin("default.xml", 7), "rooms");
        return List.of(
                entry("one", new KeptWork.Goes(List.of(step), Optional.of(STANDING)),
                        new Identity.User(new UserId("1000", "pbx.test")), Optional.of(NOW.minusSeconds(3))),
                entry("two", new KeptWork.Leads(new ChannelId("three"), List.of(step)), new Identity.Root(), Optional.empty()),
                entry("three", new KeptWork.Follows(new ChannelId("two")), new Identity.Nobody(), Optional.empty()));
    }

    private KeptFile.Content read() {
        return new KeptFile(path).read().orElseThrow();
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        file.write(three(), NOW);

        assertThat(read()).isEqualTo(new KeptFile.Content(three(), NOW));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).isEqualTo("rw-------");
    }

    @Test
    void whatIsThereAlreadyIsDatedAnew() throws IOException {
        file.write(three(), NOW);
        Object first = Files.readAttributes(path, "unix:ino").get("ino");

        file.write(three(), NOW.plusSeconds(2));

        assertThat(read().alive()).isEqualTo(NOW.plusSeconds(2));
        assertThat(Files.readAttributes(path, "unix:ino")).containsEntry("ino", first);
    }

    @Test
    void whatChangedIsWrittenAndSoIsTheRestOfIt() throws IOException {
        file.write(three(), NOW);
        List<KeptEntry> changed = new ArrayList<>(three());
        changed.set(1, entry("two", new KeptWork.Leads(new ChannelId("three"), List.of()), new Identity.Root(), Optional.empty()));

        file.write(changed, NOW);
        assertThat(read().calls()).isEqualTo(changed);
        file.write(changed.subList(0, 2), NOW);
        assertThat(read().calls()).isEqualTo(changed.subList(0, 2));
    }

    @Test
    void whatCouldNotBeWrittenIsWrittenTheNextTime() throws IOException {
        file.write(three(), NOW);
        Files.delete(path);
        assertThatThrownBy(() -> file.write(three(), NOW)).isInstanceOf(IOException.class);

        file.write(three(), NOW);
        assertThat(read().calls()).isEqualTo(three());
    }

    /// Run by hand; the figures are in docs/performance.md.
    @Test
    @EnabledIfSystemProperty(named = "jverto.test.figures", matches = "true")
    void aThousandCallsAreWrittenInLittleTime() throws IOException {
        List<KeptEntry> calls = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            calls.add(entry("call-" + i, new KeptWork.Follows(new ChannelId("x")), new Identity.Nobody(), Optional.empty()));
        }
        long[] whole = new long[ROUNDS];
        long[] still = new long[ROUNDS];
        long[] few = new long[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            KeptFile fresh = new KeptFile(path);
            whole[round] = nanos(() -> fresh.write(calls, NOW));
            still[round] = nanos(() -> fresh.write(calls, NOW));
            for (int i = 0; i < 20; i++) {
                calls.set((round * 20 + i) % 1_000, entry("call-" + (round * 20 + i) % 1_000, new KeptWork.Follows(new ChannelId("y" + round)), new Identity.Nobody(), Optional.empty()));
            }
            few[round] = nanos(() -> fresh.write(calls, NOW));
        }
        System.out.printf("1,000 calls, %d bytes: all written %.2f ms, nothing changed %.2f ms, 20 changed %.2f ms%n", Files.size(path), median(whole), median(still), median(few));
        assertThat(median(still)).isLessThan(5);
    }

    private interface Writes {
        void run() throws IOException;
    }

    private static long nanos(Writes writes) throws IOException {
        long before = System.nanoTime();
        writes.run();
        return System.nanoTime() - before;
    }

    private static double median(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2] / 1e6;
    }

    @Test
    void withoutCallsThereIsNoFile() throws IOException {
        new KeptFile(path).write(three(), NOW);

        file.write(List.of(), NOW);

        assertThat(path).doesNotExist();
        assertThat(new KeptFile(path).read()).isEmpty();
    }

    @Test
    void aLineThatIsBrokenCostsItsCallAlone() throws IOException {
        file.write(three(), NOW);
        Files.writeString(path, Files.readString(path).replace("\"outbound\":false", "\"outbound\":7").replaceFirst("\"outbound\":7", "\"outbound\":false"));

        assertThat(read().calls()).containsExactly(three().getFirst());
        assertThat(path).doesNotExist();
        assertThat(folder.resolve("run/calls.unreadable")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "{\"form\":\"jverto-calls\",\"version\":4}", "{\"form\":\"jverto-calls\",\"version\":0}", "{\"form\":\"jverto-calls\"}", "{\"form\":\"other\",\"version\":1}", "[]", "\u0000\u0001"})
    void aFileOfAnotherFormIsPutAside(String text) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);

        assertThat(read().calls()).isEmpty();
        assertThat(folder.resolve("run/calls.unreadable")).hasContent(text);
    }

    @Test
    void bytesThatAreNoTextArePutAside() throws IOException {
        Files.createDirectories(path.getParent());
        Files.write(path, new byte[] {(byte) 0xff, (byte) 0xfe, 10, 0});

        assertThat(read().calls()).isEmpty();
        assertThat(folder.resolve("run/calls.unreadable")).exists();
    }

    @Test
    void aFileOfTheVersionBeforeIsReadWithoutWhatItDoesNotHave() throws IOException {
        Files.createDirectories(path.getParent());
        try (var old = getClass().getResourceAsStream("calls-1")) {
            Files.copy(old, path);
        }

        assertThat(read().calls()).hasSize(3).allSatisfy(entry -> assertThat(entry.channel().belongings()).isEmpty());
        assertThat(path).exists();
    }

    /// Each makes one line of the file wrong.
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "\"codec\":\"OPUS\" | \"codec\":\"MP3\"",
        "\"is\":\"Goes\" | \"is\":\"Object\"",
        "\"payloadType\":111 | \"payloadType\":99999999999",
        "\"payloadType\":111 | \"payloadType\":1.5",
        "\"memberId\":7 | \"memberId\":null",
        "\"session\":\"session-one\", | ''",
        "\"path\":\"/srv/said.wav\" | \"path\":\"\\u0000\"",
        "\"flow\":\"MASKED\" | \"flow\":7",
        "\"variables\":{ | \"variables\":[],\"v\":{",
        "2026-11-26T07:59:00Z | yesterday",
    })
    void whatDoesNotFitIsNoCall(String there, String instead) throws IOException {
        file.write(List.of(three().getFirst()), NOW);
        String text = Files.readString(path);
        assertThat(text).contains(there);
        Files.writeString(path, text.replace(there, instead));

        assertThat(read().calls()).isEmpty();
        assertThat(folder.resolve("run/calls.unreadable")).exists();
    }
}
