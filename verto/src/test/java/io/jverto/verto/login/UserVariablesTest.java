package io.jverto.verto.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Attack S11: the variables that a client gives its calls by its login steer nothing.
class UserVariablesTest {
    private static final List<Path> SOURCES = List.of(Path.of("../switchboard/src/main/java"), Path.of("../conference/src/main/java"),
            Path.of("../server/src/main/java/io/jverto/server/records"));
    /// Where the switch asks a channel for a variable by a name of its own.
    private static final Pattern READ = Pattern.compile(
            "(?:ariables\\(\\)|scope)\\.(?:get|text|isTrue|number|variable)\\(\\s*\"([^\"]+)\"|(?:first|getOrDefault)\\((?:variables, )?\"([a-z_]+)\""
                    + "|(?:get|text|isTrue|seconds|number|rejects)\\((?:\\w+, )?\"([a-z]+_[a-z_]+)\"[,)]");
    /// Names that the switch holds in a constant.
    private static final Pattern CONSTANT = Pattern.compile("String [A-Z_]+ = \"([a-z]+(?:_[a-z]+)+)\"");
    /// Fields of the caller's profile, and what a channel knows of itself.
    private static final Pattern FIELD = Pattern.compile("case ((?:\"[a-z_]+\"(?:,\\s+)?)+) ->");

    @Test
    void s11NoNameThatTheSwitchReadsCanBeSetByAClient() throws IOException {
        Set<String> read = new TreeSet<>();
        for (Path file : sources()) {
            String source = Files.readString(file);
            read.addAll(found(READ, source));
            read.addAll(found(CONSTANT, source));
        }

        assertThat(read).contains("hangup_after_bridge", "export_vars", "presence_id", "effective_caller_id_name", "process_cdr", "accountcode");
        assertThat(read).allSatisfy(name -> assertThat(UserVariables.allowed(Map.of(name, "x"))).as(name + " has to stand in RESERVED").isEmpty());
    }

    @Test
    void s11NoFieldOfTheCallCanBeHiddenByAVariable() throws IOException {
        Set<String> fields = new TreeSet<>();
        for (Path file : sources()) {
            if (file.endsWith("Profiles.java") || file.endsWith("ChannelScope.java") || file.endsWith("ChannelTimes.java")) {
                for (String names : found(FIELD, Files.readString(file))) {
                    fields.addAll(List.of(names.replace("\"", "").split(",\\s+")));
                }
            }
        }
        fields.add("uuid");

        assertThat(fields).contains("destination_number", "rdnis_ton", "created_time", "context", "username", "network_addr", "direction", "state");
        assertThat(fields).allSatisfy(name -> assertThat(UserVariables.allowed(Map.of(name.toUpperCase(java.util.Locale.ROOT), "x"))).as(name).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a,b", "a={b}", "a=b", "${a}", "a\n", "^^:a", "[a]", "'a'", "", "1a", "nolocal:a", "_a", "ä", "a:b", "a|b", "a<b"})
    void s11ANameIsAWord(String name) {
        assertThat(UserVariables.allowed(Map.of(name, "x"))).isEmpty();
    }

    @Test
    void whatMeansNothingToTheSwitchIsTaken() {
        Map<String, String> own = Map.of("email", "ada@example.org", "device", "kiosk", "Animal", "cat", "stateful", "x", "shop.floor-2", "b");

        assertThat(UserVariables.allowed(own)).isEqualTo(own);
    }

    private static List<String> found(Pattern pattern, String source) {
        Matcher matcher = pattern.matcher(source);
        return matcher.results()
                .flatMap(result -> IntStream.rangeClosed(1, result.groupCount()).mapToObj(result::group).filter(Objects::nonNull))
                .toList();
    }

    private static List<Path> sources() throws IOException {
        List<Path> files = new java.util.ArrayList<>();
        for (Path source : SOURCES) {
            try (Stream<Path> all = Files.walk(source)) {
                all.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
            }
        }
        return files;
    }
}
