package io.jverto.sip.profile;

import io.jverto.sip.dialog.CallOutput;
import io.jverto.sip.dialog.UserAgent;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipResponse;
import io.jverto.sip.transaction.ClientFailure;
import io.jverto.sip.transaction.ClientId;
import io.jverto.sip.transaction.Hop;
import io.jverto.sip.transaction.Transactions;
import java.util.HashMap;
import java.util.Map;

/// Requests of ours outside of calls, and who waits for their responses. Each ends by a response or a failure, so that no more are
/// remembered than there are transactions. Belongs to the SIP thread.
final class Requests {
    private final UserAgent agent;
    private final CallOutput out;
    private final Map<ClientId, Asker> waiting = new HashMap<>();

    /// Who sent a request.
    interface Asker {
        void onResponse(long nowNanos, ClientId id, SipResponse response);

        void onFailed(long nowNanos, ClientId id, ClientFailure why);
    }

    Requests(UserAgent agent, CallOutput out) {
        this.agent = agent;
        this.out = out;
    }

    void start(long nowNanos, SipRequest request, Hop to, Asker asker) {
        start(nowNanos, Transactions.idOf(request), request, to, asker);
    }

    void start(long nowNanos, ClientId id, SipRequest request, Hop to, Asker asker) {
        waiting.put(id, asker);
        agent.request(nowNanos, request, to, out);
    }

    void onResponse(long nowNanos, ClientId id, SipResponse response) {
        Asker asker = response.isFinal() ? waiting.remove(id) : waiting.get(id);
        if (asker != null) {
            asker.onResponse(nowNanos, id, response);
        }
    }

    void onFailed(long nowNanos, ClientId id, ClientFailure why) {
        Asker asker = waiting.remove(id);
        if (asker != null) {
            asker.onFailed(nowNanos, id, why);
        }
    }

    int size() {
        return waiting.size();
    }
}
