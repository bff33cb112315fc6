package io.jverto.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.time.SystemTime;
import io.jverto.server.startup.DataFolder;
import io.jverto.server.startup.LocalNames;
import io.jverto.switchboard.command.Commands;
import io.jverto.switchboard.message.PassingMessages;
import io.jverto.switchboard.shared.PassingData;
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
        Commands commands = commands();
        String[] page = page();

        assertThat(rows(page[0])).containsExactlyInAnyOrderElementsOf(commands.names());
        List<String> json = rows(page[1]);
        assertThat(json).contains("fsapi"); // the endpoint's own
        assertThat(json.stream().filter(name -> !name.equals("fsapi"))).containsExactlyInAnyOrderElementsOf(commands.jsonNames());
    }

    /// security.md S11: their arguments may hold what a caller chose.
    @Test
    void s11WhatADialplanMayExpandOnlyComputesOrTells() throws IOException {
        Commands commands = commands();

        assertThat(page()[0].lines().filter(line -> ROW.matcher(line).find())).allSatisfy(line -> {
            boolean harmless = line.endsWith("| nothing |") || line.endsWith("| tells |");
            assertThat(harmless || commands.expandable(rows(line).getFirst()).isEmpty()).as(line).isTrue();
        });
    }

    private Commands commands() {
        Options options = new Options(Path.of("..", "conf"), temp, temp, null, true);
        DataFolder data = DataFolder.open(options.data(), new SecureRandom(), Instant.EPOCH);
        Configuration configuration = Configuration.load(options, data, LocalNames.find());
        SystemTime time = new SystemTime();
        return Signalling.join(new Signalling.World(LiveConfiguration.fixed(configuration), new SilentMedia(time), new Signalling.Stores(new PassingMessages(), new PassingData()),
                time, new Random(1), PageHandler.NONE)).commands();
    }

    private static String[] page() throws IOException {
        return Files.readString(Path.of("..", "docs", "commands.md")).split("## jsapi\n");
    }

    private static List<String> rows(String text) {
        return text.lines().map(ROW::matcher).filter(row -> row.find()).map(row -> row.group(1)).toList();
    }
}
