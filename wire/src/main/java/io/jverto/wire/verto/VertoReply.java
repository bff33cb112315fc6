package io.jverto.wire.verto;

import io.jverto.base.json.JsonValue.JsonArray;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.wire.sdp.SdpText;
import java.util.List;
import java.util.Optional;

/// What a request is answered with. [VertoCodec] gives it the keys and their order.
public sealed interface VertoReply {
    /// Becomes `result`, to which the session's id is added as last key.
    sealed interface Result extends VertoReply {}

    /// Becomes `error`.
    sealed interface Failure extends VertoReply {}

    /// @param authExpires epoch seconds, 0 for never
    /// @param extensions names of those that the client asked for and gets; left out when there are none
    /// @param iceServers what the client's calls may use to find a way, as `RTCIceServer`; left out when there are none
    /// @param iceServersExpire epoch seconds at which their passwords end, 0 for never
    record LoggedIn(
            long authExpires, boolean moderator, boolean stereoAudio, boolean superuser, List<String> extensions, JsonArray iceServers,
            long iceServersExpire)
            implements Result {
        public LoggedIn {
            extensions = List.copyOf(extensions);
        }

        /// Never shows the passwords.
        @Override
        public String toString() {
            return "LoggedIn[extensions=" + extensions + "]";
        }
    }

    /// A copy of the params.
    record Echoed(JsonObject params) implements Result {}

    /// @param authExpires epoch seconds, 0 for never
    record Pong(long authExpires) implements Result {}

    record CallCreated(String callId) implements Result {}

    record CallEnded(String callId, int causeCode, String cause) implements Result {}

    /// `verto.modify` was done (verto-wire.md section 5.9).
    ///
    /// @param action as the client wrote it
    /// @param message empty for none
    /// @param sdp the answer to the client's offer, empty for none
    /// @param held whether the call is on hold now
    record Modified(String callId, String action, String message, SdpText sdp, boolean held) implements Result {}

    /// A page of the users whom a client may know of (verto-extensions.md).
    ///
    /// @param next what to ask the next page with, empty when this is the last
    record Contacts(List<Contact> contacts, String next) implements Result {
        public Contacts {
            contacts = List.copyOf(contacts);
        }
    }

    /// @param name empty where none is known
    /// @param online whether any device of the user can be rung
    record Contact(String number, String name, boolean online) {}

    /// Digits or a message went out.
    record Sent() implements Result {}

    /// Nothing but the session's id.
    record Done() implements Result {}

    /// At least one channel may be heard; lists that are empty are left out, but for the first (verto-wire.md section 8.2).
    record Subscribed(List<String> subscribed, List<String> unauthorized, List<String> already) implements Result {
        public Subscribed {
            subscribed = List.copyOf(subscribed);
            unauthorized = List.copyOf(unauthorized);
            already = List.copyOf(already);
        }
    }

    /// None may be heard, or none was named.
    record NotSubscribed(List<String> unauthorized) implements Failure {
        public NotSubscribed {
            unauthorized = List.copyOf(unauthorized);
        }
    }

    /// Lists that are empty are left out.
    record Unsubscribed(List<String> unsubscribed, List<String> notSubscribed) implements Result {
        public Unsubscribed {
            unsubscribed = List.copyOf(unsubscribed);
            notSubscribed = List.copyOf(notSubscribed);
        }
    }

    /// None was heard.
    record NotUnsubscribed(List<String> notSubscribed) implements Failure {
        public NotUnsubscribed {
            notSubscribed = List.copyOf(notSubscribed);
        }
    }

    /// A broadcast that goes nowhere (-32002). A result all the same: a client looks for `code` there (verto-wire.md section 8.4).
    record BroadcastRefused(String message) implements Result {}

    /// What a command of the API says.
    record CommandOutput(String text) implements Result {}

    /// What a JSON command says.
    record JsonOutput(JsonObject reply) implements Result {}

    /// An error that stands outside any call.
    enum Refusal implements Failure {
        UNREADABLE(-32600, "Invalid Request"),
        INVALID(-32600, "Invalid message"),
        /// Unknown and forbidden look the same.
        NO_METHOD(-32601, "Invalid Method, Missing Method or Permission Denied"),
        DENIED(-32602, "Permission Denied"),
        LOGIN_REQUIRED(-32000, "Authentication Required"),
        MISSING_PARAMS(-32001, "Missing params"),
        MISSING_PASSWORD(-32001, "Missing passwd"),
        IMPROPER_CREDENTIALS(-32001, "Missing or improper credentials"),
        LOGIN_FAILED(-32001, "Authentication Failure"),
        /// The client gave a token of ours whose time is over (verto-extensions.md).
        TOKEN_EXPIRED(-32001, "Token Expired"),
        SESSION_IN_USE(-32001, "Session in use");

        private final int code;
        private final String message;

        Refusal(int code, String message) {
            this.code = code;
            this.message = message;
        }

        public int code() {
            return code;
        }

        public String message() {
            return message;
        }
    }

    /// [Refusal#LOGIN_FAILED] for a client that wants to know when it may try again (verto-extensions.md).
    ///
    /// @param seconds at least 1
    record LoginMustWait(long seconds) implements Failure {}

    /// A method of a call failed (-32002).
    record CallFailure(String message) implements Failure {
        public static CallFailure of(Missing missing) {
            return new CallFailure(missing.text());
        }
    }

    /// `verto.modify` failed (-32002).
    ///
    /// @param held whether the call is on hold; empty where that is not told
    record NotModified(String callId, String action, String message, Optional<Boolean> held) implements Failure {}

    /// No such call, or somebody else's (-32002).
    record NoSuchCall(String callId) implements Failure {}

    /// `verto.info` with a message that lacks something; an error without code (verto-wire.md section 2.4).
    record BadMessage() implements Failure {}

    /// `verto.invite` was refused: `CALL ERROR` (-32002).
    ///
    /// @param detail what the reference server says under a second `message` key; ours is called `detail`
    record CallRefused(String detail, int causeCode, String cause) implements Failure {}
}
