package io.jverto.verto.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue.JsonObject;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

class FrameLogTest {
    private static final InetSocketAddress CLIENT = new InetSocketAddress("192.0.2.1", 5000);
    private static final JsonObject PARAMS = new JsonObjectBuilder().put("eventChannel", "demo").build();

    private final Logger logger = (Logger) LoggerFactory.getLogger(FrameLog.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        logger.setLevel(ch.qos.logback.classic.Level.INFO);
        logger.setAdditive(false);
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    @Test
    void saysNothingUnlessItIsAskedTo() {
        FrameLog log = new FrameLog(0);
        log.severity(Level.INFO);

        log.received(CLIENT, "{}");
        log.sent(CLIENT, "{}");
        log.broadcast("1001@test", "demo", PARAMS);

        assertThat(lines.list).isEmpty();
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

        assertThat(lines.list).extracting(ILoggingEvent::getFormattedMessage).containsExactly(
                "192.0.2.1:5000 -> {\"passwd\":\"***\"}", "broadcast of 1001@test on demo: {\"eventChannel\":\"demo\"}");
    }

    @Test
    void aProfileMayHaveMoreForItself() {
        FrameLog all = new FrameLog(0);
        all.severity(Level.WARN);

        all.atLeast(1).sent(CLIENT, "{}");
        all.atLeast(0).sent(CLIENT, "{}");

        assertThat(lines.list).singleElement().extracting(ILoggingEvent::getLevel).isEqualTo(ch.qos.logback.classic.Level.WARN);
    }
}
