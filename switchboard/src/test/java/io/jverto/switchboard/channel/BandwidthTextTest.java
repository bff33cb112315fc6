package io.jverto.switchboard.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Bandwidths as configurations write them (media-rtc.md section 15).
class BandwidthTextTest {
    @ParameterizedTest
    @CsvSource({"3mb,3072", "512,512", "512kb,512", "64KB,512", "1MB,8192", "' 2mb ',2048", "0,0"})
    void readsNumbersWithTheirUnits(String text, int kbps) {
        assertThat(ChannelVideo.parse(text)).contains(kbps);
    }

    @ParameterizedTest
    @CsvSource({"auto", "mb", "''", "3gb", "-1", "9999999999mb", "3 mb x"})
    void whatIsNoBandwidthIsNone(String text) {
        assertThat(ChannelVideo.parse(text)).isEqualTo(Optional.empty());
    }
}
