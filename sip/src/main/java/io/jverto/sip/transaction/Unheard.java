package io.jverto.sip.transaction;

import io.jverto.base.Broken;
import io.jverto.sip.message.SipMessage;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipResponse;

/// For a CANCEL of ours: it is sent and repeated, and nobody is told what becomes of it. The INVITE says how it ended.
record Unheard(TransactionOutput out) implements TransactionOutput {
    @Override
    public void send(Hop to, SipMessage message) {
        out.send(to, message);
    }

    @Override
    public void request(ServerId id, SipRequest request, Hop from) {
        throw new Broken("a client is asked nothing");
    }

    @Override
    public void ack(SipRequest ack, Hop from) {
        throw new Broken("a client is asked nothing");
    }

    @Override
    public void cancelled(ServerId invite, SipRequest cancel) {
        throw new Broken("a client is asked nothing");
    }

    @Override
    public void unacknowledged(ServerId invite) {
        throw new Broken("a client is asked nothing");
    }

    @Override
    public void response(ClientId id, SipResponse response, Hop from) {}

    @Override
    public void failed(ClientId id, ClientFailure why) {}
}
