package io.jverto.sip.transaction;

import io.jverto.sip.message.SipMessage;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipResponse;

/// What [Transactions] wants done. Each of these may call [Transactions] again.
public interface TransactionOutput {
    void send(Hop to, SipMessage message);

    /// A new request, neither ACK nor CANCEL: somebody has to respond, in time or at once.
    void request(ServerId id, SipRequest request, Hop from);

    /// An ACK that belongs to no transaction: that of a 2xx.
    void ack(SipRequest ack, Hop from);

    /// The peer gave this INVITE up, which was not answered yet. The CANCEL has its 200; the INVITE still needs its 487.
    void cancelled(ServerId invite, SipRequest cancel);

    /// Timer H: our refusal of this INVITE was never acknowledged. There is nothing to be done but to know it.
    void unacknowledged(ServerId invite);

    /// A response: any number of provisional ones, then a final one; of INVITE perhaps several 2xx.
    void response(ClientId id, SipResponse response, Hop from);

    /// No response comes any more.
    void failed(ClientId id, ClientFailure why);
}
