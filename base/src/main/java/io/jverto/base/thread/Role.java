package io.jverto.base.thread;

/// The kinds of thread there are (ARCHITECTURE.md, Threads).
public enum Role {
    /// Platform thread; owns a UDP port and the transports on it; never blocks.
    MEDIA_LOOP,
    /// Platform thread on absolute 20 ms deadlines; owns mixers and audio ports; never blocks.
    MIXER_TICK,
    /// Platform thread; owns the pictures of rooms: decoders, canvases, encoders. Late pictures are left out; nothing waits for it.
    PICTURES,
    /// One virtual thread for each channel; runs its dialplan; may block.
    CHANNEL,
    /// One virtual thread for each conference room; may block.
    ROOM,
    /// The frames of one WebSocket, one after the other; may block.
    CONNECTION
}
