package io.jverto.switchboard.port;

/// The name of a channel: the Verto `callID`. Chosen by whoever makes the call; at most 256 characters.
public record ChannelId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
