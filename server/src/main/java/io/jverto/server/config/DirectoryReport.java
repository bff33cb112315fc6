package io.jverto.server.config;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What a directory that was made for FreeSWITCH says without effect here, with file and line (dialplan-directory.md section 3). A name that
/// is known nowhere is not reported: a dialplan may ask for it with `user_data`.
public final class DirectoryReport {
    private static final String NOT_BY_SIP = "SIP profiles do not look at it";
    private static final String NO_MAIL = "no mail is sent";
    private static final String MAILBOX = "mailboxes are as their profile in voicemail.conf says";
    private static final Map<String, String> PARAMS = params();
    private static final Map<String, String> VARIABLES = Map.of(
            "default_language", "what the server says is English",
            "media_webrtc", "a telephone has the media of its own offer");
    private static final Set<String> OF_SIP = Set.of("sip-force-expires", "sip-force-expires-min", "sip-force-expires-max", "sip_cid_type", "sip_auto_answer");

    private final List<ConfigProblem> problems = new ArrayList<>();

    private DirectoryReport() {}

    /// @param section `<section name="directory">`
    public static List<ConfigProblem> of(ConfigNode section) {
        DirectoryReport report = new DirectoryReport();
        section.children("domain").forEach(report::domain);
        return List.copyOf(report.problems);
    }

    private void domain(ConfigNode domain) {
        settings(domain);
        List<ConfigNode> groups = domain.children("groups").flatMap(all -> all.children("group")).toList();
        groups.forEach(this::settings);
        Stream.concat(groups.stream(), Stream.of(domain))
                .flatMap(owner -> Stream.concat(owner.children("users").flatMap(all -> all.children("user")), owner.children("user")))
                .filter(user -> !user.attribute("type", "").equalsIgnoreCase("pointer"))
                .forEach(this::user);
    }

    private void user(ConfigNode user) {
        settings(user);
        if (user.attribute("ip").isPresent()) {
            unsupported(user, "the attribute ip of a user changes nothing: nobody is known by an address");
        }
        user.children("gateways").filter(all -> !all.children().isEmpty())
                .forEach(all -> unsupported(all, "the gateways of a user are not used: gateways stand in profiles of sofia.conf"));
    }

    private void settings(ConfigNode owner) {
        owner.children("params").flatMap(all -> all.children("param"))
                .forEach(param -> idle(param, Optional.ofNullable(PARAMS.get(name(param)))));
        owner.children("variables").flatMap(all -> all.children("variable")).forEach(variable -> idle(variable, ofVariable(name(variable))));
        owner.children("profile-variables").filter(all -> !all.children().isEmpty())
                .forEach(all -> unsupported(all, "profile-variables are not used"));
    }

    private static Optional<String> ofVariable(String name) {
        boolean ofSip = name.startsWith("sip-force-") || name.startsWith("sip_") && !name.startsWith("sip_h_") && !name.startsWith("sip_invite_");
        return ofSip && !OF_SIP.contains(name) ? Optional.of(NOT_BY_SIP) : Optional.ofNullable(VARIABLES.get(name));
    }

    private void idle(ConfigNode entry, Optional<String> why) {
        why.ifPresent(reason -> unsupported(entry, "the " + entry.name() + " " + name(entry) + " of the directory changes nothing: " + reason));
    }

    private static String name(ConfigNode entry) {
        return entry.attribute("name", "").toLowerCase(Locale.ROOT);
    }

    private void unsupported(ConfigNode node, String message) {
        problems.add(ConfigProblem.unsupported(node.origin(), message));
    }

    private static Map<String, String> params() {
        Map<String, String> params = new HashMap<>();
        put(params, NO_MAIL, "vm-mailto vm-mailfrom vm-notify-mailto vm-email-all-messages vm-notify-email-all-messages vm-attach-file "
                + "vm-keep-local-after-email vm-cc vm-convert-cmd vm-template-file");
        put(params, MAILBOX, "vm-message-ext vm-storage-dir vm-domain-storage-dir vm-disk-quota vm-alternate-greet-id vm-timezone vm-skip-instructions "
                + "vm-enabled");
        put(params, "the password of a mailbox is vm-password", "vm-a1-hash");
        put(params, "apply-connection-acl of verto.conf says who may connect", "auth-acl");
        put(params, "nobody logs in without a password", "allow-empty-password");
        put(params, "no command is run over HTTP", "http-allowed-api");
        put(params, "programs log in to the event socket with its own password", "esl-password esl-allowed-events esl-allowed-api esl-allowed-log");
        put(params, NOT_BY_SIP, "sip-allow-register sip-allow-multiple-registrations user-agent-filter "
                + "max-registrations-per-extension mwi-account reverse-auth-user reverse-auth-pass event-sub-url register-gateway");
        return Map.copyOf(params);
    }

    private static void put(Map<String, String> params, String why, String names) {
        for (String name : names.split(" ")) {
            params.put(name, why);
        }
    }
}
