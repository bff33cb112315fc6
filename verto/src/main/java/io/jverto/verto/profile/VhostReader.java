package io.jverto.verto.profile;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigProblem;
import io.jverto.switchboard.dialplan.Expression;
import io.jverto.verto.profile.Vhost.Realm;
import io.jverto.verto.profile.Vhost.Rewrite;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/// Reads the `<vhosts>` of a profile. As in the reference server only the first counts.
final class VhostReader {
    private static final int MAX_REWRITES = 100;
    /// `alias` has no effect: a vhost answers to every name.
    private static final Set<String> KNOWN = Set.of("alias", "root", "script-root", "index", "auth-realm", "auth-user", "auth-pass");

    private final Consumer<ConfigProblem> problems;

    VhostReader(Consumer<ConfigProblem> problems) {
        this.problems = problems;
    }

    /// @return at most one
    List<Vhost> read(ConfigNode profile) {
        List<ConfigNode> nodes = profile.children("vhosts").flatMap(all -> all.children("vhost")).toList();
        nodes.stream().skip(1).forEach(more ->
                problems.accept(ConfigProblem.warning(more.origin(), "only the first <vhost> of a profile counts; this one has no effect")));
        return nodes.stream().limit(1).flatMap(node -> vhost(node).stream()).toList();
    }

    private Optional<Vhost> vhost(ConfigNode node) {
        Params params = Params.of(
                Stream.concat(node.children("param"), node.children("params").flatMap(list -> list.children("param"))), problems);
        params.tellUnknown(KNOWN);
        params.last("script-root").ifPresent(param -> problems.accept(ConfigProblem.unsupported(
                param.origin(), "scripts are not run: a path that ends in .lua answers 501; take script-root out")));
        String domain = node.attribute("domain", "");
        if (domain.isEmpty()) {
            problems.accept(ConfigProblem.error(node.origin(), "a <vhost> needs a domain"));
        }
        Optional<Path> root = root(node, params);
        Realm realm = realm(params);
        List<Rewrite> rewrites = rewrites(node);
        return root.map(folder -> new Vhost(domain, folder, index(params), realm, rewrites));
    }

    private Optional<Path> root(ConfigNode node, Params params) {
        String written = params.text("root", "");
        try {
            if (!written.isEmpty() && Files.isDirectory(Path.of(written))) {
                return Optional.of(Path.of(written));
            }
        } catch (InvalidPathException noPath) {
            // said below
        }
        problems.accept(ConfigProblem.error(
                params.last("root").orElse(node).origin(), "a <vhost> needs a root that is a folder, for instance $${htdocs_dir}, not '" + written + "'"));
        return Optional.empty();
    }

    private String index(Params params) {
        String index = params.text("index", "index.html");
        if (index.contains("/") || index.contains("\\") || index.startsWith(".")) {
            problems.accept(ConfigProblem.error(params.last("index").orElseThrow().origin(), "index must be the name of a file, not '" + index + "'"));
        }
        return index;
    }

    private Realm realm(Params params) {
        Optional<ConfigNode> name = params.last("auth-realm");
        name.filter(param -> Params.value(param).chars().anyMatch(c -> c < ' ' || c > '~' || c == '"' || c == '\\')).ifPresent(param ->
                problems.accept(ConfigProblem.error(param.origin(), "auth-realm must be plain words without quotation marks")));
        boolean user = params.last("auth-user").isPresent();
        boolean password = params.last("auth-pass").isPresent();
        params.last(user ? "auth-user" : "auth-pass").filter(_ -> user != password || name.isEmpty()).ifPresent(param ->
                problems.accept(ConfigProblem.error(param.origin(), "auth-realm, auth-user and auth-pass belong together: nothing would be asked")));
        return new Realm(params.text("auth-realm", ""), params.text("auth-user", ""), params.text("auth-pass", ""));
    }

    private List<Rewrite> rewrites(ConfigNode node) {
        List<Rewrite> rewrites = new ArrayList<>();
        node.children("rewrites").flatMap(all -> all.children("rule")).limit(MAX_REWRITES + 1L).forEach(rule -> {
            String value = rule.attribute("value", "");
            if (rewrites.size() == MAX_REWRITES) {
                problems.accept(ConfigProblem.error(rule.origin(), "more than " + MAX_REWRITES + " rules"));
            } else if (!value.startsWith("/") || value.contains("..")) {
                problems.accept(ConfigProblem.error(rule.origin(), "the value of a <rule> must be a path from / on, not '" + value + "'"));
            } else {
                expression(rule).ifPresent(expression -> rewrites.add(new Rewrite(expression, value)));
            }
        });
        return rewrites;
    }

    private Optional<Expression> expression(ConfigNode rule) {
        String written = rule.attribute("expression", "");
        try {
            if (!written.isEmpty()) {
                return Optional.of(Expression.plain(written));
            }
        } catch (PatternSyntaxException wrong) {
            // said below
        }
        problems.accept(ConfigProblem.error(rule.origin(), "'" + written + "' is no regular expression"));
        return Optional.empty();
    }
}
