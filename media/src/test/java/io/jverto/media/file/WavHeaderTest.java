package io.jverto.media.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.file.WavHeader.Encoding;
import io.jverto.media.file.WavHeader.Result;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class WavHeaderTest {
    @Test
    void readsWhatItWrites() {
        byte[] file = new byte[44 + 400];
        System.arraycopy(WavHeader.bytes(44_100, 2, 400), 0, file, 0, 44);

        assertThat(read(file)).isEqualTo(new Result.Ok(new WavHeader(Encoding.INTEGER, 16, 44_100, 2, 44, 400)));
    }

    @Test
    void readsEachEncoding() {
        assertThat(encoding(1, 24)).isEqualTo(Encoding.INTEGER);
        assertThat(encoding(3, 32)).isEqualTo(Encoding.FLOAT);
        assertThat(encoding(6, 8)).isEqualTo(Encoding.A_LAW);
        assertThat(encoding(7, 8)).isEqualTo(Encoding.MU_LAW);
    }

    @Test
    void skipsWhatItDoesNotKnow() {
        ByteBuffer file = begin(200);
        file.put("LIST".getBytes()).putInt(7).put(new byte[8]); // odd sizes are padded
        format(file, 1, 1, 8_000, 16);
        file.put("data".getBytes()).putInt(10).put(new byte[10]);

        assertThat(read(file.array())).isEqualTo(new Result.Ok(new WavHeader(Encoding.INTEGER, 16, 8_000, 1, 60, 10)));
    }

    @Test
    void takesTheRealFormatOutOfAnExtensibleOne() {
        ByteBuffer file = begin(200);
        file.put("fmt ".getBytes()).putInt(40).putShort((short) 0xfffe).putShort((short) 2).putInt(48_000).putInt(0).putShort((short) 8)
                .putShort((short) 32).putShort((short) 22).putShort((short) 32).putInt(3).putShort((short) 3).put(new byte[14]);
        file.put("data".getBytes()).putInt(16);

        assertThat(((Result.Ok) read(file.array())).header().encoding()).isEqualTo(Encoding.FLOAT);
    }

    @Test
    void readsAFileWhoseWriterDied() {
        byte[] file = new byte[44 + 1_001];
        System.arraycopy(WavHeader.bytes(48_000, 1, WavHeader.UNKNOWN), 0, file, 0, 44);

        assertThat(((Result.Ok) read(file)).header().dataBytes()).isEqualTo(1_000);
    }

    @Test
    void believesNoSizeBeyondTheEndOfTheFile() {
        byte[] file = new byte[44 + 10];
        System.arraycopy(WavHeader.bytes(48_000, 2, 2_000_000_000), 0, file, 0, 44);

        assertThat(((Result.Ok) read(file)).header().dataBytes()).isEqualTo(8);
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(reason(new byte[0])).isEqualTo("it is no WAV file");
        assertThat(reason("OggS....WAVEdata....".getBytes())).isEqualTo("it is no WAV file");
        assertThat(reason(begin(12).array())).isEqualTo("there is no sound in it");
        assertThat(reason(begin(20).put("data".getBytes()).putInt(0).array())).contains("does not say how");
        assertThat(reason(with(1, 6, 48_000, 16))).contains("6 channels");
        assertThat(reason(with(1, 0, 48_000, 16))).contains("0 channels");
        assertThat(reason(with(1, 1, 4_000, 16))).contains("4000 Hz");
        assertThat(reason(with(1, 1, -1, 16))).contains("4294967295 Hz");
        assertThat(reason(with(0x55, 1, 48_000, 16))).contains("format 85");
        assertThat(reason(with(1, 1, 48_000, 0))).contains("0 bits");
        assertThat(reason(with(1, 1, 48_000, 12))).contains("12 bits");
    }

    @Test
    void readsNoMoreThanSoManyChunks() {
        ByteBuffer file = begin(100_000);
        while (file.remaining() >= 8) {
            file.put("junk".getBytes()).putInt(0);
        }

        assertThat(reason(file.array())).isEqualTo("there is no sound in it");
    }

    private static Encoding encoding(int tag, int bits) {
        return ((Result.Ok) read(with(tag, 1, 16_000, bits))).header().encoding();
    }

    private static byte[] with(int tag, int channels, int rate, int bits) {
        ByteBuffer file = begin(100);
        format(file, tag, channels, rate, bits);
        return file.put("data".getBytes()).putInt(16).array();
    }

    private static ByteBuffer begin(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN).put("RIFF".getBytes()).putInt(size - 8).put("WAVE".getBytes());
    }

    private static void format(ByteBuffer file, int tag, int channels, int rate, int bits) {
        file.put("fmt ".getBytes()).putInt(16).putShort((short) tag).putShort((short) channels).putInt(rate).putInt(0)
                .putShort((short) (channels * (bits / 8))).putShort((short) bits);
    }

    private static Result read(byte[] file) {
        return WavHeader.read(new ArrayBytes(file));
    }

    private static String reason(byte[] file) {
        return ((Result.Bad) read(file)).reason();
    }
}
