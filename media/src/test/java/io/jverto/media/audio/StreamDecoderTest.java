package io.jverto.media.audio;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.jitter.JitterCount;
import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.JitterBounds;
import io.jverto.media.rtp.RtpPacket;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StreamDecoderTest {
    private static final int SECOND = 48_000;

    private final AudioCounters counters = new AudioCounters();
    private long nowNanos = 1_000_000_000L;

    @Test
    void holdsPacketsAsLongAsItsBoundsSay() {
        Caller caller = Caller.opus();
        StreamDecoder decoder = new StreamDecoder(caller.plan, new JitterLimits(new JitterBounds(120, 200)), new PlayoutFigures(), counters);

        assertThat(decoder.jitter().targetMillis()).isEqualTo(120);
    }

    @Test
    void itsBoundsChangeWhileItPlays() {
        Caller caller = Caller.opus().says(Signal.voice(SECOND));
        JitterLimits limits = new JitterLimits(new JitterBounds(20, 20));
        StreamDecoder decoder = new StreamDecoder(caller.plan, limits, new PlayoutFigures(), counters);
        for (int i = 0; i < 10; i++) {
            caller.speak(nowNanos);
            tick(caller, decoder, new short[960]);
        }
        assertThat(decoder.jitter().heldMillis()).isLessThan(60);

        limits.set(new JitterBounds(200, 200));
        int silent = 0;
        for (int i = 0; i < 30; i++) {
            caller.speak(nowNanos);
            silent += tick(caller, decoder, new short[960]) ? 0 : 1;
        }

        assertThat(silent).isBetween(7, 11);
        assertThat(decoder.jitter().heldMillis()).isBetween(160, 240);
        decoder.close();
    }

    @Test
    void takesLostOpusFramesFromTheRedundancyOfTheNextPacket() {
        Caller caller = Caller.opus().says(Signal.voice(SECOND));
        StreamDecoder decoder = new StreamDecoder(caller.plan, new JitterLimits(JitterBounds.DEFAULT), new PlayoutFigures(), counters);

        run(caller, decoder, 500, 10);

        assertThat(count(AudioCount.FRAMES_RECOVERED)).isBetween(40L, 50L);
        assertThat(count(AudioCount.FRAMES_CONCEALED)).isLessThan(8);
        assertThat(counters.jitter().get(JitterCount.LOST)).isBetween(45L, 50L);
        decoder.close();
    }

    @Test
    void aToneGoesOnThroughTenPercentOfLoss() {
        for (AudioCodec codec : AudioCodec.values()) {
            Caller caller = new Caller(Caller.plan(codec, 1)).says(Signal.tone(400, 8000, SECOND));
            StreamDecoder decoder = new StreamDecoder(caller.plan, new JitterLimits(JitterBounds.DEFAULT), new PlayoutFigures(), counters);

            short[] heard = run(caller, decoder, 200, 10);

            assertThat(Signal.amplitude(Signal.last(heard, 2 * SECOND), 400)).isGreaterThan(6_500);
            decoder.close();
        }
    }

    @Test
    void playsPacketsOfTenAndOfSixtyMilliseconds() {
        for (int millis : new int[] {10, 20, 30, 40, 60}) {
            AudioPlan plan = Caller.plan(AudioCodec.PCMU, 1);
            StreamDecoder decoder = new StreamDecoder(plan, new JitterLimits(JitterBounds.DEFAULT), new PlayoutFigures(), counters);
            Caller caller = new Caller(plan);
            long concealed = count(AudioCount.FRAMES_CONCEALED);

            short[] heard = runG711(caller, decoder, millis);

            assertThat(Signal.amplitude(Signal.last(heard, SECOND), 500)).isBetween(7_000.0, 8_500.0);
            assertThat(count(AudioCount.FRAMES_CONCEALED) - concealed).isLessThan(4);
            decoder.close();
        }
    }

    @Test
    void leavesOutFramesWhereTheSenderIsFaster() {
        Caller caller = Caller.opus().says(new short[960]);
        StreamDecoder decoder = new StreamDecoder(caller.plan, new JitterLimits(JitterBounds.DEFAULT), new PlayoutFigures(), counters);

        for (int i = 0; i < 3000; i++) {
            caller.speak(nowNanos + i * 20_000L); // 1000 ppm
            if (i % 1000 == 999) {
                caller.speak(nowNanos);
            }
            tick(caller, decoder, new short[960]);
        }

        assertThat(count(AudioCount.FRAMES_SQUEEZED)).isBetween(1L, 6L);
        assertThat(decoder.jitter().heldMillis()).isLessThan(100);
        decoder.close();
    }

    @Test
    void countsWhatIsNoPacketOfItsCodec() {
        AudioPlan plan = Caller.plan(AudioCodec.OPUS, 1);
        Caller caller = new Caller(plan);
        StreamDecoder decoder = new StreamDecoder(plan, new JitterLimits(JitterBounds.DEFAULT), new PlayoutFigures(), counters);
        byte[] packet = new byte[100];

        caller.rx.offer(nowNanos, packet, 0, 100); // version 0
        caller.rx.offer(nowNanos, packet, 0, 5);
        RtpPacket.writeHeader(packet, 0, false, 101, 1, 2, 3);
        caller.rx.offer(nowNanos, packet, 0, 16); // telephone-event
        RtpPacket.writeHeader(packet, 0, false, 111, 1, 2, 3);
        caller.rx.offer(nowNanos, packet, 0, 12); // no payload
        packet[12] = (byte) 0xfb;
        caller.rx.offer(nowNanos, packet, 0, 14); // no frames
        assertThat(tick(caller, decoder, new short[960])).isFalse();

        assertThat(count(AudioCount.RTP_MALFORMED)).isEqualTo(4);
        assertThat(count(AudioCount.RTP_WRONG_TYPE)).isEqualTo(1);
        decoder.close();
    }

    @Test
    void survivesPayloadsOfRandomBytes() {
        AudioPlan plan = Caller.plan(AudioCodec.OPUS, 2);
        Caller caller = new Caller(plan);
        StreamDecoder decoder = new StreamDecoder(plan, new JitterLimits(JitterBounds.DEFAULT), new PlayoutFigures(), counters);
        Random random = new Random(3);
        byte[] packet = new byte[400];
        for (int i = 0; i < 3000; i++) {
            random.nextBytes(packet);
            RtpPacket.writeHeader(packet, 0, false, 111, i, i * 960, 7);
            caller.rx.offer(nowNanos, packet, 0, 12 + random.nextInt(388));
            tick(caller, decoder, new short[1920]);
        }

        assertThat(count(AudioCount.RTP_MALFORMED)).isPositive();
        decoder.close();
    }

    private long count(AudioCount what) {
        return counters.audio().get(what);
    }

    private boolean tick(Caller caller, StreamDecoder decoder, short[] frame) {
        nowNanos += 20_000_000;
        decoder.drain(caller.rx);
        return decoder.next(nowNanos, frame);
    }

    /// @param loseEvery one packet of so many is lost
    private short[] run(Caller caller, StreamDecoder decoder, int packets, int loseEvery) {
        short[] all = new short[packets * 960];
        short[] frame = new short[960];
        for (int i = 0; i < packets; i++) {
            if (i % loseEvery == loseEvery - 1) {
                caller.lose();
            } else {
                caller.speak(nowNanos);
            }
            if (tick(caller, decoder, frame)) {
                System.arraycopy(frame, 0, all, i * 960, 960);
            }
        }
        return all;
    }

    private short[] runG711(Caller caller, StreamDecoder decoder, int millis) {
        short[] all = new short[2 * SECOND];
        short[] frame = new short[960];
        byte[] packet = new byte[12 + 8 * millis];
        int sent = 0;
        for (int i = 0; i < 100; i++) {
            while (sent * millis <= i * 20) {
                for (int k = 0; k < 8 * millis; k++) {
                    double value = 8000 * Math.sin(2 * Math.PI * 500 * (sent * 8 * millis + k) / 8000);
                    packet[12 + k] = MuLaw.encode((int) value);
                }
                RtpPacket.writeHeader(packet, 0, false, 0, sent, sent * 8 * millis, 9);
                caller.rx.offer(nowNanos, packet, 0, packet.length);
                sent++;
            }
            if (tick(caller, decoder, frame)) {
                System.arraycopy(frame, 0, all, i * 960, 960);
            }
        }
        return all;
    }

    /// A second way to write mu-law, by search.
    private static final class MuLaw {
        private static final int[] LEVELS = new int[256];

        static {
            for (int code = 0; code < 256; code++) {
                int bits = 255 - code;
                int magnitude = (((bits % 16) * 2 + 33) * (1 << (bits / 16 % 8)) - 33) * 4;
                LEVELS[code] = bits >= 128 ? -magnitude : magnitude;
            }
        }

        static byte encode(int sample) {
            int best = 0;
            for (int code = 0; code < 256; code++) {
                if (Math.abs(LEVELS[code] - sample) < Math.abs(LEVELS[best] - sample)) {
                    best = code;
                }
            }
            return (byte) best;
        }
    }
}
