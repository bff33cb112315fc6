package io.jverto.media.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.VideoCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PictureIdsTest {
    private static final int ABSENT = -1;
    private static final int AROUND = 3;

    private final PictureIds ids = new PictureIds();

    /// A camera's numbers. Each of its pictures has some packets; every second one is a base picture.
    ///
    /// @param idBits 0 for no picture ids, 7 or 15
    private record Source(VideoCodec codec, int idBits, boolean hasBase, boolean hasKey, int id, int base, int key) {
        static Source any(RandomGenerator random, VideoCodec codec) {
            return new Source(codec, new int[] {0, 7, 15, 15}[random.nextInt(4)], random.nextInt(4) > 0, codec == VideoCodec.VP8 && random.nextInt(4) > 0,
                    random.nextInt(1 << 15), random.nextInt(1 << 8), random.nextInt(1 << 5));
        }

        int idOf(int picture) {
            return idBits == 0 ? ABSENT : id + picture & (1 << idBits) - 1;
        }

        int baseOf(int picture) {
            return hasBase ? base + picture / 2 & 0xff : ABSENT;
        }

        /// A key frame every 40 pictures.
        int keyOf(int picture) {
            return hasKey ? key + picture / 40 & 0x1f : ABSENT;
        }

        byte[] payload(int picture, int piece) {
            return new Seen(codec, idBits, idOf(picture), baseOf(picture), keyOf(picture), picture % 2, new byte[] {(byte) picture, (byte) piece, 7}).write();
        }
    }

    /// What stands in a payload.
    private record Seen(VideoCodec codec, int idBits, int id, int base, int key, int layer, byte[] rest) {
        byte[] write() {
            byte[] to = new byte[8 + rest.length];
            boolean layered = base != ABSENT;
            int at = 1;
            if (codec == VideoCodec.VP8) {
                to[0] = (byte) 0x80;
                to[at++] = (byte) ((idBits > 0 ? 0x80 : 0) | (layered ? 0x60 : 0) | (key == ABSENT ? 0 : 0x10));
            } else {
                to[0] = (byte) ((idBits > 0 ? 0x80 : 0) | (layered ? 0x20 : 0));
            }
            if (idBits == 15) {
                to[at++] = (byte) (0x80 | id >> 8);
            }
            if (idBits > 0) {
                to[at++] = (byte) id;
            }
            if (codec == VideoCodec.VP9 && layered) {
                to[at++] = (byte) (layer << 5);
            }
            if (layered) {
                to[at++] = (byte) base;
            }
            if (codec == VideoCodec.VP8 && (layered || key != ABSENT)) {
                to[at++] = (byte) (layer << 6 | (key == ABSENT ? 0x15 : key));
            }
            System.arraycopy(rest, 0, to, at, rest.length);
            return Arrays.copyOf(to, at + rest.length);
        }

        static Seen read(VideoCodec codec, byte[] from) {
            boolean vp8 = codec == VideoCodec.VP8;
            int has = vp8 ? from[1] : from[0];
            int at = vp8 ? 2 : 1;
            int idBits = (has & 0x80) == 0 ? 0 : (from[at] & 0x80) == 0 ? 7 : 15;
            int id = idBits == 0 ? ABSENT : idBits == 7 ? from[at] : (from[at] & 0x7f) << 8 | from[at + 1] & 0xff;
            at += (idBits + 7) / 8;
            boolean layered = (has & (vp8 ? 0x40 : 0x20)) != 0;
            int layer = 0;
            if (!vp8 && layered) {
                layer = from[at++] >> 5;
            }
            int base = layered ? from[at++] & 0xff : ABSENT;
            int key = ABSENT;
            if (vp8 && (has & 0x30) != 0) {
                layer = from[at] >> 6 & 3;
                key = (has & 0x10) == 0 ? ABSENT : from[at] & 0x1f;
                at++;
            }
            return new Seen(codec, idBits, id, base, key, layer, Arrays.copyOfRange(from, at, from.length));
        }
    }

    private byte[] rewrite(VideoCodec codec, boolean changed, boolean key, byte[] payload) {
        byte[] room = new byte[AROUND + payload.length + 1 + AROUND];
        Arrays.fill(room, (byte) 0x55);
        System.arraycopy(payload, 0, room, AROUND, payload.length);
        int length = ids.rewrite(codec, changed, key, room, AROUND, payload.length);
        assertThat(length).isBetween(payload.length, payload.length + 1);
        assertThat(Arrays.copyOf(room, AROUND)).containsOnly(0x55);
        assertThat(Arrays.copyOfRange(room, AROUND + payload.length + 1, room.length)).as("what lies behind").containsOnly(0x55);
        return Arrays.copyOfRange(room, AROUND, AROUND + length);
    }

    /// Which pictures of a source come, in that order: some of them, none far from its place, several times each; the key frame first.
    private static List<Integer> some(RandomGenerator random) {
        List<Integer> order = new ArrayList<>();
        for (int picture = 1; picture < 1 + random.nextInt(300); picture++) {
            for (int piece = random.nextInt(4); piece > 0; piece--) {
                order.add(picture);
            }
        }
        for (int i = 0; i + 6 < order.size(); i += 1 + random.nextInt(9)) {
            order.add(i + random.nextInt(6), order.remove(i));
        }
        order.addFirst(0);
        return order;
    }

    /// The numbers that a stream should have: the first of a source follows the last there was, and all others are as far from it as in the source.
    private static final class Expected {
        private int bits;
        private int newest;
        private int origin;
        private boolean begun;
        private boolean pending = true;

        /// @param run how much further than the first number of the source
        int of(int number, int run, int numberBits) {
            if (number == ABSENT) {
                return ABSENT;
            }
            if (pending) {
                origin = begun ? (newest & (1 << bits) - 1) + 1 : number;
                newest = origin;
                bits = Math.max(bits, numberBits);
                pending = false;
                begun = true;
            }
            newest = Math.max(newest, origin + run);
            return origin + run & (1 << bits) - 1;
        }
    }

    @RepeatedTest(200)
    void whateverIsLostOrComesLateAViewerSeesOneStreamThatRunsOn(RepetitionInfo seed) {
        Random random = new Random(seed.getCurrentRepetition());
        VideoCodec codec = random.nextInt(3) == 0 ? VideoCodec.VP9 : VideoCodec.VP8;
        Expected picture = new Expected();
        Expected base = new Expected();
        Expected key = new Expected();
        for (int sources = 0; sources < 12; sources++) {
            Source source = Source.any(random, codec);
            picture.pending = true;
            base.pending = true;
            key.pending = true;
            boolean first = true;
            for (int number : some(random)) {
                byte[] came = source.payload(number, random.nextInt(100));
                Seen before = Seen.read(codec, came);

                byte[] went = rewrite(codec, first, first, came);

                Seen after = Seen.read(codec, went);
                if (sources == 0) {
                    assertThat(went).isEqualTo(came);
                }
                assertThat(after.id).isEqualTo(picture.of(before.id, number, source.idBits));
                assertThat(after.idBits).isEqualTo(before.id == ABSENT ? 0 : sources == 0 ? before.idBits : picture.bits);
                assertThat(after.base).isEqualTo(base.of(before.base, number / 2, 8));
                assertThat(after.key).isEqualTo(key.of(before.key, number / 40, 5));
                assertThat(after.layer).isEqualTo(before.layer);
                assertThat(after.rest).isEqualTo(before.rest);
                first = false;
            }
        }
    }

    private String rewritten(VideoCodec codec, boolean changed, boolean key, String hex) {
        return HexFormat.of().formatHex(rewrite(codec, changed, key, HexFormat.of().parseHex(hex)));
    }

    @Test
    void anotherSourcesNumbersFollowTheLastOnesAndWrapAround() {
        assertThat(rewritten(VideoCodec.VP8, true, true, "90f0ffffff1f00")).isEqualTo("90f0ffffff1f00");
        assertThat(rewritten(VideoCodec.VP8, true, true, "90f09234120500")).as("all start again at 0").isEqualTo("90f08000000000");
        assertThat(rewritten(VideoCodec.VP8, false, false, "80f09236138501")).isEqualTo("80f08002018001");
        assertThat(rewritten(VideoCodec.VP8, false, false, "80f09235124502")).as("late").isEqualTo("80f08001004002");
    }

    @Test
    void aShortIdGrowsInAStreamOfLongOnes() {
        rewritten(VideoCodec.VP8, true, true, "9080810000");

        assertThat(rewritten(VideoCodec.VP8, true, true, "90800500")).isEqualTo("9080810100");
        assertThat(rewritten(VideoCodec.VP8, false, true, "90800600")).isEqualTo("9080810200");
    }

    @Test
    void aStreamOfShortIdsGoesOnInLongOnesFromItsNextPictureOn() {
        rewritten(VideoCodec.VP8, true, true, "90807f00");

        assertThat(rewritten(VideoCodec.VP8, true, true, "9080ffff00")).isEqualTo("9080808000");
    }

    @Test
    void aSourceThatBeginsWithoutAKeyFrameLeavesANumberOut() {
        rewritten(VideoCodec.VP8, true, true, "9080800100");

        assertThat(rewritten(VideoCodec.VP8, true, false, "8080900001")).isEqualTo("8080800301");
    }

    @Test
    void paddingAndPacketsWithoutNumbersTakeNoneAndBeginNone() {
        rewritten(VideoCodec.VP8, true, true, "90c080010700");

        assertThat(rewritten(VideoCodec.VP8, true, false, "")).isEmpty();
        assertThat(rewritten(VideoCodec.VP8, true, true, "1000")).isEqualTo("1000");
        assertThat(rewritten(VideoCodec.VP8, false, false, "8020c001")).as("a layer alone").isEqualTo("8020c001");
        assertThat(rewritten(VideoCodec.VP8, false, false, "90c0a000f000")).isEqualTo("90c080020800");
    }

    @Test
    void inVp9TheBaseIndexIsThereInNonFlexibleModeAlone() {
        rewritten(VideoCodec.VP9, true, true, "a88001200700");

        assertThat(rewritten(VideoCodec.VP9, true, true, "b890002000")).as("flexible").isEqualTo("b880022000");
        assertThat(rewritten(VideoCodec.VP9, false, false, "a89001205500")).isEqualTo("a88003200800");
    }

    @ParameterizedTest
    @EnumSource(names = {"H264", "AV1"})
    void whatHasNoNumbersStaysAsItIs(VideoCodec codec) {
        assertThat(rewritten(codec, true, true, "f0f0f0f0f0")).isEqualTo("f0f0f0f0f0");
        assertThat(rewritten(codec, true, true, "f0f0f0f0f1")).isEqualTo("f0f0f0f0f1");
    }

    @ParameterizedTest
    @CsvSource({"VP8, 80", "VP8, 8080", "VP8, 808001", "VP8, 80808001", "VP8, 80c0800107", "VP8, 80f080010701", "VP9, 80", "VP9, 8001", "VP9, 808001", "VP9, a0800120",
        "VP9, a080012007", "VP9, b0800120"})
    void whatIsCutOffIsToldAndStays(VideoCodec codec, String hex) {
        byte[] payload = HexFormat.of().parseHex(hex);
        byte[] room = Arrays.copyOf(payload, payload.length + 1);
        rewrite(codec, true, true, HexFormat.of().parseHex(codec == VideoCodec.VP8 ? "90f08001070100" : "a88001200700"));

        assertThat(ids.rewrite(codec, true, true, room, 0, payload.length)).isEqualTo(PictureIds.CUT_OFF);
        assertThat(Arrays.copyOf(room, payload.length)).isEqualTo(payload);
    }

    @Test
    void hostilePayloadsChangeTheirNumbersAlone() {
        Random random = new Random(7);
        byte[] room = new byte[24];
        for (int i = 0; i < 200_000; i++) {
            random.nextBytes(room);
            int length = random.nextInt(20);
            byte[] before = room.clone();

            int now = ids.rewrite(VideoCodec.values()[random.nextInt(4)], random.nextInt(5) == 0, random.nextBoolean(), room, 1, length);

            assertThat(now == PictureIds.CUT_OFF || now == length || now == length + 1).isTrue();
            assertThat(room[0]).isEqualTo(before[0]);
            assertThat(Arrays.equals(room, 1 + length + 1, room.length, before, 1 + length + 1, room.length)).isTrue();
        }
    }
}
