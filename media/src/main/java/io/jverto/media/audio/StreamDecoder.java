package io.jverto.media.audio;

import io.jverto.base.bytes.PacketRing;
import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.codec.AudioCodecs;
import io.jverto.media.codec.AudioDecoder;
import io.jverto.media.jitter.JitterBuffer;
import io.jverto.media.jitter.JitterConfig;
import io.jverto.media.jitter.JitterPacket;
import io.jverto.media.mixer.Pcm;
import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.JitterBounds;
import io.jverto.media.rtp.AudioLevel;
import io.jverto.media.rtp.RtpPacket;
import java.util.Arrays;

/// RTP packets of one channel to 20 ms frames of 48 kHz PCM: jitter buffer, decoder, and the leaving out of frames when the
/// buffer is fuller than it need be. Owner: MIXER_TICK. media-rtc.md section 11.
@OwnedBy(Role.MIXER_TICK)
final class StreamDecoder {
    /// Below this mean magnitude a frame can be shortened without being heard.
    private static final int QUIET = 60;
    /// With so much too much delay a frame is shortened even in speech.
    private static final int MUCH_MILLIS = 3 * Frame.MILLIS;
    /// A packet is at least 2.5 ms, so more turns than this are a stream of rubbish.
    private static final int MAX_TURNS = 24;
    private static final int OPUS_DTX_BYTES = 2;
    /// Ticks for which all is decoded after the last packet that was loud: longer than a [io.jverto.media.mixer.TalkDetector] takes who
    /// was one for a talker.
    private static final int RUN_ON = 50;

    /// What a decoder has just said, before it waits: one for all streams of a thread, for it takes more room than a stream has otherwise.
    private static final ThreadLocal<short[]> DECODED = ThreadLocal.withInitial(() -> new short[AudioDecoder.MAX_SAMPLES * 2]);

    private final AudioPlan plan;
    private final JitterLimits limits;
    private final PlayoutFigures figures;
    private final AudioCounters counters;
    private final AudioDecoder decoder;
    private final JitterBuffer jitter;
    private JitterBounds bounds;
    private final RtpPacket view = new RtpPacket();
    private final JitterPacket packet = new JitterPacket();
    private final PacketRing.Reader reader = this::onPacket;
    private final PacketRing.Reader dropper = (tag, bytes, length) -> {};
    private final int channels;
    private final int samplesPerTick;

    private final short[] waiting;
    /// Samples of each channel in `waiting`.
    private int held;
    private boolean idle;

    /// Packets that say to be quieter, by [AudioLevel], are not decoded; [AudioLevel#SILENCE] or more for none.
    private int quietLevel = AudioLevel.SILENCE;
    /// Ticks since the last packet came that is to be decoded.
    private int quietTicks;
    private final PeerSilence silence = new PeerSilence();

    /// Samples of each channel that are over but were not decoded; nothing waits then.
    private int skipped;

    StreamDecoder(AudioPlan plan, JitterLimits limits, PlayoutFigures figures, AudioCounters counters) {
        this.plan = plan;
        this.limits = limits;
        this.figures = figures;
        this.bounds = limits.bounds();
        this.counters = counters;
        this.decoder = AudioCodecs.decoder(plan.codec(), plan.receiveChannels());
        this.channels = decoder.channels();
        int clock = plan.codec().rtpClock();
        this.samplesPerTick = Frame.RATE / clock;
        boolean opus = plan.codec() == AudioCodec.OPUS;
        this.jitter = new JitterBuffer(JitterConfig.of(clock, opus ? OPUS_DTX_BYTES : 0, bounds), counters.jitter());
        this.waiting = new short[(AudioDecoder.MAX_SAMPLES + 2 * Frame.SAMPLES) * channels];
    }

    int preload() {
        return jitter.preload() + view.payloadOffset() + packet.sequence;
    }

    int channels() {
        return channels;
    }

    JitterBuffer jitter() {
        return jitter;
    }

    /// Takes all packets that wait in the ring.
    void drain(PacketRing rx) {
        idle = false;
        while (rx.poll(reader)) {
            // each goes to onPacket
        }
    }

    /// Says what need not be decoded.
    ///
    /// @param level by [AudioLevel]: packets of which their sender says that they are quieter; [AudioLevel#SILENCE] for none
    void quiet(int level) {
        quietLevel = level;
    }

    /// Throws away all packets that wait in the ring and what is held: nobody listens.
    void drop(PacketRing rx) {
        while (rx.poll(dropper)) {
            // each is forgotten
        }
        if (!idle) {
            idle = true;
            jitter.reset();
            decoder.reset();
            silence.end();
            held = 0;
            skipped = 0;
            quietTicks = 0;
        }
    }

    /// Writes the next 20 ms to `pcm`.
    ///
    /// @return false when there is nothing to play; `pcm` is then untouched
    boolean next(long nowNanos, short[] pcm) {
        JitterBounds wanted = limits.bounds();
        if (wanted != bounds) {
            bounds = wanted;
            jitter.bounds(wanted, nowNanos);
        }
        quietTicks = Math.min(quietTicks + 1, RUN_ON + 1);
        if (held == 0 && quietTicks > RUN_ON && !silence.isAudible()) {
            skip(nowNanos);
            return false;
        }
        resume();
        fill(nowNanos, Frame.SAMPLES);
        if (held < Frame.SAMPLES && silence.isAudible()) {
            silence.write(waiting, held * channels, Frame.SAMPLES * channels);
            held = Frame.SAMPLES;
        } else if (held == 0) {
            return false;
        } else if (held < Frame.SAMPLES) {
            Arrays.fill(waiting, held * channels, Frame.SAMPLES * channels, (short) 0);
            held = Frame.SAMPLES;
        }
        if (jitter.surplusMillis() >= Frame.MILLIS) {
            squeeze(nowNanos);
        }
        int values = Frame.SAMPLES * channels;
        System.arraycopy(waiting, 0, pcm, 0, values);
        held -= Frame.SAMPLES;
        System.arraycopy(waiting, values, waiting, 0, held * channels);
        return true;
    }

    void close() {
        decoder.close();
    }

    private void onPacket(long arrivalNanos, byte[] bytes, int length) {
        if (!view.read(bytes, 0, length)) {
            counters.audio().increment(AudioCount.RTP_MALFORMED);
            return;
        }
        if (view.payloadType() == plan.comfortNoisePayloadType()) {
            silence.begin(bytes, view.payloadOffset(), view.payloadLength());
            return;
        }
        if (view.payloadType() != plan.payloadType()) {
            counters.audio().increment(AudioCount.RTP_WRONG_TYPE);
            return;
        }
        int ticks = decoder.durationTicks(bytes, view.payloadOffset(), view.payloadLength());
        if (ticks <= 0) {
            counters.audio().increment(AudioCount.RTP_MALFORMED);
            return;
        }
        packet.arrivalNanos = arrivalNanos;
        packet.ssrc = view.ssrc();
        packet.sequence = view.sequence();
        packet.timestamp = view.timestamp();
        packet.durationTicks = ticks;
        packet.bytes = bytes;
        packet.offset = view.payloadOffset();
        packet.length = view.payloadLength();
        if (!isQuiet()) {
            quietTicks = 0;
        }
        silence.end();
        jitter.insert(packet);
    }

    private boolean isQuiet() {
        int extension = plan.audioLevelExtension();
        return extension > 0 && AudioLevel.read(view, packet.bytes, extension) > quietLevel;
    }

    /// Lets 20 ms pass as [#next] does, without their sound.
    private void skip(long nowNanos) {
        skipTo(nowNanos, Frame.SAMPLES);
        if (jitter.surplusMillis() >= Frame.MILLIS) {
            skipTo(nowNanos, 2 * Frame.SAMPLES);
            if (skipped >= 2 * Frame.SAMPLES) {
                skipped -= Frame.SAMPLES;
                counters.audio().increment(AudioCount.FRAMES_SQUEEZED);
                jitter.onSqueezed();
            }
        }
        skipped = Math.max(0, skipped - Frame.SAMPLES);
    }

    private void skipTo(long nowNanos, int wanted) {
        for (int turn = 0; skipped < wanted && turn < MAX_TURNS; turn++) {
            switch (jitter.next(nowNanos)) {
                case PACKET -> {
                    counters.audio().increment(AudioCount.FRAMES_SKIPPED);
                    figures.played();
                }
                case LOST, LOST_NEXT_KNOWN -> figures.concealed();
                case NOTHING -> {
                    return;
                }
            }
            skipped += dueSamples();
        }
    }

    /// What was skipped too far was silence.
    private void resume() {
        if (skipped > 0) {
            Arrays.fill(waiting, 0, skipped * channels, (short) 0);
            held = skipped;
            skipped = 0;
        }
    }

    private void fill(long nowNanos, int wanted) {
        short[] decoded = DECODED.get();
        for (int turn = 0; held < wanted && turn < MAX_TURNS; turn++) {
            int samples =
                    switch (jitter.next(nowNanos)) {
                        case PACKET -> {
                            figures.waited(nowNanos - jitter.arrivalNanos());
                            yield decode(decoded);
                        }
                        case LOST_NEXT_KNOWN -> recover(decoded);
                        case LOST -> conceal(decoded);
                        case NOTHING -> 0;
                    };
            if (samples <= 0) {
                return;
            }
            System.arraycopy(decoded, 0, waiting, held * channels, samples * channels);
            held += samples;
        }
    }

    private int decode(short[] decoded) {
        int samples = decoder.decode(jitter.bytes(), 0, jitter.length(), decoded);
        if (samples < 0) {
            counters.audio().increment(AudioCount.RTP_MALFORMED);
            return conceal(decoded);
        }
        counters.audio().increment(AudioCount.FRAMES_DECODED);
        figures.played();
        return samples;
    }

    private int recover(short[] decoded) {
        int samples = decoder.decodeLost(jitter.bytes(), 0, jitter.length(), decoded, dueSamples());
        if (samples < 0) {
            return conceal(decoded);
        }
        counters.audio().increment(AudioCount.FRAMES_RECOVERED);
        figures.recovered();
        return samples;
    }

    private int conceal(short[] decoded) {
        counters.audio().increment(AudioCount.FRAMES_CONCEALED);
        figures.concealed();
        return decoder.conceal(decoded, dueSamples());
    }

    private int dueSamples() {
        return Math.min(AudioDecoder.MAX_SAMPLES, jitter.dueTicks() * samplesPerTick);
    }

    /// Makes one frame of two by fading from the first into the second.
    private void squeeze(long nowNanos) {
        boolean quiet = Pcm.score(waiting, Frame.SAMPLES * channels) < QUIET;
        if (!quiet && jitter.surplusMillis() < MUCH_MILLIS) {
            return;
        }
        fill(nowNanos, 2 * Frame.SAMPLES);
        if (held < 2 * Frame.SAMPLES) {
            return;
        }
        int values = Frame.SAMPLES * channels;
        for (int i = 0; i < values; i++) {
            int weight = i / channels;
            waiting[i] = (short) ((waiting[i] * (Frame.SAMPLES - weight) + waiting[values + i] * weight) / Frame.SAMPLES);
        }
        held -= Frame.SAMPLES;
        System.arraycopy(waiting, 2 * values, waiting, values, held * channels - values);
        counters.audio().increment(AudioCount.FRAMES_SQUEEZED);
        jitter.onSqueezed();
    }
}
