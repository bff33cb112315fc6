package io.jverto.switchboard.channel;

import java.util.EnumSet;
import java.util.Set;

/// How far a call has come (verto-wire.md section 5.11).
///
/// ```
/// inbound   NEW -> ROUTING -> EARLY -> ANSWERED <-> HELD -> ENDED
/// outbound  NEW -> RINGING ----------> ANSWERED <-> HELD -> ENDED
/// ```
/// EARLY may be missed out, and every state may go to ENDED.
public enum ChannelState {
    /// Admitted; its thread has not begun.
    NEW("CS_NEW", "DOWN"),
    /// Its dialplan runs; no media yet.
    ROUTING("CS_EXECUTE", "RING_WAIT"),
    /// We called; the device rings.
    RINGING("CS_CONSUME_MEDIA", "RINGING"),
    /// Sound flows, but nobody has answered.
    EARLY("CS_EXECUTE", "EARLY"),
    /// Answered.
    ANSWERED("CS_EXECUTE", "ACTIVE"),
    /// Answered, and its party does not want to hear or be heard.
    HELD("CS_EXECUTE", "HELD"),
    /// Over.
    ENDED("CS_HANGUP", "HANGUP");

    private final String stateName;
    private final String callState;

    ChannelState(String stateName, String callState) {
        this.stateName = stateName;
        this.callState = callState;
    }

    /// @return the `state` column of `show channels`
    public String stateName() {
        return stateName;
    }

    /// @return the number that goes with [#stateName]
    public int stateNumber() {
        return switch (stateName) {
            case "CS_NEW" -> 0;
            case "CS_EXECUTE" -> 4;
            case "CS_CONSUME_MEDIA" -> 7;
            default -> 10;
        };
    }

    /// @return the `callstate` column
    public String callState() {
        return callState;
    }

    /// Whether the call is answered, held or not.
    public boolean isAnswered() {
        return this == ANSWERED || this == HELD;
    }

    Set<ChannelState> next() {
        return switch (this) {
            case NEW -> EnumSet.of(ROUTING, RINGING, ENDED);
            case ROUTING -> EnumSet.of(EARLY, ANSWERED, ENDED);
            case RINGING, EARLY -> EnumSet.of(ANSWERED, ENDED);
            case ANSWERED -> EnumSet.of(HELD, ENDED);
            case HELD -> EnumSet.of(ANSWERED, ENDED);
            case ENDED -> EnumSet.noneOf(ChannelState.class);
        };
    }
}
