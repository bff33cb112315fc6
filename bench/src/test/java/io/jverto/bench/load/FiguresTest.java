package io.jverto.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.IcePlan;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Optional;
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
    void saysByHowMuchMemoryGrowsInAnHour() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        MemorySamples samples = new MemorySamples(Optional.empty(), 60, new PrintStream(out));
        Report report = new Report();

        for (int minute = 0; minute <= 3; minute++) {
            samples.add(new ServerSample(minute * 60_000_000_000L, 500_000 * minute, 200_000 + (minute % 2 == 0 ? 1_024 : 0), 40, 10_240 + 2 * minute));
        }
        samples.to(report);

        assertThat(out.toString().lines()).hasSize(4).last().isEqualTo("after 180 s: RSS 195.3 MB, live heap 10.0 MB, 40 threads, CPU 1.5 s");
        assertThat(report.json()).contains("\"memory samples\":4,", "\"server live heap grows (kB an hour)\":120");
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

        assertThat(AnswerSdp.read(answer)).map(AnswerSdp::plan).hasValueSatisfying(plan -> {
            IcePlan transport = (IcePlan) plan.transport();
            assertThat(transport.remoteCandidates()).singleElement().hasToString("/192.0.2.7:16384");
            assertThat(transport.dtlsRole()).hasToString("SERVER");
            assertThat(transport.remoteFingerprint().value()).isEqualTo("AB:CD");
        });
        assertThat(AnswerSdp.read(answer)).map(AnswerSdp::levelExtension).hasValue(0);
        assertThat(AnswerSdp.read(answer + "a=extmap:5/sendrecv urn:ietf:params:rtp-hdrext:ssrc-audio-level\n")).map(AnswerSdp::levelExtension)
                .hasValue(5);
        assertThat(AnswerSdp.read(answer.replace("opus", "speex"))).isEmpty();
    }
}
