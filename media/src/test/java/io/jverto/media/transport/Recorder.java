package io.jverto.media.transport;

import io.jverto.base.Broken;
import io.jverto.media.dtls.DtlsHandshake;
import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.Fingerprint;
import io.jverto.media.plan.SrtpProfile;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Writes down what a transport wants done; starts no handshake.
class Recorder implements TransportOutput {
    final List<byte[]> sent = new ArrayList<>();
    final List<InetSocketAddress> sentTo = new ArrayList<>();
    final List<InetSocketAddress> controlTo = new ArrayList<>();
    final List<String> told = new ArrayList<>();

    @Override
    public void sendStun(InetSocketAddress to, byte[] bytes, int offset, int length) {}

    @Override
    public void send(InetSocketAddress to, byte[] bytes, int offset, int length) {
        sent.add(Arrays.copyOfRange(bytes, offset, offset + length));
        sentTo.add(to);
    }

    @Override
    public void sendControl(InetSocketAddress to, byte[] bytes, int offset, int length) {
        controlTo.add(to);
    }

    @Override
    public void selected(InetSocketAddress remote) {}

    @Override
    public DtlsHandshake startHandshake(int number, DtlsRole role, Fingerprint remote, SrtpProfile best) {
        throw new Broken("no handshake here");
    }

    @Override
    public void connected() {
        told.add("connected");
    }

    @Override
    public void digit(char digit, int durationMillis) {
        told.add(digit + " " + durationMillis);
    }

    @Override
    public void failed(TransportFailure failure) {
        told.add("failed " + failure);
    }
}
