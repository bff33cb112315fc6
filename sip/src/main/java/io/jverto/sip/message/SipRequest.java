package io.jverto.sip.message;

/// A request.
public record SipRequest(SipMethod method, Uri uri, Envelope envelope, Headers headers, Body body) implements SipMessage {
    @Override
    public SipRequest withEnvelope(Envelope changed) {
        return new SipRequest(method, uri, changed, headers, body);
    }

    public SipRequest withHeaders(Headers changed) {
        return new SipRequest(method, uri, envelope, changed, body);
    }

    public boolean is(SipMethod other) {
        return method.equals(other);
    }

    /// @return a response to this, with all that it takes over and nothing else (RFC 3261 section 8.2.6.2)
    public SipResponse reply(int status, String reason) {
        return new SipResponse(status, reason, envelope, Headers.NONE, Body.NONE);
    }

    /// @return a response with the usual words for its status
    public SipResponse reply(int status) {
        return reply(status, StatusText.of(status));
    }
}
