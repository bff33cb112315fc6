package io.jverto.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.time.SystemTime;
import io.jverto.server.startup.DataFolder;
import io.jverto.server.startup.LocalNames;
import io.jverto.verto.connect.PageHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `docs/commands.md` has a row for every command that the server has, and for no other.
class CommandsPageTest {
    private static final Pattern ROW = Pattern.compile("^\\| `([A-Za-z0-9_]+)");

    @TempDir
    Path temp;

    @Test
    void everyCommandStandsOnThePageAndIsThere() throws IOException {
        Options options = new Options(Path.of("..", "conf"), temp, temp, null, true);
        DataFolder data = DataFolder.open(options.data(), new SecureRandom(), Instant.EPOCH);
        Configuration configuration = Configuration.load(options, data, LocalNames.find());
        SystemTime time = new SystemTime();
        RunningServer.Parts parts = RunningServer.join(configuration, new SilentMedia(time), time, new Random(1), PageHandler.NONE);
        String[] page = Files.readString(Path.of("..", "docs", "commands.md")).split("## jsapi\n");

        assertThat(rows(page[0])).containsExactlyInAnyOrderElementsOf(parts.commands().names());
        List<String> json = rows(page[1]);
        assertThat(json).contains("fsapi"); // the endpoint's own
        assertThat(json.stream().filter(name -> !name.equals("fsapi"))).containsExactlyInAnyOrderElementsOf(parts.commands().jsonNames());
    }

    private static List<String> rows(String text) {
        return text.lines().map(ROW::matcher).filter(row -> row.find()).map(row -> row.group(1)).toList();
    }
}
