package io.jverto.server.doctor;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.net.Addresses;
import io.jverto.base.net.NetworkList;
import io.jverto.base.time.TimeSource;
import io.jverto.medialoop.MediaConfig;
import io.jverto.server.certificate.CertificateCheck;
import io.jverto.server.certificate.CertificateNames;
import io.jverto.server.certificate.CertificateStore;
import io.jverto.server.eventsocket.EventSocketConfig;
import io.jverto.server.finding.Finding;
import io.jverto.server.startup.LocalNames;
import io.jverto.sip.profile.SofiaConfig;
import io.jverto.verto.profile.VertoConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// All that is looked at, in the order in which a caller would stumble over it.
///
/// @param running whether a server runs with this configuration
public record Examination(Place place, Config config, boolean running, SecureRandom random, TimeSource time) {
    /// Where the installation is.
    public record Place(Path conf, Path data, LocalNames names) {}

    /// What is configured.
    ///
    /// @param stun of `ext-rtp-ip`, looked up
    /// @param isPrivate addresses that the internet does not route
    public record Config(VertoConfig verto, MediaConfig media, Optional<InetSocketAddress> stun, NetworkList isPrivate, Optional<EventSocketConfig> eventSocket,
            SofiaConfig sip, ConfigNode directory, ConfigNode dialplan) {}

    /// Everything but the call.
    ///
    /// @param hosts by which clients come; empty for those of the certificate
    public List<Finding> look(List<String> hosts) {
        Instant now = time.wallTime();
        List<Finding> findings = new ArrayList<>(new SystemCheck(place.conf(), place.data(), now).run());
        List<CertificateStore> stores = config.verto().profiles().stream()
                .filter(profile -> profile.binds().stream().anyMatch(bind -> bind.secure()))
                .map(profile -> new CertificateStore(place.data().resolve("tls"), profile.tls()))
                .distinct()
                .filter(store -> !store.files().certificate().isEmpty() && !store.files().key().isEmpty())
                .toList();
        findings.addAll(new NameCheck(place.names()).run(hosts.isEmpty() ? stores.stream().flatMap(store -> namesIn(store).stream()).toList() : hosts));
        for (CertificateStore store : stores) {
            if (!running && !java.nio.file.Files.exists(store.certificate())) {
                findings.add(Finding.fine("certificate", "there is none yet; the first start makes one that vouches for itself"));
            } else {
                findings.addAll(new CertificateCheck(store, now).run(hosts));
            }
        }
        findings.addAll(new ListenerCheck(running).run(config.verto().profiles()));
        findings.addAll(new MediaCheck(config.media(), config.stun(), running, random).run(config.verto().profiles(), config.isPrivate()));
        return findings;
    }

    /// What is less safe than it could be.
    public List<Finding> security() {
        List<Finding> findings = new ArrayList<>(new SecurityCheck().run(
                config.verto(), config.eventSocket(), config.sip().profiles(), config.directory(), config.dialplan()));
        findings.addAll(new SystemCheck(place.conf(), place.data(), time.wallTime()).run().stream().filter(finding -> finding.subject().equals("files")).toList());
        return findings;
    }

    /// A call to a number that echoes.
    ///
    /// @param listener where the server listens
    /// @param login user and password; empty texts where nobody logs in
    public List<Finding> call(InetSocketAddress listener, boolean secure, List<String> login, String number) {
        return call(listener, secure, login, number, "jverto doctor");
    }

    /// @param name by which it is known in the server
    public List<Finding> call(InetSocketAddress listener, boolean secure, List<String> login, String number, String name) {
        InetSocketAddress at = ListenerCheck.reachable(listener);
        URI url = URI.create((secure ? "wss://" : "ws://") + Addresses.text(at) + "/");
        InetAddress sound = config.media().rtpIps().getFirst();
        InetAddress reached = sound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : sound;
        return new SelfCall(new SelfCall.Caller(url, login.getFirst(), login.getLast(), number, reached, name), random, time).run();
    }

    private static List<String> namesIn(CertificateStore store) {
        try {
            return store.read().map(own -> CertificateNames.of(own.own()).hosts()).orElse(List.of());
        } catch (IOException told) {
            return List.of(); // by the check of the certificate
        }
    }
}
