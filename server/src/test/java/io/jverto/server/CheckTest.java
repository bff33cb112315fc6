package io.jverto.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.speex.SpeexLibrary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CheckTest {
    @TempDir
    Path temp;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private int check(Path conf) {
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        return new CommandLine(new Check(out)).execute("--conf", conf.toString(), "--data", temp.resolve("data").toString());
    }

    private String said() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private Path copy() throws IOException {
        Path from = Path.of("..", "conf");
        Path to = temp.resolve("conf");
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        return to;
    }

    private static void change(Path file, String before, String after) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(before);
        Files.writeString(file, text.replace(before, after));
    }

    @Test
    void theTreeThatComesAlongHasNothingToComplainOf() {
        assertThat(check(Path.of("..", "conf"))).isZero();

        assertThat(said()).hasLineCount(1).contains("0 errors, 0 warnings, 0 not supported");
    }

    @Test
    void nothingIsWritten() {
        check(Path.of("..", "conf"));

        assertThat(temp.resolve("data")).doesNotExist();
    }

    @Test
    void whatIsNotSupportedIsNamedWithFileAndLine() throws IOException {
        Path conf = copy();
        change(conf.resolve("dialplan/default.xml"), "<action application=\"echo\"/>", "<action application=\"make_coffee\" data=\"black\"/>");

        assertThat(check(conf)).isEqualTo(1);

        assertThat(said()).containsPattern("dialplan/default\\.xml:[0-9]+: unsupported: application make_coffee is not supported")
                .contains("0 errors, 0 warnings, 2 not supported");
    }

    @Test
    void commandsOfADialplanAreNamedUntilTheyAreAllowed() throws IOException {
        Path conf = copy();
        change(conf.resolve("dialplan/default.xml"), "<action application=\"echo\"/>", "<action application=\"bgsystem\" data=\"date\"/>");

        assertThat(check(conf)).isEqualTo(1);
        assertThat(said()).containsPattern("dialplan/default\\.xml:[0-9]+: unsupported: application bgsystem is off: the param dialplan-shell of switch.conf allows it");
        change(conf.resolve("autoload_configs/switch.conf.xml"), "<!-- <param name=\"dialplan-shell\" value=\"true\"/> -->", "<param name=\"dialplan-shell\" value=\"true\"/>");
        bytes.reset();

        assertThat(check(conf)).isZero();
    }

    @Test
    void listeningWithoutARecogniserIsNamed() throws IOException {
        Path conf = copy();
        change(conf.resolve("dialplan/default.xml"), "<action application=\"echo\"/>", "<action application=\"detect_speech\" data=\"vosk yesno\"/>");

        assertThat(check(conf)).isEqualTo(1);
        assertThat(said()).containsPattern("dialplan/default\\.xml:[0-9]+: unsupported: application detect_speech is off: no recogniser is configured in speech.conf");
        change(conf.resolve("autoload_configs/speech.conf.xml"), "<recognisers>", "<recognisers><recogniser name=\"vosk\"><arg value=\"/bin/cat\"/></recogniser>");
        bytes.reset();

        assertThat(check(conf)).isZero();
    }

    @Test
    void ofAnApplicationOfTheFieldItIsSaidWhyItIsNotThere() throws IOException {
        Path conf = copy();
        change(conf.resolve("dialplan/default.xml"), "<action application=\"echo\"/>", "<action application=\"lua\" data=\"hello.lua\"/>");

        assertThat(check(conf)).isEqualTo(1);

        assertThat(said()).containsPattern("application lua is not supported: no scripts are run; a program steers calls over the event socket, which `socket` gives a call to; a call that comes to it");
    }

    @Test
    void whatAProfileOfSipWantsThatIsNotThereIsNamedWithFileAndLine() throws IOException {
        Path conf = copy();
        Files.writeString(conf.resolve("autoload_configs/sofia.conf.xml"), """
                <configuration name="sofia.conf" description="sofia Endpoint">
                  <profiles>
                    <profile name="external"><settings><param name="sip-port" value="5080"/><param name="hold-music" value="x"/>
                      <param name="sip-ip" value="here"/></settings></profile>
                  </profiles>
                </configuration>
                """);

        assertThat(check(conf)).isEqualTo(2);

        assertThat(said()).containsPattern("sofia\\.conf\\.xml:3: unsupported: parameter 'hold-music' is not supported")
                .containsPattern("sofia\\.conf\\.xml:4: error: sip-ip must be an IP address, not 'here'")
                .contains("1 error, 0 warnings, 1 not supported");
    }

    @Test
    void whatIsWrongWithTheMembersOfAQueueIsNamedWithFileAndLine() throws IOException {
        Path conf = copy();
        Files.writeString(conf.resolve("autoload_configs/fifo.conf.xml"), """
                <configuration name="fifo.conf" description="queues">
                  <fifos>
                    <fifo name="desk" importance="0">
                      <member timeout="60" simo="1" lag="20">user/1001</member>
                      <member lag="soon">user/1002</member>
                      <member>carrier/1003</member>
                      <member/>
                    </fifo>
                  </fifos>
                </configuration>
                """);

        assertThat(check(conf)).isEqualTo(1);

        assertThat(said()).containsPattern("fifo\\.conf\\.xml:5: warning: lag of a <member> is a number, not 'soon'")
                .containsPattern("fifo\\.conf\\.xml:6: unsupported: endpoint carrier is not supported")
                .containsPattern("fifo\\.conf\\.xml:7: warning: a <member> needs a <fifo> with a name and a dial string")
                .contains("0 errors, 2 warnings, 1 not supported");
    }

    @Test
    void whatDialStringsWantThatIsNotThereIsNamedWithFileAndLine() throws IOException {
        Path conf = copy();
        change(conf.resolve("dialplan/default.xml"), "data=\"user/$1@${domain_name}\"", "data=\"{proxy_media=true}user/$1,sofia/gateway/itsp/$1,dingaling/x/$1\"");
        change(conf.resolve("dialplan/default.xml"), "data=\"call_timeout=30\"", "data=\"bridge_filter_dtmf=true\"");

        assertThat(check(conf)).isEqualTo(1);

        assertThat(said()).containsPattern("dialplan/default\\.xml:[0-9]+: unsupported: variable proxy_media has no effect")
                .containsPattern("dialplan/default\\.xml:[0-9]+: unsupported: endpoint dingaling is not supported")
                .containsPattern("dialplan/default\\.xml:[0-9]+: unsupported: variable bridge_filter_dtmf has no effect")
                .contains("3 not supported");
    }

    @Test
    void whatOfPreprocessChangesNothingIsNamed() throws IOException {
        Path conf = copy();
        change(conf.resolve("dialplan/default.xml"), "application=\"set\" data=\"call_timeout=30\"", "application=\"preprocess\" data=\"r.dereverb=true,r.noise_suppress=-20,w.agc,w.vad=perhaps\"");

        assertThat(check(conf)).isEqualTo(1);

        assertThat(said()).containsPattern("dialplan/default\\.xml:[0-9]+: unsupported: preprocess dereverb changes nothing\n").doesNotContain("preprocess agc")
                .containsPattern("dialplan/default\\.xml:[0-9]+: warning: preprocess does not understand w\\.vad=perhaps");
        assertThat(said().contains("preprocess noise_suppress changes nothing on this machine")).isEqualTo(SpeexLibrary.obstacle().isPresent());
    }

    @Test
    void menusAreLookedAtLikeTheDialplan() throws IOException {
        Path conf = copy();
        change(conf.resolve("autoload_configs/ivr.conf.xml"), "param=\"phrase the_time\"", "param=\"make_coffee black\"");
        change(conf.resolve("autoload_configs/ivr.conf.xml"), "exit-sound=\"ivr/ivr-goodbye.wav\"", "tts-voice=\"kal\"");

        assertThat(check(conf)).isEqualTo(1);

        assertThat(said()).containsPattern("ivr\\.conf\\.xml:[0-9]+: unsupported: application make_coffee is not supported")
                .containsPattern("ivr\\.conf\\.xml:[0-9]+: unsupported: tts-voice of a menu");
    }

    @Test
    void tagsThatAreNotClosedAreAnErrorWithFileAndLine() throws IOException {
        Path conf = copy();
        Files.writeString(conf.resolve("autoload_configs/verto.conf.xml"), """
                <configuration name="verto.conf" description="HTML5 Verto Endpoint">
                  <param name="debug" value="10"/>
                  <profiles>
                    <profile name="mine">
                      <param name="bind-local" value="127.0.0.1:8081"/>
                """);

        assertThat(check(conf)).isEqualTo(2);

        assertThat(said()).containsPattern("verto\\.conf\\.xml:[0-9]+: error: ").doesNotContain("Exception");
    }

    @Test
    void codecsAndContextsThatAreNotThereAreNamedWithFileAndLine() throws IOException {
        Path conf = copy();
        Path verto = conf.resolve("autoload_configs/verto.conf.xml");
        change(verto, "name=\"inbound-codec-string\" value=\"$${global_codec_prefs}\"", "name=\"inbound-codec-string\" value=\"opus,opsu,vp8,PCMU@8000h\"");
        change(verto, "name=\"context\" value=\"default\"", "name=\"context\" value=\"defualt\"");
        change(conf.resolve("directory/default/1001.xml"), "name=\"user_context\" value=\"default\"", "name=\"user_context\" value=\"office\"");

        assertThat(check(conf)).isEqualTo(1);

        assertThat(said()).containsPattern("verto\\.conf\\.xml:[0-9]+: unsupported: the codec 'opsu' of inbound-codec-string is not there")
                .containsPattern("verto\\.conf\\.xml:[0-9]+: warning: the dialplan has no context 'defualt': calls that look for their route there end")
                .containsPattern("directory/default/1001\\.xml:[0-9]+: warning: the dialplan has no context 'office'")
                .contains("0 errors, 2 warnings, 1 not supported");
    }

    @Test
    void anAddressOfSoundThatIsNoneIsNamedWithItsOwnLine() throws IOException {
        Path conf = copy();
        change(conf.resolve("autoload_configs/verto.conf.xml"), "name=\"rtp-ip\" value=\"$${rtp_ip}\"", "name=\"rtp-ip\" value=\"pbx.example.com\"");

        assertThat(check(conf)).isEqualTo(2);

        assertThat(said()).containsPattern("verto\\.conf\\.xml:[0-9]{2,}: error: rtp-ip 'pbx\\.example\\.com' is not an IP address");
    }

    @Test
    void aFolderThatIsNotThereIsAnError() {
        assertThat(check(temp.resolve("nowhere"))).isEqualTo(2);

        assertThat(said()).contains("nowhere").contains("1 error,");
    }
}
