package io.jverto.server.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.server.recipes.Site.Browser;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `fsctl shutdown` and `json` of a whole server.
class ShutdownTest {
    @TempDir
    Path folder;

    private Site site;
    private Browser ada;
    private Browser bob;

    @BeforeEach
    void twoAreThere() {
        site = new Site(folder, "");
        ada = site.login("1001");
        bob = site.login("1002");
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void endsAtOnceButAfterTheReply() {
        ada.call("a", "9196");
        assertThat(site.server.ended()).isFalse();

        assertThat(site.run("fsctl shutdown")).startsWith("+OK");
        site.advance(200);

        assertThat(site.server.ended()).isTrue();
    }

    @Test
    void endsElegantlyWhenTheLastCallIsOver() {
        ada.call("a", "9196");
        assertThat(site.run("fsctl shutdown elegant")).startsWith("+OK");
        bob.call("b", "9196");
        assertThat(site.run("uuid_exists b")).as("no new call").isEqualTo("false");
        site.advance(60_000);
        assertThat(site.server.ended()).isFalse();

        ada.hangup("a");
        site.advance(400);

        assertThat(site.server.ended()).isTrue();
    }

    @Test
    void takesCallsUntilThereIsNoneWhenThatIsEnough() {
        ada.call("a", "9196");
        site.run("fsctl shutdown asap");
        bob.call("b", "9196");
        assertThat(site.run("uuid_exists b")).isEqualTo("true");
        ada.hangup("a");
        site.advance(60_000);
        assertThat(site.server.ended()).isFalse();

        bob.hangup("b");
        site.advance(400);

        assertThat(site.server.ended()).isTrue();
    }

    @Test
    void aShutdownIsTakenBack() {
        assertThat(site.run("fsctl shutdown cancel")).startsWith("-ERR");
        ada.call("a", "9196");
        site.run("fsctl shutdown elegant");
        assertThat(site.run("fsctl shutdown cancel")).startsWith("+OK");
        ada.hangup("a");
        site.advance(60_000);

        assertThat(site.server.ended()).isFalse();
        bob.call("b", "9196");
        assertThat(site.run("uuid_exists b")).isEqualTo("true");
        assertThat(site.run("fsctl shutdown restart")).startsWith("-ERR");
        assertThat(site.run("fsctl shutdown later")).startsWith("-USAGE");
        assertThat(site.run("fsctl shutdown now then")).startsWith("-USAGE");
        assertThat(site.run("fsctl pause_check")).as("all else is as before").isEqualTo("false");
    }

    @Test
    void aDrainEndsWhenTheLastCallIsOverAndLetsNoNewOneIn() {
        ada.call("a", "9196");
        site.server.drain(Duration.ofSeconds(120));
        bob.call("b", "9196");
        assertThat(site.run("uuid_exists b")).isEqualTo("false");
        site.advance(60_000);
        assertThat(site.server.ended()).isFalse();

        ada.hangup("a");
        site.advance(400);

        assertThat(site.server.ended()).isTrue();
    }

    @Test
    void aDrainEndsAtOnceWhenThatIsAskedFor() {
        ada.call("a", "9196");
        site.server.drain(Duration.ofSeconds(120));
        site.advance(119_000);
        assertThat(site.server.ended()).isFalse();
        site.run("fsctl shutdown now");
        site.advance(400);

        assertThat(site.server.ended()).isTrue();
    }

    @Test
    void aCallThatDoesNotEndHoldsNobodyUpForLongerThanTheDrain() {
        ada.call("a", "9196");
        site.server.drain(Duration.ofSeconds(120));
        site.advance(120_400);

        assertThat(site.server.ended()).isTrue();
    }

    @Test
    void withoutCallsOrPatienceADrainEndsAtOnce() {
        site.server.drain(Duration.ofSeconds(120));
        site.advance(400);

        assertThat(site.server.ended()).isTrue();
    }

    @Test
    void jsonRunsTheCommandsOfJsapi() {
        assertThat(site.run("json {\"command\":\"channelData\",\"data\":{\"uuid\":\"nobody\"}}")).isEqualTo(
                "{\"command\":\"channelData\",\"data\":{\"uuid\":\"nobody\"},\"status\":\"success\",\"response\":{\"response\":\"Session does not exist\"}}\n");
        assertThat(site.run("json {\"command\":\"frobnicate\"}")).isEqualTo(
                "{\"command\":\"frobnicate\",\"status\":\"error\",\"message\":\"there is no such command\"}\n");
        assertThat(site.run("json status")).startsWith("-USAGE");
        assertThat(site.run("json")).startsWith("-USAGE");
    }
}
