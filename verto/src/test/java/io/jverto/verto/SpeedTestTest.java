package io.jverto.verto;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.verto.Desk.Client;
import io.jverto.verto.count.VertoCount;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Frames that begin with `#` (verto-wire.md section 1.7).
class SpeedTestTest {
    private final Desk desk = new Desk(Config.directory(), Config.param("userauth", "true"));
    private final Client client = desk.connect();

    @BeforeEach
    void login() {
        client.login("1001@test");
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void runsLikeTheOneOfVertoCommunicator() {
        client.say("#SPU 262144");
        upload(256);
        desk.time.advance(Duration.ofMillis(40));
        assertThat(client.received).isEmpty();
        client.say("#SPE");

        assertThat(client.received).hasSize(2_562).first().isEqualTo("#SPU 40");
        List<String> data = List.copyOf(client.received).subList(1, 2_561);
        assertThat(data).allSatisfy(frame -> assertThat(frame).hasSize(1_024).startsWith("#SPB....").endsWith("..."));
        assertThat(client.received).last().isEqualTo("#SPD 1");
    }

    @Test
    void theRemainderHasAFrameOfItsOwn() {
        client.say("#SPU 1030");
        upload(2);
        client.say("#SPE");

        assertThat(client.received).hasSize(22);
        assertThat(client.received.stream().filter("#SPB.."::equals)).hasSize(10);
    }

    @Test
    void twoTestsBackToBackAreBothAnswered() {
        for (int i = 0; i < 2; i++) {
            client.say("#SPU 1024");
            upload(1);
            client.say("#SPE");
        }

        assertThat(client.received).hasSize(24);
    }

    @Test
    void sizesBeyondTheLimitsAndStrayFramesAreIgnored() {
        for (String frame : List.of("#SPU 0", "#SPU -5", "#SPU 10485761", "#SPU x", "#SPU", "#", "#SPE", "#SPB ...", "#XYZ")) {
            client.say(frame);
            client.say("#SPE");
        }

        assertThat(client.received).isEmpty();
        assertThat(client.ask("verto.ping", "{}")).contains("PONG");
    }

    @Test
    void anyOtherFrameEndsTheTestAndIsProcessed() {
        client.say("#SPU 1024");
        upload(1);

        assertThat(client.ask("verto.ping", "{}")).contains("PONG");
        client.say("#SPE");
        assertThat(client.received).isEmpty();
    }

    @Test
    void s8AtMostTenTimesAsMuchGoesOutAsCameIn() {
        client.say("#SPU 10485760");
        client.say("#SPE");
        assertThat(client.received).containsExactly("#SPU 1", "#SPD 1");
        client.received.clear();

        desk.time.advance(Duration.ofSeconds(60));
        client.received.clear();
        client.say("#SPU 10485760");
        upload(3);
        client.say("#SPE");
        assertThat(client.received.stream().mapToInt(String::length).sum()).isLessThan(10 * 3 * 1_028 + 20);
    }

    @Test
    void s8OnlySoManyTestsAreRunInATime() {
        client.say("#SPU 10485760");
        client.say("#SPE");
        client.received.clear();

        client.say("#SPU 10485760");
        client.say("#SPE");
        assertThat(client.received).isEmpty();
        assertThat(desk.server.counters().get(VertoCount.SPEED_TESTS_REFUSED)).isEqualTo(1);

        desk.time.advance(Duration.ofSeconds(51));
        client.received.clear();
        client.say("#SPU 10485760");
        client.say("#SPE");
        assertThat(client.received).hasSize(2);
    }

    @Test
    void aProfileWithoutAuthenticationAllowsItAtOnce() {
        try (Desk open = new Desk(Config.directory())) {
            Client stranger = open.connect();
            stranger.say("#SPU 8");
            stranger.say("#SPB ........");
            stranger.say("#SPE");

            assertThat(stranger.closed).isFalse();
            assertThat(stranger.received).hasSize(12).last().asString().startsWith("#SPD ");
        }
    }

    @Test
    void aClientThatDoesNotReadItsDataIsCutOff() {
        client.say("#SPU 262144");
        upload(256);
        client.stopReading();
        client.say("#SPE");

        assertThat(client.closed).isTrue();
    }

    private void upload(int frames) {
        for (int i = 0; i < frames; i++) {
            client.say("#SPB " + ".".repeat(1_023));
        }
    }
}
