package io.jverto.switchboard.menu;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import io.jverto.switchboard.dialplan.Step;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// `<configuration name="ivr.conf">`: menus by name. Immutable; read anew on reload.
public final class Menus {
    public static final Menus NONE = new Menus(Map.of());

    private final Map<String, Menu> all;

    private Menus(Map<String, Menu> all) {
        this.all = all;
    }

    /// @param problems told of every entry that was left out or looks wrong
    public static Menus read(ConfigNode configuration, Consumer<ConfigProblem> problems) {
        Map<String, Menu> all = new TreeMap<>();
        configuration.children("menus").flatMap(list -> list.children("menu")).forEach(node -> {
            String name = node.attribute("name", "");
            if (name.isEmpty()) {
                problems.accept(ConfigProblem.error(node.origin(), "a <menu> needs a name"));
            } else if (all.putIfAbsent(name, new MenuReader(problems).read(node)) != null) {
                problems.accept(ConfigProblem.warning(node.origin(), "menu " + name + " is defined twice; the first one counts"));
            }
        });
        actions(all.values()).forEach(action -> {
            if (action instanceof Menu.Action.Sub(String menu, ConfigNode.Origin origin) && !all.containsKey(menu)) {
                problems.accept(ConfigProblem.error(origin, "there is no menu " + menu));
            }
        });
        return new Menus(all);
    }

    public boolean has(String name) {
        return all.containsKey(name);
    }

    Optional<Menu> find(String name) {
        return Optional.ofNullable(all.get(name));
    }

    /// @return every application that a menu runs, as written
    public List<Step> applications() {
        Stream<Menu.Command> entries = actions(all.values())
                .flatMap(action -> action instanceof Menu.Action.Execute(Menu.Command command) ? Stream.of(command) : Stream.empty());
        Stream<Menu.Command> ends = all.values().stream()
                .flatMap(menu -> Stream.concat(menu.onMaxFailures().stream(), menu.onMaxTimeouts().stream()));
        return Stream.concat(entries, ends).map(command -> new Step(command.application(), command.data(), command.origin())).toList();
    }

    /// @return how many there are
    public int size() {
        return all.size();
    }

    private static Stream<Menu.Action> actions(Collection<Menu> menus) {
        return menus.stream().flatMap(menu -> menu.entries().stream()).map(Menu.Entry::action);
    }
}
