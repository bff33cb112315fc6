package io.jverto.medialoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.Recording;
import io.jverto.media.plan.Sound;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.SoundSink;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What a channel says, for somebody beside the call.
class HandedOutTest extends EngineHarness {
    /// Counts what it gets, and how often it rises: a tone of 1000 Hz rises a thousand times in a second.
    private static final class Ear implements SoundSink {
        final AtomicInteger samples = new AtomicInteger();
        final AtomicInteger rises = new AtomicInteger();
        final AtomicInteger ends = new AtomicInteger();
        volatile boolean full;
        private short last;

        @Override
        public int rateHz() {
            return 16_000;
        }

        @Override
        public boolean take(ByteBuffer pcm) {
            while (pcm.hasRemaining()) {
                short next = pcm.getShort();
                if (last < 0 && next >= 0) {
                    rises.incrementAndGet();
                }
                last = next;
                samples.incrementAndGet();
            }
            return !full;
        }

        @Override
        public void over() {
            ends.incrementAndGet();
        }
    }

    @Test
    void whatTheCallerSaysComesAtTheRateThatIsWantedUntilNobodyWantsMore() {
        MediaEngine engine = engine(1);
        Call caller = connected(engine, PCMU);
        Ear ear = new Ear();
        caller.media().route(new AudioRoute.Play(new Sound.Tone("%(60000,0,1000)"), 9));
        caller.media().handOut(ear, 1);

        // What the caller hears comes back as what he says.
        assertThat(await(() -> {
            collect(caller, packet -> caller.client().speak(0, packet.timestamp(), packet.payload()));
            return ear.rises.get() > 500;
        })).isTrue();
        assertThat(ear.samples.get()).as("16 samples in each period, and silence before").isGreaterThan(16 * 450);

        caller.media().recordingFlow(1, Recording.Flow.PAUSED);
        caller.media().recordingFlow(1, Recording.Flow.RUNS);
        caller.media().stopRecording(1);
        assertThat(await(() -> ear.ends.get() == 1 && engine.ticks().openFiles() == 0)).isTrue();
    }

    @Test
    void whoTakesNoMoreIsLeftAloneAndSoIsOneWhoseChannelIsGone() {
        MediaEngine engine = engine(1);
        Call caller = connected(engine, PCMU);
        Ear full = new Ear();
        Ear ear = new Ear();
        full.full = true;

        caller.media().handOut(full, 1);
        caller.media().handOut(ear, 2);

        assertThat(await(() -> full.ends.get() == 1 && ear.samples.get() > 0)).isTrue();
        caller.media().close();
        assertThat(await(() -> ear.ends.get() == 1)).isTrue();
        assertThat(full.ends.get()).isEqualTo(1);
    }
}
