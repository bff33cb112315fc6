package io.jverto.switchboard.api;

import io.jverto.switchboard.bridge.Transfers;
import io.jverto.switchboard.bridge.Transfers.Destination;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.Channels;
import io.jverto.switchboard.channel.DialLists;
import io.jverto.switchboard.port.ApiCommand;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.SharedData;
import io.jverto.switchboard.shared.HashStore;
import io.jverto.switchboard.shared.Limits;
import io.jverto.switchboard.shared.Limits.Allowance;
import io.jverto.switchboard.shared.SharedStores;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Commands for what calls share (dialplan-directory.md section 14.1 and 14.3).
final class SharedCommands {
    private static final String UNDERSTOOD = "+OK\n";
    private static final String NOTHING = "-ERR Not found\n";
    private static final String REFUSED = "-ERR It cannot be kept\n";
    private static final String LIMIT = "<uuid> hash|db <realm> <id> [<most>[/<seconds>]] [<extension> [<dialplan> [<context>]]]";

    private final SharedStores shared;
    private final Channels channels;
    private final Transfers transfers;

    private SharedCommands(SharedStores shared, Channels channels, Transfers transfers) {
        this.shared = shared;
        this.channels = channels;
        this.transfers = transfers;
    }

    static List<ApiCommand> of(SharedStores shared, Channels channels, Transfers transfers) {
        SharedCommands commands = new SharedCommands(shared, channels, transfers);
        return List.of(
                ApiCommand.of("hash", commands::hash),
                ApiCommand.of("db", commands::db),
                ApiCommand.of("group", commands::group),
                ApiCommand.of("limit_usage", commands::usage),
                ApiCommand.of("limit_status", commands::status),
                ApiCommand.of("limit_reset", commands::reset),
                ApiCommand.of("limit_interval_reset", commands::resetInterval),
                ApiCommand.of("uuid_limit", commands::limit),
                ApiCommand.of("uuid_limit_release", commands::release));
    }

    private String hash(String arguments) {
        String[] parts = arguments.split("/", arguments.startsWith("select") || arguments.startsWith("delete/") ? 3 : 4);
        HashStore store = shared.hash();
        if (parts.length < 3 || parts.length < 4 && (parts[0].startsWith("insert") || parts[0].equals("delete_ifmatch"))) {
            return Replies.usage("insert|insert_ifempty|delete|delete_ifmatch|select/<realm>/<key>[/<value>]");
        }
        return switch (parts[0]) {
            case "select" -> store.value(parts[1], parts[2]).orElse("");
            case "insert" -> store.put(parts[1], parts[2], parts[3]) ? UNDERSTOOD : REFUSED;
            case "insert_ifempty" -> store.putIfEmpty(parts[1], parts[2], parts[3]) ? UNDERSTOOD : "-ERR There is a value\n";
            case "delete" -> store.remove(parts[1], parts[2]) ? UNDERSTOOD : NOTHING;
            case "delete_ifmatch" -> store.removeIf(parts[1], parts[2], parts[3]) ? UNDERSTOOD : NOTHING;
            default -> Replies.usage("insert|insert_ifempty|delete|delete_ifmatch|select/<realm>/<key>[/<value>]");
        };
    }

    private String db(String arguments) {
        String[] parts = arguments.split("/", arguments.startsWith("insert") ? 4 : 3);
        SharedData data = shared.data();
        if (parts.length < 3 || parts.length < 4 && parts[0].equals("insert")) {
            return Replies.usage("insert|delete|select|exists/<realm>/<key>[/<value>]");
        }
        return switch (parts[0]) {
            case "select" -> data.value(parts[1], parts[2]).orElse("");
            case "exists" -> String.valueOf(data.value(parts[1], parts[2]).isPresent());
            case "insert" -> data.put(parts[1], parts[2], parts[3]) ? UNDERSTOOD : REFUSED;
            case "delete" -> data.remove(parts[1], parts[2]) ? UNDERSTOOD : NOTHING;
            default -> Replies.usage("insert|delete|select|exists/<realm>/<key>[/<value>]");
        };
    }

    private String group(String arguments) {
        String[] parts = arguments.split(":", 3);
        boolean named = parts.length == 3;
        if (named && parts[0].equals("insert")) {
            return DialLists.canBeMember(parts[2]) && shared.data().join(parts[1], parts[2]) ? UNDERSTOOD : REFUSED;
        }
        if (named && parts[0].equals("delete")) {
            return shared.data().leave(parts[1], parts[2]) ? UNDERSTOOD : NOTHING;
        }
        return parts.length > 1 && parts[0].equals("call")
                ? String.join(order(named ? parts[2] : ""), shared.data().members(parts[1]))
                : Replies.usage("insert|delete:<group>:<dial string>, call:<group>[:A|F|E]");
    }

    private static String order(String letter) {
        return switch (letter) {
            case "F", "order" -> "|";
            case "E" -> ":_:";
            default -> ",";
        };
    }

    private static List<String> words(String arguments) {
        return Arrays.stream(arguments.trim().split(" +")).filter(word -> !word.isEmpty()).toList();
    }

    /// `<backend> <realm> <id> [rate]`.
    private String usage(String arguments) {
        List<String> words = words(arguments);
        Optional<Limits> limits = words.size() < 3 ? Optional.empty() : shared.limits(words.getFirst());
        if (limits.isEmpty()) {
            return Replies.usage("hash|db <realm> <id> [rate]");
        }
        Limits.Usage usage = limits.get().usage(new Limits.Name(words.get(1), words.get(2)));
        return words.size() > 3 ? usage.calls() + "/" + usage.rate() : String.valueOf(usage.calls());
    }

    private String status(String backend) {
        return shared.limits(backend).map(limits -> "Tracking " + limits.size() + " resources\n").orElse(Replies.usage("hash|db"));
    }

    private String reset(String backend) {
        return shared.limits(backend).map(limits -> {
            limits.reset();
            return UNDERSTOOD;
        }).orElse(Replies.usage("hash|db"));
    }

    private String resetInterval(String arguments) {
        List<String> words = words(arguments);
        Optional<Limits> limits = words.size() != 3 ? Optional.empty() : shared.limits(words.getFirst());
        return limits.map(found -> found.resetInterval(new Limits.Name(words.get(1), words.get(2))) ? UNDERSTOOD : NOTHING)
                .orElse(Replies.usage("hash|db <realm> <id>"));
    }

    private String limit(String arguments) {
        List<String> words = words(arguments);
        Optional<Limits> limits = words.size() < 4 ? Optional.empty() : shared.limits(words.get(1));
        Optional<Allowance> allowance = Allowance.parse(words.size() > 4 ? words.get(4) : "");
        if (limits.isEmpty() || allowance.isEmpty()) {
            return Replies.usage(LIMIT);
        }
        Optional<ChannelHandle> call = channels.handle(new ChannelId(words.getFirst()));
        if (call.isEmpty()) {
            return Replies.NO_CHANNEL;
        }
        Limits.Name name = new Limits.Name(words.get(2), words.get(3));
        Optional<Boolean> granted = call.get().visit(channel -> limits.get().take(channel.id(), name, allowance.get()).granted());
        if (granted.isEmpty() || granted.get()) {
            return Replies.okIf(granted.isPresent(), Replies.NO_CHANNEL);
        }
        String number = words.size() > 5 ? words.get(5) : "limit_exceeded";
        if (number.startsWith("!")) {
            call.get().hangup(Causes.parse(number.substring(1)), false);
        } else {
            transfers.send(call.get(), new Destination(number, words.size() > 6 ? words.get(6) : "", words.size() > 7 ? words.get(7) : ""));
        }
        return "-ERR Limit exceeded\n";
    }

    private String release(String arguments) {
        List<String> words = words(arguments);
        Optional<Limits> limits = words.size() != 2 && words.size() != 4 ? Optional.empty() : shared.limits(words.get(1));
        if (limits.isEmpty()) {
            return Replies.usage("<uuid> hash|db [<realm> <id>]");
        }
        Optional<ChannelHandle> call = channels.handle(new ChannelId(words.getFirst()));
        if (call.isEmpty()) {
            return Replies.NO_CHANNEL;
        }
        if (words.size() == 2) {
            limits.get().release(call.get().id());
            return Replies.OK;
        }
        return limits.get().release(call.get().id(), new Limits.Name(words.get(2), words.get(3))) ? Replies.OK : NOTHING;
    }
}
