package io.jverto.media.audio;

/// Something on a channel's line: it sees, and may change, what the channel says before anybody hears it, and what the channel hears
/// before it is encoded. Owner: the thread of the port at which the channel is, MIXER_TICK. Keeps its state from port to port.
public interface Insert {
    /// Where on the line, the first first.
    enum Place {
        /// Looks at what really comes in.
        DETECT,
        /// Makes something else of it.
        CHANGE,
        /// Lets others hear it, and be heard.
        LISTEN,
        /// Keeps what came of it.
        RECORD
    }

    Place place();

    /// The next 20 ms that the channel says, silence when nothing comes. Comes before [#heard] in each tick.
    ///
    /// @param pcm 960 samples of each channel, interleaved, to be changed in place; nothing behind them
    /// @param channels 1 or 2, as the channel sends
    void said(short[] pcm, int channels);

    /// The next 20 ms that the channel is to hear, silence when it is to hear nothing.
    ///
    /// @param channels 1 or 2, as there is to hear
    void heard(short[] pcm, int channels);
}
