package io.jverto.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.config.ConfigNode;
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
        assertThat(config.configuration("switch.conf")).isPresent();
        assertThat(config.configuration("acl.conf")).isPresent();
        assertThat(config.configuration("local_stream.conf")).isPresent();
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
                .define("certs_dir", "/nowhere")
                .define("sounds_dir", "/nowhere")
                .define("default_password", "generated");
        ConfigLoader.Loading loading = ConfigLoader.load(CONF, variables);
        assertThat(loading).isInstanceOf(ConfigLoader.Loaded.class);
        return ((ConfigLoader.Loaded) loading).config();
    }
}
