package io.jverto.server.eventsocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.server.eventsocket.CommandReader.Limits;
import io.jverto.server.eventsocket.CommandReader.Read;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CommandReaderTest {
    private static final Limits SMALL = new Limits(24, 3, 60, 10);

    @Test
    void aCommandIsALineThenHeadersThenSoManyBytes() throws IOException {
        CommandReader reader = of("\r\n\n  api status \r\n\r\nsendmsg x\ncall-command:  execute \nContent-Length: 3\n\nüaexit\n\n");

        assertThat(reader.next()).isEqualTo(new Read.Complete(new Command("api status", java.util.List.of(), "")));
        Command message = ((Read.Complete) reader.next()).command();
        assertThat(message.name()).isEqualTo("sendmsg");
        assertThat(message.arguments()).isEqualTo("x");
        assertThat(message.headers()).containsExactly(Map.entry("call-command", "execute"), Map.entry("Content-Length", "3"));
        assertThat(message.header("CALL-COMMAND")).hasValue("execute");
        assertThat(message.body()).isEqualTo("üa");
        assertThat(((Read.Complete) reader.next()).command().name()).isEqualTo("exit");
        assertThat(reader.next()).isInstanceOf(Read.End.class);
    }

    @Test
    void aHeaderWithoutColonSpoilsItsCommandAlone() throws IOException {
        CommandReader reader = of("a\nb\n\nc\n: d\n\ne\n\n");

        assertThat(reader.next()).isInstanceOf(Read.Malformed.class);
        assertThat(reader.next()).isInstanceOf(Read.Malformed.class);
        assertThat(reader.next()).isInstanceOf(Read.Complete.class);
    }

    @Test
    void whatCannotBeBoundedIsHopeless() throws IOException {
        assertThat(of("x".repeat(25) + "\n\n").next()).isInstanceOf(Read.Hopeless.class);
        assertThat(of("a\nb: c\nd: e\nf: g\n\n").next()).isInstanceOf(Read.Hopeless.class);
        assertThat(of(("b: ".repeat(8) + "\n").repeat(3) + "\n").next()).isInstanceOf(Read.Hopeless.class);
        for (String length : new String[] {"11", "-1", "x", "", "1\nContent-Length: 2", "9999999999"}) {
            assertThat(of("a\nContent-Length: " + length + "\n\n0123456789012").next()).as(length).isInstanceOf(Read.Hopeless.class);
        }
    }

    @Test
    void whatEndsInTheMiddleIsNoCommand() throws IOException {
        for (String text : new String[] {"", "api", "api status\n", "a\nContent-Length: 5\n\n1234"}) {
            assertThat(of(text).next()).as(text).isInstanceOf(Read.End.class);
        }
    }

    @Test
    void anyBytesComeToAnEnd() throws IOException {
        Random random = new Random(3);
        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = new byte[random.nextInt(300)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (random.nextBoolean() ? "\n\r: contelgh-1".charAt(random.nextInt(14)) : random.nextInt());
            }
            CommandReader reader = new CommandReader(new ByteArrayInputStream(bytes), new Limits(64, 8, 200, 16));
            int commands = 0;
            for (Read read = reader.next(); read instanceof Read.Complete || read instanceof Read.Malformed; read = reader.next()) {
                commands++;
            }
            assertThat(commands).isLessThan(200);
        }
    }

    private static CommandReader of(String text) {
        return new CommandReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), SMALL);
    }
}
