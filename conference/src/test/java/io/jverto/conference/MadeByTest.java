package io.jverto.conference;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.Sound;
import io.jverto.switchboard.event.CoreEvent;
import io.jverto.switchboard.event.CoreEvents;
import io.jverto.switchboard.event.EventName;
import io.jverto.switchboard.port.ConferenceService.Membership;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the channel that makes a room says of it, and what the room's lamp shows (conference.md sections 2.1 and 16).
class MadeByTest {
    private final TestChannel ada = new TestChannel("Ada");
    private final TestChannel bob = new TestChannel("Bob");

    @ParameterizedTest
    @CsvSource({"16000,2,16000,2", "44100,1,48000,1", "auto,auto,48000,2", "x,9,8000,1", "96000,'',8000,1"})
    void itsVariablesForceRateAndChannels(String rate, String channels, int usedRate, int usedChannels) {
        RoomSetup setup = RoomSetup.with();
        setup.join(ada.wants("3000", "", TestChannel.with(Map.of("conference_force_rate", rate, "conference_force_channels", channels))));
        setup.join(bob.wants("3000", "", TestChannel.with(Map.of("conference_force_rate", "32000"))));

        assertThat(setup.media.mixers).hasSize(1);
        assertThat(setup.mixer().rateHz).isEqualTo(usedRate);
        assertThat(setup.mixer().channels).isEqualTo(usedChannels);
        assertThat(setup.api("3000 get rate")).isEqualTo(Integer.toString(usedRate));
    }

    @ParameterizedTest
    @CsvSource({"640x360,640", "9x9,1280", "auto,1280"})
    void itsVariableForcesTheSizeOfTheCanvas(String size, int width) {
        RoomSetup setup = RoomSetup.with("video-mode", "mux");
        setup.join(ada.wants("3000", "", TestChannel.with(Map.of("conference_force_canvas_size", size))));

        assertThat(setup.media.studios.getLast().scenes.get(0).width()).isEqualTo(width);
    }

    @Test
    void itsCommandIsRunOnceAndItsSoundPlaysForEver() {
        RoomSetup setup = RoomSetup.with();
        Map<String, String> variables = Map.of("api_on_conference_create", "originate user/1001 &park()", "conference_perpetual_sound", "tone_stream://%(1,0,9)");
        setup.join(ada.wants("3000", "", TestChannel.with(variables)));
        setup.join(bob.wants("3000", "", TestChannel.with(variables)));

        assertThat(setup.ran).containsExactly("originate user/1001 &park()");
        assertThat(setup.mixer().sounding()).containsExactly(new Sound.Tone("%(1,0,9);loops=-1"));
    }

    @Test
    void theLampOfARoomTellsHowManyAreInIt() {
        RoomSetup setup = RoomSetup.with();
        List<String> lamp = lamp(setup);
        Membership one = setup.join(ada.wants("3000"));
        Membership two = setup.join(bob.wants("3000"));
        one.leave();
        two.leave();
        setup.time.settle();

        assertThat(lamp).containsExactly("3000@example.org Active (1 caller) early", "3000@example.org Active (2 callers) confirmed",
                "3000@example.org Active (1 caller) early", "3000@example.org Active (0 callers) terminated");
    }

    @Test
    void theLampOfARoomThatIsAdvertisedIsToldUnlessSomebodyIsInIt() {
        RoomSetup setup = RoomSetup.with();
        List<String> lamp = lamp(setup);

        setup.conferences.advertise();
        setup.join(ada.wants("3099"));
        setup.conferences.advertise();

        assertThat(lamp).containsExactly("3099@example.org Free ", "3099@example.org Active (1 caller) early");
    }

    private static List<String> lamp(RoomSetup setup) {
        List<String> lamp = new CopyOnWriteArrayList<>();
        setup.core.listen(new CoreEvents.Listener() {
            @Override
            public boolean wants(EventName name, String subclass) {
                return name == EventName.PRESENCE_IN;
            }

            @Override
            public void onEvent(CoreEvent event) {
                lamp.add(event.header("from").orElse("") + " " + event.header("status").orElse("") + " " + event.header("answer-state").orElse(""));
            }
        });
        return lamp;
    }

    @Test
    void theParametersOfASoundAreToldAsWell() {
        RoomSetup setup = RoomSetup.with();
        setup.watch();
        setup.join(ada.wants("3000"));
        setup.told.clear();
        setup.api("3000 play {vol=-6,loops=2,a\u0007b=c}tone_stream://%(1,0,9)");
        setup.time.settle();

        assertThat(setup.told.getFirst().header("vol")).contains("-6");
        assertThat(setup.told.getFirst().header("loops")).contains("2");
        assertThat(setup.told.getFirst().headers().keySet()).noneMatch(name -> name.contains("\u0007"));
    }
}
