package io.jverto.server;

import io.jverto.base.config.ConfigNode.Origin;
import io.jverto.base.config.ConfigProblem;
import io.jverto.base.net.NetworkLists;
import io.jverto.medialoop.MediaConfig;
import io.jverto.server.config.SwitchConfig;
import io.jverto.verto.profile.VertoProfile;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Where media is received and what is advertised, out of the profiles that ask for it.
final class MediaSettings {
    private MediaSettings() {}

    static MediaConfig of(
            SwitchConfig limits, List<VertoProfile> profiles, NetworkLists networks, Origin origin, Consumer<ConfigProblem> problems) {
        List<InetAddress> ips = new ArrayList<>();
        Optional<InetAddress> external = Optional.empty();
        for (VertoProfile profile : profiles) {
            profile.media().rtpIps().stream().map(InetAddress::ofLiteral).filter(ip -> !ips.contains(ip)).forEach(ips::add);
            for (String text : profile.media().externalIps()) {
                Optional<InetAddress> first = external;
                external = StunServer.is(text) ? first : first.or(() -> external(text, profile, origin, problems));
            }
        }
        if (ips.isEmpty() && !profiles.isEmpty()) {
            problems.accept(ConfigProblem.error(origin, "no profile has an rtp-ip; give one, for instance $${local_ip_v4}"));
        }
        String local = profiles.isEmpty() ? "localnet.auto" : profiles.getFirst().media().localNetwork();
        return new MediaConfig(
                ips, external, localNetwork(local, networks, origin, problems), limits.rtpStartPort(), limits.rtpEndPort(), MediaConfig.defaultLoops(), limits.iceTcp());
    }

    /// @return where the external address is asked for, when a profile names no other
    static Optional<StunServer> stun(List<VertoProfile> profiles) {
        return profiles.stream().flatMap(profile -> profile.media().externalIps().stream()).findFirst().filter(StunServer::is).map(StunServer::of);
    }

    private static Predicate<InetAddress> localNetwork(
            String name, NetworkLists networks, Origin origin, Consumer<ConfigProblem> problems) {
        return networks.find(name).orElseGet(() -> {
            problems.accept(ConfigProblem.unsupported(origin, "there is no network list '" + name + "'; localnet.auto is taken"));
            return networks.find("localnet.auto").orElseThrow();
        });
    }

    private static Optional<InetAddress> external(String text, VertoProfile profile, Origin origin, Consumer<ConfigProblem> problems) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException noLiteral) {
            problems.accept(ConfigProblem.error(
                    origin, "ext-rtp-ip '" + text + "' of profile " + profile.name() + " is not an IP address; write one, or stun:host:port to have it found"));
            return Optional.empty();
        }
    }
}
