package io.jverto.verto.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.testkit.log.LogLines;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class FrameLogTest {
    private static final InetSocketAddress CLIENT = new InetSocketAddress("192.0.2.1", 5000);
    private static final JsonObject PARAMS = new JsonObjectBuilder().put("eventChannel", "demo").build();

    private final LogLines lines = LogLines.of(FrameLog.class, ch.qos.logback.classic.Level.INFO);

    @AfterEach
    void stop() {
        lines.close();
    }

    @Test
    void saysNothingUnlessItIsAskedTo() {
        FrameLog log = new FrameLog(0);
        log.severity(Level.INFO);

        log.received(CLIENT, "{}");
        log.sent(CLIENT, "{}");
        log.broadcast("1001@test", "demo", PARAMS);

        assertThat(lines.texts()).isEmpty();
    }

    @Test
    void anAdministratorChangesItForConnectionsThatAreThere() {
        FrameLog all = new FrameLog(0);
        FrameLog connection = all.atLeast(0);

        all.level(1);
        connection.received(CLIENT, "hidden by the log's own level");
        all.severity(Level.INFO);
        connection.received(CLIENT, "{\"passwd\":\"s3cret\"}");
        connection.broadcast("1001@test", "demo", PARAMS);
        all.level(10);
        connection.broadcast("1001@test", "demo", PARAMS);

        assertThat(lines.texts()).containsExactly(
                "192.0.2.1:5000 -> {\"passwd\":\"***\"}", "broadcast of 1001@test on demo: {\"eventChannel\":\"demo\"}");
    }

    @Test
    void aProfileMayHaveMoreForItself() {
        FrameLog all = new FrameLog(0);
        all.severity(Level.WARN);

        all.atLeast(1).sent(CLIENT, "{}");
        all.atLeast(0).sent(CLIENT, "{}");

        assertThat(lines.leveled()).singleElement().asString().startsWith("WARN ");
    }
}
