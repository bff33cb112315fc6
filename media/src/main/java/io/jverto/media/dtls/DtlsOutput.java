package io.jverto.media.dtls;

/// What a [DtlsHandshake] wants done. Called on the handshake's thread: implementations are thread-safe and do not block.
public interface DtlsOutput {
    /// Send to the selected ICE pair. The bytes are the handshake's again when the call returns.
    void send(byte[] bytes, int offset, int length);

    /// The handshake ended, well or not. Called once.
    void finished(DtlsResult result);

    /// The peer said goodbye (close_notify or a fatal alert) after a handshake that went well. Called at most once.
    void closed();
}
