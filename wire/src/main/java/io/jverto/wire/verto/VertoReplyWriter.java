package io.jverto.wire.verto;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue.JsonObject;

/// Replies to JSON, with the reference server's keys in its order (verto-wire.md sections 2.3, 3.4, 5).
final class VertoReplyWriter {
    private static final int CALL_CODE = -32002;

    private VertoReplyWriter() {}

    static JsonObject result(VertoReply.Result result) {
        JsonObjectBuilder out = new JsonObjectBuilder();
        switch (result) {
            case VertoReply.LoggedIn in -> loggedIn(in, out);
            case VertoReply.Echoed echoed -> out.putAll(echoed.params());
            case VertoReply.Pong pong -> expires(pong.authExpires(), out).put("message", "PONG");
            case VertoReply.CallCreated created ->
                out.put("message", "CALL CREATED").put("callID", created.callId());
            case VertoReply.CallEnded ended ->
                out.put("callID", ended.callId())
                        .put("message", "CALL ENDED")
                        .put("causeCode", ended.causeCode())
                        .put("cause", ended.cause());
            case VertoReply.Sent _ -> out.put("message", "SENT");
            case VertoReply.Done _ -> { }
        }
        return out.build();
    }

    static JsonObject failure(VertoReply.Failure failure) {
        JsonObjectBuilder out = new JsonObjectBuilder();
        switch (failure) {
            case VertoReply.Refusal refusal ->
                out.put("code", refusal.code()).put("message", refusal.message());
            case VertoReply.CallFailure call -> out.put("message", call.message()).put("code", CALL_CODE);
            case VertoReply.NoSuchCall call ->
                out.put("callID", call.callId())
                        .put("message", "CALL DOES NOT EXIST")
                        .put("code", CALL_CODE);
            case VertoReply.BadMessage _ -> out.put("message", "INVALID MESSAGE to and body params required");
            case VertoReply.CallRefused refused ->
                out.put("detail", refused.detail())
                        .put("causeCode", refused.causeCode())
                        .put("cause", refused.cause())
                        .put("message", "CALL ERROR")
                        .put("code", CALL_CODE);
        }
        return out.build();
    }

    private static void loggedIn(VertoReply.LoggedIn in, JsonObjectBuilder out) {
        out.put("message", "logged in");
        expires(in.authExpires(), out);
        flag("moderator", in.moderator(), out);
        flag("stereoAudio", in.stereoAudio(), out);
        flag("superuser", in.superuser(), out);
    }

    private static JsonObjectBuilder expires(long epochSeconds, JsonObjectBuilder out) {
        return epochSeconds == 0 ? out : out.put("auth-expires", epochSeconds);
    }

    private static void flag(String key, boolean value, JsonObjectBuilder out) {
        if (value) {
            out.put(key, true);
        }
    }
}
