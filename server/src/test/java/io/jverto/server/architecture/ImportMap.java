package io.jverto.server.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The block of ARCHITECTURE.md that says who may import whom.
record ImportMap(Map<String, List<String>> allowed) {
    static final String BASE = "io.jverto.";
    private static final Pattern BLOCK = Pattern.compile("```imports\n(.*?)```", Pattern.DOTALL);

    static ImportMap ofArchitecturePage() {
        try {
            return parse(Files.readString(Path.of("..", "ARCHITECTURE.md")));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    static ImportMap parse(String page) {
        Matcher block = BLOCK.matcher(page);
        if (!block.find()) {
            throw new IllegalArgumentException("ARCHITECTURE.md has no ```imports block");
        }
        Map<String, List<String>> allowed = new LinkedHashMap<>();
        block.group(1).lines().filter(line -> !line.isBlank()).forEach(line -> {
            String[] sides = line.split("->", -1);
            allowed.put(sides[0].strip(), List.of(sides[1].strip().split("\\s+")));
        });
        return new ImportMap(allowed);
    }

    /// @return the module that a package belongs to
    static String module(String packageName) {
        String rest = packageName.substring(BASE.length());
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }

    Set<String> modules() {
        return allowed.keySet();
    }

    boolean allows(String from, String to) {
        String module = module(from);
        String target = to.substring(BASE.length());
        return module(to).equals(module)
                || allowed.getOrDefault(module, List.of()).stream()
                        .anyMatch(may -> may.equals("*") || target.equals(may) || target.startsWith(may + "."));
    }
}
