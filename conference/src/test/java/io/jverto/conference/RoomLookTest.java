package io.jverto.conference;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.media.plan.Scene.Content;
import io.jverto.media.plan.Scene.Look;
import io.jverto.media.plan.Scene.Part;
import io.jverto.media.plan.Scene.Tint;
import io.jverto.media.plan.VideoCodec;
import io.jverto.media.plan.VideoFormat;
import io.jverto.media.plan.VideoPlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How members' pictures are shown on a canvas (conference.md section 14, verto-wire.md section 9.7).
class RoomLookTest {
    private static final String ROOM = "3000@example.org";

    private final TestChannel ada = new TestChannel("Ada");
    private final TestChannel bob = new TestChannel("Bob");
    private final RoomSetup setup = RoomSetup.with("video-mode", "mux", "conference-flags", "livearray-sync", "video-canvas-size", "1280x720",
            "video-layout-name", "2x2", RoomSetup.CODEC_GROUP + "thin", "256");

    private RecordingStudio studio() {
        return setup.media.studios.getLast();
    }

    private Look look(int tile) {
        return ((Content.Camera) studio().scenes.get(0).tiles().get(tile).content()).look();
    }

    private void join(TestChannel channel, String flags, Map<String, String> says) {
        channel.media.video = Optional.of(new VideoPlan(
                new VideoFormat(VideoCodec.VP8, 96), 97, VideoPlan.Feedback.ALL, VideoPlan.Extensions.NONE, "1", 0, 0, true, true));
        setup.join(channel.wants("3000", flags, TestChannel.with(says)));
    }

    private void both() {
        join(ada, "moderator", Map.of());
        join(bob, "", Map.of());
    }

    @Test
    void aPictureIsFlipped() {
        both();

        assertThat(setup.api(ROOM + " vid-flip 1")).isEqualTo("+OK flip 180\n");
        assertThat(look(0)).isEqualTo(new Look(2, false, Tint.NONE, Part.WHOLE));
        assertThat(look(1)).isEqualTo(Look.PLAIN);
        assertThat(setup.api(ROOM + " vid-flip 1")).isEqualTo("+OK flip 0\n");
        assertThat(setup.api(ROOM + " vid-flip 1 mirror")).isEqualTo("+OK flip 0 mirror\n");
        assertThat(look(0)).isEqualTo(new Look(0, true, Tint.NONE, Part.WHOLE));
        assertThat(setup.api(ROOM + " vid-flip 1 rotate")).isEqualTo("+OK flip 90 mirror\n");
        assertThat(setup.api(ROOM + " vid-flip 1 mirror")).isEqualTo("+OK flip 90\n");
        assertThat(setup.api(ROOM + " vid-flip 1 270")).isEqualTo("+OK flip 270\n");
        assertThat(look(0).turns()).isEqualTo(3);
        assertThat(setup.api(ROOM + " vid-flip 1 45")).isEqualTo("-ERR Invalid flip [45]\n");
        assertThat(look(0).turns()).isEqualTo(3);
    }

    @Test
    void orComesInUpsideDown() {
        join(ada, "flip-video", Map.of());

        assertThat(look(0).turns()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"gray,GREY", "fg-gray,GREY", "sepia,SEPIA", "FG-8BIT,FEW_COLOURS", "reset,NONE"})
    void itsColoursAreChanged(String word, Tint tint) {
        both();
        setup.api(ROOM + " vid-filter 2 sepia");

        assertThat(setup.api(ROOM + " vid-filter 2 " + word)).isEqualTo("+OK\n");

        assertThat(look(1).tint()).isEqualTo(tint);
        assertThat(look(0).tint()).isEqualTo(Tint.NONE);
        assertThat(setup.api(ROOM + " vid-filter 2 bg-gray")).isEqualTo("-ERR Invalid filter [bg-gray]\n");
        assertThat(look(1).tint()).isEqualTo(tint);
    }

    @Test
    void aPartOfAPictureIsShownUntilItsSlotIsAnother() {
        both();

        assertThat(setup.api(ROOM + " cam 1 1 zoom 320:0:320:180")).isEqualTo("+OK\n");
        assertThat(look(1).part()).isEqualTo(new Part(5_000, 0, 5_000, 5_000));
        assertThat(setup.api(ROOM + " cam 1 1 pan x:-64")).isEqualTo("+OK\n");
        assertThat(setup.api(ROOM + " cam 1 1 pan y:36a")).isEqualTo("+OK\n");
        assertThat(look(1).part()).isEqualTo(new Part(4_000, 1_000, 5_000, 5_000));
        assertThat(look(0).part()).isEqualTo(Part.WHOLE);

        setup.api(ROOM + " vid-layer 2 3");
        assertThat(look(1).part()).as("in another slot").isEqualTo(Part.WHOLE);
        setup.api(ROOM + " vid-layer 2 1");
        assertThat(look(1).part().width()).isEqualTo(5_000);
        assertThat(setup.api(ROOM + " cam 1 1 reset")).isEqualTo("+OK\n");
        assertThat(look(1)).isEqualTo(Look.PLAIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 1 zoom 600:0:320:180", "1 1 zoom 0:0:2:2", "1 1 zoom -1:0:320:180", "1 1 zoom", "1 1 zoom 0:0:99999:1", "1 1 pan z:1", "1 1 pan x:", "1 1 spin",
        "1 3 reset", "1 -1 reset", "1 77 reset", "0 1 reset", "2 1 reset", "x 1 reset", "1 99999999999 reset"})
    void whatMakesNoSenseChangesNothing(String arguments) {
        both();
        int shown = studio().shown;

        assertThat(setup.api(ROOM + " cam " + arguments)).startsWith("-ERR");

        assertThat(studio().shown).isEqualTo(shown);
    }

    @Test
    void pansAddUpToABound() {
        both();
        for (int i = 0; i < 20; i++) {
            setup.api(ROOM + " cam 1 0 pan x:9999");
        }

        assertThat(look(0).part()).isEqualTo(new Part(100_000, 0, 10_000, 10_000));
    }

    @Test
    void moderatorsChooseThePartOnTheirChannel() {
        TestClient adas = new TestClient(setup.events, ada.cookie());
        both();
        adas.subscribe("conference-mod." + ROOM);

        assertThat(moderate(adas, layer("zoom-layer", 0, 1).put("dimensions", new JsonObjectBuilder().put("x", 320).put("y", 0).put("w", 320).put("h", 180).build())))
                .contains("'conf-command':'3000 cam 1 1 zoom 320:0:320:180','response':'+OK\\n'");
        assertThat(look(1).part()).isEqualTo(new Part(5_000, 0, 5_000, 5_000));
        moderate(adas, layer("layer-pan-x", 0, 1).put("metric", -64).put("absolute", 0));
        moderate(adas, layer("layer-pan-y", 0, 1).put("metric", 36).put("absolute", 1));
        assertThat(look(1).part()).isEqualTo(new Part(4_000, 1_000, 5_000, 5_000));
        assertThat(moderate(adas, layer("zoom-layer", 0, 1))).contains("'error':'Invalid Command'");
        assertThat(moderate(adas, layer("layer-pan-x", 0, 1))).contains("'error':'Invalid Command'");
        assertThat(moderate(adas, layer("reset-layer", -1, 1))).contains("'error':'Invalid Command'");
        assertThat(moderate(adas, layer("reset-layer", 0, 1))).contains("'response':'+OK\\n'");
        assertThat(look(1)).isEqualTo(Look.PLAIN);
    }

    private static JsonObjectBuilder layer(String command, int canvas, int layer) {
        return new JsonObjectBuilder().put("command", command).put("canvasID", canvas).put("layerID", layer);
    }

    private String moderate(TestClient client, JsonObjectBuilder data) {
        client.heard();
        JsonObject built = data.build();
        client.broadcast("conference-mod." + ROOM, built);
        setup.time.settle();
        List<String> heard = client.heard();
        return heard.getLast();
    }

    @Test
    void aGroupSaysHowMuchOfACanvasItsMembersGet() {
        both();
        join(new TestChannel("Cy"), "", Map.of("video_codec_group", "thin"));
        assertThat(studio().limits).containsExactly(Map.entry("call-Cy", "256000 small"));

        assertThat(setup.api(ROOM + " vid-codec-group 2 thin")).isEqualTo("+OK codec-group thin\n");
        assertThat(studio().limits).containsEntry("call-Bob", "256000 small").doesNotContainKey("call-Ada");
        assertThat(setup.api(ROOM + " vid-codec-group 2 wide")).isEqualTo("-ERR there is no video-codec-group wide\n");
        assertThat(setup.api(ROOM + " vid-codec-group 2 clear")).isEqualTo("+OK codec-group cleared\n");
        assertThat(studio().limits).containsEntry("call-Bob", "0");
    }
}
