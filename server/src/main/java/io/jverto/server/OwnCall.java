package io.jverto.server;

import io.jverto.base.time.TimeSource;
import io.jverto.server.doctor.Examination;
import io.jverto.server.finding.Finding;
import io.jverto.server.metrics.MetricsConfig;
import io.jverto.verto.profile.VertoProfile;
import io.jverto.verto.profile.VertoProfile.Bind;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The doctor's call, made by the server that it goes to. Blocks until it is over, a minute at most.
final class OwnCall {
    private static final String NAME = "jverto self-call";

    private final Configuration configuration;
    private final MetricsConfig.SelfCall plan;
    private final Optional<String> password;
    private final Examination examination;

    /// @param password of [SelfCallUser]
    OwnCall(Configuration configuration, MetricsConfig.SelfCall plan, Optional<String> password, Examination.Place place, SecureRandom random, TimeSource time) {
        this.configuration = configuration;
        this.plan = plan;
        this.password = password;
        this.examination = new Examination(place, Doctor.examined(configuration), true, random, time);
    }

    /// @param listeners where clients can connect, in the order of the configuration
    /// @return why it failed; empty when it was answered and heard
    Optional<String> make(List<InetSocketAddress> listeners) {
        VertoProfile profile = Doctor.profile(configuration);
        Bind bind = Doctor.bind(profile);
        int index = configuration.verto().profiles().stream().flatMap(one -> one.binds().stream()).toList().indexOf(bind);
        List<Finding> findings = examination.call(listeners.get(index), bind.secure(), login(profile), plan.number(), NAME);
        return Optional.of(findings.stream().filter(finding -> finding.level() != Finding.Level.FINE).map(Finding::fact).collect(Collectors.joining("; ")))
                .filter(why -> !why.isEmpty());
    }

    private List<String> login(VertoProfile profile) {
        if (!profile.auth().needed() || password.isEmpty()) {
            return List.of("", "");
        }
        String forced = profile.auth().forceDomain();
        String domain = forced.isEmpty() ? configuration.routing().directory().defaultDomain().orElse("localhost") : forced;
        return List.of(SelfCallUser.NAME + "@" + domain, password.get());
    }
}
