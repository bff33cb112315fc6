package io.jverto.switchboard.command;

import io.jverto.switchboard.port.ApiCommand;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `help` and `complete`: which commands there are, for people at a console (dialplan-directory.md section 14.1).
public final class HelpCommands {
    private static final int MAX_SHOWN = 1_000;

    private final Commands commands;
    private final LiveChannels channels;

    private HelpCommands(Commands commands, LiveChannels channels) {
        this.commands = commands;
        this.channels = channels;
    }

    public static List<ApiCommand> of(Commands commands, LiveChannels channels) {
        HelpCommands help = new HelpCommands(commands, channels);
        return List.of(ApiCommand.of("help", help::help), ApiCommand.of("complete", help::complete));
    }

    /// The names that begin so; all of them without an argument.
    private String help(String begin) {
        return beginning(commands.names().stream(), begin);
    }

    /// What the last word of a line could become: a command, or the id of a call where a command wants one.
    private String complete(String line) {
        int space = line.lastIndexOf(' ');
        if (space < 0) {
            return beginning(commands.names().stream(), line);
        }
        boolean ofCall = line.startsWith("uuid_") || line.startsWith("explain ");
        return ofCall ? beginning(channels.rows().stream().map(row -> row.id().value()), line.substring(space + 1)) : "";
    }

    private static String beginning(Stream<String> words, String begin) {
        String lower = begin.trim().toLowerCase(Locale.ROOT);
        return words.filter(word -> word.toLowerCase(Locale.ROOT).startsWith(lower)).limit(MAX_SHOWN).map(word -> word + "\n").collect(Collectors.joining());
    }
}
