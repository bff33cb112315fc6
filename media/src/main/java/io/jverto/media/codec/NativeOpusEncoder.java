package io.jverto.media.codec;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.jverto.base.Broken;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Opus by libopus. The thread that makes it must use and close it: its memory is confined. Allocates nothing per frame.
final class NativeOpusEncoder implements AudioEncoder {
    private final Arena arena = Arena.ofConfined();
    private final int channels;
    private final MemorySegment state;
    private final MemorySegment pcmMemory;
    private final MemorySegment outMemory;
    private final boolean independent;
    private boolean cut;
    private boolean closed;

    NativeOpusEncoder(OpusTuning tuning) {
        this.channels = tuning.channels();
        this.independent = tuning.independent();
        this.pcmMemory = arena.allocate(JAVA_SHORT, (long) OpusTuning.MAX_FRAME * channels);
        this.outMemory = arena.allocate(OpusTuning.MAX_PACKET);
        this.state = OpusNative.createEncoder(OpusTuning.RATE, channels, application(tuning.aim()));
        if (state.address() == 0) {
            arena.close();
            throw new Broken("libopus made no encoder for " + channels + " channels");
        }
        set(OpusNative.SET_BITRATE, tuning.bitrate());
        set(OpusNative.SET_VBR, tuning.constantBitrate() ? 0 : 1);
        set(OpusNative.SET_INBAND_FEC, tuning.inbandFec() ? 1 : 0);
        set(OpusNative.SET_PACKET_LOSS_PERC, tuning.lossPercent());
        set(OpusNative.SET_DTX, tuning.dtx() ? 1 : 0);
        set(OpusNative.SET_COMPLEXITY, tuning.complexity());
        set(OpusNative.SET_MAX_BANDWIDTH, bandwidth(tuning.bandwidthHz()));
        set(OpusNative.SET_PREDICTION_DISABLED, tuning.independent() ? 1 : 0);
    }

    @Override
    public int channels() {
        return channels;
    }

    @Override
    public int encode(short[] pcm, int samples, byte[] out, int offset) {
        int room = Math.min(out.length - offset, OpusTuning.MAX_PACKET);
        if (closed || !OpusTuning.isFrame(samples) || pcm.length < samples * channels || offset < 0 || room < 2) {
            return -1;
        }
        MemorySegment.copy(pcm, 0, pcmMemory, JAVA_SHORT, 0, samples * channels);
        int written = OpusNative.encode(state, pcmMemory, samples, outMemory, room);
        if (cut) {
            cut = false;
            set(OpusNative.SET_PREDICTION_DISABLED, 0);
        }
        if (written < 0) {
            return -1;
        }
        MemorySegment.copy(outMemory, JAVA_BYTE, 0, out, offset, written);
        return written;
    }

    @Override
    public void cutPrediction() {
        if (!closed && !cut && !independent) {
            cut = true;
            set(OpusNative.SET_PREDICTION_DISABLED, 1);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            OpusNative.destroyEncoder(state);
            arena.close();
        }
    }

    private void set(int request, int value) {
        int error = OpusNative.control(state, request, value);
        if (error != 0) {
            throw new Broken("libopus refused request " + request + " with " + value + ": " + error);
        }
    }

    private static int application(OpusTuning.Aim aim) {
        return switch (aim) {
            case SPEECH -> OpusNative.APPLICATION_VOIP;
            case SOUND -> OpusNative.APPLICATION_AUDIO;
            case LOW_DELAY -> OpusNative.APPLICATION_LOW_DELAY;
        };
    }

    private static int bandwidth(int hz) {
        if (hz <= 8_000) {
            return OpusNative.BANDWIDTH_NARROW;
        }
        if (hz <= 12_000) {
            return OpusNative.BANDWIDTH_MEDIUM;
        }
        if (hz <= 16_000) {
            return OpusNative.BANDWIDTH_WIDE;
        }
        return hz <= 32_000 ? OpusNative.BANDWIDTH_SUPER_WIDE : OpusNative.BANDWIDTH_FULL;
    }
}
