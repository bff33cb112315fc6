package io.jverto.conference;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConferenceSettingsTest {
    @Test
    void readsAProfile() {
        ConferenceSettings settings = settings("default", "domain", "pbx.test", "rate", "16000", "channels", "2",
                "max_members", "20", "member-flags", "mute", "caller-controls", "default", "energy-level", "100", "conference-flags", "video-floor-only|LiveArray-Sync|livearray-json-status");

        RoomProfile profile = settings.profile("default").orElseThrow();
        assertThat(profile.domainOf("3000", "other.test")).isEqualTo("pbx.test");
        assertThat(profile.rateHz()).isEqualTo(16_000);
        assertThat(profile.channels()).isEqualTo(2);
        assertThat(profile.number(ProfileParam.MAX_MEMBERS)).isEqualTo(20);
        assertThat(profile.memberFlags().set()).containsExactly(MemberFlag.MUTE);
        assertThat(profile.number(ProfileParam.ENERGY_LEVEL)).isEqualTo(100);
        assertThat(profile.flags()).containsExactlyInAnyOrder(
                ConferenceFlag.VIDEO_FLOOR_ONLY, ConferenceFlag.LIVEARRAY_SYNC, ConferenceFlag.LIVEARRAY_JSON_STATUS);
        assertThat(settings.problems()).isEmpty();
    }

    @Test
    void readsWhatItSaysOfCanvases() {
        CanvasProfile profile = CanvasProfile.of(settings("default", "video-mode", "mux", "video-canvas-size", "1281x721", "video-layout-name", "2x2",
                "video-canvas-bgcolor", "#102030", "video-letterbox-bgcolor", "#11223344", "video-fps", "15", "video-codec-bandwidth", "3mb").profile("default").orElseThrow());

        assertThat(profile.width()).as("even").isEqualTo(1_280);
        assertThat(profile.height()).isEqualTo(720);
        assertThat(profile.layout()).isEqualTo("2x2");
        assertThat(profile.background()).isEqualTo(0x102030);
        assertThat(profile.edge()).isEqualTo(0x112233);
        assertThat(profile.fps()).isEqualTo(15);
        assertThat(profile.bitsPerSecond()).isEqualTo(3_072_000);
        CanvasProfile usual = CanvasProfile.of(settings("default").profile("default").orElseThrow());
        assertThat(usual.layout()).isEqualTo("group:grid");
        assertThat(usual.bitsPerSecond()).as("1280 * 720 * 30 * 0.07").isEqualTo(1_935_360);
    }

    @Test
    void readsGroupsOfBitRatesAndSaysWhatIsWrongWithThem() {
        ConfigNode profile = node("profile", Map.of("name", "default"), List.of(
                node("video-codec-group", Map.of("name", "thin", "bandwidth", "1mb", "res-divisor", "2", "fps-divisor", "2"), List.of()),
                node("video-codec-group", Map.of("name", "whole"), List.of()),
                node("video-codec-group", Map.of("bandwidth", "512"), List.of()),
                node("video-codec-group", Map.of("name", "odd", "bandwidth", "much"), List.of()),
                node("video-codec-group", Map.of("name", "flat", "res-divisor", "0"), List.of())));
        ConferenceSettings settings = ConferenceSettings.decode(node("configuration", Map.of(), List.of(node("profiles", Map.of(), List.of(profile)))));

        assertThat(settings.profile("default").orElseThrow().codecGroups())
                .isEqualTo(Map.of("thin", new CodecGroup(1_024_000, true), "whole", new CodecGroup(0, false)));
        assertThat(settings.problems()).extracting(ConfigProblem::message).containsExactly(
                "fps-divisor of video-codec-group thin: all see as many pictures in a second",
                "a video-codec-group needs a name of one word that is not clear",
                "bandwidth of video-codec-group odd must be kbit/s, for instance 512 or 1mb",
                "res-divisor of video-codec-group flat must be 1 to 9");
    }

    @Test
    void flagsWithoutEffectAreNamed() {
        assertThat(settings("default", "conference-flags", "rfc-4579|wait-mod|mute-detect|breakable|ded-vid-layer-audio-floor", "member-flags", "mute,video-bridge|frob").problems())
                .extracting(ConfigProblem::message)
                .containsExactlyInAnyOrder(
                        "the flag rfc-4579 changes nothing: SIP telephones are not told of rooms",
                        "there is no flag of rooms mute-detect; it changes nothing",
                        "the flag ded-vid-layer-audio-floor changes nothing: members with a reserved slot may have the floor, too",
                        "the flag video-bridge changes nothing: members see the floor or the canvas",
                        "there is no flag of members frob; it changes nothing");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "conference;3000@default+1234+flags{moderator|video-bridge};the flag video-bridge changes nothing: members see",
        "conference;3000@default+flags{wait-mod|frob};there is no flag of members or rooms frob",
        "bridge;conference:3000+flags{video-bridge};the flag video-bridge changes nothing: members",
        "set;conference_member_flags=mute,vmute,join-vid-floor,no-minimize-encoding;the flag no-minimize-encoding changes nothing",
        "set;conference_member_flags_ghosts=true;there is no flag of members ghosts",
        "export;conference_flags=video-bridge-first-two|${x};the flag video-bridge-first-two changes nothing",
        "set;conference_flags_audio-always=true;''",
        "conference;3000+flags{${x}|mute};''",
        "log;+flags{vmute};''",
        "set;colour=vmute;''"})
    void flagsInADialplanAreLookedAtToo(String application, String data, String found) {
        assertThat(FlagProblems.ofAction(application, data, new ConfigNode.Origin("test", 1)))
                .extracting(ConfigProblem::message)
                .satisfies(messages -> assertThat(String.join(" ", messages)).contains(found))
                .hasSize(found.isEmpty() ? 0 : 1);
    }

    @Test
    void hasTheDefaultsOfTheReferenceServer() {
        RoomProfile profile = settings("default").profile("default").orElseThrow();

        assertThat(profile.rateHz()).isEqualTo(8_000);
        assertThat(profile.channels()).isEqualTo(1);
        assertThat(profile.number(ProfileParam.PIN_RETRIES)).isEqualTo(3);
        assertThat(profile.number(ProfileParam.IVR_DTMF_TIMEOUT)).isEqualTo(500);
        assertThat(profile.text(ProfileParam.CALLER_ID_NAME)).isEqualTo("conference");
        assertThat(profile.flags()).isEmpty();
        assertThat(profile.memberFlags()).isEqualTo(MemberFlags.NONE);
        assertThat(profile.controls()).extracting(Control::digits).containsExactlyInAnyOrder("0", "*", "#", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    }

    @ParameterizedTest
    @CsvSource({"44100,48000", "12000,16000", "24000,32000", "48000,48000",
        "x,8000", "-1,8000", "96000,8000", "'',8000"})
    void takesTheNextRateThatTheMixerHas(String written, int used) {
        assertThat(settings("default", "rate", written).profile("default").orElseThrow().rateHz()).isEqualTo(used);
    }

    @ParameterizedTest
    @CsvSource({"PCMU@8000,8000,1", "G722@16000,16000,1", "opus@48000,48000,2", "'',48000,2"})
    void rateAndChannelsThatAreAutoAreThoseOfTheFirstMember(String codec, int rate, int channels) {
        ConferenceSettings settings = settings("default", "rate", "auto", "channels", "auto");

        RoomProfile profile = settings.profile("default").orElseThrow().forced(Map.of(), codec);

        assertThat(settings.problems()).isEmpty();
        assertThat(profile.rateHz()).isEqualTo(rate);
        assertThat(profile.channels()).isEqualTo(channels);
    }

    @Test
    void aRoomThatIsAdvertisedNeedsANameAndThereAreNotTooMany() {
        List<ConfigNode> rooms = new ArrayList<>();
        rooms.add(node("room", Map.of("name", "", "status", "x"), List.of()));
        rooms.add(node("room", Map.of("name", "3000@a\u0007"), List.of()));
        for (int i = 0; i < 1_001; i++) {
            rooms.add(node("room", Map.of("name", i + "@example.org"), List.of()));
        }
        ConferenceSettings settings = ConferenceSettings.decode(node("configuration", Map.of(), List.of(node("advertise", Map.of(), rooms))));

        assertThat(settings.advertised()).hasSize(1_000).first().isEqualTo(new ConferenceSettings.Advertised("0@example.org", "Available"));
        assertThat(settings.problems()).extracting(ConfigProblem::message).contains(
                "a room that is advertised needs a name, for instance 3000@example.com", "no more than 1000 rooms can be advertised").hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({
        "rate,44100,UNSUPPORTED",
        "ivr-input-timeout,60001,ERROR",
        "rate,x,ERROR",
        "channels,3,ERROR",
        "max-members,1,ERROR",
        "max-members,-5,ERROR",
        "max-members,99999999999,ERROR",
        "interval,10,UNSUPPORTED",
        "pin,12a4,ERROR",
        "moderator-pin,'1 2',ERROR",
        "pin-retries,many,ERROR",
        "comfort-noise,1,ERROR",
        "comfort-noise-level,10000,ERROR",
        "auto-gain-level,-5,ERROR",
        "video-mode,transcode,UNSUPPORTED",
        "video-mode,mix,ERROR",
        "video-layout-name,group:none,WARNING",
        "video-canvas-size,3840x2160,UNSUPPORTED",
        "video-canvas-size,large,ERROR",
        "video-canvas-count,21,ERROR",
        "video-fps,100,UNSUPPORTED",
        "video-fps,1000,ERROR",
        "video-codec-bandwidth,much,ERROR",
        "video-border-color,green,ERROR",
        "video-border-size,51,ERROR",
        "no-such-thing,1,UNSUPPORTED",
        "caller-controls,nobody,ERROR"
    })
    void namesWhatIsWrong(String name, String value, ConfigProblem.Severity severity) {
        ConferenceSettings settings = settings("default", name, value);

        assertThat(settings.problems()).singleElement().extracting(ConfigProblem::severity).isEqualTo(severity);
        assertThat(settings.problems().getFirst().origin()).hasToString("conference.conf.xml:7");
    }

    @Test
    void fallsBackToTheDefaultProfileAndWarnsWhereThereIsNone() {
        assertThat(settings("default", "channels", "2").profile("sales")).isPresent();
        assertThat(settings("sales").profile("other")).isEmpty();
        assertThat(settings("sales").problems()).singleElement().extracting(ConfigProblem::severity)
                .isEqualTo(ConfigProblem.Severity.WARNING);
    }

    @ParameterizedTest
    @CsvSource({"comfort-noise,true,48000,6", "comfort-noise,700,48000,11", "comfort-noise-level,1400,8000,81", "comfort-noise,false,8000,0",
        "comfort-noise,9999,48000,1"})
    void comfortNoiseIsFainterTheGreaterItsNumber(String name, String value, String rate, int rms) {
        ConferenceSettings settings = settings("default", name, value, "rate", rate);

        assertThat(settings.problems()).isEmpty();
        assertThat(settings.profile("default").orElseThrow().noise()).isEqualTo(rms);
    }

    @Test
    void looksAtTenFlagsAtMost() {
        assertThat(MemberFlags.decode("x|".repeat(9) + "mute").has(MemberFlag.MUTE)).isTrue();
        assertThat(MemberFlags.decode("x|".repeat(10) + "mute").has(MemberFlag.MUTE)).isFalse();
    }

    private static ConferenceSettings settings(String profile, String... params) {
        List<ConfigNode> nodes = new ArrayList<>();
        for (int i = 0; i < params.length; i += 2) {
            nodes.add(node("param", Map.of("name", params[i], "value", params[i + 1]), List.of()));
        }
        ConfigNode profiles = node("profiles", Map.of(), List.of(node("profile", Map.of("name", profile), nodes)));
        return ConferenceSettings.decode(node("configuration", Map.of(), List.of(profiles)));
    }

    private static ConfigNode node(String name, Map<String, String> attributes, List<ConfigNode> children) {
        return new ConfigNode(name, attributes, children, "", new ConfigNode.Origin("conference.conf.xml", 7));
    }
}
