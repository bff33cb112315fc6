package io.jverto.media.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.VideoCodec;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebmTest {
    private byte[] file = {};
    private final WebmWriter writer = new WebmWriter(2, Map.of("TITLE", "One", "ARTIST", "Two"), false);

    private void write(List<WebmWriter.Piece> pieces) {
        for (WebmWriter.Piece piece : pieces) {
            int end = (int) piece.at() + piece.bytes().length;
            file = end > file.length ? Arrays.copyOf(file, end) : file;
            System.arraycopy(piece.bytes(), 0, file, (int) piece.at(), piece.bytes().length);
        }
    }

    /// Ten seconds: sound each 20 ms, from half a second on a picture each 40 ms, of which each fiftieth is a key frame.
    private void talk() {
        write(writer.head());
        for (int i = 0; i < 500; i++) {
            if (i >= 25 && i % 2 == 0) {
                writer.picture(i * 20 + 5, VideoCodec.VP8, (i - 26) % 100 == 0, new WebmWriter.Size(640, 360), new byte[0], packet(2_000 + i), 2_000 + i);
            }
            writer.sound(i * 20, 20, packet(60 + i % 30), 60 + i % 30);
            if (i % 50 == 49) {
                write(writer.flush());
            }
        }
    }

    private static byte[] packet(int length) {
        byte[] packet = new byte[length];
        for (int i = 0; i < length; i++) {
            packet[i] = (byte) (i * 31 + length);
        }
        return packet;
    }

    private Webm open() {
        assertThat(Webm.open(new ArrayBytes(file))).isInstanceOf(Webm.Result.Ok.class);
        return ((Webm.Result.Ok) Webm.open(new ArrayBytes(file))).stream();
    }

    @Test
    void whatIsWrittenIsReadBlockByBlock() {
        talk();
        write(writer.finish());

        Webm webm = open();

        assertThat(webm.channels()).isEqualTo(2);
        assertThat(webm.preSkip()).isBetween(311, 312);
        assertThat(webm.width()).isEqualTo(640);
        assertThat(webm.height()).isEqualTo(360);
        assertThat(webm.durationMillis()).isEqualTo(10_000);
        assertThat(blocks(webm)).isEqualTo(new Blocks(500, 237, 5, 9_980, 9_965));
    }

    private record Blocks(int sounds, int pictures, int keys, long lastSound, long lastPicture) {}

    private static Blocks blocks(Webm webm) {
        Blocks seen = new Blocks(0, 0, 0, 0, 0);
        byte[] block = new byte[Webm.MAX_BLOCK];
        for (Webm.Kind kind = webm.next(); kind != Webm.Kind.END; kind = webm.next()) {
            assertThat(webm.copy(block)).isTrue();
            assertThat(Arrays.copyOf(block, webm.length())).isEqualTo(packet(webm.length()));
            boolean picture = kind == Webm.Kind.PICTURE;
            seen = new Blocks(seen.sounds + (picture ? 0 : 1), seen.pictures + (picture ? 1 : 0), seen.keys + (picture && webm.isKey() ? 1 : 0),
                    picture ? seen.lastSound : webm.millis(), picture ? webm.millis() : seen.lastPicture);
        }
        return seen;
    }

    @Test
    void aFileWhoseWriterDiedIsReadAsFarAsItGoes() {
        talk();

        Webm webm = open();

        assertThat(webm.durationMillis()).isEqualTo(10_000);
        assertThat(webm.codec()).contains(VideoCodec.VP8);
        assertThat(blocks(webm).sounds()).isEqualTo(500);
    }

    @Test
    void aFileThatIsCutAnywhereIsReadUpToThere() {
        talk();
        write(writer.finish());
        byte[] whole = file;
        int before = 0;
        for (int length = 700; length < whole.length; length += 9_973) {
            file = Arrays.copyOf(whole, length);
            int sounds = blocks(open()).sounds();
            assertThat(sounds).isGreaterThanOrEqualTo(before);
            before = sounds;
        }
        assertThat(before).isGreaterThan(450);
    }

    @Test
    void aRecordingWithoutAPictureHasNoTrackOfPictures() {
        write(writer.head());
        for (int i = 0; i < 500; i++) {
            writer.sound(i * 20, 20, packet(60), 60);
        }
        write(writer.finish());

        Webm webm = open();

        assertThat(webm.codec()).isEmpty();
        assertThat(blocks(webm).sounds()).isEqualTo(500);
    }

    @Test
    void aReaderGoesToTheClusterInWhichAMomentLies() {
        talk();
        write(writer.finish());
        Webm webm = open();

        webm.skipTo(6_000);

        assertThat(webm.next()).isEqualTo(Webm.Kind.PICTURE);
        assertThat(webm.isKey()).isTrue();
        assertThat(webm.millis()).isBetween(4_000L, 6_000L);
    }

    @Test
    void cuesNameClustersThatBeginWithAKeyFrame() {
        talk();
        write(writer.finish());
        int seekHead = find(Ebml.id(Ebml.SEEK_HEAD), 0);
        int cues = find(Ebml.id(Ebml.CUES), seekHead + 100);
        long told = ByteBuffer.wrap(file, find(Ebml.join(Ebml.id(Ebml.SEEK_ID), Ebml.size(4), Ebml.id(Ebml.CUES)), 0) + 7 + 3, 8).getLong();

        assertThat(told).isEqualTo(cues - seekHead);
        int at = cues;
        int count = 0;
        while ((at = find(Ebml.id(Ebml.CUE_CLUSTER_POSITION), at + 1)) > 0) {
            int bytes = file[at + 1] & 0x7f;
            int position = 0;
            for (int i = 0; i < bytes; i++) {
                position = position << 8 | file[at + 2 + i] & 0xff;
            }
            assertThat(Arrays.copyOfRange(file, seekHead + position, seekHead + position + 4)).isEqualTo(Ebml.id(Ebml.CLUSTER));
            count++;
        }
        assertThat(count).isEqualTo(5);
    }

    private int find(byte[] wanted, int from) {
        for (int i = from; i + wanted.length <= file.length; i++) {
            if (Arrays.equals(file, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }

    @Test
    void aLongRecordingKeepsNoMoreCuesThanItMay() {
        write(writer.head());
        for (int i = 0; i < 3 * WebmWriter.MAX_CUES; i++) {
            writer.picture(i * 1_000L, VideoCodec.VP8, true, new WebmWriter.Size(64, 64), new byte[0], packet(10), 10);
            writer.sound(i * 1_000L, 20, packet(10), 10);
        }
        int before = file.length;
        write(writer.finish());

        int cues = find(Ebml.id(Ebml.CUES), before);
        assertThat(cues).isPositive();
        assertThat(file.length - cues).isLessThan(MAX_CUE_BYTES * WebmWriter.MAX_CUES);
    }

    private static final int MAX_CUE_BYTES = 24;

    @Test
    void whatIsNoFilmIsRefusedWithAReason() {
        assertThat(reason("RIFF and so on".getBytes())).isEqualTo("it is no WebM file");
        assertThat(reason(Ebml.element(Ebml.EBML, Ebml.text(Ebml.DOC_TYPE, "a\nb")))).isEqualTo("it is no WebM file, but says \"a?b\" of itself");
        byte[] head = Ebml.element(Ebml.EBML, Ebml.text(Ebml.DOC_TYPE, "webm"));
        byte[] segment = Ebml.join(Ebml.id(Ebml.SEGMENT), Ebml.longSize(Ebml.UNKNOWN));
        byte[] vorbis = Ebml.element(Ebml.TRACKS, Ebml.element(Ebml.TRACK_ENTRY, Ebml.number(Ebml.TRACK_NUMBER, 1), Ebml.number(Ebml.TRACK_TYPE, 2),
                Ebml.text(Ebml.CODEC_ID, "A_VORBIS")));
        assertThat(reason(Ebml.join(head, segment, vorbis))).isEqualTo("it has neither sound in Opus nor pictures in VP8, VP9, H.264 or AV1");
        byte[] endless = Ebml.join(Ebml.id(Ebml.TRACKS), Ebml.longSize(1L << 40));
        assertThat(reason(Ebml.join(head, segment, endless))).startsWith("its description of tracks, at byte " + (head.length + segment.length));
        byte[] unknown = Ebml.join(Ebml.id(Ebml.INFO), Ebml.longSize(Ebml.UNKNOWN));
        assertThat(reason(Ebml.join(head, segment, unknown))).isEqualTo("an element at byte " + (head.length + segment.length) + " has no length");
    }

    private static String reason(byte[] bytes) {
        return ((Webm.Result.Bad) Webm.open(new ArrayBytes(bytes))).reason();
    }
}
