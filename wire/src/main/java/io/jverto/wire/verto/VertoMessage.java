package io.jverto.wire.verto;

import io.jverto.base.json.JsonValue;
import io.jverto.wire.sdp.SdpText;
import java.util.List;
import java.util.Map;

/// What the server says unasked (verto-wire.md section 2.9). Records compare by their content; an empty SDP is left out.
public sealed interface VertoMessage {
    /// A call for the client.
    ///
    /// @param headers `verto_h_...`
    record Invite(String callId, Map<String, String> variables, SdpText sdp, Parties parties, Map<String, String> headers)
            implements VertoMessage {}

    /// A call of the session is still up; `sdp` is an offer.
    ///
    /// @param headers `verto_h_...`
    record Attach(String callId, Map<String, String> variables, SdpText sdp, Parties parties, Map<String, String> headers)
            implements VertoMessage {}

    /// Early media.
    record Media(String callId, SdpText sdp, Map<String, String> variables) implements VertoMessage {}

    /// The call is answered.
    record Answer(String callId, SdpText sdp, Map<String, String> variables) implements VertoMessage {}

    record Bye(String callId, int causeCode, String cause) implements VertoMessage {}

    /// @param name what to show, empty when unknown
    /// @param headers `verto_h_...`
    record Display(String callId, String name, String number, Parties parties, Map<String, String> headers)
            implements VertoMessage {}

    /// A digit for a client without telephone-event.
    record Digit(String callId, char digit) implements VertoMessage {}

    /// A chat message.
    ///
    /// @param callId empty outside of calls
    record Chat(String callId, Map<String, String> message) implements VertoMessage {}

    /// Real-time text.
    ///
    /// @param chars at most 100 bytes in UTF-8 (verto-wire.md section 6.3)
    record Typed(String callId, String chars) implements VertoMessage {}

    record ClientReady(List<String> reattached) implements VertoMessage {}

    /// @param authExpires epoch seconds, 0 for never
    /// @param now epoch seconds
    record Ping(long authExpires, long now) implements VertoMessage {}

    /// Another socket has taken the session.
    record Punt() implements VertoMessage {}

    /// An administrator's words to everybody.
    record Announce(List<String> words) implements VertoMessage {}

    /// What the client's media should be like.
    record MediaParams(String callId, JsonValue mediaParams) implements VertoMessage {}

    /// Names and numbers of both parties; `direction` is the switch's, seen from the channel.
    record Parties(
            String callerName, String callerNumber, String calleeName, String calleeNumber, Direction direction) {}

    /// Who began the call.
    enum Direction {
        /// The client.
        INBOUND,
        /// The switch.
        OUTBOUND
    }
}
