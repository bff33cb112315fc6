package io.jverto.wire.verto;

import io.jverto.wire.jsonrpc.JsonRpcMessage;
import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonArray;
import io.jverto.base.json.JsonValue.JsonLiteral;
import io.jverto.base.json.JsonValue.JsonNumber;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.json.JsonValue.JsonString;
import io.jverto.wire.sdp.SdpText;
import io.jverto.wire.verto.VertoRequest.Incomplete;
import io.jverto.wire.verto.VertoRequest.Info;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One JSON-RPC request to a [VertoRequest]. The checks of each method stand in the reference server's order, because the
/// first that fails chooses the error text (verto-wire.md sections 5.3, 5.5, 5.7, 5.9, 4.5).
final class VertoRequestReader {
    private static final int MAX_USER = 256;

    private VertoRequestReader() {}

    static VertoRequest read(JsonRpcMessage.Request request) {
        Optional<VertoMethod> method = VertoMethod.byName(request.method());
        return method.isEmpty() ? new VertoRequest.Unknown() : read(method.get(), request);
    }

    private static VertoRequest read(VertoMethod method, JsonRpcMessage.Request request) {
        JsonObject params = request.params();
        return switch (method) {
            case LOGIN -> new VertoRequest.Login();
            case PING -> new VertoRequest.Ping();
            case CONTACTS -> new VertoRequest.Contacts(params.string("after").filter(user -> user.length() <= MAX_USER).orElse(""));
            case ECHO -> request.hasParams() ? new VertoRequest.Echo(params) : new Incomplete(method, Missing.PARAMS);
            case JSAPI ->
                new VertoRequest.Jsapi(
                        params.string("command").orElse(""), params.get("data").orElse(JsonLiteral.NULL));
            case FSAPI ->
                new VertoRequest.Fsapi(
                        params.string("cmd").orElse(""), params.string("arg").orElse(""));
            case INVITE, ANSWER, ATTACH, BYE, MODIFY, CANDIDATE -> ofCall(method, request);
            case INFO -> request.hasParams() ? info(params) : new Incomplete(method, Missing.PARAMS);
            case SUBSCRIBE -> new VertoRequest.Subscribe(channels(params));
            case UNSUBSCRIBE -> new VertoRequest.Unsubscribe(channels(params));
            case BROADCAST ->
                new VertoRequest.Broadcast(
                        params.string("eventChannel").orElse(""), params.is("localBroadcast", JsonLiteral.TRUE), params);
        };
    }

    private static VertoRequest ofCall(VertoMethod method, JsonRpcMessage.Request request) {
        if (!request.hasParams()) {
            return new Incomplete(method, Missing.PARAMS);
        }
        JsonObject params = request.params();
        Optional<JsonObject> dialogData = params.object("dialogParams");
        if (dialogData.isEmpty()) {
            return new Incomplete(method, Missing.DIALOG);
        }
        DialogParams dialog = VertoParamsReader.dialog(dialogData.get());
        String sdp = params.string("sdp").orElse("");
        return switch (method) {
            case INVITE -> missing(dialog, sdp)
                    .<VertoRequest>map(what -> new Incomplete(method, what))
                    .orElseGet(() -> new VertoRequest.Invite(new SdpText(sdp), dialog));
            case ANSWER -> missing(dialog, sdp)
                    .<VertoRequest>map(what -> new Incomplete(method, what))
                    .orElseGet(() -> new VertoRequest.Answer(new SdpText(sdp), dialog));
            case ATTACH -> attach(dialog, sdp);
            case BYE -> bye(dialog, params);
            case MODIFY -> modify(dialog, sdp, params);
            case CANDIDATE -> CandidatesReader.read(dialog.callId(), params);
            case LOGIN, ECHO, JSAPI, FSAPI, INFO, PING, SUBSCRIBE, UNSUBSCRIBE, BROADCAST, CONTACTS -> new VertoRequest.Unknown();
        };
    }

    private static Optional<Missing> missing(DialogParams dialog, String sdp) {
        if (dialog.callId().isEmpty()) {
            return Optional.of(Missing.CALL_ID);
        }
        return sdp.isEmpty() ? Optional.of(Missing.SDP) : Optional.empty();
    }

    private static VertoRequest attach(DialogParams dialog, String sdp) {
        if (sdp.isEmpty()) {
            return new Incomplete(VertoMethod.ATTACH, Missing.SDP, dialog.callId());
        }
        return dialog.callId().isEmpty()
                ? new Incomplete(VertoMethod.ATTACH, Missing.CALL_ID)
                : new VertoRequest.Attach(new SdpText(sdp), dialog.callId());
    }

    private static VertoRequest bye(DialogParams dialog, JsonObject params) {
        return dialog.callId().isEmpty()
                ? new Incomplete(VertoMethod.BYE, Missing.CALL_ID)
                : new VertoRequest.Bye(
                        dialog.callId(),
                        params.string("cause").orElse(""),
                        VertoParamsReader.numeric(params, "causeCode"));
    }

    private static VertoRequest modify(DialogParams dialog, String sdp, JsonObject params) {
        if (dialog.callId().isEmpty()) {
            return new Incomplete(VertoMethod.MODIFY, Missing.CALL_ID);
        }
        String action = params.string("action").orElse("");
        if (action.isEmpty()) {
            return new Incomplete(VertoMethod.MODIFY, Missing.ACTION);
        }
        String lower = action.toLowerCase(Locale.ROOT);
        String argument = VertoParamsReader.text(params, lower.equals("replace") ? "replaceCallID" : "destination");
        return new VertoRequest.Modify(dialog.callId(), lower, action, argument, new SdpText(sdp));
    }

    private static VertoRequest info(JsonObject params) {
        DialogParams dialog =
                VertoParamsReader.dialog(params.object("dialogParams").orElse(JsonObject.EMPTY));
        return new Info(
                dialog,
                VertoParamsReader.text(params, "type"),
                params.get("command").orElse(JsonLiteral.NULL),
                DtmfText.parse(params.string("dtmf").orElse("")),
                new Info.Text(params.object("txt").map(MessageReader::typed).orElse("")),
                params.get("msg").map(MessageReader::chat).orElse(Info.Chat.NONE));
    }

    private static List<String> channels(JsonObject params) {
        return switch (params.get("eventChannel").orElse(JsonLiteral.NULL)) {
            case JsonString one -> List.of(one.value());
            case JsonArray many ->
                many.items().stream().flatMap(item -> item.asString().stream()).toList();
            case JsonObject _, JsonNumber _, JsonValue.JsonEmbedded _, JsonLiteral _ -> List.of();
        };
    }
}
