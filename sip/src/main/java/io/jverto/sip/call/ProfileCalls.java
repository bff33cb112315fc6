package io.jverto.sip.call;

import io.jverto.base.id.Tokens;
import io.jverto.sip.dialog.CallEnd;
import io.jverto.sip.dialog.CallId;
import io.jverto.sip.dialog.ReferId;
import io.jverto.sip.dialog.Replaces;
import io.jverto.sip.message.Body;
import io.jverto.sip.message.Headers;
import io.jverto.sip.message.NameAddr;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipResponse;
import io.jverto.sip.profile.CallOwner;
import io.jverto.sip.profile.Caller;
import io.jverto.sip.profile.GatewayLine;
import io.jverto.sip.profile.Profile;
import io.jverto.sip.transaction.Hop;
import io.jverto.switchboard.directory.DirectoryUser;
import io.jverto.switchboard.port.CallControl.Admission;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.IncomingCall;
import io.jverto.switchboard.port.UserId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The calls of one profile; what the user agent tells of each goes to its [SipLeg]. Belongs to the profile's SIP thread.
final class ProfileCalls implements CallOwner {
    private final SipCalls calls;
    private final Profile profile;
    private final Map<CallId, SipLeg> legs = new HashMap<>();

    ProfileCalls(SipCalls calls, Profile profile) {
        this.calls = calls;
        this.profile = profile;
    }

    void add(CallId call, SipLeg leg) {
        legs.put(call, leg);
    }

    @Override
    public void incoming(CallId call, SipRequest invite, Hop from, Caller caller) {
        if (!invite.hasSdp() && !profile.config().calls().withoutOffer()) {
            calls.count(SipCallCounter.NO_OFFER);
            refuse(call, Cause.MANDATORY_IE_MISSING);
            return;
        }
        Optional<Replaces> replaces = invite.headers().first(Replaces.HEADER).flatMap(Replaces::parse);
        if (replaces.isPresent()) {
            replace(call, invite, from, caller, replaces.get());
        } else {
            admit(call, invite, from, caller, calls.control()::admit);
        }
    }

    /// RFC 3891 section 3.
    private void replace(CallId call, SipRequest invite, Hop from, Caller caller, Replaces replaces) {
        Optional<Replaces.Found> found = profile.find(replaces);
        Optional<SipLeg> leg = found.map(Replaces.Found::call).flatMap(this::leg);
        int status = found.map(one -> switch (one.state()) {
            case OVER -> 603;
            case WAITS -> 481;
            case ANSWERED -> replaces.earlyOnly() ? 486 : 0;
            case RINGS -> 0;
        }).orElse(481);
        if (status == 0 && (leg.isEmpty() || !mayReplace(caller, from, leg.get()))) {
            status = 403;
        }
        if (status > 0) {
            calls.count(SipCallCounter.REPLACES_UNKNOWN);
            int refusal = status;
            profile.run((nowNanos, agent, out) -> agent.hangUp(nowNanos, call, refusal, Headers.NONE, out));
            return;
        }
        ChannelId replaced = leg.orElseThrow().id();
        admit(call, invite, from, caller, wanted -> calls.control().admit(wanted, replaced));
    }

    /// Who knows a call by its name and both tags is not yet somebody who may have it.
    private static boolean mayReplace(Caller caller, Hop from, SipLeg leg) {
        return switch (caller) {
            case Caller.User(DirectoryUser entry) -> leg.user().filter(user -> user.domain().equalsIgnoreCase(entry.id().domain())).isPresent();
            case Caller.OfGateway(GatewayLine line) -> leg.gateway().filter(line::equals).isPresent();
            case Caller.Trusted _ -> leg.isAt(from);
            case Caller.Anybody _ -> false;
        };
    }

    private void admit(CallId call, SipRequest invite, Hop from, Caller caller, Function<IncomingCall, Admission> door) {
        Optional<GatewayLine> gateway = caller instanceof Caller.OfGateway(GatewayLine line) ? Optional.of(line) : Optional.empty();
        Optional<UserId> user = caller instanceof Caller.User(DirectoryUser entry) ? Optional.of(entry.id()) : Optional.empty();
        ChannelId id = new ChannelId(Tokens.uuid(calls.random()));
        SipLeg leg = new SipLeg(calls, profile, gateway, user, id, true);
        IncomingCall wanted = new IncomingReader(profile, invite, from, caller).read(id, leg);
        switch (door.apply(wanted)) {
            case Admission.Admitted(var channel) -> {
                calls.count(SipCallCounter.CALLS_IN);
                gateway.ifPresent(line -> line.count(true, false));
                legs.put(call, leg);
                leg.admitted(call, channel, invite, from);
                channel.start();
            }
            case Admission.Refused(Cause cause) -> {
                calls.count(SipCallCounter.REFUSED);
                gateway.ifPresent(line -> line.count(true, true));
                refuse(call, cause);
            }
        }
    }

    private void refuse(CallId call, Cause cause) {
        profile.run((nowNanos, agent, out) -> agent.hangUp(nowNanos, call, Causes.status(cause), Causes.reason(cause), out));
    }

    private Optional<SipLeg> leg(CallId call) {
        return Optional.ofNullable(legs.get(call));
    }

    @Override
    public void progress(CallId call, SipResponse response) {
        leg(call).ifPresent(leg -> leg.onProgress(response));
    }

    @Override
    public void answered(CallId call, SipResponse response) {
        leg(call).ifPresent(leg -> leg.onAnswered(response));
    }

    @Override
    public void acknowledged(CallId call, Body body) {
        leg(call).ifPresent(leg -> leg.onAcknowledged(body));
    }

    @Override
    public void offered(CallId call, Body offer) {
        leg(call).ifPresent(leg -> leg.onOffered(offer));
    }

    @Override
    public void settled(CallId call, int status, Body answer) {
        leg(call).ifPresent(leg -> leg.onSettled(status, answer));
    }

    @Override
    public void agreed(CallId call, Body answer) {
        leg(call).ifPresent(leg -> leg.onAgreed(answer));
    }

    @Override
    public void refreshed(CallId call, Body answer) {
        leg(call).ifPresent(leg -> leg.onRefreshed(answer));
    }

    @Override
    public void told(CallId call, SipRequest request) {
        leg(call).ifPresent(leg -> leg.onTold(request));
    }

    @Override
    public void referred(CallId call, ReferId refer, NameAddr to, SipRequest request) {
        leg(call).ifPresent(leg -> leg.onReferred(refer, to, request));
    }

    @Override
    public void referProgress(CallId call, int status, boolean over) {
        if (over) {
            leg(call).ifPresent(leg -> leg.onReferOver(status));
        }
    }

    @Override
    public void ended(CallId call, CallEnd end) {
        SipLeg leg = legs.remove(call);
        if (leg != null) {
            leg.onEnded(end);
        }
    }
}
