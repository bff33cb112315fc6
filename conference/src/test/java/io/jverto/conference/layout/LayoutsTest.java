package io.jverto.conference.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutsTest {
    @Test
    void aGroupGivesTheFirstLayoutWithRoom() {
        Layouts layouts = Layouts.grids();

        assertThat(layouts.pick("group:grid", 0).orElseThrow().name()).isEqualTo("1x1");
        assertThat(layouts.pick("group:grid", 1).orElseThrow().name()).isEqualTo("1x1");
        assertThat(layouts.pick("group:grid", 4).orElseThrow().name()).isEqualTo("2x2");
        assertThat(layouts.pick("group:grid", 5).orElseThrow().name()).isEqualTo("3x3");
        assertThat(layouts.pick("group:grid", 1_000).orElseThrow().name()).as("else the last").isEqualTo("8x8");
        assertThat(layouts.pick("3x3", 1).orElseThrow().name()).isEqualTo("3x3");
        assertThat(layouts.pick("group:nothing", 1)).isEmpty();
        assertThat(layouts.pick("nothing", 1)).isEmpty();
    }

    @Test
    void aGridFillsTheCanvas() {
        for (Layout grid : Layouts.grids().all()) {
            assertThat(grid.slots().stream().mapToInt(slot -> slot.width() * slot.height()).sum()).as(grid.name()).isEqualTo(Slot.UNITS * Slot.UNITS);
            assertThat(grid.slots()).noneMatch(Slot::sticksOut);
        }
    }

    @Test
    void readsWhatAFileSays() {
        Layouts layouts = Layouts.decode(configuration(
                List.of(layout(3, "stage", Map.of("auto-3d-position", "true", "border", "4", "bgimg", "hall.png"),
                        image(4, "x", "0", "y", "0", "scale", "240", "floor", "true"),
                        image(5, "x", "240", "y", "0", "scale", "120", "hscale", "360", "zoom", "true", "reservation_id", "presenter", "border", "0",
                                "audio-position", "auto", "role-id", "chair", "overlap", "true", "floor-only", "true", "file-only", "true"))),
                List.of(group(9, "stages", "stage"))));

        assertThat(layouts.problems()).isEmpty();
        Layout stage = layouts.layout("stage").orElseThrow();
        assertThat(stage).isEqualTo(new Layout("stage", List.of(
                new Slot(0, 0, 240, 240, false, true, false, false, false, "", "", "", -1),
                new Slot(240, 0, 120, 360, true, false, true, true, true, "presenter", "chair", "auto", 0)), true, 4, "hall.png", ""));
        assertThat(stage.borderOf(stage.slots().get(0))).isEqualTo(4);
        assertThat(stage.borderOf(stage.slots().get(1))).isZero();
        assertThat(stage.reservations()).containsExactly("presenter");
        assertThat(stage.floorSlot()).isZero();
        assertThat(layouts.group("stages")).containsExactly(stage);
        assertThat(layouts.knows("group:stages")).isTrue();
        assertThat(layouts.knows("stages")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "x=0,y=0;layouts.xml:4: error: layout a: an <image> needs x and y of 0 or more, and a scale of 1 or more; a canvas is 360 wide and high",
        "x=-1,y=0,scale=9;layouts.xml:4: error: layout a: an <image> needs x and y",
        "x=0,y=0,scale=0;layouts.xml:4: error: layout a: an <image> needs x and y",
        "x=0,y=0,scale=99999999999;layouts.xml:4: error: layout a: an <image> needs x and y",
        "x=350,y=0,scale=20;layouts.xml:4: error: layout a: the image sticks out of the canvas, which is 360 wide and high; it is left out",
        "x=0,y=0,scale=20,border=51;layouts.xml:4: error: a border is 0 to 50 pixels",
        "x=0,y=0,scale=20,audio-position=left;layouts.xml:4: error: layout a: audio-position must be auto or x:y:z",
        "x=0,y=0,scale=20,zooom=true;layouts.xml:4: warning: layout a: an <image> has no attribute zooom"})
    void saysWhereABadImageIs(String attributes, String problem) {
        Map<String, String> read = new LinkedHashMap<>();
        for (String attribute : attributes.split(",")) {
            read.put(attribute.split("=")[0], attribute.split("=")[1]);
        }

        Layouts layouts = Layouts.decode(configuration(
                List.of(layout(3, "a", Map.of(), new ConfigNode("image", read, List.of(), "", at(4)), image(5, "x", "100", "y", "100", "scale", "10"))), List.of()));

        assertThat(layouts.problems()).singleElement().asString().startsWith(problem);
        assertThat(layouts.layout("a")).isPresent();
    }

    @Test
    void saysWhatIsWrongWithLayoutsAndGroups() {
        List<ConfigNode> images = new ArrayList<>();
        for (int i = 0; i < 65; i++) {
            images.add(image(10 + i, "x", Integer.toString(i * 5), "y", "0", "scale", "5"));
        }
        Layouts layouts = Layouts.decode(configuration(
                List.of(layout(1, "a b", Map.of()), layout(2, "empty", Map.of()), layout(9, "wide", Map.of("transition-in", "x.mp4"), images.toArray(ConfigNode[]::new)),
                        layout(80, "wide", Map.of(), images.getFirst()),
                        layout(90, "heap", Map.of(), image(91, "x", "0", "y", "0", "scale", "10"), image(92, "x", "5", "y", "5", "scale", "10"))),
                List.of(group(100, "g", "wide", "heap", "nothing"), group(200, "", "wide"), group(300, "none"), group(400, "g", "heap"))));

        assertThat(layouts.problems()).extracting(ConfigProblem::toString).containsExactly(
                "layouts.xml:1: error: a layout needs a name without spaces, 64 characters at most",
                "layouts.xml:2: error: layout empty has no <image>, so nobody could be seen in it",
                "layouts.xml:74: warning: layout wide: more than 64 images; this one is left out",
                "layouts.xml:9: unsupported: layout wide: transition-in is not shown",
                "layouts.xml:80: warning: layout wide is there twice; this one is left out",
                "layouts.xml:92: warning: layout heap: the image lies over another without overlap=\"true\"",
                "layouts.xml:101: warning: group g: heap has no more room than wide before it, so it is never chosen",
                "layouts.xml:102: error: group g: there is no layout nothing",
                "layouts.xml:200: error: a group of layouts needs a name without spaces, 64 characters at most",
                "layouts.xml:300: error: group none has no layout",
                "layouts.xml:400: warning: group g is there twice; this one is left out");
    }

    private static ConfigNode configuration(List<ConfigNode> layouts, List<ConfigNode> groups) {
        return node(1, "configuration", Map.of(), List.of(node(2, "layout-settings", Map.of(), List.of(
                node(2, "layouts", Map.of(), layouts), node(8, "groups", Map.of(), groups)))));
    }

    private static ConfigNode layout(int line, String name, Map<String, String> attributes, ConfigNode... images) {
        Map<String, String> all = new LinkedHashMap<>(attributes);
        all.put("name", name);
        return node(line, "layout", all, List.of(images));
    }

    private static ConfigNode image(int line, String... attributes) {
        Map<String, String> all = new LinkedHashMap<>();
        for (int i = 0; i < attributes.length; i += 2) {
            all.put(attributes[i], attributes[i + 1]);
        }
        return node(line, "image", all, List.of());
    }

    private static ConfigNode group(int line, String name, String... layouts) {
        List<ConfigNode> children = new ArrayList<>();
        for (String layout : layouts) {
            children.add(new ConfigNode("layout", Map.of(), List.of(), layout, at(line + children.size())));
        }
        return node(line, "group", Map.of("name", name), children);
    }

    private static ConfigNode node(int line, String name, Map<String, String> attributes, List<ConfigNode> children) {
        return new ConfigNode(name, attributes, children, "", at(line));
    }

    private static ConfigNode.Origin at(int line) {
        return new ConfigNode.Origin("layouts.xml", line);
    }
}
