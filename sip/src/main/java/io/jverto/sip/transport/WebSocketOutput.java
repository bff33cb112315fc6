package io.jverto.sip.transport;

/// What a [WebSocketStream] has to tell.
interface WebSocketOutput {
    /// Bytes to be sent: the answer to the handshake, a pong, a farewell.
    void send(byte[] bytes);

    /// A whole message.
    void message(byte[] bytes, int length);

    /// Nothing is read any more: the connection is to be closed when what was sent is out.
    void over(boolean broken);
}
