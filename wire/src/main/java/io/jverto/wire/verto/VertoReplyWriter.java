package io.jverto.wire.verto;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonArray;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.json.JsonValue.JsonString;
import java.util.List;

/// Replies to JSON, with the reference server's keys in its order (verto-wire.md sections 2.3, 2.4, 3.4, 5, 7, 8).
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
            case VertoReply.Modified it ->
                holdState(it.held(), out.put("callID", it.callId())
                        .put("action", it.action())
                        .putKnown("message", it.message())
                        .putKnown("sdp", it.sdp().value()));
            case VertoReply.Contacts page -> {
                out.put("contacts", new JsonArray(page.contacts().stream().map(VertoReplyWriter::contact).toList()));
                out.putKnown("next", page.next());
            }
            case VertoReply.Sent _ -> out.put("message", "SENT");
            case VertoReply.Done _ -> { }
            case VertoReply.Subscribed it -> {
                out.put("subscribedChannels", strings(it.subscribed()));
                known("unauthorizedChannels", it.unauthorized(), out);
                known("alreadySubscribedChannels", it.already(), out);
            }
            case VertoReply.Unsubscribed it -> {
                known("unsubscribedChannels", it.unsubscribed(), out);
                known("notSubscribedChannels", it.notSubscribed(), out);
            }
            case VertoReply.BroadcastRefused it -> out.put("message", it.message()).put("code", CALL_CODE);
            case VertoReply.CommandOutput it -> out.put("message", it.text());
            case VertoReply.JsonOutput it -> out.putAll(it.reply());
        }
        return out.build();
    }

    static JsonObject failure(VertoReply.Failure failure) {
        JsonObjectBuilder out = new JsonObjectBuilder();
        switch (failure) {
            case VertoReply.Refusal refusal ->
                out.put("code", refusal.code()).put("message", refusal.message());
            case VertoReply.LoginMustWait it ->
                out.put("code", VertoReply.Refusal.LOGIN_FAILED.code())
                        .put("message", VertoReply.Refusal.LOGIN_FAILED.message())
                        .put("data", new JsonObjectBuilder().put("retry-after", it.seconds()).build());
            case VertoReply.CallFailure call -> out.put("message", call.message()).put("code", CALL_CODE);
            case VertoReply.NotModified it -> {
                out.put("callID", it.callId()).put("action", it.action()).put("message", it.message());
                it.held().ifPresent(held -> holdState(held, out));
                out.put("code", CALL_CODE);
            }
            case VertoReply.NoSuchCall call ->
                out.put("callID", call.callId())
                        .put("message", "CALL DOES NOT EXIST")
                        .put("code", CALL_CODE);
            case VertoReply.NotSubscribed it -> known("unauthorizedChannels", it.unauthorized(), out);
            case VertoReply.NotUnsubscribed it -> known("notSubscribedChannels", it.notSubscribed(), out);
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

    private static JsonValue contact(VertoReply.Contact contact) {
        return new JsonObjectBuilder().put("number", contact.number()).putKnown("name", contact.name()).put("online", contact.online()).build();
    }

    private static void loggedIn(VertoReply.LoggedIn in, JsonObjectBuilder out) {
        out.put("message", "logged in");
        expires(in.authExpires(), out);
        flag("moderator", in.moderator(), out);
        flag("stereoAudio", in.stereoAudio(), out);
        flag("superuser", in.superuser(), out);
        known("extensions", in.extensions(), out);
        if (!in.iceServers().items().isEmpty()) {
            out.put("iceServers", in.iceServers());
            if (in.iceServersExpire() != 0) {
                out.put("iceServersExpire", in.iceServersExpire());
            }
        }
    }

    private static JsonObjectBuilder expires(long epochSeconds, JsonObjectBuilder out) {
        return epochSeconds == 0 ? out : out.put("auth-expires", epochSeconds);
    }

    private static void holdState(boolean held, JsonObjectBuilder out) {
        out.put("holdState", held ? "held" : "active");
    }

    private static void known(String key, List<String> names, JsonObjectBuilder out) {
        if (!names.isEmpty()) {
            out.put(key, strings(names));
        }
    }

    private static JsonArray strings(List<String> items) {
        return new JsonArray(items.stream().<JsonValue>map(JsonString::new).toList());
    }

    private static void flag(String key, boolean value, JsonObjectBuilder out) {
        if (value) {
            out.put(key, true);
        }
    }
}
