package io.jverto.switchboard.application;

import io.jverto.switchboard.application.Application.Group;
import io.jverto.switchboard.application.Application.Trait;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelHeaders;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.dialplan.Strftime;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.dialplan.TextArray;
import io.jverto.switchboard.port.CallRecord;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Applications that set and tell (dialplan-directory.md section 9.2). All of them may run inline.
final class VariableApplications {
    private static final Logger log = LoggerFactory.getLogger(VariableApplications.class);

    static final List<Application> ALL = List.of(
            inline("set", "<name>=<value>", "sets a variable of the channel; an empty value unsets it", VariableApplications::set, Trait.ASSIGNS),
            inline("unset", "<name>", "unsets a variable", VariableApplications::unset),
            inline("export", "[nolocal:]<name>=<value>", "sets a variable here and on whom the call is joined with; with `nolocal:` only there",
                    VariableApplications::export, Trait.ASSIGNS),
            inline("bridge_export", "<name>=<value>", "sets a variable here and, when two are joined, on the other one",
                    VariableApplications::bridgeExport, Trait.ASSIGNS),
            inline("multiset", "[^^<separator>]<name>=<value> ...", "sets several variables", VariableApplications::multiset),
            inline("multiunset", "[^^<separator>]<name> ...", "unsets several variables", VariableApplications::multiunset),
            inline("push", "<name>=<value>", "adds an element to the end of an array", (channel, data) -> add(channel, data, false), Trait.ASSIGNS),
            inline("unshift", "<name>=<value>", "adds an element to the begin of an array", (channel, data) -> add(channel, data, true), Trait.ASSIGNS),
            inline("strftime", "<name>=<format>", "sets a variable to the time, as in C",
                    VariableApplications::strftime, Trait.ASSIGNS),
            inline("eval", "<text>", "puts variables in, and no more", (channel, data) -> Next.GO_ON),
            inline("log", "[<level>] <text>", "writes a line to the log", VariableApplications::log),
            inline("info", "[<level>]", "writes all that is known of the channel to the log, as `uuid_dump` names it", VariableApplications::info));

    private VariableApplications() {}

    private static Application inline(String name, String usage, String summary, Application.OnChannel run, Trait... others) {
        Trait[] traits = Arrays.copyOf(others, others.length + 1);
        traits[others.length] = Trait.INLINE;
        return Application.of(name, Group.VARIABLES, usage, summary, run, traits);
    }

    private static Next set(Channel channel, Text data) {
        int at = separator(data);
        if (at <= 0) {
            return Unusable.data(channel, "set", data);
        }
        set(channel, data, at);
        return Next.GO_ON;
    }

    private static void set(Channel channel, Text pair, int at) {
        Text value = pair.slice(at + 1);
        channel.variables().set(pair.slice(0, at).toString().trim(), value.toString().equals("_undef_") ? Text.EMPTY : value);
    }

    private static int separator(Text data) {
        int at = data.indexOf('=', 0);
        return at < 0 ? data.indexOf(',', 0) : at;
    }

    private static Next unset(Channel channel, Text data) {
        if (data.trim().isEmpty()) {
            return Unusable.data(channel, "unset", data);
        }
        channel.variables().set(data.toString().trim(), Text.EMPTY);
        return Next.GO_ON;
    }

    private static Next export(Channel channel, Text data) {
        int at = separator(data);
        if (at <= 0) {
            return Unusable.data(channel, "export", data);
        }
        channel.variables().export(data.slice(0, at).toString().trim(), data.slice(at + 1));
        return Next.GO_ON;
    }

    private static Next bridgeExport(Channel channel, Text data) {
        int at = separator(data);
        if (at <= 0) {
            return Unusable.data(channel, "bridge_export", data);
        }
        channel.variables().bridgeExport(data.slice(0, at).toString().trim(), data.slice(at + 1));
        return Next.GO_ON;
    }

    /// `name=value`: a further element of an array.
    private static Next add(Channel channel, Text data, boolean first) {
        int at = separator(data);
        if (at <= 0) {
            return Unusable.data(channel, first ? "unshift" : "push", data);
        }
        String name = data.slice(0, at).toString().trim();
        List<Text> elements = new ArrayList<>(TextArray.elements(channel.variables().get(name)));
        elements.add(first ? 0 : elements.size(), data.slice(at + 1));
        channel.variables().set(name, TextArray.of(elements));
        return Next.GO_ON;
    }

    /// `a b`, or with another separator `^^:a:b`.
    private static Next multiunset(Channel channel, Text data) {
        List<Text> names = each(data);
        names.forEach(name -> channel.variables().set(name.toString(), Text.EMPTY));
        return names.isEmpty() ? Unusable.data(channel, "multiunset", data) : Next.GO_ON;
    }

    /// `a=1 b=2`, or with another separator `^^:a=1:b=2`.
    private static Next multiset(Channel channel, Text data) {
        List<Text> pairs = each(data);
        pairs.stream().filter(pair -> separator(pair) > 0).forEach(pair -> set(channel, pair, separator(pair)));
        return pairs.isEmpty() || pairs.stream().anyMatch(pair -> separator(pair) <= 0) ? Unusable.data(channel, "multiset", data) : Next.GO_ON;
    }

    private static List<Text> each(Text data) {
        boolean own = data.length() > 3 && data.isSyntax(0, '^') && data.isSyntax(1, '^');
        char separator = own ? data.charAt(2) : ' ';
        return data.slice(own ? 3 : 0).split(separator).stream().map(Text::trim).filter(part -> !part.isEmpty()).toList();
    }

    private static Next strftime(Channel channel, Text data) {
        int at = data.indexOf('=', 0);
        if (at <= 0) {
            return Unusable.data(channel, "strftime", data);
        }
        String format = data.slice(at + 1).toString();
        String moment = Strftime.format(format, channel.services().time().wallTime().atZone(ZoneId.systemDefault()));
        channel.variables().set(data.slice(0, at).toString().trim(), moment);
        return Next.GO_ON;
    }

    private static Next log(Channel channel, Text data) {
        String[] parts = data.toString().split(" ", 2);
        log.atLevel(level(parts[0])).log("channel {}: {}", channel.logId(), LogText.of(parts[parts.length - 1]));
        return Next.GO_ON;
    }

    private static Level level(String name) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "ALERT", "CRIT", "ERR", "ERROR" -> Level.ERROR;
            case "WARNING" -> Level.WARN;
            case "DEBUG" -> Level.DEBUG;
            default -> Level.INFO;
        };
    }

    private static Next info(Channel channel, Text data) {
        Level level = level(data.toString().trim());
        ChannelHeaders.of(channel, channel.state()).forEach((name, value) -> fact(channel, level, name, value));
        channel.variables().all().forEach((name, value) -> fact(channel, level, "variable_" + name, CallRecord.SECRET.contains(name) ? "hidden" : value));
        return Next.GO_ON;
    }

    private static void fact(Channel channel, Level level, String name, Object value) {
        log.atLevel(level).log("channel {}: {}: [{}]", channel.logId(), LogText.of(name), LogText.of(value));
    }
}
