package io.jverto.media.codec;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusBandwidth;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;
import io.jverto.base.Broken;

/// Opus in Java, where no native library loads: two to three times dearer, and it allocates.
final class ConcentusEncoder implements AudioEncoder {
    private final int channels;
    private final boolean independent;
    private final OpusEncoder encoder;

    ConcentusEncoder(OpusTuning tuning) {
        this.channels = tuning.channels();
        this.independent = tuning.independent();
        try {
            this.encoder = new OpusEncoder(OpusTuning.RATE, channels, application(tuning.aim()));
        } catch (OpusException bug) {
            throw new Broken("no encoder for " + channels + " channels", bug);
        }
        encoder.setBitrate(tuning.bitrate());
        encoder.setUseVBR(!tuning.constantBitrate());
        encoder.setUseInbandFEC(tuning.inbandFec());
        encoder.setPacketLossPercent(tuning.lossPercent());
        encoder.setUseDTX(tuning.dtx());
        encoder.setComplexity(tuning.complexity());
        encoder.setMaxBandwidth(bandwidth(tuning.bandwidthHz()));
        encoder.setPredictionDisabled(independent);
    }

    @Override
    public int channels() {
        return channels;
    }

    @Override
    public int encode(short[] pcm, int samples, byte[] out, int offset) {
        int room = Math.min(out.length - offset, OpusTuning.MAX_PACKET);
        if (!OpusTuning.isFrame(samples) || pcm.length < samples * channels || offset < 0 || room < 2) {
            return -1;
        }
        try {
            return encoder.encode(pcm, 0, samples, out, offset, room);
        } catch (OpusException refused) {
            return -1;
        } finally {
            encoder.setPredictionDisabled(independent);
        }
    }

    @Override
    public void cutPrediction() {
        encoder.setPredictionDisabled(true);
    }

    @Override
    public void close() {
        // memory only
    }

    private static OpusApplication application(OpusTuning.Aim aim) {
        return switch (aim) {
            case SPEECH -> OpusApplication.OPUS_APPLICATION_VOIP;
            case SOUND -> OpusApplication.OPUS_APPLICATION_AUDIO;
            case LOW_DELAY -> OpusApplication.OPUS_APPLICATION_RESTRICTED_LOWDELAY;
        };
    }

    private static OpusBandwidth bandwidth(int hz) {
        if (hz <= 8_000) {
            return OpusBandwidth.OPUS_BANDWIDTH_NARROWBAND;
        }
        if (hz <= 12_000) {
            return OpusBandwidth.OPUS_BANDWIDTH_MEDIUMBAND;
        }
        if (hz <= 16_000) {
            return OpusBandwidth.OPUS_BANDWIDTH_WIDEBAND;
        }
        return hz <= 32_000 ? OpusBandwidth.OPUS_BANDWIDTH_SUPERWIDEBAND : OpusBandwidth.OPUS_BANDWIDTH_FULLBAND;
    }
}
