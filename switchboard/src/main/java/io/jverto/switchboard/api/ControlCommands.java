package io.jverto.switchboard.api;

import io.jverto.switchboard.command.Commands;
import io.jverto.switchboard.command.LiveChannels;
import io.jverto.switchboard.port.ApiCommand;
import io.jverto.switchboard.shared.ValetLots;
import java.util.List;

/// Commands that steer the whole switch (dialplan-directory.md section 14.1), and some that say what is not there.
final class ControlCommands {
    private static final String USAGE = Replies.usage("pause|resume|pause_check|max_sessions [<number>]|sps [<number>]|hupall "
            + "[<cause>]|api_expansion [on|off]");

    private final Commands commands;
    private final LiveChannels channels;

    private ControlCommands(Commands commands, LiveChannels channels) {
        this.commands = commands;
        this.channels = channels;
    }

    static List<ApiCommand> of(Commands commands, LiveChannels channels, ValetLots lots) {
        ControlCommands control = new ControlCommands(commands, channels);
        return List.of(
                ApiCommand.of("fsctl", control::fsctl),
                ApiCommand.of("valet_info", lot -> valet(lots, lot)),
                ApiCommand.of("load", ControlCommands::module),
                ApiCommand.of("unload", ControlCommands::module),
                ApiCommand.of("reload", ControlCommands::module));
    }

    private String fsctl(String arguments) {
        String[] words = arguments.trim().split(" +", 2);
        String value = words.length > 1 ? words[1].trim() : "";
        return switch (words[0]) {
            case "pause" -> pause(true);
            case "resume" -> pause(false);
            case "pause_check" -> String.valueOf(channels.paused());
            case "max_sessions" -> maxSessions(value);
            case "sps" -> perSecond(value);
            case "hupall" -> commands.run("hupall " + value);
            case "api_expansion" -> expansion(value);
            default -> USAGE;
        };
    }

    private String pause(boolean paused) {
        channels.pause(paused);
        return Replies.OK;
    }

    private String maxSessions(String value) {
        if (value.matches("[1-9][0-9]{0,6}")) {
            channels.limits(Integer.parseInt(value), channels.rate().limit());
        } else if (!value.isEmpty()) {
            return USAGE;
        }
        return "+OK max sessions: " + channels.limit() + "\n";
    }

    private String perSecond(String value) {
        if (value.matches("[0-9]{1,6}")) {
            channels.limits(channels.limit(), Integer.parseInt(value));
        } else if (!value.isEmpty()) {
            return USAGE;
        }
        return "+OK sessions per second: " + channels.rate().limit() + "\n";
    }

    private String expansion(String value) {
        if (value.equals("on") || value.equals("off")) {
            commands.expansion(value.equals("on"));
        } else if (!value.isEmpty()) {
            return USAGE;
        }
        return "+OK api_expansion is " + (commands.expansion() ? "on" : "off") + "\n";
    }

    private static String valet(ValetLots lots, String wanted) {
        StringBuilder out = new StringBuilder("<lots>\n");
        lots.all().stream().map(entry -> entry.getKey().lot()).distinct().filter(lot -> wanted.isEmpty() || wanted.equals(lot)).forEach(lot -> {
            out.append("  <lot name=\"").append(Replies.xml(lot)).append("\">\n");
            lots.all().stream().filter(entry -> entry.getKey().lot().equals(lot)).forEach(entry -> out.append("    <extension uuid=\"")
                    .append(Replies.xml(entry.getValue().value())).append("\">").append(Replies.xml(entry.getKey().extension()))
                    .append("</extension>\n"));
            out.append("  </lot>\n");
        });
        return out.append("</lots>\n").toString();
    }

    private static String module(String name) {
        return name.isEmpty() ? Replies.usage("<module>") : "-ERR [" + name.replaceAll("\\p{Cntrl}", " ")
                + ": this server has no modules to load or unload]\n";
    }
}
