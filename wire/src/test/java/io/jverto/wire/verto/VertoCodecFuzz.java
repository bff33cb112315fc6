package io.jverto.wire.verto;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.jverto.wire.jsonrpc.JsonText;
import io.jverto.base.json.JsonValue;
import java.nio.charset.StandardCharsets;

/// No frame breaks the decoder, ids come back unchanged, and nothing read is larger than its limits say.
class VertoCodecFuzz {
    @FuzzTest
    void readsAnything(byte[] input) {
        Incoming incoming = VertoCodec.decode(new String(input, StandardCharsets.UTF_8));

        check(incoming);
    }

    private static void check(Incoming incoming) {
        switch (incoming) {
            case Incoming.Call call -> {
                assertThat(call.login().sessionId().length()).isLessThanOrEqualTo(256);
                assertThat(call.login().extensions()).hasSizeLessThanOrEqualTo(16).allMatch(name -> name.length() <= 256);
                String reply = VertoCodec.encode(VertoCodec.reply(call.id(), new VertoReply.Done(), "S"));
                assertThat(JsonText.parse(reply).flatMap(JsonValue::asObject).flatMap(object -> object.get("id")))
                        .contains(call.id());
                check(call.request());
            }
            case Incoming.Batch batch -> batch.members().forEach(VertoCodecFuzz::check);
            case Incoming.Rejected _, Incoming.Unreadable _, Incoming.Ignored _ -> { }
        }
    }

    private static void check(VertoRequest request) {
        switch (request) {
            case VertoRequest.Invite invite -> check(invite.dialog());
            case VertoRequest.Answer answer -> check(answer.dialog());
            case VertoRequest.Info info -> {
                assertThat(info.digits().stream().mapToInt(group -> group.keys().length()).sum()).isLessThanOrEqualTo(256);
                assertThat(info.digits()).allMatch(group -> group.keys().matches("[0-9A-D*#wWfF]+"));
            }
            case VertoRequest.Candidates late -> {
                assertThat(late.callId()).isNotEmpty().hasSizeLessThanOrEqualTo(256);
                assertThat(late.candidates()).hasSizeLessThanOrEqualTo(32).allMatch(one -> one.ufrag().length() <= 1_024);
                assertThat(late.unreadable()).isNotNegative();
            }
            case VertoRequest.Contacts contacts -> assertThat(contacts.after()).hasSizeLessThanOrEqualTo(256);
            case VertoRequest.Login _,
                    VertoRequest.Echo _,
                    VertoRequest.Ping _,
                    VertoRequest.Bye _,
                    VertoRequest.Modify _,
                    VertoRequest.Attach _,
                    VertoRequest.Subscribe _,
                    VertoRequest.Unsubscribe _,
                    VertoRequest.Broadcast _,
                    VertoRequest.Jsapi _,
                    VertoRequest.Fsapi _,
                    VertoRequest.Incomplete _,
                    VertoRequest.Unknown _ -> { }
        }
    }

    private static void check(DialogParams dialog) {
        assertThat(dialog.callId()).isNotEmpty().hasSizeLessThanOrEqualTo(256);
        assertThat(dialog.destinationNumber()).isNotEmpty().hasSizeLessThanOrEqualTo(256);
        assertThat(dialog.caller().name().chars()).noneMatch(Character::isISOControl);
    }
}
