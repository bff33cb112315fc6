package io.jverto.verto.endpoint;

import io.jverto.switchboard.port.CallSignal;
import io.jverto.switchboard.port.MediaRules;
import io.jverto.verto.dispatch.Services;
import io.jverto.verto.outbound.Outbox;
import io.jverto.verto.present.Call;
import io.jverto.verto.present.KeptCall;
import io.jverto.verto.profile.VertoProfile;
import io.jverto.verto.session.Absent;
import io.jverto.verto.session.Session;
import io.jverto.wire.verto.VertoMessage.Direction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Calls of clients that outlive the server: whose they are, and how they wait after a new start, as after the loss of a connection
/// (verto-wire.md section 4.4). Thread-safe.
public final class Survivors {
    private final Services services;
    private final List<VertoProfile> profiles;

    /// @param profiles of the configuration
    public Survivors(Services services, List<VertoProfile> profiles) {
        this.services = services;
        this.profiles = List.copyOf(profiles);
    }

    /// @return whose calls there are; not those whose client wants none of it (`recoverCall`)
    public List<KeptCall> note() {
        Instant now = services.time().wallTime();
        long nanos = services.time().nanoTime();
        return services.calls().all().stream().filter(Call::recoverable).map(call -> {
            Session session = call.session();
            Optional<Instant> lost = services.calls().lostNanos(call).map(since -> now.minusNanos(nanos - since));
            return new KeptCall(call.id(), session.id(), session.identity(), session.profile().name(), lost);
        }).toList();
    }

    /// A call that waits for its client again.
    ///
    /// @param signal for its channel
    /// @param codecs of the client's profile
    /// @param rules of the client's profile
    public record Waiting(CallSignal signal, String codecs, MediaRules rules) {}

    /// Lets a call wait for its client. Before clients can connect; whoever gets one has its channel made.
    ///
    /// @param outbound whether the switch made the call
    /// @param lost since when its client has been gone
    /// @return empty when the profile is no longer there, or such a call is
    public Optional<Waiting> restore(KeptCall kept, boolean outbound, Instant lost) {
        Optional<VertoProfile> profile = profiles.stream().filter(one -> one.name().equals(kept.profile())).findFirst();
        return profile.flatMap(found -> {
            Session session = Absent.session(kept.session(), kept.identity(), found,
                    nobody -> new Outbox(nobody, services.ids(), services.counters(), services.frameLog()));
            Call call = new Call(kept.id(), session, outbound ? Direction.OUTBOUND : Direction.INBOUND, services.calls());
            Duration gone = Duration.between(lost, services.time().wallTime());
            boolean added = services.calls().addLost(call, services.time().nanoTime() - gone.toNanos());
            String codecs = outbound ? found.calls().outboundCodecs() : found.calls().inboundCodecs();
            return added ? Optional.of(new Waiting(call, codecs, found.media().rules())) : Optional.empty();
        });
    }

    /// The channel of a call that waits could not be made.
    public void forget(Waiting waiting) {
        if (waiting.signal() instanceof Call call) {
            services.calls().remove(call);
        }
    }
}
