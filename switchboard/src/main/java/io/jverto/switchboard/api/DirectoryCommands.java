package io.jverto.switchboard.api;

import io.jverto.switchboard.dialplan.Routing;
import io.jverto.switchboard.directory.DirectoryUser;
import io.jverto.switchboard.directory.Settings;
import io.jverto.switchboard.port.ApiCommand;
import io.jverto.switchboard.port.UserId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Commands that tell of users and global variables (dialplan-directory.md section 14.1). Passwords are never told: dialplans pass what a
/// caller chose to these commands.
final class DirectoryCommands {
    private static final List<String> SECRET = List.of("password", "passwd", "a1-hash", "secret", "vm-pin");

    private final Supplier<Routing> routing;

    private DirectoryCommands(Supplier<Routing> routing) {
        this.routing = routing;
    }

    static List<ApiCommand> of(Supplier<Routing> routing) {
        DirectoryCommands commands = new DirectoryCommands(routing);
        return List.of(
                ApiCommand.of("user_exists", commands::userExists),
                ApiCommand.of("user_data", commands::userData),
                ApiCommand.of("find_user_xml", commands::userXml),
                ApiCommand.of("domain_data", commands::domainData),
                ApiCommand.of("domain_exists", domain -> String.valueOf(routing.get().directory().hasDomain(domain))),
                ApiCommand.of("group_call", commands::groupCall),
                ApiCommand.of("in_group", commands::inGroup),
                ApiCommand.of("global_getvar", commands::global),
                ApiCommand.of("hostname", _ -> commands.variable("hostname")),
                ApiCommand.of("switchname", _ -> commands.variable("hostname")));
    }

    // DEVIATION api-4
    private static boolean isSecret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return SECRET.stream().anyMatch(lower::contains);
    }

    private String variable(String name) {
        return isSecret(name) ? "" : routing.get().global(name).toString();
    }

    private String global(String name) {
        return name.isEmpty()
                ? Stream.concat(routing.get().globals().keySet().stream(), routing.get().set().keySet().stream())
                        .filter(one -> !isSecret(one))
                        .distinct()
                        .map(one -> one + "=" + variable(one) + "\n")
                        .collect(Collectors.joining())
                : variable(name);
    }

    /// `<key> <user> <domain>`; the key is `id`.
    private String userExists(String arguments) {
        String[] words = arguments.split(" +");
        return words.length == 3
                ? String.valueOf(routing.get().directory().find(new UserId(words[1], words[2])).isPresent())
                : Replies.usage("<key> <user> <domain>");
    }

    /// `<user>@<domain> [var|param|attr] <name>`; what is not there is empty.
    private String userData(String arguments) {
        String[] words = arguments.split(" +");
        if (words.length < 2 || words.length > 3) {
            return Replies.usage("<user>@<domain> [var|param|attr] <name>");
        }
        String name = words[words.length - 1];
        String kind = words.length == 2 ? "any" : words[1];
        return routing.get().directory().find(id(words[0])).flatMap(user -> value(user, kind, name)).filter(_ -> !isSecret(name)).orElse("");
    }

    /// `<domain> [var|param|attr] <name>`; what is not there is empty.
    private String domainData(String arguments) {
        String[] words = arguments.split(" +");
        if (words.length < 2 || words.length > 3) {
            return Replies.usage("<domain> [var|param|attr] <name>");
        }
        String name = words[words.length - 1];
        Optional<Settings> settings = routing.get().directory().ofDomain(words[0]).filter(_ -> !isSecret(name));
        return settings.map(of -> switch (words.length == 2 ? "any" : words[1]) {
            case "var" -> of.variables().get(name);
            case "param" -> of.params().get(name);
            case "attr" -> name.equals("name") ? words[0] : null;
            default -> of.variables().getOrDefault(name, of.params().get(name));
        }).orElse("");
    }

    /// `<key> <user> <domain>`: the user with all that is inherited, as XML; the key is `id`.
    private String userXml(String arguments) {
        String[] words = arguments.split(" +");
        return words.length == 3
                ? routing.get().directory().find(new UserId(words[1], words[2])).map(DirectoryCommands::xml).orElse("-ERR there is no such user\n")
                : Replies.usage("<key> <user> <domain>");
    }

    private static String xml(DirectoryUser user) {
        return "<user id=\"" + Replies.xml(user.id().user()) + "\">\n" + xml("param", user.params())
                + xml("variable", user.variables()) + "</user>\n";
    }

    private static String xml(String name, Map<String, String> settings) {
        return settings.entrySet().stream()
                .filter(one -> !isSecret(one.getKey()))
                .map(one -> "    <" + name + " name=\"" + Replies.xml(one.getKey()) + "\" value=\"" + Replies.xml(one.getValue()) + "\"/>\n")
                .collect(Collectors.joining("", "  <" + name + "s>\n", "  </" + name + "s>\n"));
    }

    /// `<group>[@<domain>][+A|+F|+E]`: a dial string of its members, all at once, one after the other, or each by itself.
    private String groupCall(String arguments) {
        if (arguments.isBlank()) {
            return Replies.usage("<group>[@<domain>][+A|+F|+E]");
        }
        int plus = arguments.lastIndexOf('+');
        String order = plus < 0 ? "" : arguments.substring(plus + 1).trim().toUpperCase(Locale.ROOT);
        UserId group = id((plus < 0 ? arguments : arguments.substring(0, plus)).trim());
        String separator = order.equals("F") ? "|" : order.equals("E") ? ":_:" : ",";
        String members = routing.get().directory().group(group.user(), group.domain()).stream()
                .map(user -> "user/" + user.id()).collect(Collectors.joining(separator));
        return members.isEmpty() ? "error/NO_ROUTE_DESTINATION" : members;
    }

    /// `<user>[@<domain>] <group>`.
    private String inGroup(String arguments) {
        String[] words = arguments.trim().split(" +");
        if (words.length != 2) {
            return Replies.usage("<user>[@<domain>] <group>");
        }
        UserId wanted = id(words[0]);
        Optional<UserId> user = routing.get().directory().find(wanted).map(DirectoryUser::id);
        return String.valueOf(user.isPresent() && routing.get().directory().group(words[1], wanted.domain()).stream()
                .anyMatch(member -> member.id().equals(user.get())));
    }

    private UserId id(String text) {
        int at = text.lastIndexOf('@');
        return at < 0
                ? new UserId(text, routing.get().directory().defaultDomain().orElse(""))
                : new UserId(text.substring(0, at), text.substring(at + 1));
    }

    private static Optional<String> value(DirectoryUser user, String kind, String name) {
        return switch (kind) {
            case "var" -> user.variable(name);
            case "param" -> user.param(name);
            case "attr" -> name.equals("id") ? Optional.of(user.id().user()) : Optional.empty();
            default -> user.variable(name).or(() -> user.param(name));
        };
    }
}
