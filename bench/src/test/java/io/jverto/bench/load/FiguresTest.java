package io.jverto.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.IcePlan;
import org.junit.jupiter.api.Test;

class FiguresTest {
    private static final String STATUS = """
            Name:\tjava
            VmPeak:\t 9000000 kB
            VmRSS:\t  123456 kB
            Threads:\t42
            """;

    @Test
    void readsCpuMemoryAndThreadsOfAProcessWhateverItsName() {
        String stat = "77 (a) b (c) S 1 2 3 4 5 6 7 8 9 10 150 25 0 0 20 0 42 0 12345 999 888";

        ServerSample sample = ServerSample.parse(5, stat, STATUS, 7);

        assertThat(sample).isEqualTo(new ServerSample(5, 1_750_000, 123_456, 42, 7));
    }

    @Test
    void percentilesAreThoseOfTheNearestRank() {
        Latencies latencies = new Latencies();
        for (int millis = 100; millis >= 1; millis--) {
            latencies.add(millis * 1_000_000L);
        }

        assertThat(latencies.millis(0.5)).isEqualTo(50);
        assertThat(latencies.millis(0.99)).isEqualTo(99);
        assertThat(latencies.millis(1)).isEqualTo(100);
    }

    @Test
    void percentilesOfOneAndOfNone() {
        Latencies latencies = new Latencies();
        assertThat(latencies.millis(0.99)).isZero();

        latencies.add(2_000_000);

        assertThat(latencies.millis(0)).isEqualTo(2);
        assertThat(latencies.millis(0.99)).isEqualTo(2);
    }

    @Test
    void reportIsJsonWithUnitsAndThreeDigits() {
        Report report = new Report();
        report.number("sessions", "", 5000);
        report.number("CPU", "ms", 0.123456);
        report.number("nothing", "ms", 0.0 / 0);

        assertThat(report.json()).isEqualTo("{\"sessions\":5000,\"CPU (ms)\":0.123,\"nothing (ms)\":0}");
    }

    @Test
    void findsWhatAnAnswerAgreesTo() {
        String answer = """
                v=0
                m=audio 16384 UDP/TLS/RTP/SAVPF 111 110
                a=rtpmap:111 opus/48000/2
                a=ice-ufrag:abcd
                a=ice-pwd:0123456789
                a=fingerprint:SHA-256 ab:cd
                a=setup:active
                a=candidate:1 1 udp 2130706431 192.0.2.7 16384 typ host
                a=candidate:2 1 udp 2130706431 name.local 16384 typ host
                """;

        assertThat(AnswerSdp.plan(answer)).hasValueSatisfying(plan -> {
            IcePlan transport = (IcePlan) plan.transport();
            assertThat(transport.remoteCandidates()).singleElement().hasToString("/192.0.2.7:16384");
            assertThat(transport.dtlsRole()).hasToString("SERVER");
            assertThat(transport.remoteFingerprint().value()).isEqualTo("AB:CD");
        });
        assertThat(AnswerSdp.plan(answer.replace("opus", "speex"))).isEmpty();
    }
}
