package io.jverto.media.speex;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.jverto.base.Broken;
import io.jverto.media.plan.Cleaning;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/// Takes noise and echo out of one voice, by libspeexdsp. For one thread at a time; whoever closes it sees to it that nobody uses it.
/// Allocates nothing per frame. Leaves out: dereverberation, which the library takes a wish for and makes nothing of.
public final class SoundCleaner implements AutoCloseable {
    private final int samples;
    private final int rateHz;
    private final MemorySegment state;
    /// Given back by the garbage collector: an arena of several threads that is closed by hand stops them all for a moment.
    private final MemorySegment near;
    private final MemorySegment far;
    private final MemorySegment out;
    private final MemorySegment number;
    private Optional<MemorySegment> echo = Optional.empty();
    private int echoMillis;
    private boolean closed;

    /// Only where [SpeexLibrary#obstacle] is empty.
    ///
    /// @param rateHz 8000 to 48000
    /// @param samples of a frame: 10 to 20 ms
    public SoundCleaner(int rateHz, int samples, Cleaning wishes) {
        if (rateHz < 8_000 || rateHz > 48_000 || samples < rateHz / 100 || samples > rateHz / 50) {
            throw new Broken("frames of " + samples + " samples at " + rateHz + " Hz");
        }
        this.rateHz = rateHz;
        this.samples = samples;
        Arena arena = Arena.ofAuto();
        this.near = arena.allocate(JAVA_SHORT, samples);
        this.far = arena.allocate(JAVA_SHORT, samples);
        this.out = arena.allocate(JAVA_SHORT, samples);
        this.number = arena.allocate(JAVA_INT);
        this.state = SpeexNative.open(samples, rateHz);
        wish(wishes);
    }

    public void wish(Cleaning wishes) {
        // Without it nothing is lowered, echoes neither; with 0 dB noise stays as it is.
        set(SpeexNative.SET_DENOISE, wishes.noiseDecibels() < 0 || wishes.echoMillis() > 0 ? 1 : 0);
        set(SpeexNative.SET_NOISE_SUPPRESS, wishes.noiseDecibels());
        set(SpeexNative.SET_ECHO_SUPPRESS, wishes.echoDecibels());
        if (wishes.echoMillis() != echoMillis) {
            dropEcho();
            if (wishes.echoMillis() > 0) {
                MemorySegment made = SpeexNative.openEcho(samples, rateHz / 1_000 * wishes.echoMillis());
                echo = Optional.of(made);
                number.set(JAVA_INT, 0, rateHz);
                SpeexNative.controlEcho(made, SpeexNative.SET_SAMPLING_RATE, number);
                SpeexNative.control(state, SpeexNative.SET_ECHO_STATE, made);
            }
            echoMillis = wishes.echoMillis();
        }
    }

    /// @param pcm the voice, cleaned in place
    /// @param other what may be in it as an echo
    /// @return 0 to 100: how likely somebody speaks
    public int clean(short[] pcm, short[] other) {
        if (closed || pcm.length < samples || other.length < samples) {
            throw new Broken("a cleaner that is closed, or a frame that is too short");
        }
        MemorySegment.copy(pcm, 0, near, JAVA_SHORT, 0, samples);
        MemorySegment cleaned = near;
        if (echo.isPresent()) {
            MemorySegment.copy(other, 0, far, JAVA_SHORT, 0, samples);
            SpeexNative.cancel(echo.get(), near, far, out);
            cleaned = out;
        }
        SpeexNative.run(state, cleaned);
        MemorySegment.copy(cleaned, JAVA_SHORT, 0, pcm, 0, samples);
        SpeexNative.control(state, SpeexNative.GET_PROBABILITY, number);
        return number.get(JAVA_INT, 0);
    }

    private void set(int request, int value) {
        number.set(JAVA_INT, 0, value);
        SpeexNative.control(state, request, number);
    }

    private void dropEcho() {
        if (echo.isPresent()) {
            SpeexNative.control(state, SpeexNative.SET_ECHO_STATE, MemorySegment.NULL);
            SpeexNative.closeEcho(echo.get());
            echo = Optional.empty();
        }
    }

    @Override
    public void close() {
        if (!closed) {
            dropEcho();
            closed = true;
            SpeexNative.close(state);
        }
    }
}
