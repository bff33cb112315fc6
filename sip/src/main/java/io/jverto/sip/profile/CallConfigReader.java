package io.jverto.sip.profile;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import io.jverto.base.net.Network;
import io.jverto.base.net.NetworkList;
import io.jverto.sip.gateway.SofiaParams;
import io.jverto.sip.profile.CallConfig.IdentityHeader;
import io.jverto.switchboard.negotiate.CodecPreferences;
import io.jverto.switchboard.port.DirectMedia;
import io.jverto.switchboard.port.MediaRules;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Reads what a profile says of its calls. What is wrong is told with file and line, and the default is taken.
final class CallConfigReader {
    static final Set<String> USED = Set.of(
            "rtp-ip", "ext-rtp-ip", "inbound-codec-prefs", "outbound-codec-prefs", "codec-prefs", "rtp-timeout-sec", "rtp-hold-timeout-sec",
            "disable-rtp-auto-adjust", "suppress-cng", "require-secure-rtp", "caller-id-type", "enable-3pcc", "disable-transfer", "disable-hold", "manual-redirect");
    private static final List<String> CODEC_LISTS = List.of("codec-prefs", "inbound-codec-prefs", "outbound-codec-prefs");
    private static final String CODECS = "opus,g722,pcmu,pcma";
    private static final int DAY = 86_400;
    private static final int SILENCE = 300;
    private static final int HELD_SILENCE = 1_800;

    private final SofiaParams params;
    private final NetworkList localNetwork;
    private final Consumer<ConfigProblem> problems;

    CallConfigReader(SofiaParams params, NetworkList localNetwork, Consumer<ConfigProblem> problems) {
        this.params = params;
        this.localNetwork = localNetwork;
        this.problems = problems;
    }

    CallConfig read() {
        for (String list : CODEC_LISTS) {
            params.node(list).ifPresent(param -> CodecPreferences.problems(param, params.text(list, "")).forEach(problems));
        }
        String both = params.text("codec-prefs", CODECS);
        String inbound = params.text("inbound-codec-prefs", both);
        return new CallConfig(
                inbound,
                params.text("outbound-codec-prefs", params.text("codec-prefs", inbound)),
                MediaRules.DEFAULT.withDirect(Optional.of(media())),
                identity(),
                !params.text("enable-3pcc", "false").equalsIgnoreCase("false"),
                !params.flag("disable-transfer", false),
                !params.flag("disable-hold", false),
                !params.flag("manual-redirect", false));
    }

    private DirectMedia media() {
        boolean secure = params.flag("require-secure-rtp", false);
        return DirectMedia.DEFAULT
                .at(address("rtp-ip"), address("ext-rtp-ip"), localNetwork)
                .ending(params.number("rtp-timeout-sec", SILENCE, 0, DAY), params.number("rtp-hold-timeout-sec", HELD_SILENCE, 0, DAY))
                .learning(!params.flag("disable-rtp-auto-adjust", false))
                .noise(noise())
                .encrypted(secure ? "mandatory" : "");
    }

    /// DEVIATION sip-26: who offers comfort noise invites others to send nothing, so that is for whoever wants it.
    private Optional<Boolean> noise() {
        return params.node("suppress-cng").map(_ -> !params.flag("suppress-cng", false));
    }

    /// What is no address stands for our own: names and STUN servers are not asked.
    private Optional<InetAddress> address(String param) {
        Optional<String> written = params.text(param).filter(text -> !text.equals("auto"));
        Optional<InetAddress> address = written.flatMap(Network::address);
        if (written.isPresent() && address.isEmpty()) {
            params.node(param).map(ConfigNode::origin).ifPresent(origin -> problems.accept(ConfigProblem.unsupported(
                    origin, param + " '" + written.get() + "' is no IP address; the server's own is taken, nothing is looked up")));
        }
        return address;
    }

    private IdentityHeader identity() {
        String written = params.text("caller-id-type", "rpid");
        return switch (written) {
            case "rpid" -> IdentityHeader.RPID;
            case "pid" -> IdentityHeader.PID;
            case "none" -> IdentityHeader.NONE;
            default -> {
                params.node("caller-id-type").ifPresent(node -> problems.accept(
                        ConfigProblem.error(node.origin(), "caller-id-type must be rpid, pid or none, not '" + written + "'")));
                yield IdentityHeader.RPID;
            }
        };
    }
}
