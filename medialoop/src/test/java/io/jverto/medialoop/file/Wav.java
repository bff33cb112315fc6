package io.jverto.medialoop.file;

import io.jverto.media.codec.AudioCodecs;
import io.jverto.media.codec.AudioEncoder;
import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.OpusSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/// WAV files for tests: a sine of its own pitch in each channel, amplitude 0.3 of full scale.
public record Wav(int tag, int bits, int rate, double... hertz) {
    public static final double AMPLITUDE = 0.3;

    public Path write(Path file, double seconds) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes((int) (seconds * rate)));
    }

    /// Writes samples of 16 bits, mono.
    public static Path write(Path file, int rate, short[] pcm) throws IOException {
        ByteBuffer out = new Wav(1, 16, rate, 0).header(pcm.length);
        for (short sample : pcm) {
            out.putShort(sample);
        }
        return Files.write(file, out.array());
    }

    private ByteBuffer header(int samples) {
        int frame = bits / 8 * hertz.length;
        ByteBuffer out = ByteBuffer.allocate(44 + samples * frame).order(ByteOrder.LITTLE_ENDIAN);
        return out.put("RIFF".getBytes()).putInt(36 + samples * frame).put("WAVEfmt ".getBytes()).putInt(16)
                .putShort((short) tag).putShort((short) hertz.length).putInt(rate).putInt(rate * frame)
                .putShort((short) frame).putShort((short) bits).put("data".getBytes()).putInt(samples * frame);
    }

    private byte[] bytes(int samples) {
        ByteBuffer out = header(samples);
        for (int i = 0; i < samples; i++) {
            for (double pitch : hertz) {
                put(out, AMPLITUDE * Math.sin(2 * Math.PI * pitch * i / rate));
            }
        }
        return out.array();
    }

    private void put(ByteBuffer out, double value) {
        switch (tag) {
            case 3 -> {
                if (bits == 32) {
                    out.putFloat((float) value);
                } else {
                    out.putDouble(value);
                }
            }
            case 6 -> out.put(law(AudioCodec.PCMA, value));
            case 7 -> out.put(law(AudioCodec.PCMU, value));
            default -> whole(out, value);
        }
    }

    private void whole(ByteBuffer out, double value) {
        long scaled = Math.round(value * ((1L << bits - 1) - 1)) + (bits == 8 ? 128 : 0);
        for (int i = 0; i < bits; i += 8) {
            out.put((byte) (scaled >> i));
        }
    }

    /// The codec takes 48 kHz: six equal samples give one.
    private static byte law(AudioCodec codec, double value) {
        try (AudioEncoder encoder = AudioCodecs.encoder(codec, 1, OpusSettings.DEFAULT, 8_000)) {
            short[] pcm = new short[960];
            java.util.Arrays.fill(pcm, (short) (value * 32_767));
            byte[] out = new byte[160];
            encoder.encode(pcm, 960, out, 0);
            return out[150];
        }
    }
}
