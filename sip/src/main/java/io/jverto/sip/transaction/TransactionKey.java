package io.jverto.sip.transaction;

import io.jverto.sip.message.Envelope;
import io.jverto.sip.message.SipMethod;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipResponse;
import io.jverto.sip.message.Via;

/// What tells transactions apart. The parts of a key are joined by a character that no message has.
final class TransactionKey {
    private static final char JOINT = '\n';

    private TransactionKey() {}

    /// RFC 3261 section 17.1.3.
    static String ofClient(Envelope envelope) {
        return join(envelope.topVia().branch().orElse(""), envelope.cseq().method());
    }

    static String ofClient(SipResponse response) {
        return ofClient(response.envelope());
    }

    /// RFC 3261 section 17.2.3. An ACK and, with `INVITE` as method, a CANCEL belong to an INVITE.
    static String ofServer(SipRequest request, SipMethod method) {
        Envelope envelope = request.envelope();
        Via via = envelope.topVia();
        if (via.hasCookie()) {
            return join(via.branch().orElse(""), via.sentBy(), method);
        }
        // RFC 2543: To is left out, for an ACK has a tag there that its INVITE had not.
        return join(
                "2543", request.uri(), envelope.from().tag().orElse(""), envelope.callId(), envelope.cseq().number(), via.sentBy(),
                via.branch().orElse(""), method);
    }

    /// RFC 3261 section 8.2.2.2: what is the same in a request that was forked and comes by two ways.
    static String ofMerge(SipRequest request) {
        Envelope envelope = request.envelope();
        return join(envelope.from().tag().orElse(""), envelope.callId(), envelope.cseq());
    }

    private static String join(Object... parts) {
        StringBuilder key = new StringBuilder();
        for (Object part : parts) {
            key.append(part).append(JOINT);
        }
        return key.toString();
    }
}
