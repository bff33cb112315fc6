package io.jverto.server;

import io.jverto.base.time.TimeSource;
import io.jverto.server.startup.CannotStart;
import io.jverto.server.startup.SipCertificates;
import io.jverto.sip.command.SipCommands;
import io.jverto.sip.locate.CachedDns;
import io.jverto.sip.locate.Locator;
import io.jverto.sip.locate.SystemDns;
import io.jverto.sip.profile.CallOwner;
import io.jverto.sip.profile.CannotListen;
import io.jverto.sip.profile.RealNetwork;
import io.jverto.sip.profile.SipCounts;
import io.jverto.sip.profile.SipProfiles;
import io.jverto.sip.profile.SipWorld;
import io.jverto.switchboard.command.Commands;
import io.jverto.switchboard.event.CoreEvents;
import io.jverto.switchboard.message.MessageRoutes;
import io.jverto.switchboard.port.MessageDesk;
import io.jverto.switchboard.port.UserId;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Joins the SIP edge with the rest of the server.
final class SipEdge {
    private SipEdge() {}

    /// Opens nothing.
    ///
    /// @param other in place of this machine's network
    static SipProfiles of(LiveConfiguration live, TimeSource time, RandomGenerator random, CoreEvents core, Messages messages, CallOwner.Factory owners,
            Optional<SipWorld.Network> other) {
        Map<String, String> globals = live.current().routing().globals();
        InetAddress local = InetAddress.ofLiteral(globals.getOrDefault("local_ip_v4", "127.0.0.1"));
        SipCertificates certificates = new SipCertificates(Path.of(globals.getOrDefault("certs_dir", "")));
        SipCounts counts = SipCounts.create();
        SipWorld.Network network = other.orElseGet(() -> new RealNetwork(
                time, local, counts.transport(), listen -> certificates.context(
                listen.certificates(), listen.tls() || !listen.secureWebsockets().isEmpty()),
                new Locator(new CachedDns(new SystemDns("dns:"), time), random)));
        SipWorld world = new SipWorld(time, random, core, () -> live.current().routing().directory(), messages.desk(), messages.waiting(), messages.browsers(), local, network);
        SipProfiles profiles = new SipProfiles(() -> live.current().sip(), world, owners, counts);
        messages.routes().devices(profiles);
        return profiles;
    }

    /// Messages of all kinds.
    ///
    /// @param waiting what MESSAGE_WAITING says of a mailbox
    /// @param browsers whether a user has a Verto client here
    record Messages(MessageRoutes routes, MessageDesk desk, Function<UserId, Optional<Map<String, String>>> waiting, Predicate<UserId> browsers) {}

    static void commands(Commands commands, SipProfiles profiles, Supplier<String> reload) {
        SipCommands.of(profiles, reload).forEach(commands::add);
    }

    /// @throws CannotStart when a socket is in use; no profile is open then
    static void open(SipProfiles profiles) {
        try {
            profiles.open();
        } catch (CannotListen inUse) {
            throw new CannotStart(
                    inUse.getMessage() + "\nStop what uses the port, or choose another: sip-port and tls-sip-port of the profile in sofia.conf.", inUse);
        }
    }
}
