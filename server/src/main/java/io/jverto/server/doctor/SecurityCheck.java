package io.jverto.server.doctor;

import io.jverto.base.Program;
import io.jverto.base.config.ConfigNode;
import io.jverto.base.net.Addresses;
import io.jverto.server.eventsocket.EventSocketConfig;
import io.jverto.server.finding.Finding;
import io.jverto.server.users.WeakPassword;
import io.jverto.sip.profile.ProfileConfig;
import io.jverto.verto.profile.VertoConfig;
import io.jverto.verto.profile.VertoProfile;
import io.jverto.verto.profile.VertoProfile.Bind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/// Every deviation from what is safe, and is so in the configuration that comes along (security.md section 4.4).
final class SecurityCheck {
    /// Numbers abroad, as they are dialled in Europe, in America, and by mobile telephones.
    private static final List<String> ABROAD = List.of("0044207946000", "01144207946000", "+44207946000");

    private final List<Finding> findings = new ArrayList<>();

    List<Finding> run(VertoConfig verto, Optional<EventSocketConfig> eventSocket, List<ProfileConfig> sip, ConfigNode directory, ConfigNode dialplan) {
        verto.profiles().forEach(this::profile);
        if (verto.iceServers().open() && !verto.iceServers().turn().isEmpty()) {
            warn("turn-in-config gives passwords for TURN to whoever opens /config.json", "strangers send through the TURN server on your account",
                    "take turn-in-config away: clients get them when they log in");
        }
        eventSocket.ifPresent(this::eventSocket);
        sip.forEach(this::sip);
        descendants(directory, "user").forEach(this::user);
        descendants(dialplan, "extension").forEach(this::extension);
        if (findings.isEmpty()) {
            findings.add(Finding.fine("security", "nothing deviates from what is safe"));
        }
        return findings;
    }

    private void profile(VertoProfile profile) {
        String name = "profile " + profile.name();
        if (!profile.auth().needed()) {
            fail(name + " lets everybody in without a login (userauth)", "strangers call wherever the dialplan lets calls go", "userauth=true");
        }
        if (profile.auth().blindRegistration()) {
            fail(name + " takes users whom nobody knows (blind-reg)", "strangers call wherever the dialplan lets calls go", "blind-reg=false");
        }
        if (!profile.auth().rootPassword().isEmpty()) {
            warn(name + " has a user root, who may do everything (root-password)", "whoever gets that password has the server", "take root-password away");
        }
        for (Bind bind : profile.binds()) {
            if (!bind.secure() && !bind.address().getAddress().isLoopbackAddress()) {
                warn(name + " listens without TLS on " + Addresses.text(bind.address()) + " (" + bind.origin() + ")",
                        "passwords and messages can be read on the way", "bind 127.0.0.1 for a proxy, or add secure=\"true\"");
            }
        }
    }

    private void eventSocket(EventSocketConfig config) {
        if (!config.address().getAddress().isLoopbackAddress()) {
            warn("the event socket listens on " + config.address().getAddress().getHostAddress(), "whoever has its password steers every call from another machine, unencrypted",
                    "listen-ip 127.0.0.1 in event_socket.conf.xml");
        }
        if (!config.password().isEmpty() && WeakPassword.is(config.password(), "")) {
            fail("the event socket has a password that everybody knows or guesses", "programs of others steer calls and read messages",
                    "take password away from event_socket.conf.xml: one is generated");
        }
    }

    private void sip(ProfileConfig profile) {
        if (!profile.access().challengeCalls() && profile.access().lists().isEmpty() && profile.context().equals("default")) {
            fail("SIP profile " + profile.name() + " takes calls of strangers into the context default (auth-calls)", "strangers call at your expense",
                    "auth-calls=true, or context public");
        }
    }

    private void user(ConfigNode user) {
        String id = user.attribute("id", "");
        params(user).filter(param -> param.attribute("name", "").equalsIgnoreCase("password"))
                .filter(param -> WeakPassword.is(param.attribute("value", ""), id))
                .findFirst()
                .ifPresent(param -> fail("the password of user " + id + " can be guessed (" + param.origin() + ")", "strangers log in as that user",
                        "give a longer one that is no number of his; " + Program.command("user hash") + " makes a hash to keep instead"));
    }

    /// A number abroad leads to a trunk, and nobody asks whether the caller may.
    private void extension(ConfigNode extension) {
        List<ConfigNode> conditions = extension.children("condition").toList();
        boolean asks = conditions.stream().anyMatch(condition -> condition.attribute("field", "").contains("toll_allow"));
        boolean trunk = conditions.stream().flatMap(condition -> condition.children("action"))
                .anyMatch(action -> action.attribute("application", "").equals("bridge") && action.attribute("data", "").contains("sofia/gateway/"));
        boolean abroad = conditions.stream().filter(condition -> condition.attribute("field", "").equals("destination_number"))
                .anyMatch(condition -> ABROAD.stream().anyMatch(number -> matches(condition.attribute("expression", ""), number)));
        if (trunk && abroad && !asks) {
            warn("extension " + extension.attribute("name", "") + " (" + extension.origin() + ") lets everybody call abroad",
                    "one stolen password costs as much as the trunk can dial", "add a condition on ${toll_allow}, and set that for who may");
        }
    }

    private static boolean matches(String expression, String number) {
        try {
            return Pattern.compile(expression).matcher(number).find();
        } catch (PatternSyntaxException told) {
            return false; // the configuration is complained of elsewhere
        }
    }

    private static Stream<ConfigNode> params(ConfigNode user) {
        return user.children("params").flatMap(node -> node.children("param"));
    }

    private static Stream<ConfigNode> descendants(ConfigNode node, String name) {
        return Stream.concat(node.name().equals(name) ? Stream.of(node) : Stream.empty(), node.children().stream().flatMap(child -> descendants(child, name)));
    }

    private void warn(String fact, String meaning, String remedy) {
        findings.add(Finding.warning("security", fact, meaning, remedy));
    }

    private void fail(String fact, String meaning, String remedy) {
        findings.add(Finding.error("security", fact, meaning, remedy));
    }
}
