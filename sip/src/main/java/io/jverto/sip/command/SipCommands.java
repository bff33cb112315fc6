package io.jverto.sip.command;

import io.jverto.sip.profile.GatewayLine;
import io.jverto.sip.profile.Profile;
import io.jverto.sip.profile.SipProfiles;
import io.jverto.sip.profile.SipProfiles.Telephone;
import io.jverto.sip.registrar.Binding;
import io.jverto.switchboard.command.Table;
import io.jverto.switchboard.port.ApiCommand;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `sofia_contact` and its like, and the table of `show registrations` (sip.md section 20).
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

    /// @return all telephones, in the columns of `show registrations`
    public static Table registrations(SipProfiles profiles, String hostName) {
        Stream<List<String>> rows = profiles.all().stream().flatMap(profile -> profile.telephones().stream().map(one -> row(profile, one, hostName)));
        return new Table(List.of("reg_user", "realm", "token", "url", "expires", "network_ip", "network_port", "network_proto", "hostname", "metadata"),
                rows.toList());
    }

    private static List<String> row(Profile profile, Binding binding, String hostName) {
        return List.of(
                binding.user().user(), binding.user().domain(), binding.callId(), "sofia/" + profile.name() + "/" + binding.address(),
                String.valueOf(profile.secondsLeft(binding)), binding.from().remote().getAddress().getHostAddress(),
                String.valueOf(binding.from().remote().getPort()), binding.from().transport().name().toLowerCase(java.util.Locale.ROOT), hostName, "");
    }
}
