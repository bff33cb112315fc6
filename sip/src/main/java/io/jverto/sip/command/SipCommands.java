package io.jverto.sip.command;

import io.jverto.sip.profile.GatewayLine;
import io.jverto.sip.profile.SipProfiles;
import io.jverto.sip.profile.SipProfiles.Telephone;
import io.jverto.switchboard.port.ApiCommand;
import java.util.List;
import java.util.Optional;
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

    /// `<gateway> param <name>`: what its configuration says.
    private static String gatewayData(SipProfiles profiles, String arguments) {
        String[] words = arguments.split(" +");
        Optional<GatewayLine> gateway = profiles.gateway(words[0]);
        if (words.length != 3 || !words[1].equals("param")) {
            return "-USAGE: sofia_gateway_data <gateway> param realm|proxy|username|from-user|from-domain|extension\n";
        }
        return gateway.map(line -> switch (words[2]) {
            case "realm" -> line.config().account().realm();
            case "proxy" -> line.config().proxy().toString();
            case "username" -> line.config().account().username();
            case "from-user" -> line.config().fromUser();
            case "from-domain" -> line.config().fromDomain();
            case "extension" -> line.config().extension();
            default -> "";
        }).orElse("-ERR Invalid Gateway!\n");
    }
}
