package io.jverto.sip.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SofiaTargetTest {
    @ParameterizedTest
    @CsvSource({
        "gateway/itsp/5551234, 5551234",
        "gateway/external::itsp/+15551234;phone-context=x, +15551234",
        "gateway/itsp/, ''",
        "internal/1001, 1001",
        "internal/1001%example.com, 1001",
        "*/1001@example.com, 1001",
        "internal/1001@192.0.2.7:5062^1002, 1001",
        "internal/sip:1001@192.0.2.7;transport=tcp, 1001",
        "internal/sips:a/b@example.com, a/b",
        "internal, internal",
    })
    void theNumberIsWhatStandsBehindProfileOrGateway(String address, String number) {
        assertThat(SofiaTarget.number(address)).isEqualTo(number);
    }
}
