package io.jverto.server.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.time.Mailbox;
import io.jverto.base.time.SystemTime;
import io.jverto.server.store.Database;
import io.jverto.server.store.DatabaseLocation;
import io.jverto.server.store.StoredRecords;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real process is killed with SIGKILL while it writes.
class KillTest {
    private static final String SAFE = "safe ";
    private static final long LOOK_AGAIN_NANOS = 50_000_000;
    private static final String NOBODY = "jdbc:postgresql://127.0.0.1:1/jverto";

    @TempDir
    Path temp;

    @Test
    void noRecordThatWasAcknowledgedIsLostAndNoneComesTwice() throws Exception {
        List<String> acknowledged = new ArrayList<>();
        acknowledged.addAll(killed(1_000, "away", NOBODY));
        acknowledged.addAll(killed(1, "at-the-start"));
        acknowledged.addAll(killed(1_500, "delivers"));
        acknowledged.addAll(killed(1_111, "away-again", NOBODY));
        deliver();

        Map<String, Integer> rows = rows();
        assertThat(acknowledged).hasSizeGreaterThan(3_500).doesNotHaveDuplicates();
        assertThat(rows.keySet()).containsAll(acknowledged);
        assertThat(rows.values()).containsOnly(1);
    }

    /// @param lines of the process after which it is killed
    /// @return what was acknowledged until it was dead
    private List<String> killed(int lines, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), KilledServer.class.getName(), temp.toString()));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        StringBuilder said = new StringBuilder();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            int heard = 0;
            for (int c = out.read(); c >= 0; c = out.read()) {
                said.append((char) c);
                heard += c == '\n' ? 1 : 0;
                if (heard == lines && c == '\n') {
                    process.toHandle().destroyForcibly(); // leaves us what it has said
                }
            }
        } finally {
            process.destroyForcibly();
            process.waitFor();
        }
        assertThat(process.exitValue()).as("SIGKILL").isEqualTo(128 + 9);
        return said.substring(0, said.lastIndexOf("\n")).lines().filter(line -> line.startsWith(SAFE)).map(line -> line.substring(SAFE.length())).toList();
    }

    private void deliver() {
        SystemTime time = new SystemTime();
        try (Database database = new Database(new DatabaseLocation.Embedded(temp.resolve("db")), time)) {
            Recorder recorder = new Recorder(RecordSettings.DEFAULT, new Recorder.Place(temp.resolve("spool"), "test", ZoneOffset.UTC),
                    new StoredRecords(database), time, new SecureRandom());
            recorder.open();
            Mailbox<Boolean> nobody = time.mailbox(1);
            while (!recorder.isDelivered()) {
                nobody.await(time.nanoTime() + LOOK_AGAIN_NANOS);
            }
            recorder.close();
        }
    }

    private Map<String, Integer> rows() throws SQLException {
        Map<String, Integer> rows = new HashMap<>();
        try (Connection connection = DriverManager.getConnection(new DatabaseLocation.Embedded(temp.resolve("db")).url());
                ResultSet found = connection.createStatement().executeQuery("SELECT uuid FROM call_record")) {
            while (found.next()) {
                rows.merge(found.getString(1), 1, Integer::sum);
            }
        }
        return rows;
    }
}
