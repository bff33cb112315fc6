package io.jverto.verto.dispatch;

import io.jverto.wire.verto.VertoRequest;
import io.jverto.wire.verto.VertoRequest.Info.Chat;
import java.util.Set;

/// What a client may do whose token is for one number: call it, talk, and take part in the room that it leads to (verto-extensions.md). Its
/// rights name no command and no channel, so that of event channels it has those alone that come with its call.
final class OneCall {
    private static final Set<String> LEADS_ELSEWHERE = Set.of("transfer", "replace");

    private OneCall() {}

    static boolean allows(String number, VertoRequest request) {
        return switch (request) {
            case VertoRequest.Invite invite -> invite.dialog().destinationNumber().equals(number);
            case VertoRequest.Modify modify -> !LEADS_ELSEWHERE.contains(modify.action());
            case VertoRequest.Info info -> isInside(info.chat());
            case VertoRequest.Jsapi _, VertoRequest.Fsapi _, VertoRequest.Contacts _ -> false;
            case VertoRequest.Login _, VertoRequest.Echo _, VertoRequest.Ping _, VertoRequest.Answer _, VertoRequest.Bye _,
                    VertoRequest.Attach _, VertoRequest.Candidates _, VertoRequest.Subscribe _, VertoRequest.Unsubscribe _,
                    VertoRequest.Broadcast _, VertoRequest.Incomplete _, VertoRequest.Unknown _ -> true;
        };
    }

    /// To whom the call is with, and nobody else.
    private static boolean isInside(Chat chat) {
        return chat.state() == Chat.State.NONE || chat.inDialog() && chat.to().indexOf('+') < 0;
    }
}
