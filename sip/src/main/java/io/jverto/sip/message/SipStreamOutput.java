package io.jverto.sip.message;

/// What a [SipStream] finds.
public interface SipStreamOutput {
    void message(SipDecoding decoding);

    /// The peer wants to know whether we are there: a line end goes back.
    void ping();

    /// The stream cannot be read any further: close it.
    ///
    /// @param why for a person; carries nothing of the stream
    void lost(String why);
}
