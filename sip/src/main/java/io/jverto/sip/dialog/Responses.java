package io.jverto.sip.dialog;

import io.jverto.sip.message.SipResponse;
import io.jverto.sip.transaction.ClientFailure;

/// Whoever waits for what becomes of a request of ours.
interface Responses {
    void onResponse(Turn turn, SipResponse response);

    void onFailed(Turn turn, ClientFailure why);

    /// Nobody waits.
    Responses NONE = new Responses() {
        @Override
        public void onResponse(Turn turn, SipResponse response) {}

        @Override
        public void onFailed(Turn turn, ClientFailure why) {}
    };
}
