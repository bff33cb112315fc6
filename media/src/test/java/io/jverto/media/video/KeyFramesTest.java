package io.jverto.media.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.VideoCodec;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KeyFramesTest {
    private static boolean begins(VideoCodec codec, String hex) {
        byte[] payload = HexFormat.of().parseHex(hex);
        byte[] around = new byte[payload.length + 8];
        System.arraycopy(payload, 0, around, 4, payload.length);
        return KeyFrames.begins(codec, around, 4, payload.length);
    }

    @ParameterizedTest
    @CsvSource({
        "VP8, 1000000000, true", // start of partition 0, P bit clear
        "VP8, 10010000, false", // an inter frame
        "VP8, 00000000, false", // not the start
        "VP8, 11000000, false", // another partition
        "VP8, 908080050000, true", // extended, picture id of 15 bits
        "VP8, 9080050000, true", // of 7 bits
        "VP8, 90e08005011235, false", // all fields, an inter frame
        "VP8, 90f08005010000, true", // all fields
        "VP9, 8c800105, true", // picture id, start, not predicted
        "VP9, cc800105, false", // predicted
        "VP9, 84800105, false", // not the start
        "VP9, ac80010005, true", // with layers, the lowest
        "VP9, ac80010205, false", // another spatial layer
        "H264, 6588, true", // IDR
        "H264, 6742, true", // parameters
        "H264, 6188, false", // another slice
        "H264, 78000467420c1e000568ce3c80, true", // STAP-A with parameters
        "H264, 78000361880000036188, false",
        "H264, 7c8588, true", // FU-A, the start of an IDR
        "H264, 7c0588, false", // its middle
        "H264, 7c8188, false",
        "AV1, 180a0b, true",
        "AV1, 980a0b, false", // goes on with a unit
        "AV1, 100a0b, false"})
    void knowsWhereAKeyFrameBegins(VideoCodec codec, String payload, boolean begins) {
        assertThat(begins(codec, payload)).isEqualTo(begins);
    }

    @ParameterizedTest
    @CsvSource({"VP8, 10", "VP8, 90", "VP8, 9080", "VP8, 908080", "VP8, 90f080", "VP9, 8c", "VP9, 8c80", "VP9, ac80", "VP9, 08", "H264, 65", "H264, 7c85", "H264, 78",
        "H264, 780004", "H264, 78ffff61", "H264, 780000000000"})
    void whatIsCutShortIsNoKeyFrame(VideoCodec codec, String payload) {
        assertThat(begins(codec, payload)).isFalse();
    }

    @Test
    void nothingIsNoKeyFrame() {
        for (VideoCodec codec : VideoCodec.values()) {
            assertThat(KeyFrames.begins(codec, new byte[4], 4, 0)).isFalse();
        }
    }

    /// The array ends where the payload does: to look behind it would be an exception.
    @ParameterizedTest
    @EnumSource(VideoCodec.class)
    void neverLooksBehindTheEnd(VideoCodec codec) {
        Random random = new Random(codec.ordinal());
        for (int i = 0; i < 20_000; i++) {
            byte[] payload = new byte[1 + random.nextInt(24)];
            random.nextBytes(payload);
            if (i % 3 == 0 && codec == VideoCodec.H264) {
                payload[0] = 24;
            }
            KeyFrames.begins(codec, payload, 0, payload.length);
        }
    }
}
