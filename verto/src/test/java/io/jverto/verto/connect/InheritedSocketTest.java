package io.jverto.verto.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InheritedSocketTest {
    @Test
    void takesThePlaceOfTheListenerOfItsPortOnce() throws IOException {
        try (ServerSocketChannel channel = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            InheritedSocket socket = new InheritedSocket(Optional.of(channel));
            InetSocketAddress own = (InetSocketAddress) channel.getLocalAddress();

            assertThat(socket.take(new InetSocketAddress(own.getAddress(), own.getPort() ^ 1))).as("another port").isEmpty();
            assertThat(socket.take(new InetSocketAddress("192.0.2.1", own.getPort()))).as("another address").isEmpty();
            assertThat(socket.take(own)).contains(channel);
            assertThat(socket.take(own)).as("it is taken").isEmpty();
        }
    }

    @Test
    void oneOfAllAddressesFitsEachOfThem() throws IOException {
        try (ServerSocketChannel channel = ServerSocketChannel.open().bind(new InetSocketAddress(0))) {
            int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();

            assertThat(new InheritedSocket(Optional.of(channel)).take(new InetSocketAddress("192.0.2.1", port))).contains(channel);
        }
    }

    @Test
    void withoutOneEveryListenerIsOpened() {
        assertThat(new InheritedSocket(Optional.empty()).take(new InetSocketAddress(443))).isEmpty();
    }
}
