package io.jverto.switchboard.port;

/// Takes messages from user to user (verto-wire.md section 6.4). Implemented by verto. Thread-safe; waits for the directory alone.
public interface MessageDesk {
    /// Takes all messages, to nobody.
    MessageDesk NONE = new MessageDesk() {
        @Override
        public void send(String to, ChatMessage message) {
            // there is nobody
        }

        @Override
        public void arrived(UserId user) {
            // nothing waits
        }
    };

    /// @param to `user@domain`
    /// @param message from somebody who has proven who he is
    void send(String to, ChatMessage message);

    /// A user has a device now ([MessageDevices]): what waits goes to it.
    void arrived(UserId user);
}
