package io.jverto.conference;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonArray;
import io.jverto.base.json.JsonValue.JsonLiteral;
import io.jverto.base.json.JsonValue.JsonString;
import io.jverto.media.plan.Scene;
import io.jverto.media.plan.VideoCodec;
import io.jverto.media.plan.VideoFormat;
import io.jverto.media.plan.VideoPlan;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.ConferenceService.Membership;
import io.jverto.testkit.log.LogLines;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who is where on the canvas of a room, and what clients are told of it (conference.md section 21, verto-wire.md section 9).
class RoomCanvasTest {
    private static final String ROOM = "3000@example.org";

    private final TestChannel ada = new TestChannel("Ada");
    private final TestChannel bob = new TestChannel("Bob");
    private final TestChannel cy = new TestChannel("Cy");
    private final TestChannel dee = new TestChannel("Dee");
    private RoomSetup setup = mixing();

    private static Optional<VideoPlan> video(boolean sees, boolean isSeen) {
        return Optional.of(new VideoPlan(new VideoFormat(VideoCodec.VP8, 96), 97, VideoPlan.Feedback.ALL, VideoPlan.Extensions.NONE, "1", 0, 0, sees, isSeen));
    }

    private RoomSetup mixing(String... params) {
        for (TestChannel channel : new TestChannel[] {ada, bob, cy, dee}) {
            channel.media.video = video(true, true);
        }
        String[] all = new String[params.length + 6];
        System.arraycopy(new String[] {"video-mode", "mux", "conference-flags", "livearray-sync", "video-canvas-size", "1280x720"}, 0, all, 0, 6);
        System.arraycopy(params, 0, all, 6, params.length);
        return RoomSetup.with(all);
    }

    private RecordingStudio studio() {
        return setup.media.studios.getLast();
    }

    private List<Membership> join(TestChannel... channels) {
        return java.util.Arrays.stream(channels).map(channel -> setup.join(channel.wants("3000"))).toList();
    }

    @Test
    void membersAreSeenInTheLayoutThatHasRoomForThem() {
        join(ada);
        assertThat(studio().at(0)).isEqualTo(Map.of("0,0", "call-Ada"));

        join(bob);
        assertThat(studio().at(0)).isEqualTo(Map.of("0,0", "call-Ada", "640,0", "call-Bob"));

        join(cy, dee);
        assertThat(studio().at(0)).isEqualTo(Map.of("0,0", "call-Ada", "640,0", "call-Bob", "0,360", "call-Cy", "640,360", "call-Dee"));
        assertThat(studio().scenes.get(0).tiles()).allSatisfy(tile -> assertThat(tile.width() + "x" + tile.height()).isEqualTo("640x360"));
        assertThat(studio().watching).hasSize(4).containsEntry("call-Ada", OptionalInt.of(0));
        assertThat(studio().joined).containsEntry("call-Dee", dee.media);
    }

    @Test
    void whoLeavesIsSeenNoMoreAndTheRoomEndsItsCanvas() {
        List<Membership> members = join(ada, bob);

        members.getFirst().leave();
        setup.time.settle();

        assertThat(studio().at(0)).isEqualTo(Map.of("0,0", "call-Bob"));
        assertThat(studio().joined).containsOnlyKeys("call-Bob");
        members.get(1).leave();
        setup.time.settle();
        assertThat(studio().closed).isTrue();
    }

    @Test
    void nothingIsToldTwice() {
        join(ada, bob);
        int shown = studio().shown;

        setup.api(ROOM + " mute 1 quiet");
        setup.api(ROOM + " list");

        assertThat(studio().shown).isEqualTo(shown);
    }

    @Test
    void withoutTheLibraryTheRoomGoesOnWithTheFloor() {
        setup.media.hasStudios = false;
        join(ada, bob);

        assertThat(bob.media.shown).contains(ada.media);
        assertThat(setup.api(ROOM + " vid-layout 2x2")).isEqualTo("-ERR Conference is not in mixing mode\n");
    }

    @Test
    void onACanvasNobodyIsPassedOn() {
        join(ada, bob);

        assertThat(bob.media.shown).isEmpty();
    }

    @Test
    void aLayoutIsChangedWhileItIsShown() {
        join(ada, bob);

        assertThat(setup.api(ROOM + " vid-layout 2x2")).isEqualTo("+OK Change canvas 1 to layout [2x2]\n");
        assertThat(studio().at(0)).isEqualTo(Map.of("0,0", "call-Ada", "640,0", "call-Bob"));
        assertThat(setup.api(ROOM + " vid-layout 8x8")).isEqualTo("+OK Change canvas 1 to layout [8x8]\n");
        assertThat(studio().at(0)).isEqualTo(Map.of("0,0", "call-Ada", "160,0", "call-Bob"));
        assertThat(setup.api(ROOM + " vid-layout group grid")).isEqualTo("+OK Change to layout group [grid]\n");
        assertThat(setup.api(ROOM + " vid-layout group:grid")).isEqualTo("+OK Change to layout group [grid]\n");
        assertThat(setup.api(ROOM + " vid-layout nothing")).isEqualTo("-ERR Invalid layout [nothing]\n");
        assertThat(setup.api(ROOM + " vid-layout group nothing")).isEqualTo("-ERR Invalid group [nothing]\n");
        assertThat(setup.api(ROOM + " vid-layout 2x2 7")).isEqualTo("-ERR Invalid canvas [7]\n");
        assertThat(setup.api(ROOM + " vid-layout list")).startsWith("1x1\n2x2\n").endsWith("group:grid\n");
    }

    @Test
    void whoIsNotToBeSeenIsShownAsSuch() {
        join(ada, bob);

        setup.api(ROOM + " vmute 2");
        assertThat(studio().at(0)).isEqualTo(Map.of("0,0", "call-Ada", "640,0", "=Bob"));
        assertThat(studio().scenes.get(0).tiles().get(1).banner().orElseThrow().text()).isEqualTo("VIDEO MUTED");

        setup.api(ROOM + " unvmute 2");
        assertThat(studio().at(0)).containsEntry("640,0", "call-Bob");
        assertThat(studio().scenes.get(0).tiles().get(1).banner()).isEmpty();
    }

    @Test
    void orLeavesTheCanvas() {
        setup = mixing("conference-flags", "livearray-sync|video-mute-exit-canvas");
        join(ada, bob);

        setup.api(ROOM + " vmute 1");

        assertThat(studio().at(0)).isEqualTo(Map.of("0,0", "call-Bob"));
    }

    @Test
    void membersWithoutACameraHaveAnAvatarUnlessTheRoomWantsCameras() {
        bob.media.video = video(true, false);
        cy.media.video = Optional.empty();
        join(ada, bob, cy);
        assertThat(studio().at(0)).isEqualTo(Map.of("0,0", "call-Ada", "640,0", "=Bob", "0,360", "=Cy"));
        assertThat(studio().watching).as("who sends no picture may see one").containsOnlyKeys("call-Ada", "call-Bob");
        assertThat(setup.api("list summary")).contains("livearray_sync|video_muxing");
        assertThat(setup.api(ROOM + " json_list")).contains("\"canvas_count\":1");

        setup = mixing("conference-flags", "livearray-sync|video-required-for-canvas");
        bob.media.video = video(true, false);
        join(ada, bob);
        assertThat(studio().at(0)).isEqualTo(Map.of("0,0", "call-Ada"));
    }

    private static Optional<VideoPlan> video(VideoCodec codec, Map<String, String> parameters) {
        return Optional.of(new VideoPlan(new VideoFormat(codec, 98, parameters), 99, VideoPlan.Feedback.ALL, VideoPlan.Extensions.NONE, "1", 0, 0, true, true));
    }

    @Test
    void whoHasVp9IsSeenLikeOthers() {
        bob.media.video = video(VideoCodec.VP9, Map.of("profile-id", "0"));
        join(ada, bob);

        assertThat(studio().at(0)).isEqualTo(Map.of("0,0", "call-Ada", "640,0", "call-Bob"));
    }

    @ParameterizedTest
    @CsvSource({"H264,packetization-mode,1", "AV1,profile,0", "VP9,profile-id,2"})
    void whoHasAnotherCodecIsHeardAndShownWithoutAPictureAndTheLogSaysSo(VideoCodec codec, String key, String value) {
        bob.media.video = video(codec, Map.of(key, value));
        LogLines lines = LogLines.of(Canvases.class, Level.INFO);
        try (lines) {
            join(ada, bob);
            setup.api(ROOM + " vid-layout 3x3");
        }

        assertThat(studio().at(0)).isEqualTo(Map.of("0,0", "call-Ada", "426,0", "=Bob"));
        assertThat(bob.media.route()).isInstanceOfSatisfying(AudioRoute.Mix.class, mix -> assertThat(mix.muted() || mix.deaf()).isFalse());
        assertThat(lines.texts())
                .containsExactly("room " + ROOM + ": member 2 has " + codec + ", and the canvas VP8 and VP9: it is neither seen nor sees");
    }

    @Test
    void aCameraThatComesLaterIsSeen() {
        bob.media.video = Optional.empty();
        List<Membership> members = join(ada, bob);
        assertThat(studio().joined).containsOnlyKeys("call-Ada");

        bob.media.video = video(true, true);
        members.get(1).held(false);
        setup.time.settle();

        assertThat(studio().at(0)).containsEntry("640,0", "call-Bob");
        assertThat(studio().joined).containsKey("call-Bob");
        assertThat(studio().watching).containsEntry("call-Bob", OptionalInt.of(0));
    }

    @Test
    void bannersImagesAndBordersAreShown() {
        setup = mixing("video-border-size", "4", "video-border-color", "#ff0000");
        setup.globals.put("images_dir", "/images");
        List<Membership> members = join(ada, bob);

        assertThat(setup.api(ROOM + " vid-banner 1 {fg=#ffffff,bg=#112233,font_scale=9}Ada%20L.")).isEqualTo("+OK\n");
        assertThat(setup.api(ROOM + " vid-logo-img 1 logos/x.png")).isEqualTo("+OK\n");
        assertThat(setup.api(ROOM + " vid-mute-img 2 away.png")).isEqualTo("+OK\n");
        setup.api(ROOM + " vmute 2");
        members.getFirst().talking(true);
        setup.time.settle();

        Scene.Tile first = studio().scenes.get(0).tiles().getFirst();
        assertThat(first.banner()).contains(new Scene.Banner("Ada L.", 0xffffff, 0x112233, 9));
        assertThat(first.logo()).contains(new Scene.Art.Image(java.nio.file.Path.of("/images/logos/x.png")));
        assertThat(first.border()).isEqualTo(4);
        assertThat(first.borderColour()).isEqualTo(0xff0000);
        assertThat(studio().at(0)).containsEntry("640,0", "=/images/away.png");
        assertThat(studio().scenes.get(0).tiles().get(1).borderColour()).isZero();

        assertThat(setup.api(ROOM + " vid-border 1 off")).isEqualTo("+OK border off\n");
        assertThat(setup.api(ROOM + " vid-banner 1 reset")).isEqualTo("+OK\n");
        assertThat(setup.api(ROOM + " vid-logo-img 1 clear")).isEqualTo("+OK\n");
        Scene.Tile plain = studio().scenes.get(0).tiles().getFirst();
        assertThat(plain.banner()).isEmpty();
        assertThat(plain.logo()).isEmpty();
        assertThat(plain.border()).isZero();
    }

    /// Attack S34: a command names no file outside of its folder.
    @ParameterizedTest
    @CsvSource({"../secret.png", "/etc/passwd", "a/../../x.png", "."})
    void s34ImagesOfCommandsLieInTheirFolder(String path) {
        setup.globals.put("images_dir", "/images");
        join(ada);

        assertThat(setup.api(ROOM + " vid-mute-img 1 " + path)).startsWith("-ERR").contains("is not in images_dir");
        assertThat(setup.api(ROOM + " vid-bgimg " + path)).startsWith("-ERR");
    }

    @Test
    void aSlotIsReservedAndGivenUpByTheSameCommand() {
        join(ada, bob);

        assertThat(setup.api(ROOM + " vid-res-id 1 presenter")).isEqualTo("+OK reservation_id presenter\n");
        assertThat(setup.api(ROOM + " list")).contains("res-id:presenter");
        assertThat(setup.api(ROOM + " vid-res-id 2 presenter")).as("one at a time").isEqualTo("+OK reservation_id presenter\n");
        assertThat(setup.api(ROOM + " list").lines().filter(line -> line.contains("res-id:"))).singleElement().asString().startsWith("2;");
        assertThat(setup.api(ROOM + " vid-res-id 2 presenter")).isEqualTo("+OK reservation_id cleared\n");
        assertThat(setup.api(ROOM + " vid-role-id 2 chair")).isEqualTo("+OK role_id chair\n");
        assertThat(setup.api(ROOM + " vid-role-id 2 clear")).isEqualTo("+OK role_id cleared\n");
    }

    @Test
    void aModeratorPutsMembersIntoSlots() {
        join(ada, bob);
        setup.api(ROOM + " vid-layout 2x2");

        assertThat(setup.api(ROOM + " vid-layer 1 3")).isEqualTo("+OK layer 3\n");
        assertThat(studio().at(0)).isEqualTo(Map.of("640,360", "call-Ada", "640,0", "call-Bob"));
        assertThat(setup.api(ROOM + " vid-layer 1 next")).isEqualTo("+OK layer 0\n");
        assertThat(studio().at(0)).containsEntry("0,0", "call-Ada");
        assertThat(setup.api(ROOM + " vid-layer 1 9")).isEqualTo("-ERR Invalid Canvas\n");
        assertThat(setup.api(ROOM + " vid-layer 1 clear")).isEqualTo("+OK layer cleared\n");
        assertThat(setup.api(ROOM + " vid-layer 77 1")).isEqualTo("-ERR Non-Existant ID 77\n");
    }

    @Test
    void oneCanvasIsTheOnlyOne() {
        join(ada);

        assertThat(setup.api(ROOM + " vid-canvas 1 2")).isEqualTo("-ERR Only 1 Canvas\n");
        assertThat(setup.api(ROOM + " vid-watching-canvas 1 2")).isEqualTo("-ERR Only 1 Canvas\n");
    }

    @Test
    void severalCanvasesHaveTheirMembersAndOneThatShowsThemAll() {
        setup = mixing("video-canvas-count", "2");
        join(ada, bob);

        assertThat(setup.api(ROOM + " vid-canvas 2 2")).isEqualTo("+OK canvas 2\n");
        assertThat(studio().at(0)).isEqualTo(Map.of("0,0", "call-Ada"));
        assertThat(studio().at(1)).isEqualTo(Map.of("0,0", "call-Bob"));
        assertThat(studio().at(1_000)).isEqualTo(Map.of("0,0", "#0", "640,0", "#1"));

        assertThat(setup.api(ROOM + " vid-watching-canvas 1 2")).isEqualTo("+OK watching canvas 2\n");
        assertThat(studio().watching).containsEntry("call-Ada", OptionalInt.of(1));
        assertThat(setup.api(ROOM + " vid-watching-canvas 1 0")).isEqualTo("+OK watching canvas 0\n");
        assertThat(studio().watching).containsEntry("call-Ada", OptionalInt.of(1_000));
        assertThat(setup.api(ROOM + " vid-canvas 1 next")).isEqualTo("+OK canvas 2\n");
        assertThat(setup.api(ROOM + " vid-canvas 1 prev")).isEqualTo("+OK canvas 1\n");
        assertThat(setup.api(ROOM + " vid-canvas 1 3")).isEqualTo("-ERR Invalid DATA\n");
    }

    @Test
    void whoFindsNoRoomGoesToTheNextCanvas() {
        setup = mixing("video-canvas-count", "2", "video-layout-name", "1x1");
        join(ada, bob);

        assertThat(studio().at(0)).isEqualTo(Map.of("0,0", "call-Ada"));
        assertThat(studio().at(1)).isEqualTo(Map.of("0,0", "call-Bob"));
    }

    @Test
    void eachMayHaveACanvasWithoutHimself() {
        join(ada, bob, cy);

        assertThat(setup.api(ROOM + " vid-personal on")).isEqualTo("+OK personal canvas enabled\n");
        int adas = studio().watching.get("call-Ada").getAsInt();
        assertThat(studio().at(adas)).isEqualTo(Map.of("0,0", "call-Bob", "640,0", "call-Cy"));
        int cys = studio().watching.get("call-Cy").getAsInt();
        assertThat(studio().at(cys)).isEqualTo(Map.of("0,0", "call-Ada", "640,0", "call-Bob"));

        assertThat(setup.api(ROOM + " vid-personal off")).isEqualTo("+OK personal canvas disabled\n");
        assertThat(studio().watching).containsEntry("call-Ada", OptionalInt.of(0));
        assertThat(studio().scenes).containsOnlyKeys(0);
    }

    @Test
    void aSecondScreenOnlyWatches() {
        setup = mixing("video-canvas-count", "2");
        join(ada);
        setup.join(bob.wants("3000", "second-screen", TestChannel.with(Map.of("video_initial_watching_canvas", "2"))));

        assertThat(studio().at(0)).isEqualTo(Map.of("0,0", "call-Ada"));
        assertThat(studio().watching).containsEntry("call-Bob", OptionalInt.of(1));
        assertThat(bob.media.routes().getLast()).isInstanceOfSatisfying(AudioRoute.Mix.class, mix -> {
            assertThat(mix.muted()).isTrue();
            assertThat(mix.deaf()).isTrue();
        });
        assertThat(setup.api(ROOM + " count")).isEqualTo("1\n");
    }

    @Test
    void aChannelSaysHowItsMemberIsShown() {
        setup.globals.put("images_dir", "/images");
        bob.media.video = video(true, false);
        setup.join(ada.wants("3000", "", TestChannel.with(Map.of("video_banner_text", "Chair", "video_reservation_id", "a", "video_role_id", "b"))));
        setup.join(bob.wants("3000", "", TestChannel.with(Map.of("video_no_video_avatar_png", "bob.png"))));

        assertThat(studio().scenes.get(0).tiles().getFirst().banner().orElseThrow().text()).isEqualTo("Chair");
        assertThat(studio().at(0)).containsEntry("640,0", "=/images/bob.png");
        assertThat(setup.api(ROOM + " list")).contains("res-id:a|role-id:b");
    }

    @Test
    void figuresOfTheCanvasAreChanged() {
        join(ada);

        assertThat(setup.api(ROOM + " vid-fps 15")).isEqualTo("+OK fps 15\n");
        assertThat(studio().fps).isEqualTo(15);
        assertThat(setup.api(ROOM + " vid-fps 0")).startsWith("-ERR");
        assertThat(setup.api(ROOM + " vid-res 640x360")).isEqualTo("+OK 640x360\n");
        assertThat(studio().scenes.get(0).width()).isEqualTo(640);
        assertThat(setup.api(ROOM + " vid-res 16000x9000")).startsWith("-ERR");
        assertThat(setup.api(ROOM + " vid-bandwidth 2mb")).isEqualTo("+OK Set Bandwidth 2048 kps\n");
        assertThat(studio().rates).containsEntry(0, 2_048_000);
        assertThat(setup.api(ROOM + " vid-bandwidth much")).isEqualTo("-ERR Invalid bandwidth [much]\n");
    }

    @Test
    void s34WhatACanvasShowsIsWrittenToTheFolderOfRecordingsAlone(@TempDir Path folder) {
        setup.globals.put("recordings_dir", folder.toString());
        join(ada);

        assertThat(setup.api(ROOM + " vid-write-png talks/now.png")).isEqualTo("+OK Write [talks/now.png]\n");
        assertThat(studio().snapshots).containsExactly("0 " + folder.resolve("talks/now.png"));
        assertThat(setup.api(ROOM + " vid-write-png ../now.png")).isEqualTo("-ERR file [../now.png] cannot be written: name a .png file in the folder of recordings.\n");
        assertThat(setup.api(ROOM + " vid-write-png /etc/now.png")).startsWith("-ERR file");
        assertThat(setup.api(ROOM + " vid-write-png now.sh")).startsWith("-ERR file");
        assertThat(setup.api(ROOM + " vid-write-png now.png 2")).isEqualTo("-ERR Invalid canvas [2]\n");
        assertThat(studio().snapshots).hasSize(1);
    }

    @Test
    void eachOfSeveralCanvasesIsWrittenToAFileOfItsOwn(@TempDir Path folder) {
        setup = mixing("video-canvas-count", "2");
        setup.globals.put("recordings_dir", folder.toString());
        TestClient adas = new TestClient(setup.events, ada.cookie());
        setup.join(ada.wants("3000", "moderator"));
        adas.subscribe("conference-mod." + ROOM);

        assertThat(moderate(adas, "vid-write-png", JsonLiteral.NULL, new JsonString("now.png"))).contains("'response':'+OK Write [now.png]\\n'");
        assertThat(setup.api(ROOM + " vid-write-png all.png 0")).startsWith("+OK");

        assertThat(studio().snapshots).containsExactly("0 " + folder.resolve("now-1.png"), "1 " + folder.resolve("now-2.png"), "1000 " + folder.resolve("all.png"));
    }

    @Test
    void membersAreHeardFromWhereTheyAreSeen() {
        setup = mixing("channels", "2", "video-layout-name", "2x2");
        join(ada, bob);

        assertThat(((AudioRoute.Mix) ada.media.routes().getLast()).position().orElseThrow().x()).isNegative();
        assertThat(((AudioRoute.Mix) bob.media.routes().getLast()).position().orElseThrow().x()).isPositive();
    }

    @Test
    void clientsAreToldOfTheLayoutAndWhereMembersAre() {
        TestClient adas = new TestClient(setup.events, ada.cookie());
        setup.join(ada.wants("3000", "moderator"));
        assertThat(adas.heard()).singleElement().asString().contains("'canvasCount':1");
        adas.subscribe("conference-info." + ROOM, "conference-mod." + ROOM, "conference-liveArray." + ROOM);
        adas.heard();
        setup.join(bob.wants("3000"));
        setup.time.advance(java.time.Duration.ofMillis(300));

        List<String> heard = adas.heard();
        assertThat(heard).anySatisfy(event -> assertThat(event).contains("'eventData':{'contentType':'layout-info','canvasInfo':{'canvasID':0,'totalLayers':4,"
                + "'layersUsed':2,'layoutFloorID':-1,'layoutName':'2x2','canvasLayouts':[{'x':0,'y':0,'scale':180,'hscale':180,'zoom':0,'border':0,"
                + "'floor':0,'overlap':0,'screenWidth':640,'screenHeight':360,'xPOS':0,'yPOS':0,'audioPOS':'-0.50:0.00:-0.87'},")
                .contains("'scale':360}}"));
        assertThat(heard.getLast()).contains("call-Bob", "\"visible\":true", "\"videoLayerID\":1,\"canvasID\":0,\"watchingCanvasID\":0");
    }

    @Test
    void moderatorsChangeWhatIsSeenOnTheirChannel() {
        TestClient adas = new TestClient(setup.events, ada.cookie());
        setup.join(ada.wants("3000", "moderator"));
        setup.join(bob.wants("3000"));
        adas.subscribe("conference-mod." + ROOM);
        adas.heard();

        assertThat(moderate(adas, "list-videoLayouts", JsonLiteral.NULL, JsonLiteral.NULL)).contains("'response':'OK'", "{'type':'layout','name':'2x2','resIDS':[],'slots':[[0,0,180,180],[180,0,180,180],[0,180,180,180],[180,180,180,180]]}",
                "{'type':'layoutGroup','name':'group:grid','groupLayouts':['1x1','2x2','3x3','4x4','5x5','6x6','8x8']}");
        assertThat(moderate(adas, "canvasInfo", JsonLiteral.NULL, JsonLiteral.NULL)).contains(
                "'responseData':[{'canvasID':0,'totalLayers':4,'layersUsed':2,'layoutFloorID':-1,'layoutName':'2x2'}]");
        assertThat(moderate(adas, "vid-layout", JsonLiteral.NULL, new JsonArray(List.of(new JsonString("3x3"), new JsonString("1"))))).contains(
                "'conf-command':'3000 vid-layout 3x3 1'", "'response':'+OK Change canvas 1 to layout [3x3]\\n'");
        assertThat(moderate(adas, "vid-res-id", new JsonString("0002"), new JsonString("presenter"))).contains("'response':'+OK reservation_id presenter\\n'");
        assertThat(moderate(adas, "vid-banner", new JsonString("0002"), new JsonString("Bob%20B."))).contains("'response':'+OK\\n'");
        assertThat(studio().scenes.get(0).tiles().get(1).banner().orElseThrow().text()).isEqualTo("Bob B.");
    }

    private String moderate(TestClient client, String command, JsonValue id, JsonValue value) {
        client.heard();
        client.moderate(ROOM, command, id, value);
        setup.time.settle();
        return client.heard().getLast();
    }
}
