package io.jverto.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.config.ConfigNode;
import io.jverto.conference.layout.Layouts;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DefaultTreeTest {
    static final Path CONF = Path.of("..", "conf");

    @Test
    void theTreeThatComesAlongLoadsWithoutAnyProblem() {
        LoadedConfig config = load();

        assertThat(config.problems()).isEmpty();
        assertThat(config.configuration("verto.conf")).isPresent();
        assertThat(config.configuration("conference.conf")).isPresent();
        assertThat(config.configuration("conference_layouts.conf").map(Layouts::decode).orElseThrow().problems()).isEmpty();
        assertThat(config.configuration("switch.conf")).isPresent();
        assertThat(config.configuration("acl.conf")).isPresent();
        assertThat(config.configuration("local_stream.conf")).isPresent();
    }

    @Test
    void itsLayoutsAreThoseThatClientsKnowByName() {
        Layouts layouts = load().configuration("conference_layouts.conf").map(Layouts::decode).orElseThrow();

        assertThat(layouts.groupNames()).containsExactly("grid", "grid-zoom", "1up_top_left_plus", "3up_plus");
        assertThat(layouts.all()).extracting(layout -> layout.name() + " " + layout.slots().size()).containsExactly(
                "1x1 1", "1x2 2", "2x1 2", "1x1+2x1 3", "2x2 4", "3x3 9", "4x4 16", "5x5 25", "6x6 36", "8x8 64", "2x1-zoom 2", "3x1-zoom 3",
                "5-grid-zoom 5", "3x2-zoom 6", "7-grid-zoom 7", "4x2-zoom 8", "1up_top_left+5 6", "1up_top_left+7 8", "1up_top_left+9 10", "2up_top+8 10",
                "2up_middle+8 10", "2up_bottom+8 10", "3up+4 7", "3up+9 12", "2x1-presenter-zoom 2", "presenter-dual-vertical 2",
                "presenter-dual-horizontal 2", "presenter-overlap-small-top-right 2", "presenter-overlap-small-bot-right 2",
                "presenter-overlap-large-top-right 2", "presenter-overlap-large-bot-right 2", "overlaps 7");
        assertThat(layouts.layout("3up+4").orElseThrow().reservations()).containsExactly("secondary", "third");
    }

    @Test
    void s37ItsTwentyUsersHaveTheGeneratedPassword() {
        ConfigNode users = load().section("directory")
                .child("domain").orElseThrow()
                .child("groups").orElseThrow()
                .child("group").orElseThrow()
                .child("users").orElseThrow();

        assertThat(users.children("user")).hasSize(20).allSatisfy(user -> assertThat(
                        user.child("params").orElseThrow().child("param").orElseThrow().attribute("value"))
                .hasValue("generated"));
    }

    @Test
    void allItsPortsCanBeChangedInVars() {
        assertThat(load().variables()).containsKeys("verto_ws_port", "verto_wss_port", "event_socket_port", "rtp_start_port", "rtp_ip", "domain");
    }

    private static LoadedConfig load() {
        Variables variables = new Variables()
                .define("local_ip_v4", "192.0.2.7")
                .define("conf_dir", "/nowhere")
                .define("certs_dir", "/nowhere")
                .define("sounds_dir", "/nowhere")
                .define("default_password", "generated");
        ConfigLoader.Loading loading = ConfigLoader.load(CONF, variables);
        assertThat(loading).isInstanceOf(ConfigLoader.Loaded.class);
        return ((ConfigLoader.Loaded) loading).config();
    }
}
