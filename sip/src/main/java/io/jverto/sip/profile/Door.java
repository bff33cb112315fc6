package io.jverto.sip.profile;

import io.jverto.sip.dialog.CallId;
import io.jverto.sip.digest.DigestServer;
import io.jverto.sip.message.SipEncoder;
import io.jverto.sip.message.SipMessage;
import io.jverto.sip.message.SipMethod;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipResponse;
import io.jverto.sip.message.SipUri;
import io.jverto.sip.registrar.Admission;
import io.jverto.sip.registrar.Admission.Verdict;
import io.jverto.sip.registrar.RegistrarCounter;
import io.jverto.sip.transaction.Hop;
import io.jverto.sip.transaction.ServerId;
import io.jverto.switchboard.directory.DirectoryUser;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// Who comes in. What nobody vouches for is answered without a transaction, so that a flood of it fills nothing; who claims to be a user is looked up
/// in a thread of his own, for the directory may wait. Belongs to the SIP thread.
/// Limits: [#LOOKUPS] at a time.
final class Door {
    private static final int LOOKUPS = 200;
    /// Requests of a call, which are known by their dialog, and the acknowledgements of refusals.
    private static final Set<String> OF_DIALOGS = Set.of("ACK", "CANCEL", "BYE", "PRACK", "UPDATE", "INFO");

    private final Profile profile;
    private final Admission admission;
    private final CallOwner owner;
    private final Services services;
    /// Counted down by the threads that look up.
    private final AtomicInteger lookups = new AtomicInteger();

    Door(Profile profile, DigestServer digest, CallOwner owner, Services services) {
        this.profile = profile;
        this.admission = new Admission(
                profile.config().registrar(), profile.name(), digest, profile.throttle(), services.registrations()::isAt, profile::isOwn, profile.counts().registrar());
        this.owner = owner;
        this.services = services;
    }

    /// Before there is a transaction.
    ///
    /// @return false when the request is answered or dropped
    boolean admits(long nowNanos, SipMessage message, Hop from) {
        if (!(message instanceof SipRequest request) || OF_DIALOGS.contains(request.method().name()) || isWithinDialog(request)) {
            return true;
        }
        boolean trusted = caller(request, from).isPresent();
        if (!trusted && !admission.mayCome(nowNanos, request, from)) {
            return false;
        }
        return switch (request.method().name()) {
            case "OPTIONS" -> answer(request, from, services.options(request));
            case "INVITE" -> trusted || mayProve(request, from) && looksWell(nowNanos, request, from);
            default -> looksWell(nowNanos, request, from);
        };
    }

    private boolean mayProve(SipRequest invite, Hop from) {
        return !(access(from) instanceof AccessConfig.Verdict.Refused) || answer(invite, from, invite.reply(403));
    }

    private static boolean isWithinDialog(SipRequest request) {
        return request.envelope().to().tag().isPresent() && !request.is(SipMethod.REGISTER);
    }

    private boolean looksWell(long nowNanos, SipRequest request, Hop from) {
        return switch (admission.look(nowNanos, request, from)) {
            case Verdict.Answered(SipResponse response) -> answer(request, from, response);
            case Verdict.LookUp _, Verdict.Admitted _ -> true;
        };
    }

    private boolean answer(SipRequest request, Hop from, SipResponse response) {
        // RFC 3261 section 8.2.7: no state, but the same tag for a request that comes again.
        SipResponse whole = response.withEnvelope(from.stamp(response.envelope())).withToTag(Integer.toHexString(request.envelope().callId().hashCode()));
        profile.send(from.back(whole.envelope().topVia()), SipEncoder.encode(whole.withHeaders(profile.stamp(whole.headers()))));
        return false;
    }

    /// A call that was let in.
    void onInvite(CallId call, SipRequest invite, Hop from) {
        Optional<Caller> caller = caller(invite, from);
        if (caller.isPresent()) {
            owner.incoming(call, invite, from, caller.get());
            return;
        }
        lookUp(invite, from, new After() {
            @Override
            public void admitted(DirectoryUser user) {
                owner.incoming(call, invite, from, new Caller.User(user));
            }

            @Override
            public void refused(SipResponse response) {
                profile.output().forget(call);
                profile.run((nowNanos, agent, out) -> agent.hangUp(nowNanos, call, response.status(), response.headers(), out));
            }
        });
    }

    /// Another request outside of calls that was let in.
    void onRequest(ServerId id, SipRequest request, Hop from) {
        if (isWithinDialog(request)) {
            respond(id, services.onInDialog(request, from));
            return;
        }
        lookUp(request, from, new After() {
            @Override
            public void admitted(DirectoryUser user) {
                respond(id, services.onRequest(request, from, user));
            }

            @Override
            public void refused(SipResponse response) {
                respond(id, response);
            }
        });
    }

    private void respond(ServerId id, SipResponse response) {
        profile.run((nowNanos, agent, out) -> {
            agent.respond(nowNanos, id, response.withHeaders(agent.stamp(response.headers())), out);
            services.afterResponse(nowNanos);
        });
    }

    /// Who needs not prove who he is: a gateway, somebody at an address that is trusted, or everybody.
    private Optional<Caller> caller(SipRequest invite, Hop from) {
        if (!invite.is(SipMethod.INVITE)) {
            return Optional.empty();
        }
        Optional<GatewayLine> gateway = gateway(invite, from);
        if (gateway.isPresent()) {
            return Optional.of(new Caller.OfGateway(gateway.get()));
        }
        return access(from) instanceof AccessConfig.Verdict.Enters(Caller caller) ? Optional.of(caller) : Optional.empty();
    }

    private AccessConfig.Verdict access(Hop from) {
        return profile.config().access().of(from.remote().getAddress());
    }

    /// The gateway that is named by the Contact that we registered, or the one that is at the caller's address. Where callers have to prove who
    /// they are, a name proves nothing.
    private Optional<GatewayLine> gateway(SipRequest invite, Hop from) {
        Optional<GatewayLine> named = invite.uri() instanceof SipUri uri
                ? uri.params().get("gw").or(() -> Optional.of(uri.userText()).filter(user -> user.startsWith("gw+")).map(user -> user.substring(3)))
                        .flatMap(profile::gateway)
                : Optional.empty();
        boolean open = !profile.config().access().challengeCalls();
        return named.filter(line -> open || line.isAt(from.remote().getAddress()))
                .or(() -> profile.gateways().stream().filter(line -> line.isAt(from.remote().getAddress())).findFirst());
    }

    /// What follows when a user was looked up; in the SIP thread.
    private interface After {
        void admitted(DirectoryUser user);

        void refused(SipResponse response);
    }

    private void lookUp(SipRequest request, Hop from, After after) {
        Verdict first = admission.look(profile.world().time().nanoTime(), request, from);
        if (first instanceof Verdict.Answered(SipResponse response)) {
            after.refused(response);
        } else if (first instanceof Verdict.LookUp asked) {
            if (lookups.get() >= LOOKUPS) {
                profile.counts().registrar().increment(RegistrarCounter.BUSY);
                after.refused(request.reply(503).withHeader("Retry-After", "5"));
                return;
            }
            lookups.incrementAndGet();
            profile.world().time().start("sip-user-" + profile.name(), () -> {
                Optional<DirectoryUser> user = profile.world().directory().get().find(asked.user());
                lookups.decrementAndGet();
                profile.run((nowNanos, _, _) -> conclude(admission.check(nowNanos, request, from, asked, user), after));
            });
        }
    }

    private static void conclude(Verdict verdict, After after) {
        switch (verdict) {
            case Verdict.Admitted(DirectoryUser user) -> after.admitted(user);
            case Verdict.Answered(SipResponse response) -> after.refused(response);
            case Verdict.LookUp _ -> throw new io.jverto.base.Broken("a check has a result");
        }
    }
}
