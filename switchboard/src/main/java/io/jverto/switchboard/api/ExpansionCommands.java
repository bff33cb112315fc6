package io.jverto.switchboard.api;

import io.jverto.switchboard.channel.ChannelServices;
import io.jverto.switchboard.channel.Channels;
import io.jverto.switchboard.channel.ServerScope;
import io.jverto.switchboard.dialplan.Expansion;
import io.jverto.switchboard.dialplan.Strftime;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.ApiCommand;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.shared.Globals;
import java.net.InetAddress;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Commands that put variables in, and others that compute (dialplan-directory.md section 14.1). What an operator writes is a template; what
/// is put in is never looked at again.
final class ExpansionCommands {
    private static final String CHANNEL = "uuid:";

    private final ChannelServices services;
    private final Channels channels;
    private final Globals globals;

    private ExpansionCommands(ChannelServices services, Channels channels, Globals globals) {
        this.services = services;
        this.channels = channels;
        this.globals = globals;
    }

    static List<ApiCommand> of(ChannelServices services, Channels channels, Globals globals) {
        ExpansionCommands commands = new ExpansionCommands(services, channels, globals);
        return List.of(
                ApiCommand.of("eval", arguments -> commands.expanded(arguments).map(Text::toString).orElse(Replies.NO_CHANNEL)),
                ApiCommand.of("expand", commands::expand),
                ApiCommand.of("expr", Arithmetic::evaluate),
                ApiCommand.of("replace", ExpansionCommands::replace),
                ApiCommand.of("strftime_tz", commands::strftime),
                ApiCommand.of("acl", commands::acl),
                ApiCommand.of("global_setvar", commands::setGlobal),
                ApiCommand.of("xml_flush_cache", _ -> "+OK cleared 0 entries\n"));
    }

    /// `[uuid:<uuid> ]<text>`.
    private Optional<Text> expanded(String arguments) {
        if (!arguments.startsWith(CHANNEL)) {
            return Optional.of(Expansion.expand(Text.syntax(arguments), new ServerScope(services, Map.of())));
        }
        String[] words = arguments.substring(CHANNEL.length()).split(" +", 2);
        Text template = Text.syntax(words.length > 1 ? words[1] : "");
        return channels.handle(new ChannelId(words[0])).flatMap(handle -> handle.visit(channel -> channel.expand(template)));
    }

    // DEVIATION api-8
    private String expand(String arguments) {
        Optional<Text> line = expanded(arguments);
        if (line.isEmpty()) {
            return Replies.NO_CHANNEL;
        }
        String text = line.get().toString().trim();
        int space = text.indexOf(' ');
        String name = space < 0 ? text : text.substring(0, space);
        String rest = space < 0 ? "" : text.substring(space + 1).trim();
        boolean written = line.get().trim().slice(0, name.length()).equals(Text.syntax(name));
        return services.commands().expandable(name, rest)
                .filter(_ -> written)
                .map(command -> command.run(rest))
                .orElse("-ERR expand runs only commands that tell or compute\n");
    }

    /// `<text>|<search>|<replacement>`.
    private static String replace(String arguments) {
        String[] parts = arguments.split("\\|", -1);
        return parts.length != 3 || parts[1].isEmpty() ? Replies.usage("<text>|<search>|<replacement>") : parts[0].replace(parts[1], parts[2]);
    }

    /// `<zone> [<seconds>|][<format>]`.
    private String strftime(String arguments) {
        String[] words = arguments.split(" +", 2);
        String format = words.length < 2 ? "%Y-%m-%d %T" : words[1];
        int bar = format.indexOf('|');
        boolean given = bar > 0 && format.substring(0, bar).matches("[0-9]{1,10}");
        Instant at = given ? Instant.ofEpochSecond(Long.parseLong(format.substring(0, bar))) : services.time().wallTime();
        try {
            return Strftime.format(given ? format.substring(bar + 1) : format, at.atZone(ZoneId.of(words[0])));
        } catch (DateTimeException unknown) {
            return "-ERR Invalid Timezone\n";
        }
    }

    /// `<address> <list>`.
    private String acl(String arguments) {
        String[] words = arguments.split(" +");
        try {
            return words.length < 2
                    ? Replies.usage("<address> <list>")
                    : String.valueOf(services.routing().get().networks().find(words[1]).filter(list -> list.test(InetAddress.ofLiteral(words[0]))).isPresent());
        } catch (IllegalArgumentException noAddress) {
            return "false";
        }
    }

    /// `<name>=<value> [=<only if it is this now>]`.
    private String setGlobal(String arguments) {
        int equals = arguments.indexOf('=');
        if (equals < 1) {
            return Replies.usage("<name>=<value> [=<value now>]");
        }
        String name = arguments.substring(0, equals).trim();
        int condition = arguments.indexOf(" =", equals);
        String value = arguments.substring(equals + 1, condition < 0 ? arguments.length() : condition);
        boolean asked = condition < 0 || services.routing().get().global(name).toString().equals(arguments.substring(condition + 2));
        return Replies.okIf(asked && globals.set(name, value), asked ? "-ERR It cannot be set\n" : "-ERR It has another value\n");
    }
}
