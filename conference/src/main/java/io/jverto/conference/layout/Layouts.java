package io.jverto.conference.layout;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The layouts and groups of layouts that canvases may have.
public final class Layouts {
    /// Before the name of a group, where a layout or a group may be named.
    public static final String GROUP = "group:";
    private static final String GRID = "grid";
    private static final int[] SIDES = {1, 2, 3, 4, 5, 6, 8};

    private final Map<String, Layout> layouts;
    private final Map<String, List<Layout>> groups;
    private final List<ConfigProblem> problems;

    Layouts(Map<String, Layout> layouts, Map<String, List<Layout>> groups, List<ConfigProblem> problems) {
        this.layouts = new LinkedHashMap<>(layouts);
        this.groups = new LinkedHashMap<>(groups);
        this.problems = List.copyOf(problems);
    }

    /// @param configuration the element `<configuration name="conference_layouts.conf">`
    public static Layouts decode(ConfigNode configuration) {
        return new LayoutReader().read(configuration);
    }

    /// What there is without a file: grids of equal slots, as the group `grid`.
    public static Layouts grids() {
        Map<String, Layout> grids = new LinkedHashMap<>();
        for (int side : SIDES) {
            Layout grid = grid(side);
            grids.put(grid.name(), grid);
        }
        return new Layouts(grids, Map.of(GRID, List.copyOf(grids.values())), List.of());
    }

    /// @param side slots in a row, a divisor of [Slot#UNITS]
    static Layout grid(int side) {
        int edge = Slot.UNITS / side;
        List<Slot> slots = new ArrayList<>();
        for (int i = 0; i < side * side; i++) {
            slots.add(Slot.plain(i % side * edge, i / side * edge, edge, edge));
        }
        return new Layout(side + "x" + side, slots, true, 0, "", "");
    }

    public List<ConfigProblem> problems() {
        return problems;
    }

    public Collection<Layout> all() {
        return List.copyOf(layouts.values());
    }

    /// @return names of groups with their layouts, in the order of the file
    public Map<String, List<Layout>> groups() {
        return Map.copyOf(groups);
    }

    /// @return names of groups, in the order of the file
    public List<String> groupNames() {
        return List.copyOf(groups.keySet());
    }

    public Optional<Layout> layout(String name) {
        return Optional.ofNullable(layouts.get(name));
    }

    /// @param name without `group:`
    /// @return the group's layouts; empty when there is no such group
    public List<Layout> group(String name) {
        return groups.getOrDefault(name, List.of());
    }

    /// @param name of a layout, or `group:` and the name of a group
    public boolean knows(String name) {
        return name.startsWith(GROUP) ? groups.containsKey(name.substring(GROUP.length())) : layouts.containsKey(name);
    }

    /// The first layout that has room for that many, else the last (conference.md section 21.2).
    ///
    /// @param name of a layout, or `group:` and the name of a group
    /// @return empty when there is none of that name
    public Optional<Layout> pick(String name, int members) {
        if (!name.startsWith(GROUP)) {
            return layout(name);
        }
        List<Layout> group = group(name.substring(GROUP.length()));
        return group.stream().filter(layout -> layout.seats() >= members).findFirst()
                .or(() -> group.isEmpty() ? Optional.empty() : Optional.of(group.getLast()));
    }
}
