package io.jverto.testkit.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jverto.testkit.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TranscriptPlayerTest {
    private final VirtualTime time = new VirtualTime();
    private final List<String> sent = new ArrayList<>();

    @Test
    void bindsNamesAndReadsFiles() {
        play("""
                # what the client says comes back after a second
                0ms C> {"id":1,"sessid":"$S","sdp":@offer.sdp}
                1000ms S< {"id":$N,"sessid":"$S","sdp":$_}
                1000ms C> {"again":$N}
                ..9000ms S< {"again":1}
                """);

        assertThat(sent).containsExactly("{\"id\":1,\"sessid\":\"its-S\",\"sdp\":\"text of offer.sdp\"}", "{\"again\":1}");
    }

    @Test
    void tellsLineAndDifference() {
        assertThatThrownBy(() -> play("0ms C> {\"a\":1}\n1000ms S< {\"a\":2}\n"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("test.vt:2")
                .hasMessageContaining("{\"a\":1}");
    }

    @Test
    void theOrderOfKeysCounts() {
        assertThatThrownBy(() -> play("0ms C> {\"a\":1,\"b\":2}\n1000ms S< {\"b\":2,\"a\":1}\n"))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void aMessageTooMuchFails() {
        assertThatThrownBy(() -> play("0ms C> {\"a\":1}\n0ms C> {\"a\":2}\n1000ms S< {\"a\":1}\n"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("also got");
    }

    @Test
    void aMessageAtTheWrongTimeFails() {
        assertThatThrownBy(() -> play("0ms C> {\"a\":1}\n2000ms S< {\"a\":1}\n"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("came at 1000ms");
        assertThatCode(() -> play("0ms C> {\"a\":1}\n..2000ms S< {\"a\":1}\n")).doesNotThrowAnyException();
    }

    private void play(String text) {
        TranscriptPlayer.play(Transcript.parse("test.vt", text, path -> "text of " + path), time, new Echo());
    }

    /// Sends everything back, a second later.
    private final class Echo implements Stage {
        @Override
        public Actor connect(Consumer<String> received, Runnable closed) {
            return new Actor() {
                @Override
                public void send(String text) {
                    sent.add(text);
                    time.start("echo", () -> {
                        time.mailbox(1).await(time.nanoTime() + Duration.ofSeconds(1).toNanos());
                        received.accept(text);
                    });
                }

                @Override
                public void vanish() {}
            };
        }

        @Override
        public void order(String text) {}
    }
}
