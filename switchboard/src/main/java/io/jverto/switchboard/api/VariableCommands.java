package io.jverto.switchboard.api;

import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.Channels;
import io.jverto.switchboard.command.JsonStrings;
import io.jverto.switchboard.port.ApiCommand;
import io.jverto.switchboard.port.ChannelId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Commands that read and set a channel's variables (dialplan-directory.md section 14.3). Values that are set are data.
final class VariableCommands {
    private static final String UNDEFINED = "_undef_";

    private final Channels channels;

    private VariableCommands(Channels channels) {
        this.channels = channels;
    }

    static List<ApiCommand> of(Channels channels) {
        VariableCommands commands = new VariableCommands(channels);
        return List.of(
                ApiCommand.of("uuid_getvar", commands::get),
                ApiCommand.of("uuid_setvar", commands::set),
                ApiCommand.of("uuid_setvar_multi", commands::setMany),
                ApiCommand.of("uuid_dump", commands::dump));
    }

    private String onChannel(String id, Function<Channel, String> work) {
        Optional<ChannelHandle> channel = channels.handle(new ChannelId(id));
        return channel.flatMap(handle -> handle.visit(work)).orElse(Replies.NO_CHANNEL);
    }

    private String get(String arguments) {
        String[] words = arguments.split(" +");
        if (words.length != 2) {
            return Replies.usage("<uuid> <variable>");
        }
        return onChannel(words[0], channel -> {
            String value = channel.scope(Map.of(), _ -> { }).variable(words[1]).toString();
            return value.isEmpty() ? UNDEFINED : value;
        });
    }

    /// Without a value the variable is unset.
    private String set(String arguments) {
        String[] words = arguments.split(" +", 3);
        if (words.length < 2) {
            return Replies.usage("<uuid> <variable> [<value>]");
        }
        return onChannel(words[0], channel -> {
            channel.variables().set(words[1], words.length > 2 ? words[2] : "");
            return Replies.OK;
        });
    }

    private String setMany(String arguments) {
        String[] words = arguments.split(" +", 2);
        if (words.length < 2) {
            return Replies.usage("<uuid> <variable>=<value>[;<variable>=<value>...]");
        }
        return onChannel(words[0], channel -> {
            for (String pair : words[1].split(";")) {
                String[] parts = pair.split("=", 2);
                channel.variables().set(parts[0].trim(), parts.length > 1 ? parts[1] : "");
            }
            return Replies.OK;
        });
    }

    private String dump(String arguments) {
        String[] words = arguments.split(" +");
        String format = words.length > 1 ? words[1] : "plain";
        if (words[0].isEmpty() || words.length > 2 || !List.of("plain", "json", "xml").contains(format)) {
            return Replies.usage("<uuid> [plain|json|xml]");
        }
        return onChannel(words[0], channel -> {
            Map<String, String> facts = ChannelFacts.headers(channel);
            return switch (format) {
                case "json" -> JsonStrings.object(facts);
                case "xml" -> xml(facts);
                default -> lines(facts);
            };
        });
    }

    private static String xml(Map<String, String> facts) {
        StringBuilder out = new StringBuilder("<event>\n  <headers>\n");
        facts.forEach((name, value) -> {
            String element = name.replaceAll("[^A-Za-z0-9_.-]", "_"); // clients name variables
            out.append("    <").append(element).append('>').append(Replies.xml(value)).append("</").append(element).append(">\n");
        });
        return out.append("  </headers>\n</event>\n").toString();
    }

    /// What callers chose stays on its line.
    private static String lines(Map<String, String> facts) {
        StringBuilder out = new StringBuilder();
        facts.forEach((name, value) -> out.append(line(name)).append(": ").append(line(value)).append('\n'));
        return out.toString();
    }

    private static String line(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }
}
