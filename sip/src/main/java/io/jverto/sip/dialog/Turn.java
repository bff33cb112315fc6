package io.jverto.sip.dialog;

import io.jverto.sip.message.Headers;
import io.jverto.sip.message.SipMessage;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipResponse;
import io.jverto.sip.transaction.ClientFailure;
import io.jverto.sip.transaction.ClientId;
import io.jverto.sip.transaction.Hop;
import io.jverto.sip.transaction.ServerId;
import io.jverto.sip.transaction.TransactionOutput;

/// One entry into a [UserAgent]: the time, and where effects go.
record Turn(UserAgent agent, long nowNanos, CallOutput out) implements TransactionOutput {
    /// Sends a request, not ACK.
    ClientId start(Call call, SipRequest request, Hop to, Responses responses) {
        return agent.start(this, call, request, to, responses);
    }

    void respond(ServerId id, SipResponse response) {
        agent.transactions().respond(nowNanos, id, response.withHeaders(response.headers().with("Server", agent.config().name())), this);
    }

    void cancel(ClientId invite, Headers headers) {
        agent.transactions().cancel(nowNanos, invite, headers, this);
    }

    @Override
    public void send(Hop to, SipMessage message) {
        out.send(to, message);
    }

    @Override
    public void request(ServerId id, SipRequest request, Hop from) {
        agent.onRequest(this, id, request, from);
    }

    @Override
    public void ack(SipRequest ack, Hop from) {
        agent.onAck(this, ack);
    }

    @Override
    public void cancelled(ServerId invite, SipRequest cancel) {
        agent.onCancelled(this, invite, cancel);
    }

    @Override
    public void unacknowledged(ServerId invite) {
        // The call was refused and told so long ago.
    }

    @Override
    public void response(ClientId id, SipResponse response, Hop from) {
        agent.onResponse(this, id, response, from);
    }

    @Override
    public void failed(ClientId id, ClientFailure why) {
        agent.onFailed(this, id, why);
    }
}
