package io.jverto.server.log;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/// `%safe` of the log pattern: the message on one line.
public final class SafeMessage extends MessageConverter {
    @Override
    public String convert(ILoggingEvent event) {
        return Escapes.escape(super.convert(event));
    }
}
