package io.jverto.medialoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.Recording;
import io.jverto.media.plan.Sound;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.MediaService.MixerRef;
import io.jverto.switchboard.port.MediaService.Wired;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
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
