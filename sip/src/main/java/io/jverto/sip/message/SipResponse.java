package io.jverto.sip.message;

import io.jverto.base.Broken;

/// A response.
///
/// @param status 100 to 699
/// @param reason words for a person; may be empty
public record SipResponse(int status, String reason, Envelope envelope, Headers headers, Body body) implements SipMessage {
    public SipResponse {
        if (status < 100 || status > 699) {
            throw new Broken("no status: " + status);
        }
        reason = Cursor.printable(reason).strip();
    }

    @Override
    public SipResponse withEnvelope(Envelope changed) {
        return new SipResponse(status, reason, changed, headers, body);
    }

    public SipResponse withHeader(String name, String value) {
        return new SipResponse(status, reason, envelope, headers.with(name, value), body);
    }

    public SipResponse withHeaders(Headers changed) {
        return new SipResponse(status, reason, envelope, changed, body);
    }

    public SipResponse withBody(String type, Body changed) {
        return new SipResponse(status, reason, envelope, headers.with("Content-Type", type), changed);
    }

    /// @return with a tag of ours in To, unless the request brought one
    public SipResponse withToTag(String tag) {
        return envelope.to().tag().isPresent() ? this : withEnvelope(envelope.withTo(envelope.to().withParam("tag", tag)));
    }

    public boolean isProvisional() {
        return status < 200;
    }

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    public boolean isFinal() {
        return status >= 200;
    }
}
