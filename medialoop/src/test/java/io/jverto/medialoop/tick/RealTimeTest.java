package io.jverto.medialoop.tick;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class RealTimeTest {
    /// Of proc(5), the 41st of `stat`; the second, the name, may hold blanks and ends with the last bracket.
    private static final int POLICY = 41 - 3;
    private static final int NORMAL = 0;
    private static final int ROUND_ROBIN = 2;

    @Test
    void saysWhatTheSystemThenDoesWithTheThread() throws Exception {
        int before = onAThread(RealTimeTest::policy);
        int[] after = new int[1];
        boolean asked = onAThread(() -> {
            boolean given = RealTime.ask();
            after[0] = policy();
            return given;
        });

        assertThat(before).isEqualTo(NORMAL);
        assertThat(after[0]).isEqualTo(asked ? ROUND_ROBIN : NORMAL);
        assertThat(RealTime.isGiven()).isEqualTo(asked);
        assertThat(onAThread(RealTimeTest::policy)).as("other threads").isEqualTo(NORMAL);
    }

    @Test
    void theThreadsThatJavaWaitsForInACollectionHaveIt() throws Exception {
        int given = RealTime.askForCollector();

        List<Integer> policies = new ArrayList<>();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path thread : threads) {
                String name = Files.readString(thread.resolve("comm")).strip();
                if (name.equals("VM Thread") || name.startsWith("GC Thread#")) {
                    policies.add(policyIn(thread.resolve("stat")));
                }
            }
        }
        assertThat(policies).isNotEmpty().containsOnly(RealTime.isGiven() ? ROUND_ROBIN : NORMAL);
        assertThat(given).isEqualTo(RealTime.isGiven() ? policies.size() : 0);
    }

    private interface Task<T> {
        T run() throws IOException;
    }

    private static <T> T onAThread(Task<T> task) throws Exception {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                result.complete(task.run());
            } catch (IOException | RuntimeException failed) {
                result.completeExceptionally(failed);
            }
        });
        return result.get(10, TimeUnit.SECONDS);
    }

    private static int policy() throws IOException {
        return policyIn(Path.of("/proc/thread-self/stat"));
    }

    private static int policyIn(Path file) throws IOException {
        String stat = Files.readString(file);
        return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[POLICY]);
    }
}
