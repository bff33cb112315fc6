package io.jverto.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import io.jverto.base.config.ConfigProblem.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
    @TempDir
    Path conf;

    @Test
    void readsASectionAndRemembersWhereItWasWritten() throws IOException {
        write("freeswitch.xml", """
                <?xml version="1.0"?>
                <document type="freeswitch/xml">
                  <section name="configuration">
                    <X-PRE-PROCESS cmd="include" data="autoload_configs/*.xml"/>
                  </section>
                </document>
                """);
        write("autoload_configs/verto.conf.xml", """
                <include>
                <configuration name="verto.conf">
                  <settings>
                    <param name="debug" value="10"/>
                  </settings>
                </configuration>
                </include>
                """);

        LoadedConfig config = loaded();

        ConfigNode param = config.configuration("VERTO.conf").orElseThrow().child("settings").orElseThrow().child("param").orElseThrow();
        assertThat(param.attribute("value")).hasValue("10");
        assertThat(param.origin()).hasToString(conf.resolve("autoload_configs/verto.conf.xml") + ":4");
        assertThat(config.problems()).isEmpty();
    }

    @Test
    void includesFilesInSortedOrderAndPassesVariablesOnwards() throws IOException {
        write("freeswitch.xml", "<document>\n<X-PRE-PROCESS cmd=\"include\" data=\"users/*.xml\"/>\n</document>");
        write("users/2.xml", "<user id=\"$${who}\"/>");
        write("users/1.xml", "<X-PRE-PROCESS cmd=\"set\" data=\"who = second\"/>\n<user id=\"first\"/>");
        write("users/.hidden.xml", "<user id=\"hidden\"/>");

        LoadedConfig config = loaded();

        assertThat(config.document().children("user").map(user -> user.attribute("id", ""))).containsExactly("first", "second");
        assertThat(config.variables()).containsEntry("who", "second");
    }

    @Test
    void keepsTextThatStandsBesideAnIncludeTag() throws IOException {
        write("freeswitch.xml", "<include><document><a/></document></include>");

        assertThat(loaded().document().child("a")).isPresent();
    }

    @Test
    void understandsTheCommentFormOfCommands() throws IOException {
        write("freeswitch.xml", "<document>\n<!--#set \"a=b\"--><x/>\n<y v=\"$${a}\"/>\n</document>");
        assertThat(loaded().document().child("y").orElseThrow().attribute("v")).hasValue("b");
        assertThat(loaded().document().child("x")).isPresent();
    }

    @Test
    void aGivenValueMayHoldAnyCharacter() throws IOException {
        write("freeswitch.xml", "<document>\n<param value=\"$${password}\"/>\n</document>");
        String password = "a\"<&>'b &amp; c";

        LoadedConfig config = loaded(new Variables().define("password", password));

        assertThat(config.document().child("param").orElseThrow().attribute("value")).hasValue(password);
        assertThat(config.variables()).containsEntry("password", password);
    }

    @Test
    void aFixedValueIsNotChangedByAFile() throws IOException {
        write("freeswitch.xml", "<X-PRE-PROCESS cmd=\"set\" data=\"password=1234\"/>\n<document p=\"$${password}\"/>");

        assertThat(loaded(new Variables().fix("password", "mine")).document().attribute("p")).hasValue("mine");
    }

    @Test
    void aVariableThatIsNotSetIsAnErrorOutsideOfCommentsOnly() throws IOException {
        write("freeswitch.xml", "<document>\n<!-- $${nothing}\n $${nothing} -->\n<param value=\"$${unknown}\"/>\n</document>");

        assertError("freeswitch.xml:4", "the variable 'unknown' is not set");
    }

    @Test
    void warnsOfACommandThatActsInsideAComment() throws IOException {
        write("freeswitch.xml", "<document>\n<!-- <X-PRE-PROCESS cmd=\"set\" data=\"a=b\"/> -->\n<x v=\"$${a}\"/>\n</document>");

        LoadedConfig config = loaded();

        assertThat(config.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.severity()).isEqualTo(Severity.WARNING);
            assertThat(problem.origin().line()).isEqualTo(2);
        });
    }

    @Test
    void namesTheElementThatIsNotClosed() throws IOException {
        write("freeswitch.xml", """
                <document>
                  <section name="configuration">
                    <X-PRE-PROCESS cmd="include" data="verto.conf.xml"/>
                  </section>
                </document>
                """);
        write("verto.conf.xml", """
                <configuration name="verto.conf" description="HTML5 Verto Endpoint">
                  <param name="debug" value="10"/>
                  <profile name="default-v4">
                    <param name="bind-local" value="127.0.0.1:8081"/>
                """);

        ConfigProblem problem = failed().getLast();

        assertThat(problem.origin()).hasToString(conf.resolve("verto.conf.xml") + ":3");
        assertThat(problem.message()).contains("its </profile> is missing", conf.resolve("freeswitch.xml").toString());
    }

    @Test
    void namesTheLineOfAStrayCharacter() throws IOException {
        write("freeswitch.xml", "<document>\n<param value=\"a & b\"/>\n</document>");

        assertError("freeswitch.xml:2", "entity");
    }

    @Test
    void refusesADoctypeAndReadsNoOtherFileThroughIt() throws IOException {
        write("secret", "hidden");
        write("freeswitch.xml", "<!DOCTYPE d [<!ENTITY x SYSTEM \"secret\">]>\n<document><a>&x;</a></document>");

        assertError("freeswitch.xml:1", "DOCTYPE");
    }

    @Test
    void refusesAFileThatIncludesItself() throws IOException {
        write("freeswitch.xml", "<document>\n<X-PRE-PROCESS cmd=\"include\" data=\"a.xml\"/>\n</document>");
        write("a.xml", "<a/>\n<X-PRE-PROCESS cmd=\"include\" data=\"a*.xml\"/>");

        assertError("a.xml:2", "includes itself");
    }

    @Test
    void includesNothingFromOutsideTheFolder() throws IOException {
        Path outside = Files.createTempFile("outside", ".xml");
        Files.createSymbolicLink(conf.resolve("link.xml"), outside);
        for (String pattern : List.of(outside.toString(), "link.xml", "../../../../../../" + outside)) {
            write("freeswitch.xml", "<document>\n<X-PRE-PROCESS cmd=\"include\" data=\"" + pattern + "\"/>\n</document>");

            assertError("freeswitch.xml:2", "outside the configuration folder");
        }
        Files.delete(outside);
    }

    @Test
    void includesAnAbsolutePathWithinTheFolder() throws IOException {
        write("freeswitch.xml", "<document>\n<X-PRE-PROCESS cmd=\"include\" data=\"$${conf_dir}/a.xml\"/>\n</document>");
        write("a.xml", "<a/>");

        assertThat(loaded(new Variables().define("conf_dir", conf.toString())).document().child("a")).isPresent();
    }

    @Test
    void refusesVariablesThatGrowWithoutEnd() throws IOException {
        StringBuilder text = new StringBuilder("<X-PRE-PROCESS cmd=\"set\" data=\"a=0123456789\"/>\n");
        for (int i = 0; i < 40; i++) {
            text.append("<X-PRE-PROCESS cmd=\"set\" data=\"a=$${a}$${a}\"/>\n");
        }
        write("freeswitch.xml", text + "<document/>");

        assertThat(failed()).anySatisfy(problem -> assertThat(problem.message()).contains("longer than"));
    }

    @Test
    void refusesElementsTooDeepInEachOther() throws IOException {
        write("freeswitch.xml", "<a>\n".repeat(1000) + "</a>\n".repeat(1000));

        assertError("freeswitch.xml:65", "deep");
    }

    @Test
    void runsNoProgram() throws IOException {
        write("freeswitch.xml", "<document>\n<X-PRE-PROCESS cmd=\"exec\" data=\"touch pwned\"/>\n</document>");

        assertThat(loaded().problems()).singleElement().extracting(ConfigProblem::severity).isEqualTo(Severity.UNSUPPORTED);
    }

    @Test
    void runsNoProgramInAnyForm() throws IOException {
        write("freeswitch.xml", """
                <document>
                <X-PRE-PROCESS cmd="exec-set" data="who=touch pwned"/>
                <!--#exec "touch pwned"-->
                <!--#exec-set "who=touch pwned"-->
                </document>
                """);

        LoadedConfig config = loaded();
        assertThat(config.problems()).hasSize(3).allSatisfy(problem -> {
            assertThat(problem.severity()).isEqualTo(Severity.UNSUPPORTED);
            assertThat(problem.message()).contains("would run a program");
        });
        assertThat(config.problems()).extracting(problem -> problem.origin().line()).containsExactly(2, 3, 4);
        assertThat(config.variables()).doesNotContainKey("who");
        assertThat(conf.resolve("pwned")).doesNotExist();
    }

    @Test
    void takesAddressesAsTheyAreAndLooksNoneUp() throws IOException {
        write("freeswitch.xml", """
                <X-PRE-PROCESS cmd="stun-set" data="one=203.0.113.7"/>
                <X-PRE-PROCESS cmd="stun-set" data="two=stun:stun.example.org"/>
                <X-PRE-PROCESS cmd="stun-set" data="three=host:pbx.example.org"/>
                <document one="$${one}" two="$${two}" three="$${three}"/>
                """);

        LoadedConfig config = loaded(new Variables().define("local_ip_v4", "192.0.2.1"));
        assertThat(config.document().attributes()).containsEntry("one", "203.0.113.7").containsEntry("two", "192.0.2.1").containsEntry("three", "192.0.2.1");
        assertThat(config.problems()).extracting(problem -> problem.origin().line()).containsExactly(2, 3);
    }

    @Test
    void takesAValueFromTheEnvironmentWhereThereIsOne() throws IOException {
        write("freeswitch.xml", """
                <X-PRE-PROCESS cmd="set" data="missing=before"/>
                <X-PRE-PROCESS cmd="env-set" data="path=$PATH"/>
                <X-PRE-PROCESS cmd="env-set" data="missing=$NO_SUCH_VARIABLE_ANYWHERE"/>
                <document missing="$${missing}"/>
                """);

        LoadedConfig config = loaded();
        assertThat(config.variables()).containsEntry("path", System.getenv("PATH"));
        assertThat(config.document().attribute("missing")).hasValue("before");
    }

    @Test
    void includesFilesInEachOtherUpToALimit() throws IOException {
        write("freeswitch.xml", "<document>\n<X-PRE-PROCESS cmd=\"include\" data=\"f0.xml\"/>\n</document>");
        for (int i = 0; i < 98; i++) {
            write("f" + i + ".xml", "<X-PRE-PROCESS cmd=\"include\" data=\"f" + (i + 1) + ".xml\"/>");
        }
        write("f98.xml", "<deepest/>");
        assertThat(loaded().document().child("deepest")).isPresent();

        write("f98.xml", "<X-PRE-PROCESS cmd=\"include\" data=\"f99.xml\"/>");
        write("f99.xml", "<deepest/>");
        assertError("f98.xml:1", "too many includes");
    }

    /// Trap 11 of dialplan-directory.md section 16.
    @Test
    void whatHasTwoDollarsIsFrozenAndWhatHasOneIsLeft() throws IOException {
        write("freeswitch.xml", """
                <X-PRE-PROCESS cmd="set" data="a=first"/>
                <document>
                <x data="$${a} ${a}"/>
                <X-PRE-PROCESS cmd="set" data="a=second"/>
                <y data="$${a} ${a}"/>
                </document>
                """);

        assertThat(loaded().document().child("x").orElseThrow().attribute("data")).hasValue("first ${a}");
        assertThat(loaded().document().child("y").orElseThrow().attribute("data")).hasValue("second ${a}");
    }

    @Test
    void aCommandThatIsCalledOtherwiseIsOff() throws IOException {
        write("freeswitch.xml", "<document>\n<Z-PRE-PROCESS cmd=\"set\" data=\"a=b\"/>\n</document>");

        assertThat(loaded().variables()).doesNotContainKey("a");
    }

    @Test
    void saysThatAFolderHoldsNoConfiguration() {
        assertThat(failed().getFirst().toString()).contains("freeswitch.xml: error:", "--conf");
    }

    @Test
    void refusesTextThatIsNotUtf8() throws IOException {
        Files.write(conf.resolve("freeswitch.xml"), new byte[] {'<', 'a', ' ', (byte) 0xE9, '/', '>'});

        assertError("freeswitch.xml", "UTF-8");
    }

    private void write(String name, String text) throws IOException {
        Path file = conf.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private LoadedConfig loaded() {
        return loaded(new Variables());
    }

    private LoadedConfig loaded(Variables variables) {
        ConfigLoader.Loading loading = ConfigLoader.load(conf, variables);
        assertThat(loading).isInstanceOf(ConfigLoader.Loaded.class);
        return ((ConfigLoader.Loaded) loading).config();
    }

    private List<ConfigProblem> failed() {
        ConfigLoader.Loading loading = ConfigLoader.load(conf, new Variables());
        assertThat(loading).isInstanceOf(ConfigLoader.Failed.class);
        return ((ConfigLoader.Failed) loading).problems();
    }

    private void assertError(String origin, String message) {
        ConfigProblem problem = failed().getLast();
        assertThat(problem.severity()).isEqualTo(Severity.ERROR);
        assertThat(problem.origin()).hasToString(conf.resolve(origin).toString());
        assertThat(problem.message()).contains(message);
    }
}
