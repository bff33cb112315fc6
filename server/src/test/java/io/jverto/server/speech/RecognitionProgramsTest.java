package io.jverto.server.speech;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.time.SystemTime;
import io.jverto.switchboard.port.Recognition;
import io.jverto.switchboard.port.Recognition.Begin;
import io.jverto.switchboard.port.Recognition.Heard;
import io.jverto.switchboard.port.Recognition.Wanted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class RecognitionProgramsTest {
    /// Tells how many bytes it got of each block of 640, and what it was started with.
    private static final String COUNTS = "echo \"$JVERTO_GRAMMAR at $JVERTO_GRAMMAR_PLACE with $JVERTO_PARAMS $JVERTO_RATE $1 ${JAVA_HOME-none}\"\n"
            + "while n=$(head -c 640 | wc -c) && [ $n -gt 0 ]; do echo \"{\\\"text\\\":\\\"$n bytes\\\"}\"; done\n";

    @TempDir
    Path folder;

    private final Map<String, Recogniser> recognisers = new LinkedHashMap<>();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final Recognition.Listener listener = new Recognition.Listener() {
        @Override
        public void heard(Heard one) {
            heard.add((one.last() ? "" : "perhaps ") + one.text());
        }

        @Override
        public void over(String why) {
            heard.add("over: " + why);
        }
    };
    private final RecognitionPrograms programs = new RecognitionPrograms(
            () -> new SpeechSettings(Map.of(), 1, 0, recognisers, 1), () -> folder.resolve("speech"), new SystemTime());

    private void recogniser(String script) throws IOException {
        Path program = folder.resolve("listen.sh");
        Files.writeString(program, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        recognisers.put("one", new Recogniser("one", List.of(program.toString(), "model"), 16_000));
    }

    private Recognition.Listening begin(String grammar) {
        return ((Begin.Begun) programs.listen(new Wanted("one", grammar, "builtin:x", "a=b"), listener)).listening();
    }

    private String next() throws InterruptedException {
        String one = heard.poll(20, TimeUnit.SECONDS);
        return one == null ? "nothing" : one;
    }

    @Test
    void soundGoesToTheProgramAndItsLinesAreResults() throws Exception {
        recogniser(COUNTS);
        Recognition.Listening listening = begin("$(id) 'x");
        assertThat(next()).isEqualTo("$(id) 'x at builtin:x with a=b 16000 model none");

        assertThat(listening.sink().rateHz()).isEqualTo(16_000);
        assertThat(listening.sink().take(ByteBuffer.allocate(640))).isTrue();
        assertThat(next()).isEqualTo("640 bytes");
        listening.sink().take(ByteBuffer.allocate(700).position(60));
        listening.sink().take(ByteBuffer.allocate(100));
        listening.sink().over();

        assertThat(List.of(next(), next())).containsExactly("640 bytes", "100 bytes");
        assertThat(next()).startsWith("over: the program ended with");
    }

    @Test
    void oneThatIsStoppedIsEndedAndSaysNoMore() throws Exception {
        recogniser("echo $$\ncat > /dev/null; sleep 60\n");
        Recognition.Listening listening = begin("x");
        ProcessHandle process = ProcessHandle.of(Long.parseLong(next())).orElseThrow();

        listening.stop();
        listening.stop();

        process.onExit().get(20, TimeUnit.SECONDS);
        assertThat(heard).isEmpty();
        while (!(programs.listen(new Wanted("one", "x", "", ""), listener) instanceof Begin.Begun(Recognition.Listening second))) {
            Thread.onSpinWait(); // its place is free again, a moment later
        }
        assertThat(next()).matches("[0-9]+");
        assertThat(second.sink().take(ByteBuffer.allocate(640))).isTrue();
        second.stop();
    }

    @Test
    void oneThatFailsSaysWhyAndTakesNoMoreSound() throws Exception {
        recogniser("echo no such model >&2\nexit 3\n");

        Recognition.Listening listening = begin("x");

        assertThat(next()).startsWith("over: the program ended with 3");
        boolean takes = true;
        while (takes) {
            takes = listening.sink().take(ByteBuffer.allocate(640));
        }
    }

    @Test
    void notMoreListenThanMay() throws Exception {
        recogniser("cat > /dev/null\n");
        Recognition.Listening listening = begin("x");

        assertThat(why(new Wanted("one", "x", "", ""))).contains("max-recognisers-at-once");

        listening.stop();
    }

    private String why(Wanted wanted) {
        return ((Begin.Refused) programs.listen(wanted, listener)).why();
    }

    @Test
    void whatMakesNoSenseRunsNothing() throws IOException {
        assertThat(why(new Wanted("one", "x", "", ""))).contains("no recogniser is configured");
        recogniser(COUNTS);

        assertThat(why(new Wanted("other", "x", "", ""))).contains("no recogniser of that name").contains("one");
        assertThat(why(new Wanted("one", "a\nb", "", ""))).contains("no line ends");
        assertThat(why(new Wanted("one", "x".repeat(1_025), "", ""))).contains("1024");
        assertThat(folder.resolve("speech")).doesNotExist();
    }

    @Test
    void aLineIsAnObjectOrTheWordsThemselves() {
        assertThat(RecognitionPrograms.read(" yes please ")).contains(new Heard(true, "yes please", "yes please"));
        assertThat(RecognitionPrograms.read("{\"partial\": \"ye\"}")).contains(new Heard(false, "{\"partial\": \"ye\"}", "ye"));
        assertThat(RecognitionPrograms.read("{\"text\": \"yes\", \"confidence\": 0.9}")).contains(new Heard(true, "{\"text\": \"yes\", \"confidence\": 0.9}", "yes"));
        for (String nothing : List.of("", "  ", "{\"text\": \"\"}", "{\"partial\": \" \"}", "{\"x\": 1}", "{broken")) {
            assertThat(RecognitionPrograms.read(nothing)).as(nothing).isEmpty();
        }
        assertThat(RecognitionPrograms.read("x".repeat(20_000)).orElseThrow().body()).hasSize(16_384);
    }
}
