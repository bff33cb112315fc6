package io.jverto.switchboard.bridge;

import io.jverto.switchboard.channel.ChannelEvent;

/// What a talk's leader may do with it beside talking.
interface Steering {
    Steering NONE = until("");

    /// @param keys of the leader's party that end the talk
    static Steering until(String keys) {
        return new Steering() {
            @Override
            public Turn pressed(ChannelEvent.Digit digit) {
                return keys.indexOf(digit.digit()) >= 0 ? Turn.OVER : Turn.NOT_TAKEN;
            }

            @Override
            public void leaderLeft() {
                // the follower is let go
            }
        };
    }

    /// What becomes of a digit.
    enum Turn {
        /// It goes to the other side.
        NOT_TAKEN,
        /// It does not.
        TAKEN,
        /// Nor does the talk go on.
        OVER
    }

    Turn pressed(ChannelEvent.Digit digit);

    /// The leader has ended or been sent elsewhere, and the follower, which still talks with it, would be let go next.
    void leaderLeft();
}
