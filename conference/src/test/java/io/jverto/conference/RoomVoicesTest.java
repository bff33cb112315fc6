package io.jverto.conference;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.Voice;
import io.jverto.media.plan.VoiceRules;
import io.jverto.switchboard.event.CoreEvent;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.ConferenceService.Membership;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Energy, automatic gain and what events tell of voices (conference.md sections 8 and 10).
class RoomVoicesTest {
    private final TestChannel ada = new TestChannel("Ada");

    @Test
    void theProfileSaysWhatIsDoneToVoicesAndToSilence() {
        RoomSetup setup = RoomSetup.with("auto-gain-level", "2000", "auto-gain-low-energy-level", "300", "max-energy-level", "6000",
                "max-energy-level-mute-ms", "500", "comfort-noise", "true", "rate", "48000");
        setup.join(ada.wants("3000"));

        assertThat(rules()).isEqualTo(new VoiceRules(new VoiceRules.AutoGain(2_000, 300, 100, 2, 25), new VoiceRules.Shouting(6_000, 5, 25)));
        assertThat(setup.mixer().noise).isEqualTo(6);
    }

    @Test
    void commandsChangeItForOneMember() {
        RoomSetup setup = RoomSetup.with();
        setup.watch();
        setup.join(ada.wants("3000"));
        setup.actions();

        assertThat(setup.api("3000 agc 1")).isEqualTo("Agc 1 = 0\n");
        assertThat(setup.api("3000 agc 1 1500:200:4")).isEqualTo("Agc 1 = 1500\n");
        assertThat(setup.api("3000 agc all up")).isEqualTo("Agc 1 = 1700\n");
        assertThat(setup.api("3000 max-energy 1 5000:1000:7")).isEqualTo("Max-Energy 1 = 5000\n");
        assertThat(setup.api("3000 max-energy 1 5000:x")).isEqualTo("Max-Energy 1 = 5000\n");
        assertThat(setup.api("3000 auto-energy 1 900")).isEqualTo("Auto-Energy 1 = 900\n");
        assertThat(setup.api("3000 agc 7 100")).isEqualTo("-ERR Non-Existant ID 7\n");

        assertThat(rules()).isEqualTo(new VoiceRules(new VoiceRules.AutoGain(1_700, 200, 100, 4, 25), new VoiceRules.Shouting(5_000, 7, 50)));
        assertThat(setup.told.stream().map(event -> event.header("Agc-Level").orElse("")).filter(level -> !level.isEmpty()))
                .containsExactly("1500", "1700");
        assertThat(setup.actions()).containsExactly("agc-level-member", "agc-level-member", "max-energy-level-member", "auto-energy-level-member");
    }

    @Test
    void listsAndEventsTellHowLoudAMemberIs() {
        RoomSetup setup = RoomSetup.with("conference-flags", "livearray-sync");
        setup.watch();
        TestClient client = new TestClient(setup.events, ada.cookie());
        Membership one = setup.join(ada.wants("3000"));
        client.subscribe("conference-liveArray.3000@example.org");
        setup.time.settle();
        client.bootstrap("3000@example.org");
        setup.time.advance(Duration.ofSeconds(1));
        ada.media.voice = new Voice(3_456, 0, Voice.Spurt.NONE);
        one.talking(true);
        setup.time.advance(Duration.ofSeconds(1));

        assertThat(client.rows.get("call-Ada").toString()).contains("energyScore").contains("3456");
        assertThat(event(setup, "start-talking").header("Current-Energy")).contains("3456");
        assertThat(setup.api("3000 json_list")).contains("\"energy_score\":3456");
        assertThat(setup.api("3000 xml_list")).contains("<energy_score>3456</energy_score>");
    }

    @Test
    void theEndOfASpurtTellsWhatItWas() {
        RoomSetup setup = RoomSetup.with();
        setup.watch();
        Membership one = setup.join(ada.wants("3000"));
        one.talking(true);
        setup.time.settle();
        ada.media.voice = new Voice(0, 0, new Voice.Spurt(200, 150, 1_800, 90));
        one.talking(false);
        setup.time.settle();

        CoreEvent stopped = event(setup, "stop-talking");
        Map.of("talking-gate-hits", "150", "talking-total-packets", "200", "talking-duration-ms", "4000", "talking-average-energy", "1800",
                        "talking-delta-average", "90", "talking-hit-on-percent", "75.00", "talking-non-hit-ratio", "0.33",
                        "talking-hit-off-percent", "25.00", "talking-hit-off-differential", "50.00")
                .forEach((name, value) -> assertThat(stopped.header(name)).as(name).contains(value));
    }

    @Test
    void theGateFollowsTheNoiseAroundAMemberAndComesDownInSilence() {
        RoomSetup setup = RoomSetup.with("energy-level", "100", "auto-energy-level", "400", "auto-energy-seconds", "5");
        Membership one = setup.join(ada.wants("3000"));

        spurt(setup, one, new Voice.Spurt(90, 50, 500, 0)); // 1.8 s are too short
        assertThat(gate()).isEqualTo(100);
        spurt(setup, one, new Voice.Spurt(150, 110, 400, 0));
        assertThat(gate()).isEqualTo(300);
        spurt(setup, one, new Voice.Spurt(150, 110, 4_000, 0));
        assertThat(gate()).isEqualTo(400); // no higher than the profile says
        setup.time.advance(Duration.ofMillis(5_100));
        assertThat(gate()).isEqualTo(300);
        setup.time.advance(Duration.ofSeconds(30));
        assertThat(gate()).isEqualTo(100);
    }

    @Test
    void aGateThatIsSetHigherByHandMovesNoMore() {
        RoomSetup setup = RoomSetup.with("energy-level", "100", "auto-energy-level", "400");
        Membership one = setup.join(ada.wants("3000"));
        setup.api("3000 energy 1 800");
        spurt(setup, one, new Voice.Spurt(150, 110, 400, 0));
        setup.time.advance(Duration.ofSeconds(60));

        assertThat(gate()).isEqualTo(800);
    }

    @Test
    void aReportEveryTenSecondsTellsHowMuchAMemberTalked() {
        RoomSetup setup = RoomSetup.with();
        setup.watch();
        Membership one = setup.join(ada.wants("3000", "talk-data-events"));
        setup.time.advance(Duration.ofSeconds(1));
        for (int i = 0; i < 2; i++) {
            one.talking(true);
            setup.time.advance(Duration.ofSeconds(1));
            one.talking(false);
            setup.time.advance(Duration.ofSeconds(1));
        }
        one.talking(true);
        setup.time.advance(Duration.ofSeconds(6));

        CoreEvent report = event(setup, "talk-report");
        assertThat(report.header("talk-detects")).contains("3");
        assertThat(report.header("talk-detect-duration")).contains("7000");
        assertThat(report.header("talk-detect-avg")).contains("2333");
        setup.told.clear();
        setup.time.advance(Duration.ofSeconds(10));
        assertThat(event(setup, "talk-report").header("talk-detect-duration")).contains("10000");
    }

    private static CoreEvent event(RoomSetup setup, String action) {
        return setup.told.stream().filter(event -> event.header("Action").orElse("").equals(action)).findFirst().orElseThrow();
    }

    private void spurt(RoomSetup setup, Membership member, Voice.Spurt spurt) {
        member.talking(true);
        setup.time.settle();
        ada.media.voice = new Voice(0, 0, spurt);
        member.talking(false);
        setup.time.settle();
    }

    private int gate() {
        return ((AudioRoute.Mix) ada.media.route()).gate();
    }

    private VoiceRules rules() {
        return ((AudioRoute.Mix) ada.media.route()).voice();
    }
}
