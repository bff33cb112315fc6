package io.jverto.verto.profile;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.net.NetworkList;
import io.jverto.switchboard.port.MediaRules;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/// One profile: where clients connect, who may log in, where their calls go.
///
/// @param binds at least one
public record VertoProfile(
        String name, List<Bind> binds, TlsFiles tls, Access access, Auth auth, Calls calls, Media media, Extras extras) {
    public VertoProfile {
        binds = List.copyOf(binds);
    }

    /// A listener.
    ///
    /// @param secure over TLS
    /// @param proxied for `trusted-proxies` alone, who name their client by a PROXY header first
    public record Bind(InetSocketAddress address, boolean secure, boolean proxied, ConfigNode.Origin origin) {}

    /// PEM files; empty texts when not configured. A combined file stands in all three places.
    public record TlsFiles(String certificate, String key, String chain) {}

    /// Who may connect.
    ///
    /// @param networks `apply-connection-acl`: each must let the address in
    /// @param origins `allowed-origins`
    /// @param proxies `trusted-proxies`: whose `X-Forwarded-For`, and whose PROXY header, is believed
    public record Access(List<NetworkList> networks, Origins origins, List<NetworkList> proxies) {
        /// Everybody.
        public static final Access OPEN = new Access(List.of(), Origins.ANY, List.of());

        public Access {
            networks = List.copyOf(networks);
            proxies = List.copyOf(proxies);
        }

        public boolean isProxy(InetAddress address) {
            return proxies.stream().anyMatch(list -> list.test(address));
        }

        public boolean allows(InetAddress address) {
            return networks.stream().allMatch(list -> list.test(address));
        }
    }

    /// Who may log in.
    ///
    /// @param userAuth `userauth` as written, empty when not set
    /// @param rootPassword enables the user `root`; empty for none
    /// @param blindRegistration accept users that the directory does not know
    /// @param chopDomain split `user@domain`
    /// @param forceDomain domain of all logins; empty for the client's
    /// @param sendPassword tell the directory the password that was typed
    public record Auth(
            String userAuth, String rootPassword, boolean blindRegistration, boolean chopDomain, String forceDomain, boolean sendPassword) {
        /// @return whether a client must log in at all
        public boolean needed() {
            return !userAuth.isEmpty() || !rootPassword.isEmpty();
        }

        /// Never shows the password.
        @Override
        public String toString() {
            return "Auth[needed=" + needed() + "]";
        }
    }

    /// Where calls go.
    ///
    /// @param inboundCodecs accepted in offers of clients, best first
    /// @param outboundCodecs offered to clients, best first
    public record Calls(String context, String dialplan, String inboundCodecs, String outboundCodecs) {}

    /// For the media loops.
    ///
    /// @param rtpIps local addresses
    /// @param externalIps addresses to advertise, as written
    /// @param rules for each call
    public record Media(List<String> rtpIps, List<String> externalIps, String localNetwork, MediaRules rules) {
        public Media {
            rtpIps = List.copyOf(rtpIps);
            externalIps = List.copyOf(externalIps);
        }
    }

    /// What else a profile may do.
    ///
    /// @param text `enable-text`: real-time text
    /// @param debug as that of [VertoConfig], for this profile's connections
    /// @param vhosts at most one: the folder that is served instead of the page
    /// @param contacts `jverto-contacts`: whether clients are told who else is in their domain
    /// @param deflate `permessage-deflate`: whether messages are compressed for clients that offer it
    /// @param http2 `http2`: whether browsers may fetch the page by HTTP/2
    public record Extras(boolean text, int debug, boolean contacts, boolean deflate, boolean http2, Multicast multicast, List<Vhost> vhosts) {
        /// Nothing.
        public static final Extras NONE = new Extras(false, 0, false, false, true, new Multicast.None(), List.of());

        public Extras {
            vhosts = List.copyOf(vhosts);
        }
    }

    /// Whether broadcasts go to other servers of this machine, and theirs come here.
    public sealed interface Multicast {
        /// They do not.
        record None() implements Multicast {}

        /// They do.
        ///
        /// @param address a group's (RFC 5771)
        /// @param port where others are heard; the one above it is spoken on
        record Group(InetAddress address, int port, ConfigNode.Origin origin) implements Multicast {}
    }
}
