package io.jverto.medialoop;

import io.jverto.media.audio.DigitTones;
import io.jverto.media.audio.InbandDigits;
import io.jverto.media.audio.Inserts;
import io.jverto.media.audio.Levels;
import io.jverto.media.audio.ListenEar;
import io.jverto.media.audio.ListenPoint;
import io.jverto.media.audio.SoundCleaning;
import io.jverto.media.audio.ToneInsert;
import io.jverto.media.mixer.DtmfDetector;
import io.jverto.media.plan.Cleaning;
import io.jverto.media.plan.Recording;
import io.jverto.media.plan.Way;
import io.jverto.medialoop.tick.DisplaceRef;
import io.jverto.medialoop.tick.SessionRecordingRef;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What is on the line of one channel, whatever the channel does. Guarded by the [Routing] that the channel belongs to.
final class CallLine {
    private final Inserts inserts = new Inserts();
    private final Map<Long, SessionRecordingRef> recordings = new HashMap<>();
    private final Map<Long, DisplaceRef> displacements = new HashMap<>();
    private Optional<ListenPoint> listeners = Optional.empty();
    private Optional<Levels> levels = Optional.empty();
    private Optional<SoundCleaning> cleaning = Optional.empty();
    private Optional<InbandDigits> inband = Optional.empty();
    private final Map<Long, ToneInsert> watched = new HashMap<>();
    private Optional<DigitTones> tones = Optional.empty();

    /// For the channel's ports.
    Inserts inserts() {
        return inserts;
    }

    void record(long number, SessionRecordingRef recording) {
        recordings.put(number, recording);
        inserts.add(recording.insert());
    }

    void flow(long number, Recording.Flow flow) {
        Optional.ofNullable(recordings.get(number)).ifPresent(recording -> {
            recording.insert().setPaused(flow == Recording.Flow.PAUSED);
            recording.insert().setMasked(flow == Recording.Flow.MASKED);
        });
    }

    void stopRecording(long number) {
        Optional.ofNullable(recordings.remove(number)).ifPresent(recording -> {
            inserts.remove(recording.insert());
            recording.stop();
        });
    }

    /// Somebody listens in.
    void add(ListenEar ear) {
        if (listeners.isEmpty()) {
            listeners = Optional.of(new ListenPoint());
            inserts.add(listeners.get());
        }
        listeners.get().add(ear);
    }

    void remove(ListenEar ear) {
        if (listeners.isPresent() && listeners.get().remove(ear)) {
            inserts.remove(listeners.get());
            listeners = Optional.empty();
        }
    }

    /// A sound comes instead of what the channel says or hears.
    void displace(long number, DisplaceRef sound) {
        displacements.put(number, sound);
        inserts.add(sound.insert());
    }

    void stopDisplacing(long number) {
        Optional.ofNullable(displacements.remove(number)).ifPresent(sound -> {
            inserts.remove(sound.insert());
            sound.stop().run();
        });
    }

    /// From the first change on, for a change back is not to click either.
    Levels levels() {
        if (levels.isEmpty()) {
            levels = Optional.of(new Levels());
            inserts.add(levels.get());
        }
        return levels.get();
    }

    /// @param rateHz samples in a second of the channel's codec
    void clean(Way way, Cleaning wanted, int rateHz) {
        if (cleaning.isEmpty() && !wanted.isNothing()) {
            cleaning = Optional.of(new SoundCleaning());
            inserts.add(cleaning.get());
        }
        cleaning.ifPresent(insert -> {
            insert.wish(way, wanted, rateHz);
            if (insert.isNothing()) {
                inserts.remove(insert);
                insert.close();
                cleaning = Optional.empty();
            }
        });
    }

    /// The channel has a codec, perhaps another one.
    void codec(int rateHz) {
        cleaning.ifPresent(insert -> insert.rate(rateHz));
    }

    /// @param heard told what digits the channel says as tones; empty when nobody wants to know
    void detectDigits(Optional<DtmfDetector.Heard> heard) {
        inband.ifPresent(inserts::remove);
        inband = heard.map(InbandDigits::new);
        inband.ifPresent(inserts::add);
    }

    void detectTone(long number, ToneInsert insert) {
        stopDetecting(number);
        watched.put(number, insert);
        inserts.add(insert);
    }

    void stopDetecting(long number) {
        Optional.ofNullable(watched.remove(number)).ifPresent(inserts::remove);
    }

    void makeDigits(boolean wanted) {
        if (wanted && tones.isEmpty()) {
            tones = Optional.of(new DigitTones());
            inserts.add(tones.get());
        } else if (!wanted) {
            tones.ifPresent(inserts::remove);
            tones = Optional.empty();
        }
    }

    /// @return false when tones are not wanted, or too many wait
    boolean playDigit(char digit, int durationMillis) {
        return tones.isPresent() && tones.get().play(digit, durationMillis);
    }

    /// The channel is gone.
    void close() {
        recordings.values().forEach(SessionRecordingRef::stop);
        recordings.clear();
        displacements.values().forEach(sound -> sound.stop().run());
        displacements.clear();
        listeners.ifPresent(ListenPoint::end);
        cleaning.ifPresent(SoundCleaning::close);
    }
}
