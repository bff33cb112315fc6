package io.jverto.switchboard.voicemail;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import io.jverto.switchboard.dialplan.Text;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/// `<configuration name="voicemail.conf">`: profiles by name. Immutable; read anew on reload.
public final class VoicemailProfiles {
    public static final VoicemailProfiles NONE = new VoicemailProfiles(Map.of());
    private static final int DAY_SECONDS = 86_400;
    private static final String KEYS = "0123456789*#";
    /// What FreeSWITCH has besides: e-mail, its web page, recorded names, moving about in a message.
    private static final Set<String> UNSUPPORTED = Set.of("file-extension", "callback-dialplan", "callback-context", "callback-key", "email-key", "pause-key",
            "restart-key", "ff-key", "rew-key", "forward-key", "prepend-key", "skip-greet-key", "undelete-file-key", "record-name-key", "choose-greeting-key",
            "login-keys", "web-template-file", "db-password-override", "allow-deletion", "odbc-dsn", "storage-dir", "forward-prepend-silence",
            "auto-playback-recordings", "play-date-announcement", "messages-key", "send-full-vm-header");

    private final Map<String, VoicemailProfile> all;

    private VoicemailProfiles(Map<String, VoicemailProfile> all) {
        this.all = all;
    }

    /// @param problems told of every entry that was left out or looks wrong
    public static VoicemailProfiles read(ConfigNode configuration, Consumer<ConfigProblem> problems) {
        Map<String, VoicemailProfile> all = new TreeMap<>();
        configuration.children("profiles").flatMap(list -> list.children("profile")).forEach(node -> {
            String name = node.attribute("name", "");
            if (name.isEmpty()) {
                problems.accept(ConfigProblem.error(node.origin(), "a <profile> needs a name"));
            } else {
                all.putIfAbsent(name, new Params(node, problems).profile(name));
            }
        });
        return new VoicemailProfiles(all);
    }

    Optional<VoicemailProfile> find(String name) {
        return Optional.ofNullable(all.get(name));
    }

    /// The params of one profile; each is taken once, and what is left is not known.
    private static final class Params {
        private final Map<String, ConfigNode> left = new LinkedHashMap<>();
        private final Consumer<ConfigProblem> problems;

        Params(ConfigNode profile, Consumer<ConfigProblem> problems) {
            this.problems = problems;
            for (ConfigNode node : profile.children()) {
                if (node.name().equals("param")) {
                    left.put(node.attribute("name", "").toLowerCase(Locale.ROOT), node);
                } else {
                    problems.accept(ConfigProblem.unsupported(node.origin(),
                            "<" + node.name() + "> of a voicemail profile is not supported; it changes nothing"));
                }
            }
        }

        VoicemailProfile profile(String name) {
            VoicemailProfile.Limits limits = new VoicemailProfile.Limits(
                    number("min-record-len", 3, 0, DAY_SECONDS), number("max-record-len", 300, 1, DAY_SECONDS),
                    number("max-login-attempts", 3, 1, 20), number("max-retries", 3, 1, 20), number("digit-timeout", 10_000, 500, 120_000),
                    number("record-silence-threshold", 200, 0, 32_767), number("record-silence-hits", 4, 1, 600), number("max-messages", 100, 1, 10_000),
                    number("max-mailbox-seconds", 3_600, 1, 1_000_000), number("min-password-len", 4, 1, 32));
            VoicemailProfile.Keys keys = new VoicemailProfile.Keys(key("terminator-key", '#'), key("play-new-messages-key", '1'),
                    key("play-saved-messages-key", '2'), key("main-menu-key", '0'), key("config-menu-key", '5'), key("record-greeting-key", '1'),
                    key("remove-greeting-key", '2'), key("change-pass-key", '6'), key("listen-file-key", '1'), key("save-file-key", '2'),
                    key("record-file-key", '3'), key("delete-file-key", '7'), key("urgent-key", '*'), key("previous-message-key", '4'),
                    key("next-message-key", '6'), key("repeat-message-key", '1'), key("skip-info-key", '*'), key("operator-key", '9'), key("vmain-key", '*'));
            VoicemailProfile profile = new VoicemailProfile(name, limits, keys, text("tone-spec", "%(1000,0,640)"), Text.syntax(text("operator-extension", "")),
                    Text.syntax(text("vmain-extension", "")), isTrue(text("allow-empty-password-auth", "false")));
            left.forEach(this::unknown);
            return profile;
        }

        private void unknown(String name, ConfigNode node) {
            problems.accept(UNSUPPORTED.contains(name)
                    ? ConfigProblem.unsupported(node.origin(), name + " of a voicemail profile is not supported; it changes nothing")
                    : ConfigProblem.warning(node.origin(), name + " is not known in a voicemail profile; it changes nothing"));
        }

        private String text(String name, String otherwise) {
            ConfigNode node = left.remove(name);
            return node == null ? otherwise : node.attribute("value", otherwise).trim();
        }

        private static boolean isTrue(String value) {
            return value.equalsIgnoreCase("true") || value.equalsIgnoreCase("yes") || value.equalsIgnoreCase("on") || value.equals("1");
        }

        private int number(String name, int otherwise, int min, int max) {
            ConfigNode node = left.get(name);
            String value = text(name, String.valueOf(otherwise));
            if (value.matches("[0-9]{1,9}") && Integer.parseInt(value) >= min && Integer.parseInt(value) <= max) {
                return Integer.parseInt(value);
            }
            wrong(node, name, value, "a number from " + min + " to " + max);
            return otherwise;
        }

        private char key(String name, char otherwise) {
            ConfigNode node = left.get(name);
            String value = text(name, String.valueOf(otherwise));
            if (value.length() == 1 && KEYS.indexOf(value.charAt(0)) >= 0) {
                return value.charAt(0);
            }
            wrong(node, name, value, "one of 0 to 9, * and #");
            return otherwise;
        }

        private void wrong(@org.jspecify.annotations.Nullable ConfigNode node, String name, String value, String expected) {
            if (node != null) {
                problems.accept(ConfigProblem.error(node.origin(), name + " is '" + value + "': write " + expected));
            }
        }
    }
}
