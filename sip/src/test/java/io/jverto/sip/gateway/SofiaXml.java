package io.jverto.sip.gateway;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `sofia.conf` as nodes whose lines count from 1.
public final class SofiaXml {
    private SofiaXml() {}

    public static ConfigNode node(String name, Map<String, String> attributes, int line, List<ConfigNode> children) {
        return new ConfigNode(name, attributes, children, "", new ConfigNode.Origin("sofia.conf.xml", line));
    }

    /// @param namesAndValues of `<param>`s, one a line
    public static List<ConfigNode> params(int firstLine, String... namesAndValues) {
        List<ConfigNode> params = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            params.add(node("param", Map.of("name", namesAndValues[i], "value", namesAndValues[i + 1]), firstLine + i / 2, List.of()));
        }
        return params;
    }

    public static ConfigNode gatewayNode(String name, int line, String... params) {
        return node("gateway", Map.of("name", name), line, params(line + 1, params));
    }

    public static ConfigNode configuration(List<ConfigNode> gateways, String... settings) {
        ConfigNode profile = node(
                "profile", Map.of("name", "external"), 2,
                List.of(node("gateways", Map.of(), 3, gateways), node("settings", Map.of(), 100, params(101, settings))));
        return node("configuration", Map.of("name", "sofia.conf"), 1, List.of(node("profiles", Map.of(), 2, List.of(profile))));
    }

    public static GatewayConfig gateway(String... params) {
        return new GatewayReader(gatewayNode("itsp", 10, params), _ -> {}).read().orElseThrow();
    }

    public static List<ConfigProblem> problems(String... params) {
        List<ConfigProblem> problems = new ArrayList<>();
        new GatewayReader(gatewayNode("itsp", 10, params), problems::add).read();
        return problems;
    }
}
