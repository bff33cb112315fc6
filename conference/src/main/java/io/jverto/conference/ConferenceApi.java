package io.jverto.conference;

import io.jverto.switchboard.port.ApiCommand;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `conference list`, `conference count`, `conference <name> <command> [arguments]` (conference.md section 14).
/// Thread-safe.
final class ConferenceApi implements ApiCommand {
    private static final int MAX_WORDS = 25;
    private static final String USAGE =
            "-USAGE: list | count | <name> list|count|mute|unmute|tmute|deaf|undeaf|kick|hup|volume_in|volume_out\n";

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
        List<String> words = Stream.of(arguments.strip().split("\\s+", MAX_WORDS + 1))
                .filter(word -> !word.isEmpty())
                .limit(MAX_WORDS)
                .toList();
        if (words.isEmpty()) {
            return USAGE;
        }
        return switch (words.getFirst().toLowerCase(Locale.ROOT)) {
            case "list" -> listAll(words.subList(1, words.size()));
            case "count" -> conferences.rooms().size() + "\n";
            default -> onRoom(words);
        };
    }

    private String onRoom(List<String> words) {
        String name = words.getFirst();
        if (words.size() < 2) {
            return USAGE;
        }
        Optional<String> reply = conferences.find(name)
                .flatMap(room -> conferences.ask(room, words.subList(1, words.size())));
        return reply.orElse("-ERR Conference " + name + " not found\n");
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

    private String ask(Room room, List<String> words) {
        return conferences.ask(room, words).orElse("");
    }
}
