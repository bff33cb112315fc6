package io.jverto.switchboard.event;

import java.util.Locale;
import java.util.Optional;

/// The events of the switch, by the field's names.
public enum EventName {
    STARTUP,
    SHUTDOWN,
    HEARTBEAT,
    RELOADXML,
    BACKGROUND_JOB,
    CHANNEL_CREATE,
    CHANNEL_OUTGOING,
    CHANNEL_ORIGINATE,
    CHANNEL_STATE,
    CHANNEL_CALLSTATE,
    CHANNEL_PROGRESS,
    CHANNEL_PROGRESS_MEDIA,
    CHANNEL_ANSWER,
    CHANNEL_BRIDGE,
    CHANNEL_UNBRIDGE,
    CHANNEL_EXECUTE,
    CHANNEL_EXECUTE_COMPLETE,
    CHANNEL_PARK,
    CHANNEL_UNPARK,
    CHANNEL_HOLD,
    CHANNEL_UNHOLD,
    /// Digits have been pressed that stand for something (`bind_digit_action`).
    CHANNEL_DATA,
    CHANNEL_HANGUP,
    CHANNEL_HANGUP_COMPLETE,
    CHANNEL_DESTROY,
    DTMF,
    /// A client's own command to its call.
    COMMAND,
    /// Tones that were looked for are there.
    DETECTED_TONE,
    /// A recogniser has understood something, or listens no more.
    DETECTED_SPEECH,
    PLAYBACK_START,
    PLAYBACK_STOP,
    RECORD_START,
    RECORD_STOP,
    PRESENCE_IN,
    /// Voice messages have come or gone.
    MESSAGE_WAITING,
    /// One of a subclass, for instance `verto::login`.
    CUSTOM;

    /// In any letter case.
    public static Optional<EventName> byName(String name) {
        try {
            return Optional.of(valueOf(name.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }
}
