package io.jverto.wire.verto;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonArray;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.json.JsonValue.JsonString;
import io.jverto.wire.sdp.SdpText;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Server messages to JSON, `callID` first (verto-wire.md sections 2.6, 3.8, 4.5, 5.4-5.10).
final class VertoMessageWriter {
    private VertoMessageWriter() {}

    static String method(VertoMessage message) {
        return switch (message) {
            case VertoMessage.Invite _ -> "verto.invite";
            case VertoMessage.Attach _ -> "verto.attach";
            case VertoMessage.Media _ -> "verto.media";
            case VertoMessage.Answer _ -> "verto.answer";
            case VertoMessage.Bye _ -> "verto.bye";
            case VertoMessage.Display _ -> "verto.display";
            case VertoMessage.Digit _, VertoMessage.Chat _, VertoMessage.Typed _ -> "verto.info";
            case VertoMessage.ClientReady _ -> "verto.clientReady";
            case VertoMessage.Ping _ -> "verto.ping";
            case VertoMessage.Punt _ -> "verto.punt";
            case VertoMessage.Announce _ -> "verto.announce";
            case VertoMessage.MediaParams _ -> "verto.mediaParams";
        };
    }

    static JsonObject params(VertoMessage message) {
        return switch (message) {
            case VertoMessage.Invite it -> ringing(it.callId(), it.variables(), it.sdp(), it.parties(), it.headers());
            case VertoMessage.Attach it -> ringing(it.callId(), it.variables(), it.sdp(), it.parties(), it.headers());
            case VertoMessage.Media it -> media(it.callId(), it.sdp(), it.variables());
            case VertoMessage.Answer it -> media(it.callId(), it.sdp(), it.variables());
            case VertoMessage.Bye it ->
                call(it.callId()).put("causeCode", it.causeCode()).put("cause", it.cause()).build();
            case VertoMessage.Display it -> display(it);
            case VertoMessage.Digit it ->
                call(it.callId()).put("dtmf", String.valueOf(it.digit())).build();
            case VertoMessage.Chat it ->
                new JsonObjectBuilder()
                        .putKnown("callID", it.callId())
                        .put("msg", strings(it.message()))
                        .build();
            case VertoMessage.Typed it ->
                call(it.callId()).put("txt", new JsonObjectBuilder().put("chars", it.chars()).build()).build();
            case VertoMessage.ClientReady it ->
                new JsonObjectBuilder().put("reattached_sessions", strings(it.reattached())).build();
            case VertoMessage.Ping it -> ping(it);
            case VertoMessage.Punt _ -> JsonObject.EMPTY;
            case VertoMessage.Announce it -> new JsonObjectBuilder().put("msg", strings(it.words())).build();
            case VertoMessage.MediaParams it -> call(it.callId()).put("mediaParams", it.mediaParams()).build();
        };
    }

    private static JsonObject ringing(
            String callId, Map<String, String> variables, SdpText sdp, VertoMessage.Parties parties, Map<String, String> headers) {
        JsonObjectBuilder out = call(callId).put("variables", strings(variables)).put("sdp", sdp.value());
        return parties(parties, out).putAll(headers).build();
    }

    private static JsonObject media(String callId, SdpText sdp, Map<String, String> variables) {
        return call(callId).putKnown("sdp", sdp.value()).put("variables", strings(variables)).build();
    }

    private static JsonObject display(VertoMessage.Display display) {
        JsonObjectBuilder out = call(display.callId())
                .putKnown("display_name", display.name())
                .putKnown("display_number", display.number());
        return parties(display.parties(), out).putAll(display.headers()).build();
    }

    private static JsonObject ping(VertoMessage.Ping ping) {
        JsonObjectBuilder out = new JsonObjectBuilder();
        if (ping.authExpires() != 0) {
            out.put("auth-expires", ping.authExpires());
        }
        return out.put("serno", ping.now()).build();
    }

    /// All four are there even when empty (verto-wire-errata.md, contradicted claim 2).
    private static JsonObjectBuilder parties(VertoMessage.Parties parties, JsonObjectBuilder out) {
        return out.put("caller_id_name", parties.callerName())
                .put("caller_id_number", parties.callerNumber())
                .put("callee_id_name", parties.calleeName())
                .put("callee_id_number", parties.calleeNumber())
                .put("display_direction", parties.direction().name().toLowerCase(Locale.ROOT));
    }

    private static JsonObjectBuilder call(String callId) {
        return new JsonObjectBuilder().put("callID", callId);
    }

    private static JsonObject strings(Map<String, String> entries) {
        return new JsonObjectBuilder().putAll(entries).build();
    }

    private static JsonArray strings(List<String> items) {
        return new JsonArray(items.stream().<JsonValue>map(JsonString::new).toList());
    }
}
