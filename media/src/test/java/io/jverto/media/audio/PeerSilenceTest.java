package io.jverto.media.audio;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.bytes.PacketRing;
import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.JitterBounds;
import io.jverto.media.rtp.RtpPacket;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// A telephone that sends nothing while nobody talks, and says how loud its silence is (RFC 3389).
class PeerSilenceTest {
    private static final int NOISE = 13;
    private static final long TICK = 20_000_000;

    private final AudioPlan plan = Caller.plan(AudioCodec.PCMU, 1).withComfortNoise(NOISE);
    private final StreamDecoder decoder = new StreamDecoder(plan, new JitterLimits(JitterBounds.DEFAULT), new PlayoutFigures(), new AudioCounters());
    private final PacketRing ring = new PacketRing(64, 1_400);
    private final short[] pcm = new short[Frame.SAMPLES];
    private long nowNanos = 1_000_000_000L;
    private int sequence = 100;
    private int timestamp;

    private void comes(int type, int length, int filler) {
        byte[] packet = new byte[RtpPacket.FIXED_HEADER + length];
        RtpPacket.writeHeader(packet, 0, false, type, sequence++, timestamp, 7);
        Arrays.fill(packet, RtpPacket.FIXED_HEADER, packet.length, (byte) filler);
        ring.offer(nowNanos, packet, 0, packet.length);
    }

    private boolean tick() {
        decoder.drain(ring);
        boolean heard = decoder.next(nowNanos, pcm);
        nowNanos += TICK;
        timestamp += 160;
        return heard;
    }

    private double decibels() {
        double power = 0;
        for (short sample : pcm) {
            power += (double) sample * sample;
        }
        return 10 * Math.log10(power / pcm.length / 32_768 / 32_768);
    }

    private void talks(int ticks) {
        for (int i = 0; i < ticks; i++) {
            comes(0, 160, 0x10);
            tick();
        }
    }

    @Test
    void isHeardAsNoiseOfThatLevelForAsLongAsNothingComes() {
        talks(20);
        comes(NOISE, 1, 50);
        for (int i = 0; i < 20; i++) {
            tick();
        }

        for (int i = 0; i < 500; i++) {
            assertThat(tick()).isTrue();
            assertThat(decibels()).isBetween(-52.0, -48.0);
        }
        decoder.close();
    }

    @Test
    void endsWithTheNextPacketOfSpeech() {
        talks(20);
        comes(NOISE, 9, 60);
        for (int i = 0; i < 100; i++) {
            tick();
        }
        assertThat(decibels()).isLessThan(-55);

        talks(20);

        assertThat(decibels()).isGreaterThan(-20);
        for (int i = 0; i < 100; i++) {
            tick();
        }
        assertThat(tick()).isFalse();
        decoder.close();
    }

    @Test
    void isNeverLoudAndNothingAtAllWhereItIsTooFaint() {
        talks(20);
        comes(NOISE, 1, 0);
        for (int i = 0; i < 20; i++) {
            tick();
        }
        assertThat(decibels()).isBetween(-42.0, -38.0);

        comes(NOISE, 1, 127);
        tick();
        assertThat(tick()).isFalse();
        comes(NOISE, 0, 0);
        assertThat(tick()).isFalse();
        decoder.close();
    }
}
