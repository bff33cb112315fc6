package io.jverto.conference.layout;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigNode.Origin;
import io.jverto.base.config.ConfigProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// Reads `conference_layouts.conf` (conference.md section 21.2). What is wrong is said with its file and line, and left out.
final class LayoutReader {
    private static final Pattern PLACE = Pattern.compile("auto|-?[0-9.]{1,10}(:-?[0-9.]{1,10}){2}");
    private static final Pattern NAME = Pattern.compile("[^\\s:\\p{Cntrl}][^\\s\\p{Cntrl}]{0,63}");
    private static final List<String> KNOWN = List.of("x", "y", "scale", "hscale", "zoom", "floor", "floor-only", "file-only", "overlap",
            "reservation_id", "reservation-id", "role-id", "role_id", "audio-position", "border");

    private final Map<String, Layout> layouts = new LinkedHashMap<>();
    private final Map<String, List<Layout>> groups = new LinkedHashMap<>();
    private final List<ConfigProblem> problems = new ArrayList<>();

    Layouts read(ConfigNode configuration) {
        configuration.children("layout-settings").forEach(settings -> {
            settings.children("layouts").flatMap(node -> node.children("layout")).forEach(this::layout);
            settings.children("groups").flatMap(node -> node.children("group")).forEach(this::group);
        });
        if (layouts.isEmpty()) {
            problems.add(ConfigProblem.warning(configuration.origin(), "there is no <layout> within <layout-settings><layouts>: canvases show nobody"));
        }
        return new Layouts(layouts, groups, problems);
    }

    private void layout(ConfigNode node) {
        String name = node.attribute("name", "");
        if (!NAME.matcher(name).matches()) {
            problems.add(ConfigProblem.error(node.origin(), "a layout needs a name without spaces, 64 characters at most"));
            return;
        }
        if (layouts.containsKey(name)) {
            problems.add(ConfigProblem.warning(node.origin(), "layout " + name + " is there twice; this one is left out"));
            return;
        }
        List<Slot> slots = new ArrayList<>();
        node.children("image").forEach(image -> slot(name, image, slots));
        if (slots.isEmpty()) {
            problems.add(ConfigProblem.error(node.origin(), "layout " + name + " has no <image>, so nobody could be seen in it"));
            return;
        }
        for (String unused : List.of("transition-in", "transition-out")) {
            if (node.attribute(unused).isPresent()) {
                problems.add(ConfigProblem.unsupported(node.origin(), "layout " + name + ": " + unused + " is not shown"));
            }
        }
        layouts.put(name, new Layout(name, slots, isTrue(node, "auto-3d-position"), border(node).orElse(0),
                node.attribute("bgimg", ""), node.attribute("fgimg", "")));
    }

    private void slot(String layout, ConfigNode node, List<Slot> slots) {
        Origin origin = node.origin();
        if (slots.size() == Layout.MAX_SLOTS) {
            problems.add(ConfigProblem.warning(origin, "layout " + layout + ": more than " + Layout.MAX_SLOTS + " images; this one is left out"));
            return;
        }
        OptionalInt x = number(node, "x");
        OptionalInt y = number(node, "y");
        OptionalInt width = number(node, "scale");
        OptionalInt height = node.attribute("hscale").isPresent() ? number(node, "hscale") : width;
        if (x.isEmpty() || y.isEmpty() || width.isEmpty() || height.isEmpty() || width.getAsInt() == 0 || height.getAsInt() == 0) {
            problems.add(ConfigProblem.error(origin,
                    "layout " + layout + ": an <image> needs x and y of 0 or more, and a scale of 1 or more; a canvas is " + Slot.UNITS + " wide and high"));
            return;
        }
        String audio = node.attribute("audio-position", "");
        if (!audio.isEmpty() && !PLACE.matcher(audio).matches()) {
            problems.add(ConfigProblem.error(origin, "layout " + layout + ": audio-position must be auto or x:y:z"));
            audio = "";
        }
        node.attributes().keySet().stream().filter(key -> !KNOWN.contains(key)).forEach(key ->
                problems.add(ConfigProblem.warning(origin, "layout " + layout + ": an <image> has no attribute " + key)));
        Slot slot = new Slot(x.getAsInt(), y.getAsInt(), width.getAsInt(), height.getAsInt(), isTrue(node, "zoom"), isTrue(node, "floor"),
                isTrue(node, "floor-only"), isTrue(node, "file-only"), isTrue(node, "overlap"),
                node.attribute("reservation_id", node.attribute("reservation-id", "")), node.attribute("role-id", node.attribute("role_id", "")),
                audio, border(node).orElse(-1));
        if (slot.sticksOut()) {
            problems.add(ConfigProblem.error(origin, "layout " + layout + ": the image sticks out of the canvas, which is " + Slot.UNITS
                    + " wide and high; it is left out"));
            return;
        }
        slots.stream().filter(other -> !slot.overlap() && !other.overlap() && slot.touches(other)).findFirst().ifPresent(_ ->
                problems.add(ConfigProblem.warning(origin, "layout " + layout + ": the image lies over another without overlap=\"true\"")));
        slots.add(slot);
    }

    private void group(ConfigNode node) {
        String name = node.attribute("name", "");
        if (!NAME.matcher(name).matches()) {
            problems.add(ConfigProblem.error(node.origin(), "a group of layouts needs a name without spaces, 64 characters at most"));
            return;
        }
        List<Layout> members = new ArrayList<>();
        node.children("layout").forEach(child -> {
            Layout layout = layouts.get(child.text());
            if (layout == null) {
                problems.add(ConfigProblem.error(child.origin(), "group " + name + ": there is no layout " + child.text()));
            } else {
                if (!members.isEmpty() && members.getLast().seats() >= layout.seats()) {
                    problems.add(ConfigProblem.warning(child.origin(), "group " + name + ": " + layout.name() + " has no more room than "
                            + members.getLast().name() + " before it, so it is never chosen"));
                }
                members.add(layout);
            }
        });
        if (members.isEmpty()) {
            problems.add(ConfigProblem.error(node.origin(), "group " + name + " has no layout"));
            return;
        }
        if (groups.putIfAbsent(name, List.copyOf(members)) != null) {
            problems.add(ConfigProblem.warning(node.origin(), "group " + name + " is there twice; this one is left out"));
        }
    }

    private Optional<Integer> border(ConfigNode node) {
        if (node.attribute("border").isEmpty()) {
            return Optional.empty();
        }
        OptionalInt border = number(node, "border");
        if (border.isEmpty() || border.getAsInt() > Layout.MAX_BORDER) {
            problems.add(ConfigProblem.error(node.origin(), "a border is 0 to " + Layout.MAX_BORDER + " pixels"));
            return Optional.empty();
        }
        return Optional.of(border.getAsInt());
    }

    private static OptionalInt number(ConfigNode node, String key) {
        String text = node.attribute(key, "").strip();
        return text.matches("[0-9]{1,4}") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }

    private static boolean isTrue(ConfigNode node, String key) {
        return List.of("true", "yes", "on", "1").contains(node.attribute(key, ""));
    }
}
