package io.jverto.media.audio;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.FrameTally;
import io.jverto.media.plan.OpusSettings;
import io.jverto.media.plan.Sound;
import org.junit.jupiter.api.Test;

class SoundPlayerTest {
    private final AudioCounters counters = new AudioCounters();
    private final Wakes wakes = new Wakes();
    private long nowNanos;

    @Test
    void playsAToneInEachCodec() {
        for (AudioCodec codec : AudioCodec.values()) {
            Caller caller = new Caller(Caller.plan(codec, 1));
            SoundPlayer player = player(new Sound.Tone("v=-14;%(5000,0,1000)"), caller);

            run(player, caller, 100);

            assertThat(Signal.amplitude(caller.heard(48_000), 1000)).isBetween(5_500.0, 7_000.0);
            player.close();
        }
    }

    @Test
    void tellsTheEndOfAFiniteSoundOnce() {
        Caller caller = Caller.opus();
        SoundPlayer player = player(new Sound.Silence(100), caller);

        run(player, caller, 10);

        assertThat(caller.packets).isEqualTo(5);
        assertThat(caller.events).containsExactly("closed FINISHED");
    }

    @Test
    void endsWhenItIsDetached() {
        Caller caller = Caller.opus();
        SoundPlayer player = player(new Sound.Silence(-1), caller);
        run(player, caller, 500);
        caller.detached = true;

        run(player, caller, 5);

        assertThat(caller.packets).isEqualTo(500);
        assertThat(caller.events).containsExactly("closed DETACHED");
    }

    @Test
    void playsTheMusicInStereo() {
        Caller caller = Caller.stereo();
        SoundPlayer player = player(new Sound.Music(), caller);

        run(player, caller, 300);

        short[] pcm = caller.heard(4 * 48_000);
        double left = Signal.rms(Signal.channel(pcm, 0));
        double right = Signal.rms(Signal.channel(pcm, 1));
        double difference = 0;
        for (int i = 0; i < pcm.length; i += 2) {
            difference += Math.pow(pcm[i] - pcm[i + 1], 2);
        }
        assertThat(left).isBetween(500.0, 6_000.0);
        assertThat(right).isBetween(500.0, 6_000.0);
        assertThat(Math.sqrt(difference / (pcm.length / 2.0))).isGreaterThan(left / 2);
        player.close();
    }

    @Test
    void sendsLongerPacketsWhereTheyWereAgreed() {
        for (int millis : new int[] {40, 60}) {
            for (AudioCodec codec : AudioCodec.values()) {
                int type = codec == AudioCodec.OPUS ? 111 : codec.staticPayloadType();
                AudioPlan plan = new AudioPlan(codec, type, 1, 1, millis, OpusSettings.DEFAULT, -1, 0, true, true);
                Caller caller = new Caller(plan);
                SoundPlayer player = player(new Sound.Tone("v=-14;%(5000,0,1000)"), caller);

                run(player, caller, 120);

                assertThat(caller.packets).isBetween(120 * 20 / millis - 1, 120 * 20 / millis);
                int step = caller.timestamps.get(5) - caller.timestamps.get(4);
                assertThat(step).isEqualTo(codec.rtpClock() / 1000 * millis);
                assertThat(Signal.amplitude(caller.heard(48_000), 1000)).isBetween(5_500.0, 7_000.0);
                player.close();
            }
        }
    }

    @Test
    void sendsLittleOfSilenceWhereDiscontinuousTransmissionWasAgreed() {
        OpusSettings dtx = new OpusSettings(true, true, false, 0, 48_000);
        Caller caller = new Caller(new AudioPlan(AudioCodec.OPUS, 111, 1, 1, 20, dtx, -1, 0, true, true));
        SoundPlayer player = player(new Sound.Silence(-1), caller);

        run(player, caller, 200);

        assertThat(caller.packets).isEqualTo(10);
        assertThat(caller.markers).doesNotContain(false);
        player.close();
    }

    @Test
    void sendsNothingToAPeerThatDoesNotListen() {
        Caller caller =
                new Caller(new AudioPlan(AudioCodec.OPUS, 111, 1, 1, 20, OpusSettings.DEFAULT, -1, 0, false, true));
        SoundPlayer player = player(new Sound.Music(), caller);

        run(player, caller, 20);

        assertThat(caller.packets).isZero();
        player.close();
    }

    @Test
    void returnsWhatACallerSaysAfterADelayInStereo() {
        Caller caller = Caller.stereo();
        caller.says(Signal.interleave(Signal.tone(440, 8_000, 48_000), Signal.tone(1_000, 8_000, 48_000)));
        SoundPlayer player = player(new Sound.Echo(1_000), caller);

        talk(player, caller, 45);
        assertThat(Signal.rms(caller.heard(44 * 960))).as("within the second").isLessThan(50);

        talk(player, caller, 60);
        short[] pcm = caller.heard(9_600);
        assertThat(Signal.amplitude(Signal.channel(pcm, 0), 440)).isGreaterThan(6_000);
        assertThat(Signal.amplitude(Signal.channel(pcm, 0), 1_000)).isLessThan(500);
        assertThat(Signal.amplitude(Signal.channel(pcm, 1), 1_000)).isGreaterThan(6_000);

        caller.says(new short[0]);
        talk(player, caller, 40);
        assertThat(Signal.amplitude(Signal.channel(caller.heard(9_600), 0), 440)).as("what he said before he fell silent").isGreaterThan(6_000);
        talk(player, caller, 40);
        assertThat(Signal.rms(caller.heard(9_600))).isLessThan(50);
        player.close();
    }

    @Test
    void watchesUntilACallerHasSpokenAndIsSilent() {
        Caller caller = Caller.opus();
        Sound.Watch watch = new Sound.Watch(300, 10, 20, new FrameTally());
        SoundPlayer player = player(watch, caller);

        talk(player, caller, 50);
        assertThat(caller.events).as("silence alone").isEmpty();
        caller.says(Signal.tone(440, 8_000, 48_000));
        talk(player, caller, 30);
        assertThat(watch.tally().loud()).isBetween(20, 30);
        assertThat(Signal.rms(caller.heard(9_600))).as("he hears nothing").isLessThan(1);
        caller.says(new short[0]);
        talk(player, caller, 19);
        assertThat(caller.events).isEmpty();
        talk(player, caller, 20);

        assertThat(caller.events).containsExactly("closed FINISHED");
    }

    private void talk(SoundPlayer player, Caller caller, int ticks) {
        for (int i = 0; i < ticks; i++) {
            caller.speak(nowNanos);
            run(player, caller, 1);
        }
    }

    private SoundPlayer player(Sound sound, Caller caller) {
        SoundSource source = ((SoundSource.Made.Ok) SoundSource.of(sound)).source();
        return new SoundPlayer(source, caller.setup("caller"), caller, counters);
    }

    private void run(SoundPlayer player, Caller caller, int ticks) {
        boolean playing = true;
        for (int i = 0; i < ticks && playing; i++) {
            nowNanos += 20_000_000;
            playing = player.tick(nowNanos, wakes);
            wakes.runAll();
            caller.hear();
        }
    }
}
