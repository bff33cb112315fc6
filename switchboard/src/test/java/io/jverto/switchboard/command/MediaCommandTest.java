package io.jverto.switchboard.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.count.Histogram;
import io.jverto.switchboard.port.TickTimes;
import io.jverto.wire.jsonrpc.JsonText;
import org.junit.jupiter.api.Test;

class MediaCommandTest {
    @Test
    void tellsHowPunctualTheTicksWere() {
        MediaCommand command = new MediaCommand(MediaCommandTest::times);

        assertThat(command.run("ticks")).isEqualTo("""
                4 ticks of 2 threads (1 real-time), 7 left out, 25.000 % began over 2 ms late
                late p50 0.000 ms, p99 3.015 ms, p99.9 3.015 ms, at most 3.015 ms
                took p50 0.000 ms, p99 0.000 ms, p99.9 0.000 ms, at most 0.000 ms
                """);
        assertThat(command.run("ticks json")).isEqualTo("{\"threads\":2,\"realTime\":1,\"ticks\":4,\"skipped\":7,\"overTwoMillis\":1,"
                + "\"late\":{\"p50\":0,\"p99\":3014,\"p99.9\":3014,\"max\":3014,\"buckets\":[[3,3],[3014655,1]]},"
                + "\"took\":{\"p50\":0,\"p99\":0,\"p99.9\":0,\"max\":0,\"buckets\":[]}}\n");
        assertThat(JsonText.parse(command.run("ticks json"))).isPresent();
        assertThat(command.run("")).isEqualTo("-USAGE: media ticks [json]\n");
    }

    private static TickTimes times() {
        Histogram late = new Histogram();
        for (long nanos : new long[] {3, 3, 3, 3_000_000}) {
            late.add(nanos);
        }
        return new TickTimes(2, 1, late.snapshot(), Histogram.Snapshot.EMPTY, 7);
    }
}
