package io.jverto.verto.site;

import io.jverto.base.count.Counters;
import io.jverto.switchboard.dialplan.Expression.Search;
import io.jverto.verto.count.VertoCount;
import io.jverto.verto.login.Gate;
import io.jverto.verto.profile.Vhost;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One vhost: password, rewriting, then a file (verto-wire.md section 1.8). Its requests may block, on the disk and on the directory. Thread-safe.
/// Leaves out: scripts, which answer 501; several ranges at once, caching, compression.
public final class Site {
    private static final int MAX_PATH = 1_024;
    private static final String ALLOW = "GET, HEAD, OPTIONS";
    private static final Map<String, String> PLAIN = Map.of("content-type", "text/plain; charset=utf-8", "x-content-type-options", "nosniff");

    private final Vhost vhost;
    private final Gate gate;
    private final SiteFiles files;
    private final Counters<VertoCount> counters;

    /// @param gate of the profile: its logins are good here too
    public Site(Vhost vhost, Gate gate, Counters<VertoCount> counters) {
        this.vhost = vhost;
        this.gate = gate;
        this.files = new SiteFiles(vhost.root(), vhost.index());
        this.counters = counters;
    }

    public SiteReply handle(SiteRequest request) {
        counters.increment(VertoCount.SITE_REQUESTS);
        if (request.method().equals("OPTIONS")) {
            return new SiteReply.Words(200, Map.of("allow", ALLOW), "");
        }
        // DEVIATION verto-41: the reference server asks once for a connection, which a proxy may share among its clients.
        return vhost.realm().name().isEmpty() || isAdmitted(request) ? content(request) : challenge();
    }

    /// RFC 7617: `Basic` and user and password, with a colon between them, in base64.
    private boolean isAdmitted(SiteRequest request) {
        String[] words = request.authorization().split(" +", 2);
        if (words.length < 2 || !words[0].toLowerCase(Locale.ROOT).equals("basic")) {
            return false;
        }
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(words[1].strip()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
        int colon = pair.indexOf(':');
        return colon >= 0
                && gate.admits(pair.substring(0, colon), pair.substring(colon + 1), vhost.realm().user(), vhost.realm().password(), request.from());
    }

    private SiteReply challenge() {
        return words(401, Map.of("www-authenticate", "Basic realm=\"" + vhost.realm().name() + "\""), "A password is needed.\n");
    }

    private SiteReply content(SiteRequest request) {
        if (request.path().length() > MAX_PATH) {
            return words(414, Map.of(), "The path is too long.\n");
        }
        Optional<String> path = rewritten(request.path());
        if (path.isEmpty()) {
            counters.increment(VertoCount.SITE_REWRITES_OVER_BUDGET);
            return words(500, Map.of(), "The path cannot be looked up.\n");
        }
        // DEVIATION verto-42: the reference server runs scripts, and has other numbers for what it refuses.
        if (isScript(path.get())) {
            return words(501, Map.of(), "Scripts are not run here.\n");
        }
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return words(405, Map.of("allow", ALLOW), "Only GET and HEAD are answered here.\n");
        }
        return files.find(path.get())
                .<SiteReply>map(Site::content)
                .orElseGet(() -> words(404, Map.of(), "There is nothing here.\n"));
    }

    private static SiteReply content(Path file) {
        return new SiteReply.Content(file, MimeTypes.of(String.valueOf(file.getFileName())));
    }

    /// The first rule that fits replaces the whole path.
    ///
    /// @return empty when a rule takes too many steps: it may be there to keep somebody out, so that passing it over would not do
    private Optional<String> rewritten(String path) {
        for (Vhost.Rewrite rule : vhost.rewrites()) {
            Search search = rule.expression().search(path);
            if (search != Search.NOT_FOUND) {
                return search == Search.FOUND ? Optional.of(rule.value()) : Optional.empty();
            }
        }
        return Optional.of(path);
    }

    private static boolean isScript(String path) {
        return path.startsWith(".lua", Math.max(0, path.lastIndexOf('.')));
    }

    private static SiteReply words(int status, Map<String, String> more, String text) {
        Map<String, String> headers = new HashMap<>(PLAIN);
        headers.putAll(more);
        return new SiteReply.Words(status, headers, text);
    }
}
