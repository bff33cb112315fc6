package io.jverto.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.server.Configuration.Reading;
import io.jverto.server.startup.LocalNames;
import io.jverto.switchboard.port.UserId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `reloadxml`: all or nothing.
class LiveConfigurationTest {
    private static final String DOMAIN = "127.0.0.1";

    @TempDir
    Path temp;

    private LiveConfiguration live;

    @BeforeEach
    void startsWithTheTreeThatComesAlong() throws IOException {
        Path from = Path.of("..", "conf");
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.toList()) {
                Files.copy(file, temp.resolve("conf").resolve(from.relativize(file).toString()));
            }
        }
        live = new LiveConfiguration(((Reading.Usable) read()).configuration(), this::read);
    }

    private Reading read() {
        Options options = new Options(temp.resolve("conf"), temp, temp, null, true);
        return Configuration.read(options, new Configuration.Places(temp, temp, "1234"), new LocalNames("host", DOMAIN, "::1", List.of(DOMAIN)));
    }

    private void change(String file, String before, String after) throws IOException {
        Path path = temp.resolve("conf").resolve(file);
        String text = Files.readString(path);
        assertThat(text).contains(before);
        Files.writeString(path, text.replace(before, after));
    }

    private boolean hasUser(String user) {
        return live.current().routing().directory().find(new UserId(user, DOMAIN)).isPresent();
    }

    @Test
    void aNewUserIsThereAfterwards() throws IOException {
        Files.writeString(temp.resolve("conf/directory/default/2000.xml"), "<include>\n  <user id=\"2000\"/>\n</include>\n");
        assertThat(hasUser("2000")).isFalse();

        assertThat(live.run("")).isEqualTo("+OK [Success]\n");

        assertThat(hasUser("2000")).isTrue();
    }

    @Test
    void aBrokenTreeChangesNothingAndIsNamedWithFileAndLine() throws IOException {
        Files.writeString(temp.resolve("conf/directory/default/2000.xml"), "<include>\n  <user id=\"2000\"/>\n</include>\n");
        change("dialplan/default.xml", "^9196$", "^(9196$");
        Configuration before = live.current();

        assertThat(live.run("")).startsWith("-ERR [").containsPattern("dialplan/default\\.xml:[0-9]+: error: not a regular expression");

        assertThat(live.current()).isSameAs(before);
        assertThat(hasUser("2000")).isFalse();
    }

    @Test
    void whatOnlyCountsFromTheNextStartIsSaid() throws IOException {
        change("autoload_configs/verto.conf.xml", "\"detach-timeout-sec\" value=\"120\"", "\"detach-timeout-sec\" value=\"60\"");

        assertThat(live.run("")).isEqualTo("+OK [Success; listeners, media and limits from the next start]\n");
    }

    @Test
    void phrasesAreReadAnewOrStayAsTheyAre() throws IOException {
        int before = live.current().dialogues().phrases().size();
        change("lang/en/phrases.xml", "<macros>", "<macros><macro name=\"more\"><input pattern=\".\"/></macro>");

        assertThat(live.run("")).isEqualTo("+OK [Success]\n");
        assertThat(live.current().dialogues().phrases().size()).isEqualTo(before + 1);

        change("lang/en/phrases.xml", "pattern=\".\"", "pattern=\"(\"");
        assertThat(live.run("")).containsPattern("lang/en/phrases\\.xml:[0-9]+: error: '\\(' is no regular expression");
        assertThat(live.current().dialogues().phrases().size()).isEqualTo(before + 1);
    }
}
