package io.jverto.media.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class OggOpusWriterTest {
    @Test
    void whatIsWrittenIsReadPacketByPacket() {
        OggOpusWriter writer = new OggOpusWriter(0x1234, 2, 16_000, List.of("TITLE=One", "ARTIST=Two"));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(writer.head());
        int[] lengths = {1, 254, 255, 256, 509, 510, 511, 1_275};
        for (int i = 0; i < 400; i++) {
            file.writeBytes(writer.add(packet(lengths[i % lengths.length]), lengths[i % lengths.length], 960));
        }
        file.writeBytes(writer.finish(399 * 960));

        OggOpus.Result result = OggOpus.open(new ArrayBytes(file.toByteArray()));
        assertThat(result).isInstanceOf(OggOpus.Result.Ok.class);
        OggOpus stream = ((OggOpus.Result.Ok) result).stream();
        assertThat(stream.channels()).isEqualTo(2);
        assertThat(stream.preSkip()).isEqualTo(312);
        byte[] packet = new byte[OggOpus.MAX_PACKET];
        for (int i = 0; i < 400; i++) {
            assertThat(stream.next(packet)).isEqualTo(lengths[i % lengths.length]);
            assertThat(Arrays.copyOf(packet, lengths[i % lengths.length])).isEqualTo(packet(lengths[i % lengths.length]));
        }
        assertThat(stream.next(packet)).isEqualTo(OggOpus.END);
        assertThat(stream.endSamples()).isEqualTo(399 * 960 + 312);
    }

    private static byte[] packet(int length) {
        byte[] packet = new byte[length];
        for (int i = 0; i < length; i++) {
            packet[i] = (byte) (i * 31 + length);
        }
        return packet;
    }
}
