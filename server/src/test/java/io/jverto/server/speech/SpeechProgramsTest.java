package io.jverto.server.speech;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.time.SystemTime;
import io.jverto.server.speech.SpeechSettings.Engine;
import io.jverto.switchboard.port.Synthesis.Result;
import io.jverto.switchboard.port.Synthesis.Wanted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class SpeechProgramsTest {
    /// Writes what it got, behind what stands for a header, and notes that it ran.
    private static final String GOOD = "echo ran >> runs\n{ printf '%44s' \"$2\"; cat; env; } > \"$1\"\n";

    @TempDir
    Path folder;

    private final Map<String, Engine> engines = new LinkedHashMap<>();
    private int atOnce = 4;
    private int megabytes = 100;

    private SpeechPrograms programs() {
        return new SpeechPrograms(() -> new SpeechSettings(engines, atOnce, megabytes, Map.of(), 1), () -> folder.resolve("speech"), new SystemTime());
    }

    private void engine(String name, String script, int seconds) throws IOException {
        Path program = folder.resolve(name + ".sh");
        Files.writeString(program, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        engines.put(name, new Engine(name, List.of(program.toString(), "{file}", "voice={voice}"), "slt", Duration.ofSeconds(seconds)));
    }

    private static Wanted text(String text) {
        return new Wanted("", "", text);
    }

    private List<String> runs() throws IOException {
        return Files.readAllLines(folder.resolve("speech/runs"));
    }

    private static String why(Result result) {
        return ((Result.Refused) result).why();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("speech"))) {
            return all.filter(file -> !file.endsWith("runs")).toList();
        }
    }

    @Test
    void theTextGoesToTheProgramAndItsFileIsKept() throws IOException {
        engine("one", GOOD, 20);

        Path file = ((Result.Made) programs().speak(text("Grüß Gott; $(touch x) `id` | \"'"))).file();

        assertThat(Files.readString(file)).startsWith(" ".repeat(35) + "voice=slt" + "Grüß Gott; $(touch x) `id` | \"'").contains("LANG=C.UTF-8");
        assertThat(files()).containsExactly(file);
    }

    @Test
    void nothingOfTheServersEnvironmentIsHandedOn() throws IOException {
        engine("one", GOOD, 20);

        String said = Files.readString(((Result.Made) programs().speak(text("hello"))).file());

        assertThat(said).contains("HOME=/nonexistent").doesNotContain("JAVA_HOME").doesNotContain("MAVEN");
    }

    @Test
    void theSameTextIsNotSpokenTwice() throws IOException {
        engine("one", GOOD, 20);
        engine("two", GOOD, 20);
        SpeechPrograms programs = programs();

        Result first = programs.speak(text("hello"));
        assertThat(programs.speak(new Wanted("one", "slt", " hello\n"))).isEqualTo(first);
        assertThat(runs()).hasSize(1);
        assertThat(programs.speak(new Wanted("one", "rms", "hello"))).isNotEqualTo(first);
        assertThat(programs.speak(new Wanted("two", "", "hello"))).isNotEqualTo(first);
        assertThat(programs.speak(text("hello you"))).isNotEqualTo(first);

        assertThat(runs()).hasSize(4);
    }

    @Test
    void whatWasHeardLongestAgoIsDeletedWhenThereIsTooMuch() throws IOException {
        engine("one", "{ printf '%44s' x; head -c 600000 /dev/zero; } > \"$1\"\n", 20);
        megabytes = 1;
        SpeechPrograms programs = programs();
        Path old = ((Result.Made) programs.speak(text("old"))).file();
        Files.setLastModifiedTime(old, FileTime.fromMillis(0));

        Path fresh = ((Result.Made) programs.speak(text("fresh"))).file();
        Path more = ((Result.Made) programs.speak(text("more"))).file();

        assertThat(files()).as("one that may be about to be played stays").containsExactlyInAnyOrder(fresh, more);
    }

    @Test
    void aProgramThatFailsSaysWhy() throws IOException {
        engine("one", "echo no such voice >&2\nexit 3\n", 20);

        assertThat(why(programs().speak(text("hello")))).isEqualTo("the program of engine one ended with 3: no such voice");
        assertThat(files()).isEmpty();
    }

    @Test
    void aProgramThatWritesNothingOrIsNotThereHasNotSpoken() throws IOException {
        engine("one", "cat > /dev/null\n", 20);
        assertThat(why(programs().speak(text("hello")))).contains("wrote no sound");
        Files.delete(folder.resolve("one.sh"));

        assertThat(why(programs().speak(text("hello")))).contains("one.sh");
        assertThat(files()).isEmpty();
    }

    @Test
    void aProgramThatTakesTooLongOrWritesTooMuchIsEnded() throws IOException {
        engine("one", "echo $$ > pid\nsleep 60\n", 1);
        assertThat(why(programs().speak(text("hello")))).contains("took longer than 1 s");
        long pid = Long.parseLong(Files.readString(folder.resolve("speech/pid")).trim());
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();

        engine("one", "cat /dev/zero > \"$1\"\n", 20);
        assertThat(why(programs().speak(text("hello")))).contains("wrote more than");
    }

    @Test
    void notMoreProgramsRunThanMay() throws Exception {
        engine("one", "mkfifo wait\necho ready > wait\n{ printf '%44s' x; cat; } > \"$1\"\n", 20);
        atOnce = 1;
        SpeechPrograms programs = programs();
        BlockingQueue<Result> first = new ArrayBlockingQueue<>(1);
        Thread other = Thread.ofVirtual().start(() -> first.add(programs.speak(text("first"))));
        Path fifo = folder.resolve("speech/wait");
        while (!Files.exists(fifo)) {
            Thread.onSpinWait();
        }

        Result second = programs.speak(text("second"));
        Files.readString(fifo); // only then the first one goes on

        assertThat(why(second)).contains("max-at-once");
        assertThat(first.poll(20, TimeUnit.SECONDS)).isInstanceOf(Result.Made.class);
        other.join();
    }

    @Test
    void whatMakesNoSenseRunsNothing() throws IOException {
        assertThat(why(programs().speak(text("hello")))).contains("no engine is configured");
        engine("one", GOOD, 20);
        SpeechPrograms programs = programs();

        assertThat(why(programs.speak(new Wanted("other", "", "hello")))).contains("there is no engine").contains("one");
        for (String voice : List.of("-o", "a b", "../x", "a;b", "x".repeat(65))) {
            assertThat(why(programs.speak(new Wanted("one", voice, "hello")))).as(voice).contains("no name of a voice");
        }
        assertThat(why(programs.speak(text(" \n")))).contains("empty");
        assertThat(why(programs.speak(text("x".repeat(4_001))))).contains("4000");
        assertThat(folder.resolve("speech")).doesNotExist();
    }
}
