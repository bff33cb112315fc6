package io.jverto.medialoop;

import io.jverto.media.stun.StunClass;
import io.jverto.media.stun.StunMessage;
import io.jverto.media.stun.StunTransaction;
import io.jverto.media.stun.StunWriter;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Asks a STUN server as whom it sees us (RFC 8489). Blocks.
public final class StunQuery {
    /// RFC 8489 section 6.2.1: RTO, doubled each time; fewer repeats, since somebody waits.
    private static final int FIRST_MILLIS = 500;
    private static final int SENDS = 3;
    private static final int MAX_ANSWER = 1_024;

    private StunQuery() {}

    /// @param from own address to ask from; a port is chosen
    /// @param random a `SecureRandom` in production: who guesses the transaction can answer instead
    /// @return as whom we are seen; empty when nobody answers
    /// @throws IOException when nothing can be sent from here to there
    public static Optional<InetSocketAddress> ask(InetAddress from, InetSocketAddress server, RandomGenerator random) throws IOException {
        StunTransaction transaction = new StunTransaction(random.nextLong(), random.nextInt());
        StunWriter writer = new StunWriter();
        int length = writer.beginBare(StunClass.REQUEST, transaction).finishBare();
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(from, 0))) {
            socket.connect(server); // nobody else is heard
            for (int send = 0, wait = FIRST_MILLIS; send < SENDS; send++, wait *= 2) {
                socket.send(new DatagramPacket(writer.bytes(), length));
                socket.setSoTimeout(wait);
                Optional<InetSocketAddress> seen = answer(socket, transaction);
                if (seen.isPresent()) {
                    return seen;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<InetSocketAddress> answer(DatagramSocket socket, StunTransaction transaction) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[MAX_ANSWER], MAX_ANSWER);
        StunMessage message = new StunMessage();
        try {
            socket.receive(packet);
        } catch (SocketTimeoutException silence) {
            return Optional.empty();
        }
        return message.read(packet.getData(), packet.getOffset(), packet.getLength()) && message.messageClass() == StunClass.SUCCESS
                        && message.transaction().equals(transaction)
                ? message.mappedAddress()
                : Optional.empty();
    }
}
