package io.jverto.media.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

class WavHeaderFuzz {
    @FuzzTest
    void whatItFindsLiesInTheFile(byte[] file) {
        if (WavHeader.read(new ArrayBytes(file)) instanceof WavHeader.Result.Ok(WavHeader header)) {
            assertThat(header.dataOffset()).isBetween(20L, (long) file.length);
            assertThat(header.dataBytes()).isBetween(0L, file.length - header.dataOffset());
            assertThat(header.frameBytes()).isBetween(1, 16);
            assertThat(header.dataBytes() % header.frameBytes()).isZero();
        }
    }
}
