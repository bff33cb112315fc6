package io.jverto.switchboard.application;

import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.dialplan.Text;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Applications that set and tell (dialplan-directory.md section 9.2). All of them may run inline.
final class VariableApplications {
    private static final Logger log = LoggerFactory.getLogger(VariableApplications.class);

    static final Map<String, Application> ALL = Map.of(
            "set", VariableApplications::set,
            "unset", VariableApplications::unset,
            "export", VariableApplications::export,
            "multiset", VariableApplications::multiset,
            "eval", (channel, data) -> Next.GO_ON,
            "log", VariableApplications::log,
            "info", VariableApplications::info);

    private VariableApplications() {}

    private static Next set(Channel channel, Text data) {
        int at = separator(data);
        if (at <= 0) {
            log.warn("channel {}: not name=value: {}", channel.logId(), LogText.of(data));
            return Next.GO_ON;
        }
        Text value = data.slice(at + 1);
        channel.variables().set(data.slice(0, at).toString().trim(), value.toString().equals("_undef_") ? Text.EMPTY : value);
        return Next.GO_ON;
    }

    private static int separator(Text data) {
        int at = data.indexOf('=', 0);
        return at < 0 ? data.indexOf(',', 0) : at;
    }

    private static Next unset(Channel channel, Text data) {
        channel.variables().set(data.toString().trim(), Text.EMPTY);
        return Next.GO_ON;
    }

    private static Next export(Channel channel, Text data) {
        int at = separator(data);
        if (at > 0) {
            channel.variables().export(data.slice(0, at).toString().trim(), data.slice(at + 1));
        }
        return Next.GO_ON;
    }

    /// `a=1 b=2`, or with another separator `^^:a=1:b=2`.
    private static Next multiset(Channel channel, Text data) {
        boolean own = data.length() > 3 && data.isSyntax(0, '^') && data.isSyntax(1, '^');
        char separator = own ? data.charAt(2) : ' ';
        for (Text pair : data.slice(own ? 3 : 0).split(separator)) {
            if (!pair.trim().isEmpty()) {
                set(channel, pair.trim());
            }
        }
        return Next.GO_ON;
    }

    private static Next log(Channel channel, Text data) {
        String[] parts = data.toString().split(" ", 2);
        Level level = switch (parts[0].toUpperCase(java.util.Locale.ROOT)) {
            case "ALERT", "CRIT", "ERR", "ERROR" -> Level.ERROR;
            case "WARNING" -> Level.WARN;
            case "DEBUG" -> Level.DEBUG;
            default -> Level.INFO;
        };
        log.atLevel(level).log("channel {}: {}", channel.logId(), LogText.of(parts[parts.length - 1]));
        return Next.GO_ON;
    }

    private static Next info(Channel channel, Text data) {
        log.info("channel {}: {}", channel.logId(), LogText.of(channel.profile()));
        channel.variables().all().forEach((name, value) ->
                log.info("channel {}: {}: [{}]", channel.logId(), LogText.of(name), LogText.of(value)));
        return Next.GO_ON;
    }
}
