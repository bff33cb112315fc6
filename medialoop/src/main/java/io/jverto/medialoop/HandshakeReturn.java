package io.jverto.medialoop;

import io.jverto.media.dtls.DtlsOutput;
import io.jverto.media.dtls.DtlsResult;
import java.util.Arrays;

/// Brings what a handshake says on its own thread to the loop of its transport.
final class HandshakeReturn implements DtlsOutput {
    private final LoopTransport transport;
    private final int number;

    HandshakeReturn(LoopTransport transport, int number) {
        this.transport = transport;
        this.number = number;
    }

    @Override
    public void send(byte[] bytes, int offset, int length) {
        byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
        transport.loop().tell(new LoopCommand.HandshakeDatagram(transport, number, copy));
    }

    @Override
    public void finished(DtlsResult result) {
        transport.loop().tell(new LoopCommand.HandshakeFinished(transport, number, result));
    }

    @Override
    public void closed() {
        transport.loop().tell(new LoopCommand.HandshakeClosed(transport, number));
    }
}
