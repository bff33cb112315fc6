package io.jverto.wire.verto;

import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.wire.sdp.SdpText;
import io.jverto.wire.sdp.TrickledCandidate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A request of a client, checked in the order of the reference server and complete: what lacks something is [Incomplete].
public sealed interface VertoRequest {
    /// The credentials are in [LoginParams].
    record Login() implements VertoRequest {}

    record Echo(JsonObject params) implements VertoRequest {}

    record Ping() implements VertoRequest {}

    /// Whom the client may know of (verto-extensions.md).
    ///
    /// @param after the user behind whom the page begins, empty for the first
    record Contacts(String after) implements VertoRequest {}

    record Invite(SdpText sdp, DialogParams dialog) implements VertoRequest {}

    record Answer(SdpText sdp, DialogParams dialog) implements VertoRequest {}

    /// @param cause name or number as text, empty when missing
    /// @param causeCode number as text, empty when missing
    record Bye(String callId, String cause, String causeCode) implements VertoRequest {}

    /// Settings, a command, digits, text and chat may come together (verto-wire.md section 6).
    ///
    /// @param dialog its call id may be empty
    /// @param type `mediaSettings` or anything
    /// @param command for the call; [JsonValue.JsonLiteral#NULL] when missing
    /// @param digits groups of digits; empty when there were none to be sent
    record Info(DialogParams dialog, String type, JsonValue command, List<Digits> digits, Text text, Chat chat) implements VertoRequest {
        public Info {
            digits = List.copyOf(digits);
        }

        /// @param keys of `0-9 A-D * # w W f F`
        /// @param durationMillis 0 for the default
        public record Digits(String keys, int durationMillis) {}

        /// Real-time text.
        ///
        /// @param chars empty when missing
        public record Text(String chars) {}

        /// A chat message.
        ///
        /// @param state whether there was one
        /// @param to `user@domain` or `proto+address`
        /// @param body at most [#MAX_BODY] characters are of use to anybody; a longer one is not cut
        /// @param extra `from_...` and `to_...`, passed on unchanged
        public record Chat(State state, String to, String body, boolean inDialog, Map<String, String> extra) {
            /// The longest body that is delivered.
            public static final int MAX_BODY = 65_536;
            /// The message that is not there.
            public static final Chat NONE = new Chat(State.NONE, "", "", false, Map.of());

            public Chat {
                extra = Collections.unmodifiableMap(new LinkedHashMap<>(extra));
            }

            /// Whether a message was there.
            public enum State {
                NONE,
                /// `msg` without `to` or `body`.
                INCOMPLETE,
                COMPLETE
            }
        }
    }

    /// @param action lower case
    /// @param actionAsSent echoed in the reply
    /// @param argument `destination` of a transfer, `replaceCallID` of a replace; empty when missing
    /// @param sdp empty when missing
    record Modify(String callId, String action, String actionAsSent, String argument, SdpText sdp) implements VertoRequest {}

    /// Addresses of the client that it found after it sent its SDP (verto-extensions.md). An end of candidates is none.
    ///
    /// @param unreadable texts that are no candidates
    record Candidates(String callId, List<TrickledCandidate> candidates, int unreadable) implements VertoRequest {
        public Candidates {
            candidates = List.copyOf(candidates);
        }
    }

    /// @param sdp the client's answer
    record Attach(SdpText sdp, String callId) implements VertoRequest {}

    record Subscribe(List<String> channels) implements VertoRequest {
        public Subscribe {
            channels = List.copyOf(channels);
        }
    }

    record Unsubscribe(List<String> channels) implements VertoRequest {
        public Unsubscribe {
            channels = List.copyOf(channels);
        }
    }

    /// @param channel empty when missing
    /// @param local to subscribers of exactly this channel
    record Broadcast(String channel, boolean local, JsonObject params) implements VertoRequest {}

    /// @param data [JsonValue.JsonLiteral#NULL] when missing
    record Jsapi(String command, JsonValue data) implements VertoRequest {}

    record Fsapi(String command, String argument) implements VertoRequest {}

    /// A request that lacks something.
    ///
    /// @param callId the call that it names all the same, empty when it names none
    record Incomplete(VertoMethod method, Missing missing, String callId) implements VertoRequest {
        public Incomplete(VertoMethod method, Missing missing) {
            this(method, missing, "");
        }
    }

    /// A method that does not exist.
    record Unknown() implements VertoRequest {}
}
