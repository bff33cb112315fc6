package io.jverto.verto;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigNode.Origin;
import io.jverto.switchboard.directory.Directory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Configuration trees for tests.
final class Config {
    private Config() {}

    /// @param attributes names and values in turn
    static ConfigNode node(String name, List<ConfigNode> children, String... attributes) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < attributes.length; i += 2) {
            map.put(attributes[i], attributes[i + 1]);
        }
        return new ConfigNode(name, map, children, "", new Origin("verto.conf.xml", 7));
    }

    static ConfigNode param(String name, String value) {
        return node("param", List.of(), "name", name, "value", value);
    }

    static ConfigNode variable(String name, String value) {
        return node("variable", List.of(), "name", name, "value", value);
    }

    static ConfigNode profile(ConfigNode... params) {
        return configuration(List.of(), Arrays.asList(params));
    }

    /// @param params of the profile `default`
    static ConfigNode configuration(List<ConfigNode> settings, List<ConfigNode> params) {
        ConfigNode profile = node("profile", params, "name", "default");
        return node("configuration", List.of(node("settings", settings), node("profiles", List.of(profile))), "name", "verto.conf");
    }

    /// Users 1000-1019 of the domain `test`, password 1234, who may use `verto` and hear `demo` and `presence`; 1019 may echo and hear
    /// everything, 1018 has an a1-hash of the same password, 1017 may run `hostname` and `status`.
    static Directory directory() {
        List<ConfigNode> users = new ArrayList<>();
        for (int number = 1000; number < 1020; number++) {
            String user = String.valueOf(number);
            List<ConfigNode> params = new ArrayList<>(List.of(
                    param("jsonrpc-allowed-methods", number == 1019 ? "verto,echo" : number == 1017 ? "verto,fsapi,jsapi" : "verto"),
                    param("jsonrpc-allowed-event-channels", number == 1019 ? "__ANY__" : "demo,conference,presence"),
                    param("jsonrpc-allowed-fsapi", number == 1017 ? "hostname,bgapi" : ""),
                    param("jsonrpc-allowed-jsapi", number == 1017 ? "status,fsapi,who,store" : ""),
                    param("dial-string", "${verto_contact(${dialed_user}@${dialed_domain})}"),
                    param("caller-id-name", "Extension " + user),
                    param("caller-id-number", user)));
            params.add(number == 1018 ? param("a1-hash", "f8166809cc95148fc00576aea17ad3d1") : param("password", "1234"));
            users.add(node(
                    "user",
                    List.of(node("params", params), node("variables", List.of(variable("toll_allow", "local")))),
                    "id",
                    user));
        }
        ConfigNode domain = node("domain", List.of(node("users", users)), "name", "test");
        return Directory.read(node("section", List.of(domain), "name", "directory"), problem -> {
            throw new AssertionError(problem.toString());
        });
    }
}
