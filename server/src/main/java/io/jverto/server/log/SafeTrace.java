package io.jverto.server.log;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;

/// `%safeEx` of the log pattern: a stack trace whose lines are all indented.
public final class SafeTrace extends ThrowableProxyConverter {
    @Override
    protected String throwableProxyToString(IThrowableProxy trouble) {
        return "\t" + Escapes.escapeTrace(super.throwableProxyToString(trouble));
    }
}
