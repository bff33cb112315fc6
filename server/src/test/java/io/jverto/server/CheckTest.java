package io.jverto.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.speex.SpeexLibrary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    /// Lets a number of the dialplan run that instead.
    private static void action(Path conf, String application, String data) throws IOException {
        change(conf.resolve("dialplan/default.xml"), "<action application=\"echo\"/>", "<action application=\"" + application + "\" data=\"" + data + "\"/>");
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
    void problemsAreCountedByTheirKind() throws IOException {
        Path conf = copy();
        action(conf, "make_coffee", "black");

        assertThat(check(conf)).isEqualTo(1);

        assertThat(said()).contains("0 errors, 0 warnings, 2 not supported");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            make_coffee   | black     | application make_coffee is not supported
            lua           | hello.lua | application lua is not supported: no scripts are run; a program steers calls over the event socket, which `socket` gives a call to; a call that comes to it
            bgsystem      | date      | application bgsystem is off: the param dialplan-shell of switch.conf allows it
            detect_speech | vosk yesno| application detect_speech is off: no recogniser is configured in speech.conf
            """)
    void anApplicationThatCannotBeHadIsNamedWithFileAndLineAndWhy(String application, String data, String complaint) throws IOException {
        Path conf = copy();
        action(conf, application, data);

        assertThat(check(conf)).isEqualTo(1);

        assertThat(said()).containsPattern("dialplan/default\\.xml:[0-9]+: unsupported: " + Pattern.quote(complaint));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bgsystem      | date       | switch | <!-- <param name="dialplan-shell" value="true"/> --> | <param name="dialplan-shell" value="true"/>
            detect_speech | vosk yesno | speech | <recognisers>                                        | <recognisers><recogniser name="vosk"><arg value="/bin/cat"/></recogniser>
            """)
    void itIsNamedNoMoreOnceItIsAllowed(String application, String data, String file, String before, String after) throws IOException {
        Path conf = copy();
        action(conf, application, data);
        change(conf.resolve("autoload_configs/" + file + ".conf.xml"), before, after);

        assertThat(check(conf)).isZero();
    }

    @Test
    void whatAProfileOfSipWantsThatIsNotThereIsNamedWithFileAndLine() throws IOException {
        Path conf = copy();
        sipProfiles(conf, """
                    <profile name="external"><settings><param name="sip-port" value="5080"/><param name="hold-music" value="x"/>
                      <param name="sip-ip" value="here"/></settings></profile>
                """);

        assertThat(check(conf)).isEqualTo(2);

        assertThat(said()).containsPattern("sofia\\.conf\\.xml:3: unsupported: parameter 'hold-music' is not supported")
                .containsPattern("sofia\\.conf\\.xml:4: error: sip-ip must be an IP address, not 'here'")
                .contains("1 error, 0 warnings, 1 not supported");
    }

    @Test
    void gatewaysAndProfilesOfSipThatAreNotThereAreNamedWhereverTheyAreCalled() throws IOException {
        Path conf = copy();
        sipProfiles(conf, """
                    <profile name="external"><aliases><alias name="outside"/></aliases>
                      <gateways><gateway name="itsp"><param name="proxy" value="sip.example.org"/><param name="register" value="false"/></gateway></gateways>
                      <settings><param name="sip-port" value="5080"/></settings></profile>
                """);
        change(conf.resolve("dialplan/default.xml"), "data=\"user/$1@${domain_name}\"", "data=\"{a=b}sofia/gateway/itps/$1,sofia/gateway/itsp/$1|sofia/gateway/external::itsp/$1,"
                + "sofia/gateway/internal::itsp/$1,sofia/gateway/${best}/$1,sofia/outside/1@example.org,sofia/*/1,sofia/${profile}/1\"");
        change(conf.resolve("dialplan/default.xml"), "<action application=\"echo\"/>", "<action application=\"conference\" data=\"bridge:x@default:SOFIA/extrenal/1@example.org\"/>");
        change(conf.resolve("autoload_configs/ivr.conf.xml"), "param=\"phrase the_time\"", "param=\"bridge sofia/gateway/none/1\"");
        change(conf.resolve("directory/default.xml"), "<param name=\"dial-string\" value=\"", "<param name=\"dial-string\" value=\"sofia/gateway/old/1,");

        assertThat(check(conf)).isEqualTo(1);

        assertThat(said()).containsPattern("dialplan/default\\.xml:[0-9]+: warning: there is no SIP gateway itps: a call by it fails")
                .containsPattern("dialplan/default\\.xml:[0-9]+: warning: there is no SIP gateway internal::itsp:")
                .containsPattern("dialplan/default\\.xml:[0-9]+: warning: there is no SIP profile extrenal:")
                .containsPattern("ivr\\.conf\\.xml:[0-9]+: warning: there is no SIP gateway none:")
                .containsPattern("directory/default\\.xml:[0-9]+: warning: there is no SIP gateway old:");
        assertThat(said().lines().filter(line -> line.contains("no SIP ")).map(line -> line.replaceFirst(".*there is no SIP ", "").replaceFirst(": a call by it.*", "")).distinct())
                .containsExactlyInAnyOrder("gateway itps", "gateway internal::itsp", "profile extrenal", "gateway none", "gateway old");
    }

    @Test
    void menusAndProfilesOfRoomsThatAreNotThereAreNamed() throws IOException {
        Path conf = copy();
        change(conf.resolve("dialplan/default.xml"), "data=\"demo_ivr\"", "data=\"dmeo_ivr\"");
        change(conf.resolve("dialplan/default.xml"), "data=\"$1@video-mcu-stereo-320\"", "data=\"$1@vidoe+1234+flags{moderator}\"");
        change(conf.resolve("dialplan/default.xml"), "data=\"30$1@default+flags{moderator}\"", "data=\"a@b@${wanted}\"");
        change(conf.resolve("autoload_configs/ivr.conf.xml"), "param=\"phrase the_time\"", "param=\"ivr ${next_menu}\"");

        assertThat(check(conf)).isEqualTo(1);

        assertThat(said()).containsPattern("dialplan/default\\.xml:[0-9]+: warning: ivr\\.conf has no menu dmeo_ivr: a call that comes to it goes on")
                .containsPattern("dialplan/default\\.xml:[0-9]+: warning: conference\\.conf has no profile vidoe: the room gets the profile default")
                .contains("0 errors, 2 warnings, 0 not supported");
    }

    @Test
    void contextsThatActionsLeadToAndThatAreNotThereAreNamed() throws IOException {
        Path conf = copy();
        change(conf.resolve("dialplan/public.xml"), "data=\"$1 XML default\"", "data=\"$1 XML defualt\"");
        change(conf.resolve("dialplan/features.xml"), "data=\"-bleg $1 XML default\"", "data=\"-bleg ${hash(select/a b/c)} xml inside\"");
        change(conf.resolve("dialplan/default.xml"), "execute_extension::dx XML features", "execute_extension::dx XML faetures");
        change(conf.resolve("dialplan/default.xml"), "application=\"transfer\" data=\"1000 XML default\"", "application=\"transfer\" data=\"1000 XML:dialplan/night.xml night\"");
        change(conf.resolve("dialplan/features.xml"), "data=\"is_att_xfer XML features\"", "data=\"${hash(select/a b/${c})} XML ${where}\"");
        change(conf.resolve("autoload_configs/ivr.conf.xml"), "param=\"transfer 9196 XML default\"", "param=\"transfer 9196 XML menus\"");

        assertThat(check(conf)).isEqualTo(1);

        assertThat(said()).containsPattern("dialplan/public\\.xml:[0-9]+: warning: the dialplan has no context 'defualt' for transfer to lead to")
                .containsPattern("dialplan/features\\.xml:[0-9]+: warning: the dialplan has no context 'inside' for transfer to lead to")
                .containsPattern("dialplan/default\\.xml:[0-9]+: warning: the dialplan has no context 'faetures' for bind_meta_app to lead to")
                .containsPattern("ivr\\.conf\\.xml:[0-9]+: warning: the dialplan has no context 'menus' for transfer to lead to")
                .contains("0 errors, 4 warnings, 0 not supported");
    }

    @Test
    void contextsOfSipProfilesAndGatewaysThatAreNotThereAreNamed() throws IOException {
        Path conf = copy();
        sipProfiles(conf, """
                    <profile name="external"><gateways><gateway name="itsp">
                      <param name="proxy" value="sip.example.org"/><param name="register" value="false"/><param name="context" value="pulbic"/></gateway></gateways>
                      <settings><param name="context" value="public"/></settings></profile>
                    <profile name="internal"><settings>
                      <param name="context" value="defualt"/></settings></profile>
                """);

        assertThat(check(conf)).isEqualTo(1);

        assertThat(said()).containsPattern("sofia\\.conf\\.xml:4: warning: the dialplan has no context 'pulbic': calls")
                .containsPattern("sofia\\.conf\\.xml:7: warning: the dialplan has no context 'defualt'")
                .contains("0 errors, 2 warnings, 0 not supported");
    }

    @Test
    void codecsOfSipProfilesThatAreNotThereAreNamed() throws IOException {
        Path conf = copy();
        sipProfiles(conf, """
                    <profile name="external"><settings>
                      <param name="inbound-codec-prefs" value="OPUS,G722,PCMU@20i,PCMA,H264,VP8,G799"/>
                      <param name="outbound-codec-prefs" value="=PCMA,opsu@48000h"/></settings></profile>
                """);

        assertThat(check(conf)).isEqualTo(1);

        assertThat(said()).containsPattern("sofia\\.conf\\.xml:4: unsupported: the codec 'G799' of inbound-codec-prefs is not there")
                .containsPattern("sofia\\.conf\\.xml:5: unsupported: the codec 'opsu@48000h' of outbound-codec-prefs is not there")
                .contains("0 errors, 0 warnings, 2 not supported");
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

    /// @param profiles from the third line of the file on
    private static void sipProfiles(Path conf, String profiles) throws IOException {
        Files.writeString(conf.resolve("autoload_configs/sofia.conf.xml"), """
                <configuration name="sofia.conf" description="sofia Endpoint">
                  <profiles>
                %s  </profiles>
                </configuration>
                """.formatted(profiles));
    }
}
