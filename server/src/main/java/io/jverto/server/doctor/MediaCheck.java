package io.jverto.server.doctor;

import io.jverto.media.codec.AudioCodecs;
import io.jverto.media.plan.CandidateAcl;
import io.jverto.medialoop.MediaConfig;
import io.jverto.medialoop.StunQuery;
import io.jverto.server.finding.Finding;
import io.jverto.switchboard.negotiate.CodecPreferences;
import io.jverto.verto.profile.VertoProfile;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/// Where sound goes: addresses, ports, routers between, codecs.
final class MediaCheck {
    private final MediaConfig media;
    private final Optional<InetSocketAddress> stun;
    private final boolean running;
    private final RandomGenerator random;

    /// @param stun of `ext-rtp-ip`; unresolved when its name cannot be looked up
    MediaCheck(MediaConfig media, Optional<InetSocketAddress> stun, boolean running, RandomGenerator random) {
        this.media = media;
        this.stun = stun;
        this.running = running;
        this.random = random;
    }

    /// @param isPrivate addresses that the internet does not route
    List<Finding> run(List<VertoProfile> profiles, Predicate<InetAddress> isPrivate) {
        List<Finding> findings = new ArrayList<>();
        media.rtpIps().forEach(ip -> findings.add(running ? answers(ip) : free(ip)));
        findings.add(outside(isPrivate));
        profiles.forEach(profile -> findings.add(candidates(profile)));
        profiles.forEach(profile -> findings.add(codecs(profile)));
        findings.add(AudioCodecs.opusIsNative()
                ? Finding.fine("opus", AudioCodecs.opusImplementation())
                : Finding.warning("opus", "Opus runs in " + AudioCodecs.opusImplementation(), "fewer calls and smaller rooms fit on this machine",
                        "start the server on Linux x86-64 or aarch64 with a file system that lets libraries be loaded (java.io.tmpdir not noexec)"));
        return findings;
    }

    private Finding free(InetAddress ip) {
        for (int port = media.firstPort() + (media.firstPort() & 1); port <= media.lastPort(); port += 2) {
            try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(ip, port))) {
                return Finding.fine("media ports", "UDP port " + socket.getLocalPort() + " of " + ip.getHostAddress() + " is free");
            } catch (IOException taken) {
                if (String.valueOf(taken.getMessage()).contains("assign")) {
                    return Finding.error("media ports", "rtp-ip " + ip.getHostAddress() + " is no address of this machine", "the server does not start",
                            "write one that is (ip addr shows them), or $${local_ip_v4}");
                }
            }
        }
        return Finding.error("media ports", "no even UDP port from " + media.firstPort() + " to " + media.lastPort() + " of " + ip.getHostAddress() + " is free",
                "the server does not start", "widen rtp-start-port to rtp-end-port in switch.conf.xml");
    }

    /// The ports of a server that runs answer STUN; which of the first ones it has is not known here.
    private Finding answers(InetAddress ip) {
        int first = media.firstPort() + (media.firstPort() & 1);
        InetAddress from = ip.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : ip;
        try {
            return StunQuery.ask(from, new InetSocketAddress(from, first), random).isPresent()
                    ? Finding.fine("media ports", "UDP port " + first + " of " + from.getHostAddress() + " answers STUN")
                    : silent(from, first, "it does not answer");
        } catch (IOException unreachable) {
            return silent(from, first, String.valueOf(unreachable.getMessage()));
        }
    }

    private static Finding silent(InetAddress ip, int port, String why) {
        return Finding.warning("media ports", "UDP port " + port + " of " + ip.getHostAddress() + " does not answer STUN: " + why,
                "if no other port is in use, calls have no sound", "does a firewall of this machine drop UDP? Did the server start before the configuration changed?");
    }

    private Finding outside(Predicate<InetAddress> isPrivate) {
        if (stun.isPresent()) {
            return byStun(stun.get());
        }
        if (media.extRtpIp().isPresent()) {
            String external = media.extRtpIp().get().getHostAddress();
            return isPrivate.test(media.extRtpIp().get())
                    ? Finding.warning("nat", "ext-rtp-ip " + external + " is a private address", "callers on the internet have no sound",
                            "write the router's public address, or stun:host:port")
                    : Finding.fine("nat", "callers outside are told ext-rtp-ip " + external + "; the router must pass on " + ports());
        }
        boolean all = media.rtpIps().stream().allMatch(ip -> isPrivate.test(ip) || ip.isLoopbackAddress());
        if (media.rtpIps().stream().allMatch(InetAddress::isLoopbackAddress)) {
            return Finding.warning("nat", "sound is received on loopback alone", "callers on other machines have no sound", "set rtp_ip in vars.xml");
        }
        return all
                ? Finding.warning("nat", "rtp-ip is private and there is no ext-rtp-ip",
                        "callers on the internet have no sound; those of this network do",
                        "if there are any, let the router pass on " + ports() + " and set ext-rtp-ip to its address or to stun:host:port")
                : Finding.fine("nat", "rtp-ip is an address that the internet routes; " + ports() + " must be open");
    }

    private Finding byStun(InetSocketAddress server) {
        String name = "stun:" + server.getHostString() + ":" + server.getPort();
        String means = "callers outside are told rtp-ip, and have no sound behind a router";
        if (server.isUnresolved()) {
            return Finding.error("nat", "the name of " + name + " (ext-rtp-ip) cannot be looked up", means, "write another STUN server, or the address itself");
        }
        try {
            return StunQuery.ask(media.rtpIps().getFirst(), server, random)
                    .map(seen -> Finding.fine("nat", name + " sees this machine as " + seen.getAddress().getHostAddress() + "; the router must pass on " + ports()))
                    .orElseGet(() -> Finding.error("nat", name + " (ext-rtp-ip) does not answer", means, "write another STUN server, or the address itself"));
        } catch (IOException unreachable) {
            return Finding.error("nat", name + " (ext-rtp-ip) cannot be reached: " + unreachable.getMessage(), means, "write another STUN server, or the address itself");
        }
    }

    private String ports() {
        int first = media.firstPort() + (media.firstPort() & 1);
        return (media.iceTcp() ? "UDP and TCP " : "UDP ") + first + " to " + (first + 2 * (Math.max(media.loops(), media.rtpIps().size()) - 1));
    }

    private static Finding candidates(VertoProfile profile) {
        CandidateAcl acl = profile.media().rules().candidates();
        return acl.equals(CandidateAcl.ANY)
                ? Finding.fine("acl", "profile " + profile.name() + " checks whatever address a client has")
                : Finding.fine("acl", "profile " + profile.name() + " checks only addresses that one of " + acl.lists().size() + " apply-candidate-acl lets in");
    }

    private static Finding codecs(VertoProfile profile) {
        String written = profile.calls().inboundCodecs();
        List<String> known = CodecPreferences.decode(written).items().stream().map(one -> one.codec().name().toLowerCase(Locale.ROOT)).distinct().toList();
        if (known.isEmpty()) {
            return Finding.error("codecs", "profile " + profile.name() + " takes none of the codecs that are there: " + written, "every call ends with INCOMPATIBLE_DESTINATION",
                    "write some of opus, g722, pcmu, pcma into inbound-codec-string");
        }
        return known.contains("opus")
                ? Finding.fine("codecs", "profile " + profile.name() + " takes " + String.join(", ", known))
                : Finding.warning("codecs", "profile " + profile.name() + " does not take opus", "calls of browsers sound like old telephones", "add opus to inbound-codec-string");
    }
}
