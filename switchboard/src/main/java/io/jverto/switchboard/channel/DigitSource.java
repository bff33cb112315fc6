package io.jverto.switchboard.channel;

/// By which way a digit of a channel's party came.
public enum DigitSource {
    /// As RFC 4733 event beside the sound.
    TELEPHONE_EVENT("RTP"),
    /// As a tone in the sound.
    SOUND("INBAND_AUDIO"),
    /// In a message of the signalling, or as if it had.
    MESSAGE("ENDPOINT");

    private final String title;

    DigitSource(String title) {
        this.title = title;
    }

    /// @return as the header `DTMF-Source` of an event says it
    String title() {
        return title;
    }
}
