package io.jverto.medialoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.Displacing;
import io.jverto.media.plan.Recording;
import io.jverto.media.plan.Sound;
import io.jverto.media.plan.Tones;
import io.jverto.media.plan.Way;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.MediaService.MixerRef;
import io.jverto.switchboard.port.MediaService.Wired;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two channels joined in memory, with real threads; each wait is for something that happens, and bounded.
class WireTest extends EngineHarness {
    private static final AudioRoute TONE = new AudioRoute.Play(new Sound.Tone("%(1000,0,440);loops=-1"), 1);

    private final Heard one = new Heard();
    private final Heard other = new Heard();

    private Wired wire(MediaEngine engine) {
        return engine.openWire(new ChannelId("one"), one, new ChannelId("other"), other);
    }

    private static boolean isLoud(Path file) {
        try {
            ByteBuffer samples = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN).position(44);
            while (samples.remaining() >= 2) {
                if (Math.abs(samples.getShort()) > 3_000) {
                    return true;
                }
            }
            return false;
        } catch (IOException | IllegalArgumentException notThereYet) {
            return false;
        }
    }

    private static boolean hearsTone(Call call) {
        boolean[] heard = new boolean[1];
        return await(() -> {
            collect(call, packet -> heard[0] |= varies(packet.payload()));
            return heard[0];
        });
    }

    @Test
    void whatOneEndPlaysIsRecordedAtTheOther(@TempDir Path folder) {
        MediaEngine engine = engine(1);
        Wired wire = wire(engine);
        Path file = folder.resolve("a.wav");

        wire.one().route(TONE);
        wire.other().route(new AudioRoute.Record(new Recording(file, false, 0, Recording.Silence.NEVER), 7));

        assertThat(await(() -> isLoud(file))).isTrue();
        wire.other().route(new AudioRoute.Silent());
        assertThat(other.awaits("recording 7 STOPPED")).isTrue();
        wire.one().close();
        wire.other().close();
        assertThat(await(() -> engine.ticks().openFiles() == 0)).isTrue();
    }

    @Test
    void aCallerHearsWhatPlaysAtTheOtherEnd() {
        MediaEngine engine = engine(1);
        Call caller = connected(engine, PCMU);
        Wired wire = wire(engine);

        engine.bridge(caller.media(), wire.one());
        wire.other().route(TONE);

        assertThat(hearsTone(caller)).isTrue();
    }

    @Test
    void theEndOfASoundIsToldToWhoeverPlaysIt() {
        MediaEngine engine = engine(1);
        Wired wire = wire(engine);

        wire.one().route(new AudioRoute.Play(new Sound.Tone("%(100,0,440)"), 5));
        assertThat(one.awaits("playback 5")).isTrue();
        wire.one().route(new AudioRoute.Play(new Sound.Tone("%(nonsense"), 6));
        assertThat(one.awaits("playback 6 BROKEN")).isTrue();
    }

    @Test
    void twoCallersAtTheTwoEndsHearEachOther() {
        MediaEngine engine = engine(2);
        Call ada = connected(engine, PCMU);
        Call bob = connected(engine, PCMA);
        Wired wire = wire(engine);

        engine.bridge(ada.media(), wire.one());
        engine.bridge(wire.other(), bob.media());

        assertThat(hears(ada, 0, bob)).isTrue();
        assertThat(hears(bob, 8, ada)).isTrue();
    }

    @Test
    void aCallerHearsHimselfWhereTheOtherEndEchoes() {
        MediaEngine engine = engine(1);
        Call ada = connected(engine, PCMU);
        Wired wire = wire(engine);

        engine.bridge(ada.media(), wire.one());
        wire.other().route(new AudioRoute.Echo());

        assertThat(hears(ada, 0, ada)).isTrue();
    }

    @Test
    void aRoomHearsWhatPlaysAtTheOtherEnd() {
        MediaEngine engine = engine(1);
        Call ada = connected(engine, PCMU);
        MixerRef room = engine.openMixer("room", 48_000, 1);
        Wired wire = wire(engine);

        ada.media().route(new AudioRoute.Mix(room, false, false));
        wire.one().route(new AudioRoute.Mix(room, false, false));
        wire.other().route(TONE);

        assertThat(hearsTone(ada)).isTrue();
        wire.one().route(new AudioRoute.Mix(room, true, false));
        drain(ada);
        wire.other().route(new AudioRoute.Silent());
    }

    @Test
    void wiresCanFollowEachOther() {
        MediaEngine engine = engine(1);
        Call ada = connected(engine, PCMU);
        Wired first = wire(engine);
        Wired second = engine.openWire(new ChannelId("three"), one, new ChannelId("four"), other);

        engine.bridge(ada.media(), first.one());
        engine.bridge(first.other(), second.one());
        second.other().route(TONE);

        assertThat(hearsTone(ada)).isTrue();
    }

    @Test
    void theSessionOfAnEndIsRecordedWhoeverItIsJoinedWith(@TempDir Path folder) {
        MediaEngine engine = engine(1);
        Call ada = connected(engine, PCMU);
        Wired wire = wire(engine);
        Path file = folder.resolve("session.wav");
        engine.bridge(ada.media(), wire.one());
        wire.other().route(TONE);
        assertThat(hearsTone(ada)).isTrue();

        wire.one().recordSession(new Recording(file, false, 0, Recording.Silence.NEVER), Recording.Sides.MIXED, 3);
        assertThat(await(() -> isLoud(file))).isTrue();
        drain(ada);
        assertThat(hearsTone(ada)).as("she hears on while it is recorded").isTrue();
        wire.one().stopRecording(3);
        assertThat(one.awaits("recording 3 STOPPED")).isTrue();
        drain(ada);
        assertThat(hearsTone(ada)).as("and afterwards").isTrue();
        wire.one().close();
        wire.other().close();
        assertThat(await(() -> engine.ticks().openFiles() == 0)).isTrue();
    }

    @Test
    void theSessionOfAnEndThatOnlyListensAndOfOneThatIsJoinedWithAnotherWireIsRecordedToo(@TempDir Path folder) {
        MediaEngine engine = engine(1);
        Wired first = wire(engine);
        Wired second = engine.openWire(new ChannelId("three"), one, new ChannelId("four"), other);
        Path silent = folder.resolve("silent.wav");
        Path near = folder.resolve("near.wav");
        Path far = folder.resolve("far.wav");
        Recording.Silence never = Recording.Silence.NEVER;

        first.other().recordSession(new Recording(silent, false, 0, never), Recording.Sides.OWN, 1);
        first.one().route(TONE);
        assertThat(await(() -> isLoud(silent))).isTrue();
        engine.bridge(first.other(), second.one());
        first.other().recordSession(new Recording(near, false, 0, never), Recording.Sides.OWN, 2);
        second.one().recordSession(new Recording(far, false, 0, never), Recording.Sides.OTHER, 4);

        assertThat(await(() -> isLoud(near))).as("what its client says").isTrue();
        assertThat(await(() -> isLoud(far))).as("what it hears").isTrue();
        first.one().close();
        first.other().close();
        second.one().close();
        second.other().close();
        assertThat(await(() -> engine.ticks().openFiles() == 0)).isTrue();
    }

    @Test
    void somebodyListensInOnAnEnd() {
        MediaEngine engine = engine(1);
        Call ada = connected(engine, PCMU);
        Wired wire = wire(engine);
        wire.other().route(TONE);

        ada.media().route(new AudioRoute.Listen(wire.one(), AudioRoute.Whom.BOTH, AudioRoute.Whom.NOBODY, 1));

        assertThat(hearsTone(ada)).isTrue();
        ada.media().route(new AudioRoute.Silent());
        wire.one().close();
        wire.other().close();
    }

    @Test
    void whatAnEndHearsIsDisplacedMutedAndWatched() {
        MediaEngine engine = engine(1);
        Call ada = connected(engine, PCMU);
        Wired wire = wire(engine);
        engine.bridge(ada.media(), wire.one());

        wire.one().displace(new Sound.Tone("%(1000,0,440);loops=-1"), new Displacing(Way.SAID, false, 0), 2);
        assertThat(hearsTone(ada)).as("instead of what its client says").isTrue();
        wire.one().stopDisplacing(2);
        wire.one().detectTone(new Tones(List.of(440.0), 2), Way.SAID, 5);
        wire.other().route(TONE);
        assertThat(one.awaits("tone 5")).isTrue();
        wire.one().mute(Way.SAID, true);
        wire.one().mute(Way.SAID, false);
        drain(ada);
        assertThat(hearsTone(ada)).isTrue();
    }

    @Test
    void whoIsRoutedElsewhereIsLeftAlone() {
        MediaEngine engine = engine(1);
        Call ada = connected(engine, PCMU);
        Wired wire = wire(engine);
        engine.bridge(ada.media(), wire.one());

        ada.media().route(new AudioRoute.Echo());
        wire.one().close();
        wire.other().close();
        wire.other().close();

        assertThat(hears(ada, 0, ada)).isTrue();
    }

    @Test
    void aPauseSilencesAndWhatIsInterruptedGoesOn() {
        MediaEngine engine = engine(1);
        Call ada = connected(engine, PCMU);
        Wired wire = wire(engine);
        engine.bridge(ada.media(), wire.one());
        wire.other().route(TONE);
        assertThat(hearsTone(ada)).isTrue();

        wire.other().pause(true);
        wire.other().pause(false);
        assertThat(hearsTone(ada)).isTrue();
        wire.other().interrupt(new AudioRoute.Play(new Sound.Tone("%(100,0,440)"), 9));
        assertThat(other.awaits("playback 9")).isTrue();
        wire.other().goOn();
        drain(ada);
        assertThat(hearsTone(ada)).isTrue();
    }
}
