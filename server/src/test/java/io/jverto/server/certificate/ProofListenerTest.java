package io.jverto.server.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.jverto.testkit.log.LogLines;
import io.jverto.testkit.time.VirtualTime;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a port of proofs does when the system gives it nobody.
class ProofListenerTest {
    private final VirtualTime time = new VirtualTime();
    private final LogLines said = LogLines.of(ProofListener.class, Level.WARN);

    @AfterEach
    void goes() {
        said.close();
    }

    @Test
    void aSystemThatTakesNobodyIsAskedEverMoreSeldomAndComplainedOfOnce() throws IOException {
        Refusing socket = new Refusing();
        ProofListener listener = ProofListener.of(socket, time);

        time.advance(Duration.ofSeconds(6)); // 0.1 s, 0.2 s and so on to 3.2 s
        assertThat(socket.asked).hasValue(6);
        time.advance(Duration.ofMinutes(1)); // every 5 s
        assertThat(socket.asked).hasValue(18);
        assertThat(said.texts()).singleElement().asString().contains("takes nobody at the moment (Too many open files)");

        listener.close();
        time.advance(Duration.ofMinutes(1));
        assertThat(socket.asked).hasValue(18);
    }

    @Test
    void onceSomebodyWasTakenItIsAskedAtOnceAgain() throws IOException {
        Refusing socket = new Refusing();
        ProofListener listener = ProofListener.of(socket, time);
        time.advance(Duration.ofSeconds(6));
        socket.toServe.set(2);

        time.advance(Duration.ofSeconds(5)); // two, and then a refusal that is the first one again

        assertThat(socket.asked).hasValue(6 + 3 + 5);
        assertThat(said.texts()).hasSize(2);
        listener.close();
        time.advance(Duration.ofSeconds(5));
    }

    /// Stands for a system without file descriptors.
    private static final class Refusing extends ServerSocket {
        private final AtomicInteger asked = new AtomicInteger();
        private final AtomicInteger toServe = new AtomicInteger();

        Refusing() throws IOException {}

        @Override
        public Socket accept() throws IOException {
            asked.incrementAndGet();
            if (toServe.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                return new Socket() {
                    @Override
                    public void setSoTimeout(int millis) throws SocketException {
                        throw new SocketException("he is gone already");
                    }
                };
            }
            throw new SocketException("Too many open files");
        }
    }
}
