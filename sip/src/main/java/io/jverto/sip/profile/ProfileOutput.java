package io.jverto.sip.profile;

import io.jverto.sip.dialog.CallEnd;
import io.jverto.sip.dialog.CallId;
import io.jverto.sip.dialog.CallOutput;
import io.jverto.sip.dialog.ReferId;
import io.jverto.sip.message.Body;
import io.jverto.sip.message.NameAddr;
import io.jverto.sip.message.SipEncoder;
import io.jverto.sip.message.SipMessage;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipResponse;
import io.jverto.sip.transaction.ClientFailure;
import io.jverto.sip.transaction.ClientId;
import io.jverto.sip.transaction.Hop;
import io.jverto.sip.transaction.ServerId;
import java.util.HashSet;
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
        profile.door().onInvite(call, invite, from);
    }

    /// A call is refused at the door: its owner knows nothing of it.
    void forget(CallId call) {
        refused.add(call);
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
    public void agreed(CallId call, Body answer) {
        owner.agreed(call, answer);
    }

    @Override
    public void refreshed(CallId call, Body answer) {
        owner.refreshed(call, answer);
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
        profile.door().onRequest(id, request, from);
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
