package io.jverto.sip.profile;

import io.jverto.sip.dialog.CallEnd;
import io.jverto.sip.dialog.CallId;
import io.jverto.sip.dialog.CallOutput;
import io.jverto.sip.dialog.ReferId;
import io.jverto.sip.message.Body;
import io.jverto.sip.message.Headers;
import io.jverto.sip.message.NameAddr;
import io.jverto.sip.message.SipEncoder;
import io.jverto.sip.message.SipMessage;
import io.jverto.sip.message.SipMethod;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipResponse;
import io.jverto.sip.message.SipUri;
import io.jverto.sip.transaction.ClientFailure;
import io.jverto.sip.transaction.ClientId;
import io.jverto.sip.transaction.Hop;
import io.jverto.sip.transaction.ServerId;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// What the user agent of a profile tells, and to whom that goes. Belongs to the SIP thread, but for [#send].
final class ProfileOutput implements CallOutput {
    private final Profile profile;
    private final CallOwner owner;
    /// Calls that were refused at the door: the owner knows nothing of them.
    private final Set<CallId> refused = new HashSet<>();

    ProfileOutput(Profile profile, CallOwner owner) {
        this.profile = profile;
        this.owner = owner;
    }

    @Override
    public void send(Hop to, SipMessage message) {
        profile.send(to, SipEncoder.encode(message));
    }

    @Override
    public void incoming(CallId call, SipRequest invite, Hop from) {
        profile.noteCalls();
        Optional<GatewayLine> gateway = gateway(invite, from);
        if (gateway.isPresent()) {
            owner.incoming(call, invite, from, new Caller.OfGateway(gateway.get()));
        } else if (profile.config().access().trusts(from.remote().getAddress())) {
            owner.incoming(call, invite, from, new Caller.Trusted());
        } else if (profile.config().access().challengeCalls()) {
            refuse(call, 403);
        } else {
            owner.incoming(call, invite, from, new Caller.Anybody());
        }
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

    private void refuse(CallId call, int status) {
        refused.add(call);
        profile.run((nowNanos, agent, out) -> agent.hangUp(nowNanos, call, status, Headers.NONE, out));
    }

    @Override
    public void progress(CallId call, SipResponse response) {
        owner.progress(call, response);
    }

    @Override
    public void answered(CallId call, SipResponse response) {
        owner.answered(call, response);
    }

    @Override
    public void acknowledged(CallId call, Body body) {
        owner.acknowledged(call, body);
    }

    @Override
    public void offered(CallId call, Body offer) {
        owner.offered(call, offer);
    }

    @Override
    public void settled(CallId call, int status, Body answer) {
        owner.settled(call, status, answer);
    }

    @Override
    public void told(CallId call, SipRequest request) {
        owner.told(call, request);
    }

    @Override
    public void referred(CallId call, ReferId refer, NameAddr to, SipRequest request) {
        owner.referred(call, refer, to, request);
    }

    @Override
    public void referProgress(CallId call, int status, boolean over) {
        owner.referProgress(call, status, over);
    }

    @Override
    public void ended(CallId call, CallEnd end) {
        profile.noteCalls();
        if (!refused.remove(call)) {
            owner.ended(call, end);
        }
    }

    @Override
    public void request(ServerId id, SipRequest request, Hop from) {
        SipResponse response = request.is(SipMethod.OPTIONS) ? options(request) : request.reply(405);
        profile.run((nowNanos, agent, out) -> agent.respond(nowNanos, id, response.withHeaders(agent.stamp(response.headers())), out));
    }

    private static SipResponse options(SipRequest request) {
        return request.reply(200).withHeader("Accept", "application/sdp");
    }

    @Override
    public void response(ClientId id, SipResponse response, Hop from) {
        profile.requests().onResponse(profile.world().time().nanoTime(), id, response);
    }

    @Override
    public void failed(ClientId id, ClientFailure why) {
        profile.requests().onFailed(profile.world().time().nanoTime(), id, why);
    }
}
