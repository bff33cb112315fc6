package io.jverto.bench;

import io.jverto.base.time.SystemTime;
import io.jverto.switchboard.event.CoreEvent;
import io.jverto.switchboard.event.CoreEvents;
import io.jverto.switchboard.event.EventName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/// What an event of a call costs the channel's thread: 60 headers, when nobody listens, when somebody listens for other events only, and
/// when somebody takes it.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class EventBench {
    private static final int HEADERS = 60;

    private final CoreEvents nobody = new CoreEvents(new SystemTime());
    private final CoreEvents elsewhere = new CoreEvents(new SystemTime());
    private final CoreEvents heard = new CoreEvents(new SystemTime());
    private Blackhole sink;

    @Setup
    public void listen(Blackhole hole) {
        sink = hole;
        elsewhere.listen(new Listener(EventName.HEARTBEAT));
        heard.listen(new Listener(EventName.CHANNEL_ANSWER));
    }

    @Benchmark
    public void nobodyListens() {
        nobody.publish(EventName.CHANNEL_ANSWER, EventBench::headers);
    }

    @Benchmark
    public void somebodyListensForOthers() {
        elsewhere.publish(EventName.CHANNEL_ANSWER, EventBench::headers);
    }

    @Benchmark
    public void somebodyTakesIt() {
        heard.publish(EventName.CHANNEL_ANSWER, EventBench::headers);
    }

    private static Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 0; i < HEADERS; i++) {
            headers.put("variable_of_a_channel_" + i, "a value");
        }
        return headers;
    }

    private final class Listener implements CoreEvents.Listener {
        private final EventName wanted;

        Listener(EventName wanted) {
            this.wanted = wanted;
        }

        @Override
        public boolean wants(EventName name, String subclass) {
            return name == wanted;
        }

        @Override
        public void onEvent(CoreEvent event) {
            sink.consume(event);
        }
    }
}
