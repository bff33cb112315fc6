package io.jverto.server.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The program `jverto` of a package, with another Java in its place.
class PackagedProgramTest {
    private static final Path PACKAGING = Path.of("..", "packaging");

    @TempDir
    Path dist;

    @BeforeEach
    void install() throws IOException {
        Files.createDirectories(dist.resolve("bin"));
        Files.createDirectories(dist.resolve("runtime/bin"));
        Files.copy(PACKAGING.resolve("bin/jverto"), dist.resolve("bin/jverto"));
        Files.copy(PACKAGING.resolve("commands.sh"), dist.resolve("commands.sh"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "cli", "check", "user list", "cert show", "doctor", "explain one"})
    void everyCommandIsToldItsNameAndWhereItIs(String target) throws Exception {
        java("printf '%s\\n' \"$@\"");

        assertThat(jverto(target.split(" ")).lines()).contains("-Djverto.command=jverto", "-Djverto.home=" + dist);
    }

    @Test
    void whatHelpsIsNamedAsItIsTypedThere() throws Exception {
        String path = Stream.of(System.getProperty("surefire.test.class.path", ""), System.getProperty("java.class.path")).filter(text -> !text.isEmpty()).findFirst().orElseThrow();
        java("""
                args=()
                while (($#)); do
                  if [[ $1 == -cp ]]; then args+=(-cp '%s'); shift; else args+=("$1"); fi
                  shift
                done
                exec '%s/bin/java' "${args[@]}"
                """.formatted(path, System.getProperty("java.home")));

        String said = jverto("cert", "check", "--conf", Path.of("..", "conf").toAbsolutePath().toString(), "--data", dist.resolve("data").toString());

        assertThat(said).contains("make a certificate: jverto cert init --fqdn NAME").doesNotContain("./jverto");
    }

    private void java(String script) throws IOException {
        Path java = Files.writeString(dist.resolve("runtime/bin/java"), "#!/bin/bash\n" + script);
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    }

    private String jverto(String... arguments) throws IOException, InterruptedException {
        List<String> command = Stream.concat(Stream.of(dist.resolve("bin/jverto").toString()), Stream.of(arguments)).toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}
