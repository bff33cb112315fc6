package io.jverto.medialoop.file;

import io.jverto.media.codec.AudioCodecs;
import io.jverto.media.codec.AudioEncoder;
import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.OpusSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Ogg files of Opus for tests, written as RFC 3533 and RFC 7845 say: a sine of its own pitch in each channel, amplitude 10000.
final class Ogg {
    static final int PRE_SKIP = 312;
    private static final int SERIAL = 0x1234;
    private static final int PACKETS_IN_PAGE = 10;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int sequence;

    private Ogg() {}

    /// @param samples that are to be heard
    /// @param gain 1/256 dB
    /// @param tagBytes of comments before the sound
    static Path write(Path file, int samples, int gain, int tagBytes, double... hertz) throws IOException {
        Ogg ogg = new Ogg();
        ogg.page(2, 0, List.of(head(hertz.length, gain)));
        byte[] tags = new byte[tagBytes];
        System.arraycopy("OpusTags".getBytes(), 0, tags, 0, 8);
        ogg.pages(tags);
        List<byte[]> packets = packets(samples + PRE_SKIP, hertz);
        for (int at = 0; at < packets.size(); at += PACKETS_IN_PAGE) {
            int to = Math.min(packets.size(), at + PACKETS_IN_PAGE);
            boolean last = to == packets.size();
            ogg.page(last ? 4 : 0, last ? samples + PRE_SKIP : to * 960L, packets.subList(at, to));
        }
        return Files.write(file, ogg.out.toByteArray());
    }

    private static byte[] head(int channels, int gain) {
        return ByteBuffer.allocate(19).order(ByteOrder.LITTLE_ENDIAN).put("OpusHead".getBytes()).put((byte) 1).put((byte) channels)
                .putShort((short) PRE_SKIP).putInt(48_000).putShort((short) gain).put((byte) 0).array();
    }

    private static List<byte[]> packets(int samples, double... hertz) {
        List<byte[]> packets = new ArrayList<>();
        OpusSettings clear = new OpusSettings(false, false, false, 128_000, 48_000);
        try (AudioEncoder encoder = AudioCodecs.encoder(AudioCodec.OPUS, hertz.length, clear, 48_000)) {
            for (int at = 0; at < samples; at += 960) {
                short[] pcm = new short[960 * hertz.length];
                for (int i = 0; i < pcm.length; i++) {
                    pcm[i] = (short) Math.round(10_000 * Math.sin(2 * Math.PI * hertz[i % hertz.length] * (at + i / hertz.length) / 48_000));
                }
                byte[] packet = new byte[1_275];
                int length = encoder.encode(pcm, 960, packet, 0);
                packets.add(Arrays.copyOf(packet, length));
            }
        }
        return packets;
    }

    /// One packet over as many pages as it needs.
    private void pages(byte[] packet) {
        int at = 0;
        boolean ended = false;
        while (!ended) {
            int full = Math.min(255, (packet.length - at) / 255);
            ended = full < 255;
            byte[] lacing = new byte[ended ? full + 1 : full];
            Arrays.fill(lacing, (byte) 255);
            int size = full * 255;
            if (ended) {
                lacing[full] = (byte) (packet.length - at - size);
                size = packet.length - at;
            }
            write(at > 0 ? 1 : 0, -1, lacing, Arrays.copyOfRange(packet, at, at + size));
            at += size;
        }
    }

    private void page(int flags, long granule, List<byte[]> packets) {
        ByteArrayOutputStream lacing = new ByteArrayOutputStream();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] packet : packets) {
            for (int left = packet.length; left >= 0; left -= 255) {
                lacing.write(Math.min(left, 255));
            }
            body.writeBytes(packet);
        }
        write(flags, granule, lacing.toByteArray(), body.toByteArray());
    }

    private void write(int flags, long granule, byte[] lacing, byte[] body) {
        ByteBuffer page = ByteBuffer.allocate(27 + lacing.length + body.length).order(ByteOrder.LITTLE_ENDIAN);
        page.put("OggS".getBytes()).put((byte) 0).put((byte) flags).putLong(granule).putInt(SERIAL).putInt(sequence++).putInt(0)
                .put((byte) lacing.length).put(lacing).put(body);
        out.writeBytes(page.putInt(22, crc(page.array())).array());
    }

    /// Bit by bit, as the RFC describes it.
    private static int crc(byte[] bytes) {
        int crc = 0;
        for (byte value : bytes) {
            for (int bit = 7; bit >= 0; bit--) {
                boolean carry = crc < 0 != ((value >> bit & 1) == 1);
                crc = crc << 1 ^ (carry ? 0x04c11db7 : 0);
            }
        }
        return crc;
    }
}
