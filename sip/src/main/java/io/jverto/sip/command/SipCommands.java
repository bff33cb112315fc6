package io.jverto.sip.command;

import io.jverto.sip.gateway.GatewayConfig.Variable;
import io.jverto.sip.gateway.GatewayConfig;
import io.jverto.sip.profile.GatewayLine;
import io.jverto.sip.profile.SipProfiles.Telephone;
import io.jverto.sip.profile.SipProfiles;
import io.jverto.switchboard.port.ApiCommand;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// `sofia`, `sofia_contact` and their like (sip.md section 20).
public final class SipCommands {
    private static final String NOBODY = "error/user_not_registered";

    private SipCommands() {}

    /// @param reload does `reloadxml`, and says how that went
    public static List<ApiCommand> of(SipProfiles profiles, Supplier<String> reload) {
        return List.of(
                new SofiaCommand(profiles, reload),
                ApiCommand.of("sofia_contact", text -> contact(profiles, text.trim())),
                ApiCommand.of("sofia_count_reg", text -> String.valueOf(profiles.telephones(text.trim()).size())),
                ApiCommand.of("sofia_username_of", text -> profiles.telephones(text.trim()).stream().findFirst()
                        .map(phone -> phone.binding().user().user()).orElse("")),
                ApiCommand.of("sofia_gateway_data", text -> gatewayData(profiles, text.trim())));
    }

    private static String contact(SipProfiles profiles, String address) {
        String contacts = profiles.telephones(address).stream().map(Telephone::dialString).collect(Collectors.joining(","));
        return contacts.isEmpty() ? NOBODY : contacts;
    }

    /// `<gateway> param|ivar|ovar|var <name>`: what its configuration says, and its variables of calls that come from there, that go there, or either.
    private static String gatewayData(SipProfiles profiles, String arguments) {
        String[] words = arguments.split(" +");
        Optional<GatewayLine> gateway = profiles.gateway(words[0]);
        if (words.length != 3 || !List.of("param", "ivar", "ovar", "var").contains(words[1])) {
            return "-USAGE: sofia_gateway_data <gateway> param realm|proxy|username|from-user|from-domain|extension, or ivar|ovar|var <name>\n";
        }
        return gateway.map(GatewayLine::config).map(config -> switch (words[1]) {
            case "ivar" -> variable(config, words[2], Variable::inbound);
            case "ovar" -> variable(config, words[2], Variable::outbound);
            case "var" -> variable(config, words[2], _ -> true);
            default -> param(config, words[2]);
        }).orElse("-ERR Invalid Gateway!\n");
    }

    private static String variable(GatewayConfig gateway, String name, Predicate<Variable> wanted) {
        return gateway.variables().stream().filter(wanted).filter(one -> one.name().equals(name)).map(Variable::value).findFirst().orElse("");
    }

    private static String param(GatewayConfig gateway, String name) {
        return switch (name) {
            case "realm" -> gateway.account().realm();
            case "proxy" -> gateway.proxy().toString();
            case "username" -> gateway.account().username();
            case "from-user" -> gateway.fromUser();
            case "from-domain" -> gateway.fromDomain();
            case "extension" -> gateway.extension();
            default -> "";
        };
    }
}
