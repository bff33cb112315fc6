package io.jverto.conference;

import io.jverto.switchboard.port.ApiCommand;
import io.jverto.switchboard.port.ConferenceService.Outcall;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `conference list`, `conference count`, `conference <name> <command> [arguments]` (conference.md section 14).
/// Thread-safe.
final class ConferenceApi implements ApiCommand {
    private static final int MAX_WORDS = 25;
    private static final String USAGE = "-USAGE: list [delim <s>|pretty|summary|count] | xml_list | json_list | count | commands | "
            + "<name>[@<profile>] dial|bgdial <dial string> [<caller number> [<caller name>]] | <name> <command> [<arguments>]\n";

    private final Conferences conferences;

    ConferenceApi(Conferences conferences) {
        this.conferences = conferences;
    }

    @Override
    public String name() {
        return "conference";
    }

    @Override
    public String run(String arguments) {
        List<String> words = words(arguments);
        if (words.isEmpty()) {
            return USAGE;
        }
        return switch (words.getFirst().toLowerCase(Locale.ROOT)) {
            case "list" -> listAll(words.subList(1, words.size()));
            case "count" -> conferences.rooms().size() + "\n";
            case "json_list" -> all("json", ",", "[", "]\n");
            case "xml_list" -> all("xml", "", "<?xml version=\"1.0\"?>\n<conferences>\n", "</conferences>\n");
            case "help", "commands" -> RoomApi.VERBS.stream()
                    .map(verb -> "<name> " + verb.name() + (verb.usage().isEmpty() ? "" : " " + verb.usage()) + "\n")
                    .collect(Collectors.joining("", USAGE, ""));
            default -> onRoom(words);
        };
    }

    /// Spaces separate, except within `'...'`.
    static List<String> words(String arguments) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        for (char c : (arguments.strip() + " ").toCharArray()) {
            quoted ^= c == '\'';
            if (c == '\'' && !quoted || c == '\'' && word.isEmpty()) {
                continue;
            }
            if (Character.isWhitespace(c) && !quoted) {
                if (!word.isEmpty() && words.size() < MAX_WORDS) {
                    words.add(word.toString());
                }
                word.setLength(0);
            } else {
                word.append(c);
            }
        }
        return words;
    }

    private String onRoom(List<String> words) {
        String name = words.getFirst();
        if (words.size() < 2) {
            return USAGE;
        }
        String command = words.get(1).toLowerCase(Locale.ROOT);
        if (command.equals("dial") || command.equals("bgdial") && conferences.find(name).isEmpty()) {
            return words.size() < 3 ? command + " <dial string> [<caller number> [<caller name>]]\n" : dial(name, command, words.subList(2, words.size()));
        }
        return conferences.find(name)
                .flatMap(room -> conferences.ask(room, words.subList(1, words.size())))
                .orElse("-ERR Conference " + Member.printable(name) + " not found\n");
    }

    /// Into a room that may not be there yet. `dial` waits for the answer.
    private String dial(String name, String command, List<String> words) {
        int at = name.lastIndexOf('@');
        String room = at < 0 ? name : name.substring(0, at);
        String profile = at < 0 ? "default" : name.substring(at + 1);
        Outcall call = conferences.find(name)
                .map(there -> CallCommands.outcall(there.key().name(), there.key().domain(), there.profile().name(), words))
                .orElseGet(() -> CallCommands.outcall(room, "", profile, words));
        return command.equals("dial")
                ? "+OK Call Requested: result: [" + conferences.call(call).result() + "]\n"
                : "+OK Job-UUID: " + conferences.callInBackground(call) + "\n";
    }

    private String listAll(List<String> how) {
        List<Room> rooms = conferences.rooms();
        boolean brief = !how.isEmpty()
                && (how.getFirst().equalsIgnoreCase("summary") || how.getFirst().equalsIgnoreCase("count"));
        List<String> list = Stream.concat(Stream.of("list"), how.stream()).toList();
        String text = rooms.stream()
                .map(room -> (brief ? "" : ask(room, List.of("summary"))) + ask(room, list))
                .collect(Collectors.joining());
        return text.isEmpty() ? "+OK No active conferences.\n" : text;
    }

    private String all(String command, String between, String before, String after) {
        return conferences.rooms().stream().map(room -> ask(room, List.of(command))).filter(text -> !text.isEmpty())
                .collect(Collectors.joining(between, before, after));
    }

    private String ask(Room room, List<String> words) {
        return conferences.ask(room, words).orElse("");
    }
}
