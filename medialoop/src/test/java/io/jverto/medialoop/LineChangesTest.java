package io.jverto.medialoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.Displacing;
import io.jverto.media.plan.OpusSettings;
import io.jverto.media.plan.Recording;
import io.jverto.media.plan.Sound;
import io.jverto.media.plan.Tones;
import io.jverto.media.plan.Way;
import io.jverto.switchboard.port.AudioRoute;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is done to the sound of a channel, over the whole media path.
class LineChangesTest extends EngineHarness {
    @TempDir Path folder;

    private static final AudioPlan WITHOUT_EVENTS = new AudioPlan(AudioCodec.PCMU, 0, 1, 1, 20, OpusSettings.DEFAULT, -1, 8_000, true, true);

    @Test
    void digitsGoAsTonesWhereThePeerTakesNoOthersAndAreFoundAgain() {
        MediaEngine engine = engine(1);
        Call caller = connected(engine, WITHOUT_EVENTS);
        Call other = connected(engine, PCMA);
        assertThat(caller.media().sendDtmf('5', 100)).isFalse();
        caller.media().toneDtmf(true);
        other.media().toneDtmf(true);
        assertThat(other.media().sendDtmf('7', 100)).isTrue();

        // What the caller hears comes back as what he says.
        caller.media().detectDtmf(true);
        assertThat(caller.media().sendDtmf('5', 100)).isTrue();
        assertThat(await(() -> {
            collect(caller, packet -> caller.client().speak(0, packet.timestamp(), packet.payload()));
            return !caller.heard().isQuiet();
        })).isTrue();
        assertThat(caller.heard().next().orElse("")).startsWith("digit 5 ");
        assertThat(other.client().heard.awaits("digit 7 100")).isTrue();
    }

    @Test
    void aSoundInPlaceOfAnotherEndsAndItsFilesAreClosed() {
        MediaEngine engine = engine(1);
        Call one = connected(engine, PCMU);
        Call two = connected(engine, PCMU);
        engine.bridge(one.media(), two.media());
        one.media().displace(new Sound.Tone("%(200,0,440)"), new Displacing(Way.SAID, false, 0), 5);

        assertThat(one.heard().awaits("playback 5")).isTrue();
        one.media().stopDisplacing(5);
        converse(one, 0, two, 3);
        one.media().displace(new Sound.Tone("nonsense ("), new Displacing(Way.SAID, false, 0), 6);
        assertThat(one.heard().awaits("playback 6 BROKEN")).isTrue();
        one.media().displace(new Sound.Sequence(List.of(new Sound.Silence(-1)), -1), new Displacing(Way.HEARD, true, 0), 7);
        assertThat(await(() -> engine.ticks().openFiles() == 1)).isTrue();
        one.media().close();
        assertThat(await(() -> engine.ticks().openFiles() == 0)).isTrue();
    }

    @Test
    void aRecordingGoesOnWithAnotherChannelInTheSameFile() {
        MediaEngine engine = engine(1);
        Call one = connected(engine, PCMU);
        Call two = connected(engine, PCMU);
        Path file = folder.resolve("talk.wav");
        engine.bridge(one.media(), two.media());
        one.media().recordSession(new Recording(file, false, 0, Recording.Silence.NEVER), Recording.Sides.OWN_LEFT, 3);
        assertThat(await(() -> file.toFile().length() > 44)).isTrue();

        one.media().moveRecording(3, two.media(), 5, true);
        one.media().close();
        long before = file.toFile().length();
        assertThat(await(() -> file.toFile().length() > before + 32_000)).as("it grows after its first channel").isTrue();
        two.media().stopRecording(3);
        two.media().stopRecording(5);
        assertThat(two.heard().awaits("recording 5 STOPPED")).isTrue();

        two.media().recordSession(new Recording(folder.resolve("b.wav"), false, 0, Recording.Silence.NEVER), Recording.Sides.OWN, 6);
        two.media().moveRecording(7, two.media(), 8, false);
        two.media().moveRecording(6, one.media(), 9, false);
        assertThat(await(() -> engine.ticks().openFiles() == 0)).as("closed media take none").isTrue();
    }

    @Test
    void tonesAreFoundInWhatAChannelHearsAndSays() {
        MediaEngine engine = engine(1);
        Call caller = connected(engine, WITHOUT_EVENTS);
        caller.media().detectTone(new Tones(List.of(1_100.0), 3), Way.HEARD, 1);
        caller.media().detectTone(new Tones(List.of(1_100.0), 3), Way.SAID, 2);
        caller.media().detectTone(new Tones(List.of(440.0), 1), Way.SAID, 3);
        caller.media().stopDetecting(3);
        caller.media().route(new AudioRoute.Play(new Sound.Tone("%(60000,0,1100)"), 9));

        // What the caller hears comes back as what he says.
        assertThat(await(() -> {
            collect(caller, packet -> caller.client().speak(0, packet.timestamp(), packet.payload()));
            return !caller.heard().isQuiet();
        })).isTrue();
        assertThat(caller.heard().next()).hasValue("tone 1");
        assertThat(await(() -> {
            collect(caller, packet -> caller.client().speak(0, packet.timestamp(), packet.payload()));
            return !caller.heard().isQuiet();
        })).isTrue();
        assertThat(caller.heard().next()).hasValue("tone 2");
    }

    @Test
    void whoIsMutedIsNotHeardInAnEchoEither() {
        MediaEngine engine = engine(1);
        Call call = connected(engine, PCMU);
        call.media().route(new AudioRoute.Echo());
        converse(call, 0, call, 3);
        call.media().mute(Way.SAID, true);

        boolean[] silent = new boolean[1];
        speakUntil(call, 0, new byte[160], () -> {
            collect(call, packet -> silent[0] |= packet.payload().length == 160 && !varies(packet.payload()) && packet.payload()[0] == (byte) 0xff);
            return silent[0];
        });

        assertThat(silent[0]).isTrue();
        call.media().mute(Way.SAID, false);
        assertThat(hears(call, 0, call)).isTrue();
    }
}
