package io.jverto.media.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

class OggOpusFuzz {
    @FuzzTest
    void givesPacketsThatFitAndComesToAnEnd(byte[] file) {
        if (OggOpus.open(new ArrayBytes(file)) instanceof OggOpus.Result.Ok(OggOpus stream)) {
            assertThat(stream.channels()).isBetween(1, 2);
            byte[] packet = new byte[OggOpus.MAX_PACKET];
            int count = 0;
            int length = stream.next(packet);
            while (length != OggOpus.END) {
                assertThat(length).isBetween(0, OggOpus.MAX_PACKET);
                assertThat(++count).isLessThanOrEqualTo(file.length);
                length = stream.next(packet);
            }
        }
    }
}
