package io.jverto.verto;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.time.TimeSource;
import io.jverto.switchboard.port.ApiCommand;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.Endpoint.Reach;
import io.jverto.verto.Desk.Client;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a client may leave undone, and for how long (verto-wire.md sections 1.5, 1.6, 1.9).
class PatienceTest {
    private final Desk desk =
            new Desk(Config.directory(), Config.param("userauth", "true"), Config.param("root-password", "toor"));

    @AfterEach
    void closes() {
        desk.close();
    }

    @Test
    void whoNeverAnswersVertoPingStaysAsLongAsItsSocketLives() {
        Client client = desk.connect();
        client.login("1001@test");

        for (int minute = 0; minute < 60; minute++) {
            desk.time.advance(Duration.ofMinutes(1));
            client.pong();
        }

        assertThat(client.closed).isFalse();
        assertThat(client.pings()).isEqualTo((client.received.size() + 1) / 2); // every other time
        assertThat(client.received).hasSizeGreaterThan(30).allSatisfy(text -> assertThat(text).contains("verto.ping", "\"serno\":"));
    }

    @Test
    void whoTypesHisPasswordMayTakeAnHour() {
        Client client = desk.connect();
        assertThat(client.ask("login", "{\"sessid\":\"S\"}")).contains("-32000");

        for (int minute = 0; minute < 60; minute++) {
            desk.time.advance(Duration.ofMinutes(1));
            client.pong();
        }
        client.received.clear();

        assertThat(client.login("1001@test")).contains("logged in");
    }

    @Test
    void aLongCommandHoldsUpItsOwnConnectionAloneAndItsRepliesKeepTheirOrder() {
        desk.commands.add(new LongCommand(desk.time));
        Client root = desk.connect();
        assertThat(root.ask("login", "{\"login\":\"root\",\"passwd\":\"toor\"}")).contains("logged in");
        root.received.clear();
        Client other = desk.connect();
        other.login("1001@test");

        root.say("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"fsapi\",\"params\":{\"cmd\":\"long\"}}");
        root.say("{\"jsonrpc\":\"2.0\",\"id\":8,\"method\":\"verto.ping\"}");

        assertThat(root.received).isEmpty();
        assertThat(other.ask("verto.ping", "{}")).contains("PONG");
        desk.time.advance(Duration.ofSeconds(10));
        assertThat(root.received).satisfiesExactly(
                done -> assertThat(done).contains("\"id\":7", "\"message\":\"done\""),
                pong -> assertThat(pong).contains("\"id\":8", "PONG"));
    }

    @Test
    void aSessionThatIsNotThereIsOutOfOrderAndAUserNotRegistered() {
        desk.connect().login("1001@test");

        assertThat(desk.server.endpoint().reach("u:S-1001@test")).isInstanceOf(Reach.Reachable.class);
        assertThat(desk.server.endpoint().reach("u:another")).isEqualTo(new Reach.Unreachable(Cause.DESTINATION_OUT_OF_ORDER));
        assertThat(desk.server.endpoint().reach("1002@test")).isEqualTo(new Reach.Unreachable(Cause.USER_NOT_REGISTERED));
    }

    /// Takes ten seconds.
    private record LongCommand(TimeSource time) implements ApiCommand {
        @Override
        public String name() {
            return "long";
        }

        @Override
        public String run(String arguments) {
            time.mailbox(1).await(time.nanoTime() + Duration.ofSeconds(10).toNanos());
            return "done";
        }
    }
}
