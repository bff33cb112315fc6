package io.jverto.server.eventsocket;

import io.jverto.server.eventsocket.Subscription.Filter;
import io.jverto.server.eventsocket.Subscription.Format;
import io.jverto.switchboard.event.EventName;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// `event`, `noevents`, `nixevent`, `filter`, `myevents`: what a client hears.
final class EventCommands {
    private static final int MAX_VALUE = 1_024;
    private static final String NO_XML = "-ERR xml is not supported, use plain or json";
    private static final String ALL = "ALL";

    private final Outlet outlet;

    EventCommands(Outlet outlet) {
        this.outlet = outlet;
    }

    /// `[plain|json] <name>... [CUSTOM <subclass>...]`, or `ALL`.
    void event(String arguments) {
        List<String> words = words(arguments);
        Optional<Format> format = words.isEmpty() ? Optional.empty() : format(words.getFirst());
        List<String> names = format.isPresent() ? words.subList(1, words.size()) : words;
        Format as = format.orElse(Format.PLAIN);
        Named named = Named.of(names);
        if (!words.isEmpty() && words.getFirst().equalsIgnoreCase("xml")) {
            reply(NO_XML);
        } else if (named.all()) {
            outlet.subscribe(now().withAll(as), enabled(as));
        } else if (named.names().isEmpty()) {
            reply(named.unknown().isEmpty() ? "-ERR no keywords supplied" : "-ERR there is no event " + String.join(" ", named.unknown()));
        } else if (now().custom().size() + named.subclasses().size() > Subscription.MAX_SUBCLASSES) {
            reply("-ERR too many subclasses");
        } else {
            outlet.subscribe(now().with(as, named.names(), named.subclasses()), enabled(as));
        }
    }

    private static byte[] enabled(Format as) {
        return Frames.reply("+OK event listener enabled " + as.name().toLowerCase(Locale.ROOT));
    }

    void none() {
        if (now().on()) {
            outlet.subscribe(Subscription.NONE, Frames.reply("+OK no longer listening for events"));
        } else {
            reply("-ERR not listening for events");
        }
    }

    void nix(String arguments) {
        Named named = Named.of(words(arguments));
        Set<EventName> less = named.all() ? EnumSet.allOf(EventName.class) : named.names();
        if (less.isEmpty()) {
            reply("-ERR no keywords supplied");
        } else {
            outlet.subscribe(now().without(less, named.subclasses()), Frames.reply("+OK events nixed"));
        }
    }

    /// `<header> <value>`, `<header> !<value>`, `delete <header> [<value>]`, `delete all`.
    void filter(String arguments) {
        String[] words = arguments.split(" +", 2);
        if (words.length < 2) {
            reply("-ERR filter needs a header and a value");
        } else if (words[0].equalsIgnoreCase("delete")) {
            delete(words[1].split(" +", 2));
        } else if (words[1].startsWith("/") || words[1].startsWith("!/")) {
            reply("-ERR regular expressions are not supported in filters");
        } else if (now().filters().size() >= Subscription.MAX_FILTERS || words[1].length() > MAX_VALUE) {
            reply("-ERR too many filters, or too long a value");
        } else {
            outlet.subscribe(now().with(new Filter(words[0], words[1])), Frames.reply("+OK filter added. [" + words[0] + "]=[" + words[1] + "]"));
        }
    }

    private void delete(String[] words) {
        String value = words.length > 1 ? words[1] : "";
        Subscription rest = words[0].equalsIgnoreCase(ALL) ? now().withoutFilters() : now().withoutFilter(words[0], value);
        outlet.subscribe(rest, Frames.reply("+OK filter deleted. [" + words[0] + "]=[" + value + "]"));
    }

    /// `[plain|json] <uuid>`, in any order: all that happens to one call.
    void ofCall(String arguments) {
        List<String> words = words(arguments);
        Format as = words.stream().flatMap(word -> format(word).stream()).findFirst().orElse(Format.PLAIN);
        List<String> ids = words.stream().filter(word -> format(word).isEmpty()).toList();
        if (words.stream().anyMatch(word -> word.equalsIgnoreCase("xml"))) {
            reply(NO_XML);
        } else if (ids.size() != 1 || now().filters().size() >= Subscription.MAX_FILTERS) {
            reply("-ERR myevents needs the id of a call");
        } else {
            Set<EventName> all = EnumSet.allOf(EventName.class);
            all.removeIf(name -> name == EventName.HEARTBEAT || name == EventName.RELOADXML);
            outlet.subscribe(now().with(as, all, Set.of()).with(new Filter("Unique-ID", ids.getFirst())), Frames.reply("+OK Events Enabled"));
        }
    }

    private Subscription now() {
        return outlet.subscription();
    }

    private void reply(String text) {
        outlet.send(Frames.reply(text));
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.trim().split("[ ,]+")).filter(word -> !word.isEmpty()).toList();
    }

    private static Optional<Format> format(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "plain" -> Optional.of(Format.PLAIN);
            case "json" -> Optional.of(Format.JSON);
            default -> Optional.empty();
        };
    }

    /// Names of events; those behind CUSTOM are subclasses.
    ///
    /// @param unknown names of which nothing ever comes here; they are passed over beside others
    private record Named(boolean all, Set<EventName> names, Set<String> subclasses, List<String> unknown) {
        static Named of(List<String> words) {
            Set<EventName> names = new HashSet<>();
            Set<String> subclasses = new HashSet<>();
            Set<String> unknown = new HashSet<>();
            boolean all = false;
            for (String word : words) {
                Optional<EventName> name = EventName.byName(word);
                if (word.equalsIgnoreCase(ALL)) {
                    all = true;
                } else if (name.isPresent()) {
                    names.add(name.get());
                } else if (names.contains(EventName.CUSTOM)) {
                    subclasses.add(word.toLowerCase(Locale.ROOT));
                } else {
                    unknown.add(word);
                }
            }
            return new Named(all, names, subclasses, unknown.stream().sorted().limit(10).collect(Collectors.toList()));
        }
    }
}
