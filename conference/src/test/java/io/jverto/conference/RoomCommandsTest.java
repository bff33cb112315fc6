package io.jverto.conference;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.Sound;
import io.jverto.media.plan.VoiceRules;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.ConferenceService;
import io.jverto.switchboard.port.ConferenceService.Membership;
import io.jverto.switchboard.port.MediaService.Playing;
import io.jverto.switchboard.port.RoomNotice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What commands do to a room, and what they answer (conference.md sections 14 and 15).
class RoomCommandsTest {
    private final RoomSetup setup = RoomSetup.with("rate", "48000", "channels", "2", "kicked-sound", "tone_stream://%(1,0,7)",
            "muted-sound", "tone_stream://%(1,0,1)", "unmuted-sound", "tone_stream://%(1,0,2)", "deaf-sound", "tone_stream://%(1,0,3)");
    private final TestChannel ada = new TestChannel("Ada");
    private final TestChannel bob = new TestChannel("Bob");
    private final Membership adas = setup.join(ada.wants("3000", "moderator"));
    private final Membership bobs = setup.join(bob.wants("3000"));

    @TempDir Path folder;

    @Test
    void muteAndDeafAreToldToTheMemberUnlessQuiet() {
        assertThat(setup.api("3000 mute 2")).isEqualTo("+OK mute 2\n");
        assertThat(setup.mixer().sounding()).containsExactly(new Sound.Tone("%(1,0,1)"));
        assertThat(setup.mixer().sounds.getFirst().how.only()).contains(bob.id());
        setup.mixer().sounds.forEach(RecordingMedia.Heard::stop);
        assertThat(setup.api("3000 unmute 2 quiet")).isEqualTo("+OK unmute 2\n");
        assertThat(setup.mixer().sounding()).isEmpty();
        assertThat(setup.api("3000 deaf 2")).isEqualTo("+OK deaf 2\n");
        assertThat(setup.mixer().sounding()).containsExactly(new Sound.Tone("%(1,0,3)"));
    }

    @Test
    void kickTellsTheSoundThatTheChannelHears() {
        assertThat(setup.api("3000 kick 2")).isEqualTo("+OK kicked 2\n");
        assertThat(bob.notices).containsExactly(new RoomNotice.Out("tone_stream://%(1,0,7)", true, false));
        assertThat(setup.api("3000 kick 1 bye.wav")).isEqualTo("+OK kicked 1\n");
        assertThat(ada.notices).containsExactly(new RoomNotice.Out("bye.wav", false, false));
    }

    @Test
    void hupLeavesOutTheSound() {
        assertThat(setup.api("3000 hup 2")).isEqualTo("+OK hup 2\n");
        assertThat(bob.notices).containsExactly(new RoomNotice.Out("", true, false));
    }

    @Test
    void holdTakesAMemberOutOfTheTalkAndPlaysToItAlone() {
        setup.api("3000 moh tone_stream://%(1,0,5)");

        assertThat(setup.api("3000 hold 2")).isEqualTo("+OK hold 2\n");

        assertThat(bob.media.route()).isEqualTo(new AudioRoute.Mix(setup.mixer(), true, true, 0, 0, 0, false, Set.of(), Optional.empty(), VoiceRules.NONE));
        assertThat(setup.mixer().sounds.getLast().how).isEqualTo(new Playing(Optional.of(bob.id()), true, 0, Optional.empty()));
        assertThat(setup.api("3000 list")).contains(";hold;");
        assertThat(setup.api("3000 unhold 2")).isEqualTo("+OK unhold 2\n");
        assertThat(setup.mixer().sounding()).isEmpty();
        assertThat(bob.media.route()).isEqualTo(new AudioRoute.Mix(setup.mixer(), false, false, 0, 0, 0, false, Set.of(), Optional.empty(), VoiceRules.NONE));
    }

    @Test
    void energyAndVolumesAreSetAskedAndKeptInBounds() {
        assertThat(setup.api("3000 energy 2 300")).isEqualTo("Energy 2 = 300\n");
        assertThat(setup.api("3000 energy 2 up")).isEqualTo("Energy 2 = 500\n");
        assertThat(setup.api("3000 energy 2")).isEqualTo("Energy 2 = 500\n");
        assertThat(setup.api("3000 energy 2 9999")).isEqualTo("Energy 2 = 1800\n");
        assertThat(((AudioRoute.Mix) bob.media.route()).gate()).isEqualTo(1_800);
        assertThat(setup.api("3000 volume_in 2 up")).isEqualTo("+OK Volume IN 2 = 1\n");
        assertThat(setup.api("3000 volume_in 2 -9")).isEqualTo("+OK Volume IN 2 = -4\n");
        assertThat(setup.api("3000 volume_out all 2")).isEqualTo("+OK Volume OUT 1 = 2\n+OK Volume OUT 2 = 2\n");
        assertThat(setup.api("3000 volume_out 2")).isEqualTo("+OK Volume OUT 2 = 2\n");
    }

    @Test
    void targetsAreIdsGroupsAndVariablesOfChannels() {
        setup.join(new TestChannel("Cy").wants("3000", "", TestChannel.with(Map.of("team", "red"))));

        assertThat(setup.api("3000 mute last")).isEqualTo("+OK mute 3\n");
        assertThat(setup.api("3000 mute team=red")).isEqualTo("+OK mute 3\n");
        assertThat(setup.api("3000 mute team=blue")).isEqualTo("-ERR Non-Existant member\n");
        assertThat(setup.api("3000 mute non_moderator quiet")).isEqualTo("+OK mute 2\n+OK mute 3\n");
        assertThat(setup.api("3000 mute 77")).isEqualTo("-ERR Non-Existant ID 77\n");
        assertThat(setup.api("3000 mute")).isEqualTo("mute <[member_id|all|last|non_moderator]> [<quiet>]\n");
        assertThat(setup.api("3000 MUTE all")).hasLineCount(3);
        assertThat(setup.api("3000 get-uuid 2")).isEqualTo("call-Bob\n");
    }

    @Test
    void digitsAreSentToAMembersCall() {
        assertThat(setup.api("3000 dtmf 2 12#")).isEqualTo("+OK sent 12# to 2\n");
        assertThat(setup.api("3000 dtmf 2 hello")).startsWith("-ERR");
        assertThat(bob.notices).containsExactly(new RoomNotice.Digits("12#"));
    }

    @Test
    void relationsSayWhoHearsWhomUntilTheyAreCleared() {
        assertThat(setup.api("3000 relate 1 2 nospeak")).isEqualTo("+OK 1->2 nospeak set\n");
        assertThat(unheard(bob)).containsExactly(ada.id());
        assertThat(unheard(ada)).isEmpty();
        assertThat(setup.api("3000 relate 1 2 nohear")).isEqualTo("+OK 1->2 nohear set\n");
        assertThat(unheard(ada)).containsExactly(bob.id());
        assertThat(setup.api("3000 relate")).isEqualTo("1 -> 2 NOSPEAK|NOHEAR\n");
        assertThat(setup.api("3000 relate 1 2 clear")).isEqualTo("+OK relationship 1->2 cleared.\n");
        assertThat(unheard(ada)).isEmpty();
        assertThat(unheard(bob)).isEmpty();
        assertThat(setup.api("3000 relate 1 9 nospeak")).startsWith("-ERR");
        assertThat(setup.api("3000 relate 1 2 dance")).startsWith("relate <");
        assertThat(setup.api("3000 relate 1,2 1,2 sendvideo")).hasLineCount(4);
        assertThat(unheard(bob)).isEmpty();
    }

    @Test
    void soundsPlayOneAfterTheOtherBesideAndToOne() {
        String a = "tone_stream://%(1,0,11)";
        String b = "tone_stream://%(1,0,12)";
        assertThat(setup.api("3000 play " + a)).isEqualTo("+OK (play) Playing file " + a + "\n");
        assertThat(setup.api("3000 play {vol=-6}" + b)).startsWith("+OK");
        assertThat(setup.mixer().sounding()).containsExactly(new Sound.Tone("%(1,0,11)"));
        assertThat(setup.api("3000 play_status")).isEqualTo("+OK file: " + a + " position: 1000 ms\n");
        setup.mixer().sounds.getFirst().stop();
        setup.time.settle();
        assertThat(setup.mixer().sounding()).containsExactly(new Sound.Tone("%(1,0,12)"));
        assertThat(setup.mixer().sounds.getLast().how.decibels()).isEqualTo(-6);
        assertThat(setup.api("3000 play " + a + " async")).startsWith("+OK");
        assertThat(setup.api("3000 play " + a + " 2 nomux")).isEqualTo("+OK (play) Playing file " + a + " to member 2\n");
        assertThat(setup.mixer().sounds.getLast().how.alone()).isTrue();
        assertThat(setup.mixer().sounding()).hasSize(3);
        assertThat(setup.api("3000 pause_play")).isEqualTo("+OK Paused\n");
        assertThat(setup.api("3000 pause_play")).isEqualTo("+OK Resumed\n");
        assertThat(setup.api("3000 stop all")).isEqualTo("+OK Stopped 2 files.\n");
        assertThat(setup.api("3000 stop all 2")).isEqualTo("+OK Stopped 1 files.\n");
        assertThat(setup.api("3000 stop")).isEqualTo("+OK Stopped 0 files.\n");
        assertThat(setup.api("3000 play_status")).startsWith("-ERR");
        assertThat(setup.api("3000 play " + a + " 9")).isEqualTo("-ERR Non-Existant ID 9\n");
    }

    @Test
    void s34FilesAreThoseOfTheFoldersOfSoundsAndRecordings() throws IOException {
        setup.globals.put("sounds_dir", Files.createDirectories(folder.resolve("sounds")).toString());
        Path inside = Files.writeString(folder.resolve("sounds/a.wav"), "x");
        Files.writeString(folder.resolve("secret.wav"), "x");

        assertThat(setup.api("3000 play a.wav")).isEqualTo("+OK (play) Playing file a.wav\n");
        assertThat(setup.mixer().sounding()).containsExactly(new Sound.File(inside, 0));
        assertThat(setup.api("3000 file_seek +500")).isEqualTo("+OK seek to +500 ms\n");
        assertThat(setup.mixer().sounding()).containsExactly(new Sound.File(inside, 1_500 * 48));
        assertThat(setup.api("3000 play_status")).contains("position: 2500 ms");
        for (String name : List.of("../secret.wav", folder.resolve("secret.wav").toString(), "file_string://../secret.wav", "none.wav", "{vol=1}../secret.wav")) {
            assertThat(setup.api("3000 play " + name)).as(name).isEqualTo("-ERR (play) File: " + name + " not found.\n");
        }
        assertThat(setup.api("3000 set sound_prefix ../..")).startsWith("-ERR");
        assertThat(setup.api("3000 set sound_prefix /etc")).startsWith("-ERR");
        assertThat(setup.api("3000 set sound_prefix en")).isEqualTo("\n");
    }

    @Test
    void aRoomIsRecordedIntoItsFolderAloneAndPausedAndStopped() {
        setup.globals.put("recordings_dir", folder.toString());
        Path file = folder.resolve("a.wav");

        assertThat(setup.api("3000 record a.wav")).isEqualTo("+OK Record file a.wav\n");
        assertThat(setup.api("3000 record a.wav")).isEqualTo("-ERR file [a.wav] is already being used for recording.\n");
        assertThat(setup.api("3000 chkrecord")).isEqualTo("+OK Record file " + file + "\n");
        assertThat(setup.api("3000 pause a.wav")).startsWith("+OK");
        assertThat(setup.mixer().recording().getFirst().paused).isTrue();
        assertThat(setup.api("json_list")).contains("\"type\":\"recording_node\"").contains("\"status\":\"paused\"");
        assertThat(setup.api("3000 resume a.wav")).startsWith("+OK");
        assertThat(setup.mixer().recording().getFirst().paused).isFalse();
        assertThat(setup.api("3000 recording check")).startsWith("+OK Record file");
        assertThat(setup.api("3000 norecord b.wav")).isEqualTo("+OK Stopped recording 0 file(s)\n");
        assertThat(setup.api("3000 norecord all")).isEqualTo("Stopped recording file " + file + "\n+OK Stopped recording 1 file(s)\n");
        assertThat(setup.mixer().recording()).isEmpty();
        assertThat(setup.api("3000 chkrecord")).isEqualTo("-ERR Conference is not being recorded.\n");
        for (String name : List.of("../a.wav", "/etc/a.wav", "a.exe", "")) {
            assertThat(setup.api("3000 record '" + name + "'")).as(name).doesNotStartWith("+OK");
        }
    }

    @Test
    void aRecordingEndsWithTheRoom() {
        setup.globals.put("recordings_dir", folder.toString());
        setup.api("3000 record a.wav");

        adas.leave();
        bobs.leave();
        setup.time.settle();

        assertThat(setup.media.mixers.getFirst().recording()).isEmpty();
        assertThat(setup.media.openMixers()).isEmpty();
    }

    @Test
    void valuesAreReadBareAndSettingThemTellsTheOldOne() {
        setup.time.advance(Duration.ofSeconds(75));

        assertThat(setup.api("3000 get run_time")).isEqualTo("75");
        assertThat(setup.api("3000 get count")).isEqualTo("2");
        assertThat(setup.api("3000 get rate")).isEqualTo("48000");
        assertThat(setup.api("3000 get profile_name")).isEqualTo("default");
        assertThat(setup.api("3000 get is_locked")).isEmpty();
        assertThat(setup.api("3000 lock")).isEqualTo("+OK 3000 locked\n");
        assertThat(setup.api("3000 get is_locked")).isEqualTo("locked");
        assertThat(setup.api("3000 unlock")).isEqualTo("+OK 3000 unlocked\n");
        assertThat(setup.api("3000 get uuid")).matches("[0-9a-f-]{36}");
        assertThat(setup.api("3000 set caller_id_name 'Board room'")).isEqualTo("conference\n");
        assertThat(setup.api("3000 get caller_id_name")).isEqualTo("Board room");
        assertThat(setup.api("3000 set max_members 1")).startsWith("-ERR");
        assertThat(setup.api("3000 set rate 8000")).startsWith("-ERR");
        assertThat(setup.api("3000 setvar topic budget")).isEqualTo("+OK\n");
        assertThat(setup.api("3000 getvar topic")).isEqualTo("budget");
        assertThat(setup.api("3000 setvar topic")).isEqualTo("+OK\n");
        assertThat(setup.api("3000 setvar 'a b:' x")).as("a name of a header").startsWith("-ERR");
        assertThat(setup.api("3000 getvar topic")).isEmpty();
    }

    @Test
    void theFloorIsTakenAndGivenUp() {
        assertThat(setup.api("3000 floor 2")).isEqualTo("+OK floor 2\n");
        assertThat(setup.api("3000 list")).contains("Bob;1000;hear|speak|floor;");
        bobs.talking(true);
        setup.time.settle();
        assertThat(setup.api("3000 floor 1")).isEqualTo("-ERR floor is held by 2\n");
        assertThat(setup.api("3000 floor 2")).isEqualTo("+OK floor none\n");
    }

    @Test
    void membersAreSentIntoAnotherRoomAndKeepTheirIds() {
        assertThat(setup.api("3000 transfer 3001@wide 2 9"))
                .isEqualTo("+OK Member '2' sent to conference 3001@wide.\n-ERR No Member 9 in conference 3000.\n");
        assertThat(bob.notices).containsExactly(new RoomNotice.MovedTo("3001", "wide", 2));
        assertThat(setup.api("3000 count")).isEqualTo("1\n");
        var kept = new io.jverto.switchboard.port.ConferenceService.Arrival(true, "", "", "", 2, Map.of(), Map.of(), java.util.Optional.empty());
        setup.join(new TestChannel("Cy").wants("3001"));
        setup.join(bob.wants("3001", "", kept));
        assertThat(setup.api("3001 list")).contains("\n2;verto.rtc/Bob;");
    }

    @Test
    void peopleAreCalledIntoARoomThatNeedNotBeThere() {
        assertThat(setup.api("3009@default dial user/1001 2000 'The board'")).isEqualTo("+OK Call Requested: result: [SUCCESS]\n");
        assertThat(setup.ran).containsExactly("originate user/1001 &conference(3009@default) XML default 'The board' '2000' 60");
        assertThat(setup.api("3000 dial user/busy")).isEqualTo("+OK Call Requested: result: [USER_BUSY]\n");
        setup.watch();
        assertThat(setup.api("3000 bgdial user/1002")).startsWith("+OK Job-UUID: ");
        assertThat(setup.ran.getLast()).isEqualTo("originate {domain_name='example.org',conference_outcall='3000@example.org'}user/1002 &conference(3000@default) XML default 'conference' '0000000000' 60");
        assertThat(setup.told).singleElement().satisfies(event -> {
            assertThat(event.header("Action")).contains("bgdial-result");
            assertThat(event.header("Result")).contains("SUCCESS");
            assertThat(event.header("Peer-UUID")).contains("call-x");
        });
    }

    @Test
    void whoStillRingsWhenTheRoomEndsRingsNoMore() {
        TestChannel cy = new TestChannel("Cy");
        Membership one = setup.join(cy.wants("3010"));
        setup.api("3010 bgdial user/rings");
        setup.conferences.callIn(new ConferenceService.Outcall("3010", "default", "", "user/rings", "", "", 60, Map.of("domain_name", "example.org")));
        setup.join(new TestChannel("Dee").wants("3011"));
        setup.time.settle();
        assertThat(setup.ran).hasSize(2).allSatisfy(line -> assertThat(line).contains("conference_outcall='3010@example.org'", "&conference(3010@default)"));

        one.leave();
        setup.time.settle();

        assertThat(setup.ran).hasSize(3).endsWith("hupall ORIGINATOR_CANCEL conference_outcall 3010@example.org");
    }

    @Test
    void whoAnsweredInTimeIsTheRoomsAndNotItsCallAnyMore() {
        setup.api("3000 bgdial user/1002");
        Membership answered = setup.join(new TestChannel("Cy").wants("3000", "", TestChannel.with(Map.of("conference_outcall", "3000@example.org"))));

        assertThat(answered.variables()).containsEntry("conference_outcall", "");
    }

    @Test
    void s12WhatWouldMeanSomethingElseInADialStringIsNoVariableOfIt() {
        Map<String, String> variables = new LinkedHashMap<>(Map.of("conference_announce", "say:number:pronounced:3"));
        variables.put("a", "x',origination_uuid='y");
        variables.put("b]", "z");
        setup.conferences.callIn(new ConferenceService.Outcall("3000", "default", "mute", "user/1001", "", "", 60, variables));
        setup.time.settle();

        assertThat(setup.ran).containsExactly("originate {conference_member_flags='mute',conference_announce='say:number:pronounced:3'}user/1001 "
                + "&conference(3000@default) XML default 'conference' '0000000000' 60");
    }

    @Test
    void s12NothingButACallComesOfADialString() {
        setup.join(new TestChannel("Cy").wants("x)_&park("));
        for (String dial : List.of("'user/1 &park() XML'", "user/1\"'x'", "'a b'")) {
            assertThat(setup.api("3000 dial " + dial)).as(dial).contains("INVALID_NUMBER_FORMAT");
        }
        assertThat(setup.api("x)_&park( dial user/1001")).contains("INVALID_NUMBER_FORMAT");
        assertThat(setup.api("x)_&park( bgdial user/1001")).startsWith("-ERR");
        assertThat(setup.ran).isEmpty();
    }

    @Test
    void listsAreJsonAndXmlWhateverNamesThereAre() {
        setup.join(new TestChannel("Eve\"<&\u0007").wants("3000"));

        String json = setup.api("json_list");
        assertThat(json).startsWith("[{\"conference_name\":\"3000\",\"member_count\":3,\"ghost_count\":0,\"rate\":48000,\"run_time\":0,")
                .contains("\"flags\":{\"can_hear\":true,\"can_see\":true,\"can_speak\":true,\"hold\":false,")
                .contains("\"caller_id_name\":\"Eve\\\"<&\\u0007\"");
        assertThat(json).contains("\"video_floor_packets\":0,\"locked\":false,", "\"video_floor_only\":false,\"video_rfc4579\":false,");
        String xml = setup.api("xml_list");
        assertThat(xml).contains("<conference name=\"3000\" member-count=\"3\"").contains("<caller_id_name>Eve%22%3C%26%07</caller_id_name>")
                .contains("<last_talking>N/A</last_talking>").doesNotContain("\u0007");
        assertThat(setup.api("3000 xml_list")).isEqualTo(xml);
    }

    @Test
    void whatHasNoEffectHereIsRefusedAndHelpListsTheRest() {
        assertThat(setup.api("3000 vid-layout 2x2")).isEqualTo("-ERR Conference is not in mixing mode\n");
        assertThat(setup.api("3000 vid-res-id 2 x")).isEqualTo("-ERR Conference is not in mixing mode\n");
        assertThat(setup.api("3000 dance")).isEqualTo("-ERR Conference command 'dance' not found.\n");
        assertThat(setup.api("help")).contains("<name> relate ");
    }

    @Test
    void enterAndExitSoundsAreTurnedOnAndOff() {
        assertThat(setup.api("3000 enter_sound file tone_stream://%(1,0,20)")).isEqualTo("+OK 3000 Enter sound changed\n");
        setup.join(new TestChannel("Cy").wants("3000"));
        assertThat(setup.mixer().sounding()).contains(new Sound.Tone("%(1,0,20)"));
        assertThat(setup.api("3000 enter_sound off")).isEqualTo("+OK 3000 enter sounds off\n");
        assertThat(setup.api("3000 exit_sound file none.wav")).startsWith("-ERR");
        assertThat(setup.api("3000 list summary")).contains("|exit_sound)").doesNotContain("enter_sound");
    }

    private static Set<io.jverto.switchboard.port.ChannelId> unheard(TestChannel channel) {
        return ((AudioRoute.Mix) channel.media.route()).unheard();
    }
}
