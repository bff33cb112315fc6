package io.jverto.wire.verto;

import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonArray;
import io.jverto.base.json.JsonValue.JsonLiteral;
import io.jverto.base.json.JsonValue.JsonNumber;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.json.JsonValue.JsonString;
import io.jverto.wire.sdp.TrickledCandidate;
import java.util.ArrayList;
import java.util.List;

/// `candidate` of `verto.candidate`: one or several of `{candidate, sdpMid, sdpMLineIndex, usernameFragment}`, the form that browsers
/// give them (verto-extensions.md). There is one transport, so the line that a candidate names does not matter.
final class CandidatesReader {
    /// A browser has fewer at one time.
    private static final int MAX = 32;

    private CandidatesReader() {}

    static VertoRequest read(String callId, JsonObject params) {
        if (callId.isEmpty()) {
            return new VertoRequest.Incomplete(VertoMethod.CANDIDATE, Missing.CALL_ID);
        }
        return switch (params.get("candidate").orElse(JsonLiteral.NULL)) {
            case JsonObject one -> candidates(callId, List.of(one));
            case JsonArray many -> candidates(callId, many.items());
            case JsonString _, JsonNumber _, JsonValue.JsonEmbedded _, JsonLiteral _ ->
                new VertoRequest.Incomplete(VertoMethod.CANDIDATE, Missing.CANDIDATE);
        };
    }

    private static VertoRequest candidates(String callId, List<JsonValue> items) {
        List<TrickledCandidate> candidates = new ArrayList<>();
        int unreadable = Math.max(0, items.size() - MAX);
        for (JsonValue item : items.subList(0, Math.min(MAX, items.size()))) {
            JsonObject object = item.asObject().orElse(JsonObject.EMPTY);
            String text = object.string("candidate").orElse("-");
            boolean read = TrickledCandidate.decode(text, object.string("usernameFragment").orElse(""))
                    .map(candidates::add)
                    .orElse(text.isEmpty()); // the end of candidates (RFC 8838 section 14): we wait for checks all the same
            unreadable += read ? 0 : 1;
        }
        return new VertoRequest.Candidates(callId, candidates, unreadable);
    }
}
