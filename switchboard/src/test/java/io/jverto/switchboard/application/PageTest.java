package io.jverto.switchboard.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.Sound;
import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestSdp;
import io.jverto.switchboard.edge.ThreeParties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ada says something to Bob and Cy.
class PageTest extends ThreeParties {
    private static final String BOTH = "user/1001@example.org:_:user/1002@example.org";

    @TempDir
    Path folder;

    private TestClient pages(String data, String... before) {
        pbx.media.writesFiles = true;
        String[] actions = new String[before.length + 3];
        System.arraycopy(before, 0, actions, 0, before.length);
        actions[before.length] = "page " + data;
        actions[before.length + 1] = "set after=yes";
        actions[before.length + 2] = "park";
        pbx.actions(actions);
        pbx.folders(folder.resolve("sounds"), folder.resolve("recordings"), "");
        return pbx.call("ada", "1");
    }

    private List<Path> files() {
        try (Stream<Path> all = Files.list(folder.resolve("recordings/page"))) {
            return all.toList();
        } catch (IOException none) {
            return List.of();
        }
    }

    private void soundEnds(String channel) {
        pbx.media.of(channel).playbackEnds();
        pbx.time.settle();
    }

    private TestClient says(String data, String... before) {
        TestClient ada = pages(data, before);
        soundEnds("ada");
        assertThat(sound("ada")).last().asString().startsWith("record ");
        ada.channel.dtmf("#", 0);
        pbx.time.settle();
        return ada;
    }

    @Test
    void whatSheSaysIsHeardByBothAndThenDeleted() {
        TestClient ada = pages(BOTH);
        assertThat(ada.heard).containsExactly("0 answer sdp");
        assertThat(sound("ada")).last().isEqualTo("play Tone[script=%(500,0,640)]");
        soundEnds("ada");
        assertThat(bob.calls).as("nobody is called yet").isEmpty();
        ada.channel.dtmf("#", 0);
        pbx.time.settle();
        assertThat(pbx.variable(ada, "after")).isEqualTo("yes");
        assertThat(bob.calls.getLast().caller().callerNumber()).isEqualTo("1000");
        Path file = files().getFirst();

        answers(bob);
        answers(cy);
        assertThat(pbx.media.of(leg(bob)).sound).isEqualTo(new Sound.File(file, 0));
        assertThat(pbx.media.of(leg(cy)).sound).isEqualTo(new Sound.File(file, 0));
        soundEnds(leg(bob));
        assertThat(last(bob.rung())).contains("bye NORMAL_CLEARING");
        assertThat(files()).containsExactly(file);
        hangsUp(cy.rung());

        assertThat(files()).isEmpty();
        assertThat(ada.heard).containsExactly("0 answer sdp");
    }

    @Test
    void whoHangsUpHasSaidAllTheSame() {
        TestClient ada = pages(BOTH);
        soundEnds("ada");

        hangsUp(ada);

        assertThat(bob.calls).hasSize(1);
        assertThat(cy.calls).hasSize(1);
    }

    @Test
    void whoDoesNotAnswerHearsNothing() {
        says(BOTH, "set page_timeout=10");

        pbx.advance(10_000);

        assertThat(last(bob.rung())).contains("bye");
        assertThat(files()).isEmpty();
    }

    @Test
    void variablesInFrontAreThoseOfAll() {
        says("<origination_caller_id_name=Gong>{origination_caller_id_number=1}user/1001@example.org:_:[origination_caller_id_number=2]user/1002@example.org");

        assertThat(bob.calls.getLast().caller()).satisfies(caller -> assertThat(caller.callerName() + caller.callerNumber()).isEqualTo("Gong1"));
        assertThat(cy.calls.getLast().caller()).satisfies(caller -> assertThat(caller.callerName() + caller.callerNumber()).isEqualTo("Gong2"));
    }

    @Test
    void whenNothingIsRecordedNobodyIsCalled() {
        TestClient ada = pages(BOTH);
        pbx.media.recordedMillis = 0;
        soundEnds("ada");
        ada.channel.dtmf("#", 0);
        pbx.time.settle();

        assertThat(pbx.variable(ada, "after")).isEqualTo("yes");
        assertThat(bob.calls).isEmpty();
        assertThat(files()).isEmpty();
    }

    @Test
    void withoutAListOrWithTooLongAOneNobodyIsCalled() {
        TestClient none = pages("");
        assertThat(pbx.variable(none, "after")).isEqualTo("yes");
        hangsUp(none);
        hangsUp(pages(":_:"));
        TestClient many = pages("user/1001@example.org:_:".repeat(201));
        assertThat(pbx.variable(many, "after")).isEqualTo("yes");

        assertThat(bob.calls).isEmpty();
        hangsUp(many);
        says(BOTH);
        assertThat(bob.calls).as("the others count no more").hasSize(1);
    }

    @Test
    void s12ACallerAddsNobodyToTheList() {
        pbx.media.writesFiles = true;
        pbx.actions("page user/1001@example.org${wish}", "park");
        pbx.folders(folder.resolve("sounds"), folder.resolve("recordings"), "");
        TestClient ada = pbx.call("ada", "1", TestSdp.OPUS, Map.of("wish", ":_:user/1002@example.org"));
        soundEnds("ada");
        ada.channel.dtmf("#", 0);
        pbx.time.settle();

        assertThat(cy.calls).isEmpty();
    }
}
