package io.jverto.medialoop;

import io.jverto.media.audio.ToneInsert;
import io.jverto.media.plan.Cleaning;
import io.jverto.media.plan.Recording;
import io.jverto.media.plan.Tones;
import io.jverto.media.plan.Way;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.MediaListener;
import io.jverto.switchboard.port.MediaService;
import java.util.Optional;
import java.util.function.Consumer;

/// The media of a channel on whose line something can be put, and what becomes of wishes that concern the line alone. Guarded by the one [Routing].
interface LineMedia extends MediaService.MediaRef {
    ChannelId channel();

    boolean isClosed();

    /// @return told what happens to the channel's media
    MediaListener listener();

    /// @return of the sound on the line, in Hz
    int lineRate();

    /// Changes what is on the line. Sound that passed by it so far is led over it as long as there is something.
    void change(Consumer<CallLine> change);

    @Override
    default void recordingFlow(long number, Recording.Flow flow) {
        change(line -> line.flow(number, flow));
    }

    @Override
    default void stopRecording(long number) {
        change(line -> line.stopRecording(number));
    }

    @Override
    default void stopDisplacing(long number) {
        change(line -> line.stopDisplacing(number));
    }

    @Override
    default void autoGain(Way way, int level) {
        change(line -> line.levels().autoGain(way, level));
    }

    @Override
    default void clean(Way way, Cleaning cleaning) {
        change(line -> line.clean(way, cleaning, lineRate()));
    }

    @Override
    default void level(Way way, int level) {
        change(line -> line.levels().level(way, level));
    }

    @Override
    default void mute(Way way, boolean muted) {
        change(line -> line.levels().mute(way, muted));
    }

    @Override
    default void detectDtmf(boolean wanted) {
        change(line -> line.detectDigits(wanted ? Optional.of(listener()::onTone) : Optional.empty()));
    }

    @Override
    default void detectTone(Tones tones, Way way, long number) {
        change(line -> line.detectTone(number, new ToneInsert(tones, way, () -> listener().onToneFound(number))));
    }

    @Override
    default void stopDetecting(long number) {
        change(line -> line.stopDetecting(number));
    }
}
