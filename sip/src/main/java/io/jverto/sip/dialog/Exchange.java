package io.jverto.sip.dialog;

import io.jverto.sip.message.Body;
import io.jverto.sip.message.Header;
import io.jverto.sip.message.Headers;
import io.jverto.sip.message.SipMethod;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipResponse;
import io.jverto.sip.transaction.ClientFailure;
import io.jverto.sip.transaction.Hop;
import java.util.Optional;

/// A request of ours within a dialog and what becomes of it; sent again with an answer when it is challenged.
final class Exchange implements Responses {
    private static final int MAX_ANSWERS = 2;

    private final Call call;
    private final Dialog dialog;
    private final Authorizer authorizer;
    private final SipMethod method;
    private final Headers headers;
    private final Body body;
    private final Responses then;
    private Headers answer = Headers.NONE;
    private int answers;
    private long seq;

    Exchange(Call call, Dialog dialog, Authorizer authorizer, SipMethod method, Headers headers, Body body, Responses then) {
        this.call = call;
        this.dialog = dialog;
        this.authorizer = authorizer;
        this.method = method;
        this.headers = headers;
        this.body = body;
        this.then = then;
    }

    void send(Turn turn) {
        seq = dialog.nextSeq();
        Hop hop = dialog.hop();
        SipRequest request = dialog.request(method, seq, turn.agent().via(hop), turn.agent().stamp(headers.and(answer)), body);
        turn.start(call, request, hop, this);
    }

    /// The number of the request as it was sent last.
    long seq() {
        return seq;
    }

    /// The ACK for a 2xx to this INVITE (RFC 3261 section 13.2.2.4): with the answers to challenges that the INVITE had.
    SipRequest ack(Turn turn, Hop hop) {
        return dialog.request(SipMethod.ACK, seq, turn.agent().via(hop), answer, Body.NONE);
    }

    @Override
    public void onResponse(Turn turn, SipResponse response) {
        if ((response.status() == 401 || response.status() == 407) && answers < MAX_ANSWERS) {
            SipRequest asked = dialog.request(method, seq, turn.agent().via(dialog.hop()), Headers.NONE, Body.NONE);
            Optional<Header> found = authorizer.answer(response, method, asked.uri(), answers > 0);
            if (found.isPresent()) {
                answers++;
                answer = answer.with(found.get().name(), found.get().value());
                send(turn);
                return;
            }
        }
        then.onResponse(turn, response);
    }

    @Override
    public void onFailed(Turn turn, ClientFailure why) {
        then.onFailed(turn, why);
    }
}
