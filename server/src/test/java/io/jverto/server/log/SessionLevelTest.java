package io.jverto.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import io.jverto.switchboard.channel.SessionLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class SessionLevelTest {
    private final LoggerContext context = new LoggerContext();
    private final Logger ours = context.getLogger("io.jverto.switchboard.channel.Channel");
    private final Logger others = context.getLogger("io.netty.Something");

    SessionLevelTest() {
        SessionLevel filter = new SessionLevel();
        filter.setContext(context);
        filter.start();
        context.addTurboFilter(filter);
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
    }

    @AfterEach
    void asBefore() {
        SessionLog.level("default");
    }

    @Test
    void withoutALevelOfItsOwnACallLogsWhatTheServerLogs() {
        assertThat(ours.isInfoEnabled()).isTrue();
        assertThat(ours.isDebugEnabled()).isFalse();
    }

    @Test
    void aCallLogsMoreOrLess() {
        assertThat(SessionLog.level("debug")).isTrue();
        assertThat(ours.isDebugEnabled()).isTrue();
        assertThat(others.isDebugEnabled()).isFalse();
        assertThat(SessionLog.level("3")).isTrue();
        assertThat(ours.isErrorEnabled()).isTrue();
        assertThat(ours.isWarnEnabled()).isFalse();
        assertThat(others.isWarnEnabled()).isTrue();
        assertThat(SessionLog.level("default")).isTrue();
        assertThat(ours.isInfoEnabled()).isTrue();
    }

    @Test
    void whatIsNoLevelChangesNothing() {
        for (String text : new String[] {"", "8", "-1", "loud", "12"}) {
            assertThat(SessionLog.level(text)).as(text).isFalse();
        }
        assertThat(ours.isInfoEnabled()).isTrue();
        assertThat(ours.isDebugEnabled()).isFalse();
    }

    @Test
    void theServersLogHasIt() throws JoranException {
        LoggerContext server = new LoggerContext();
        JoranConfigurator reader = new JoranConfigurator();
        reader.setContext(server);
        reader.doConfigure(SessionLevel.class.getResource("/logback.xml"));

        assertThat(server.getTurboFilterList()).anyMatch(SessionLevel.class::isInstance);
        server.stop();
    }
}
