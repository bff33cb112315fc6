package io.jverto.server.log;

import io.jverto.switchboard.port.ApiCommand;
import java.util.List;
import java.util.Locale;

/// `console loglevel [<level>]` and `fsctl loglevel [<level>]`: shows and sets how much is logged (dialplan-directory.md section 14.1).
public final class LogCommands {
    private LogCommands() {}

    public static List<ApiCommand> all() {
        return List.of(ApiCommand.of("console", arguments -> run("console", arguments)), ApiCommand.of("fsctl", arguments -> run("fsctl", arguments)));
    }

    private static String run(String name, String arguments) {
        String[] words = arguments.trim().split(" +");
        if (!words[0].toLowerCase(Locale.ROOT).equals("loglevel") || words.length > 2) {
            return "-USAGE: " + name + " loglevel [0-7|console|alert|crit|err|warning|notice|info|debug]\n";
        }
        if (words.length == 1) {
            return "+OK log level: " + LogStream.level() + " [" + LogStream.level().number() + "]\n";
        }
        return LogLevel.parse(words[1])
                .map(level -> {
                    LogStream.level(level);
                    return "+OK log level: " + level + " [" + level.number() + "]\n";
                })
                .orElse("-ERR there is no log level '" + words[1] + "'\n");
    }
}
