package io.jverto.server.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.time.SystemTime;
import io.jverto.server.program.DialplanShell.Settings;
import io.jverto.switchboard.port.Shell.Command;
import io.jverto.switchboard.port.Shell.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class DialplanShellTest {
    @TempDir
    Path temp;

    private Settings settings = new Settings(true, Duration.ofSeconds(20), 2);

    private DialplanShell shell() {
        return new DialplanShell(() -> settings, () -> temp.resolve("shell"), new SystemTime());
    }

    private static Command script(String script) {
        return new Command(script, Map.of());
    }

    private static String why(Result result) {
        return ((Result.Failed) result).why();
    }

    private Path pid() {
        return temp.resolve("shell/pid");
    }

    private boolean lives() throws IOException {
        return ProcessHandle.of(Long.parseLong(Files.readString(pid()).trim())).filter(ProcessHandle::isAlive).isPresent();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(temp.resolve("shell"))) {
            return all.toList();
        }
    }

    @Test
    void theStatusAndALittleOfWhatItSaysAreTold() throws IOException {
        assertThat(shell().run(script("echo one; echo two >&2; exit 3"), () -> true)).isEqualTo(new Result.Exited(3, ": one two"));
        assertThat(shell().run(script("true"), () -> true)).isEqualTo(new Result.Exited(0, ""));
        assertThat(files()).isEmpty();
    }

    @Test
    void s11TheShellDoesNotLookIntoAValue() throws IOException {
        String evil = "a'; touch hacked; \" $(touch hacked) `touch hacked` \\ * ~ $HOME && touch hacked\n-n";
        String script = "printf '%s|' \"${JVERTO_1}\" \"x${JVERTO_1}\" 'y'\"${JVERTO_1}\"'' > said";

        assertThat(shell().run(new Command(script, Map.of("JVERTO_1", evil)), () -> true)).isEqualTo(new Result.Exited(0, ""));

        assertThat(Files.readString(temp.resolve("shell/said"))).isEqualTo(evil + "|x" + evil + "|y" + evil + "|");
        assertThat(files()).containsExactly(temp.resolve("shell/said"));
    }

    @Test
    void nothingOfTheServersEnvironmentIsHandedOn() throws IOException {
        shell().run(script("env > said"), () -> true);

        assertThat(Files.readString(temp.resolve("shell/said"))).contains("HOME=/nonexistent").doesNotContain("JAVA_HOME").doesNotContain("MAVEN");
    }

    @Test
    void oneThatTakesTooLongIsEndedWithWhatItStarted() throws IOException {
        settings = new Settings(true, Duration.ofSeconds(1), 2);

        assertThat(why(shell().run(script("sleep 60 & echo $! > pid; wait"), () -> true))).isEqualTo("took longer than 1 s");

        assertThat(lives()).isFalse();
    }

    @Test
    void oneThatNobodyWaitsForAnyMoreIsEnded() throws IOException {
        assertThat(why(shell().run(script("echo $$ > pid; sleep 60"), () -> !Files.exists(pid())))).contains("nobody waits");

        assertThat(lives()).isFalse();
    }

    @Test
    void oneThatSaysTooMuchIsEnded() {
        assertThat(why(shell().run(script("cat /dev/zero"), () -> true))).startsWith("wrote more than");
    }

    @Test
    void notMoreRunThanMay() throws Exception {
        settings = new Settings(true, Duration.ofSeconds(20), 1);
        DialplanShell shell = shell();
        AtomicBoolean wanted = new AtomicBoolean(true);
        Thread other = Thread.ofVirtual().start(() -> shell.run(script("echo $$ > pid; sleep 60"), wanted::get));
        while (!Files.exists(pid())) {
            Thread.onSpinWait();
        }

        assertThat(why(shell.run(script("touch second"), () -> true))).contains("dialplan-shell-max-at-once");

        wanted.set(false);
        other.join();
        assertThat(temp.resolve("shell/second")).doesNotExist();
        assertThat(shell.run(script("true"), () -> true)).isEqualTo(new Result.Exited(0, ""));
    }

    @Test
    void whatRunsWhenTheServerEndsIsAskedToEnd() throws Exception {
        DialplanShell shell = shell();
        Thread other = Thread.ofVirtual().start(() -> shell.run(script("trap 'echo bye > said; exit' TERM; echo $$ > pid; while true; do sleep 0.1; done"), () -> true));
        while (!Files.exists(pid()) || Files.size(pid()) == 0) {
            Thread.onSpinWait();
        }

        shell.close();

        assertThat(lives()).isFalse();
        assertThat(temp.resolve("shell/said")).hasContent("bye\n");
        other.join();
        assertThat(why(shell.run(script("true"), () -> true))).contains("the server ends");
    }

    @Test
    void andIsEndedWhenItDoesNotObey() throws Exception {
        DialplanShell shell = shell();
        Thread other = Thread.ofVirtual().start(() -> shell.run(script("trap '' TERM; echo $$ > pid; while true; do sleep 0.1; done"), () -> true));
        while (!Files.exists(pid()) || Files.size(pid()) == 0) {
            Thread.onSpinWait();
        }

        shell.close();

        assertThat(lives()).isFalse();
        other.join();
    }

    @Test
    void whereItIsOffNothingRuns() {
        settings = Settings.OFF;

        assertThat(shell().allowed()).isFalse();
        assertThat(shell().run(script("touch x"), () -> true)).isInstanceOf(Result.Failed.class);
        assertThat(temp.resolve("shell")).doesNotExist();
    }
}
