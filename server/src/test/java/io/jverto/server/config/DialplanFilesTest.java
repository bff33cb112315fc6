package io.jverto.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.dialplan.Dialplan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DialplanFilesTest {
    private static final String TEXT = """
            <include><section name="dialplan"><context name="$${domain}"><extension name="e"><condition>
            <action application="answer"/></condition></extension></context></section></include>
            """;

    @TempDir
    Path temp;

    private Path conf;
    private DialplanFiles files;

    @BeforeEach
    void folder() throws IOException {
        conf = Files.createDirectories(temp.resolve("conf/dialplan")).getParent();
        Files.writeString(conf.resolve("dialplan/own.xml"), TEXT);
        Files.writeString(temp.resolve("outside.xml"), TEXT);
        files = new DialplanFiles(conf, Map.of("domain", "here.example"));
    }

    @Test
    void aFileIsFoundByAPathFromTheConfigurationFolderOrAWholeOne() {
        Optional<Dialplan> relative = files.apply("dialplan/own.xml");

        assertThat(relative.orElseThrow().hasContext("here.example")).isTrue();
        assertThat(files.apply(conf.resolve("dialplan/own.xml").toString())).isPresent();
    }

    @Test
    void itIsReadOnce() throws IOException {
        Optional<Dialplan> first = files.apply("dialplan/own.xml");
        Files.delete(conf.resolve("dialplan/own.xml"));

        assertThat(files.apply("dialplan/own.xml")).isEqualTo(first).isPresent();
        assertThat(new DialplanFiles(conf, Map.of()).apply("dialplan/own.xml")).isEmpty();
    }

    /// security.md S34.
    @Test
    void s34NoneOutsideOfTheConfigurationFolderIsRead() throws IOException {
        Files.createSymbolicLink(conf.resolve("link.xml"), temp.resolve("outside.xml"));

        assertThat(files.apply("../outside.xml")).isEmpty();
        assertThat(files.apply("link.xml")).isEmpty();
        assertThat(files.apply(temp.resolve("outside.xml").toString())).isEmpty();
        assertThat(files.apply("dialplan")).isEmpty();
        assertThat(files.apply("no\0where")).isEmpty();
    }

    @Test
    void aBrokenFileIsNoDialplan() throws IOException {
        Files.writeString(conf.resolve("broken.xml"), "<include><section name=\"dialplan\"><context></section></include>");

        assertThat(files.apply("broken.xml")).isEmpty();
    }
}
