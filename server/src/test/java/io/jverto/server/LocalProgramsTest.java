package io.jverto.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Programs of this machine that a whole server runs for calls, with real sound: a loopback's one end plays, the other one listens.
@Timeout(60)
class LocalProgramsTest {
    @TempDir
    Path temp;

    private RunningServer server;

    @BeforeEach
    void start() throws IOException {
        ServerFolder folder = new ServerFolder(temp);
        folder.extensions("""
                <extension name="shell"><condition field="destination_number" expression="^7301$">
                  <action application="answer"/>
                  <action application="system" data="printf '%s' &quot;${caller_id_name}&quot; > name; exit 3"/>
                  <action application="set_global" data="shell_said=${system_result}"/><action application="park"/></condition></extension>
                <extension name="listen"><condition field="destination_number" expression="^7302$"><action application="answer"/>
                  <action application="play_and_detect_speech" data="silence_stream://20 detect:count {no-input-timeout=20000,recognition-timeout=20000}bytes"/>
                  <action application="set_global" data="listener_said=${detect_speech_result}"/><action application="park"/></condition></extension>
                """);
        Path listens = temp.resolve("count.sh");
        // says so for each block of sound that is more than silence
        Files.writeString(listens, "#!/bin/sh\nwhile head -c 640 > block && [ -s block ]; do if tr -d '\\000\\377' < block | grep -q .; then echo \"heard $JVERTO_GRAMMAR at $JVERTO_RATE\"; fi; done\n");
        Files.setPosixFilePermissions(listens, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path configs = temp.resolve("conf/autoload_configs");
        change(configs.resolve("switch.conf.xml"), "<!-- <param name=\"dialplan-shell\" value=\"true\"/> -->", "<param name=\"dialplan-shell\" value=\"true\"/>");
        change(configs.resolve("speech.conf.xml"), "<recognisers>", "<recognisers><recogniser name=\"count\" rate=\"8000\"><arg value=\"" + listens + "\"/></recogniser>");
        server = RunningServer.start(folder.options("pw"));
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private static void change(Path file, String before, String after) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(before);
        Files.writeString(file, text.replace(before, after));
    }

    /// Waits until a call has set a global variable.
    private String global(String name) {
        String value = server.command("global_getvar " + name).strip();
        while (value.isEmpty()) {
            Thread.onSpinWait();
            value = server.command("global_getvar " + name).strip();
        }
        return value;
    }

    /// One server for both: its start is what takes time.
    @Test
    void theyDoWhatTheDialplanWants() throws IOException {
        aCommandOfTheDialplanRunsAndACallersNameIsNoneOfIt();
        aProgramListensToWhatACallSays();
    }

    private void aCommandOfTheDialplanRunsAndACallersNameIsNoneOfIt() throws IOException {
        assertThat(server.command("originate {origination_caller_id_name='x\"; touch hacked; $(touch hacked)'}loopback/7301/default &park()")).startsWith("+OK");

        assertThat(global("shell_said")).isEqualTo("3");
        assertThat(Files.readString(temp.resolve("data/cache/shell/name"))).isEqualTo("x\"; touch hacked; $(touch hacked)");
        assertThat(temp.resolve("data/cache/shell/hacked")).doesNotExist();
    }

    private void aProgramListensToWhatACallSays() {
        assertThat(server.command("originate {loopback_bowout=false}loopback/7302/default &endless_playback(tone_stream://%(1000,0,440);loops=-1)")).startsWith("+OK");

        assertThat(global("listener_said")).isEqualTo("heard bytes at 8000");
    }
}
