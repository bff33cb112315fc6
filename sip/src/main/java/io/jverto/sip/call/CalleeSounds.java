package io.jverto.sip.call;

import io.jverto.sip.message.SipResponse;
import io.jverto.wire.sdp.SdpText;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What those describe who are called by one INVITE: a proxy may ring several, each with sound of its own before one of them answers (RFC 3261
/// section 13.2.2.4). Of the SIP thread.
final class CalleeSounds {
    /// As many as the engine tells apart.
    private static final int MAX_CALLEES = 13;

    /// What each described last before it answered, by its tag.
    private final Map<String, String> described = new HashMap<>();
    /// Whom the channel hears.
    private String heard = "";

    /// @param response with a description, before the answer
    /// @return what the channel is to hear from now on; empty when that is what it hears
    Optional<SdpText> early(SipResponse response) {
        String sdp = response.body().text();
        String tag = tag(response);
        boolean room = described.size() < MAX_CALLEES || described.containsKey(tag);
        if (room && (!sdp.equals(described.put(tag, sdp)) || !heard.equals(tag))) {
            heard = tag;
            return Optional.of(new SdpText(sdp));
        }
        return Optional.empty();
    }

    /// Whoever is heard has agreed on something else before the answer: what it said until then counts no more, also when its 200 says it again.
    void renegotiated() {
        described.put(heard, "");
    }

    /// A 200 need not repeat what a reliable 183 said, and others do not either.
    SdpText answered(SipResponse response) {
        String before = described.getOrDefault(tag(response), described.getOrDefault(heard, ""));
        boolean changed = before.isEmpty() && described.containsKey(tag(response));
        return new SdpText(response.hasSdp() && !changed ? response.body().text() : before);
    }

    private static String tag(SipResponse response) {
        return response.envelope().to().tag().orElse("");
    }
}
