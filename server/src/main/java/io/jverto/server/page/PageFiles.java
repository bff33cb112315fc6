package io.jverto.server.page;

import io.jverto.base.Program;
import io.jverto.verto.connect.PageHandler;
import io.jverto.verto.site.MimeTypes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Serves the files of the built page out of memory: a path that was not read at the start does not exist, whatever it is
/// spelt like. GET and HEAD (RFC 9110), entity tags, security headers. A file `x.br` or `x.gz` beside `x` is `x` compressed, for who
/// accepts that, and nothing of its own. Immutable, hence thread-safe.
public final class PageFiles implements PageHandler {
    private static final int MAX_FILES = 2_000;
    private static final long MAX_BYTES = 64L << 20;
    private static final String INDEX = "/index.html";
    /// What pages of other servers may load.
    private static final String LIBRARY = "/sdk/";
    private static final Pattern NEVER = Pattern.compile("\\s*q\\s*=\\s*0(\\.0*)?\\s*");

    private static final Map<String, String> ALWAYS = Map.of(
            "content-security-policy",
            "default-src 'self'; connect-src 'self' ws: wss:; media-src 'self' blob: mediastream:; img-src 'self' data: blob:; "
                    + "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "x-content-type-options", "nosniff",
            "referrer-policy", "no-referrer",
            "permissions-policy", "microphone=(self), camera=(self), display-capture=(self), geolocation=()",
            "cross-origin-opener-policy", "same-origin");

    private final Map<String, PageFile> files;

    private PageFiles(Map<String, PageFile> files) {
        this.files = Map.copyOf(files);
    }

    /// Reads a folder; one that does not exist is an empty page.
    ///
    /// @throws IOException with a message for a person
    public static PageFiles read(Path folder) throws IOException {
        Map<String, PageFile> files = new HashMap<>();
        if (!Files.isDirectory(folder)) {
            return new PageFiles(files);
        }
        List<Path> paths;
        try (Stream<Path> all = Files.walk(folder)) {
            paths = all.filter(Files::isRegularFile).limit(MAX_FILES + 1L).toList();
        }
        long bytes = 0;
        Map<String, byte[]> bodies = new HashMap<>();
        for (Path path : paths) {
            byte[] body = Files.readAllBytes(path);
            bytes += body.length;
            bodies.put("/" + folder.relativize(path).toString().replace('\\', '/'), body);
        }
        bodies.forEach((name, body) -> {
            if (Coding.of(name).filter(coding -> bodies.containsKey(coding.plain(name))).isEmpty()) {
                files.put(name, PageFile.of(name, body, bodies));
            }
        });
        if (paths.size() > MAX_FILES || bytes > MAX_BYTES) {
            throw new IOException(folder + " is too large for a page: more than " + MAX_FILES + " files or " + MAX_BYTES + " bytes");
        }
        return new PageFiles(files);
    }

    /// Whether there is a page to be seen at `/`.
    public boolean hasIndex() {
        return files.containsKey(INDEX);
    }

    @Override
    public PageResponse handle(PageRequest request) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return text(405, Map.of("allow", "GET, HEAD"), "Only GET and HEAD are answered here.\n");
        }
        PageFile file = files.get(request.path().equals("/") ? INDEX : request.path());
        if (file == null) {
            return notFound();
        }
        // The build names the files under assets by a hash of what is in them: they never change.
        boolean never = request.path().startsWith("/assets/");
        Map<String, String> headers = headers(file.type(), never ? "public, max-age=31536000, immutable" : "no-cache");
        Optional<Coding> coding = file.coding(request.headers().getOrDefault("accept-encoding", ""));
        String tag = file.tag(coding);
        headers.put("etag", tag);
        if (!file.compressed().isEmpty()) {
            headers.put("vary", "accept-encoding");
        }
        coding.ifPresent(used -> headers.put("content-encoding", used.word));
        if (request.path().startsWith(LIBRARY)) {
            headers.put("access-control-allow-origin", "*"); // pages of other servers load a module by CORS
        }
        if (matches(request.headers().getOrDefault("if-none-match", ""), tag)) {
            return new PageResponse(304, headers, new byte[0]);
        }
        return new PageResponse(200, headers, file.body(coding));
    }

    /// What goes with every answer of the page.
    static Map<String, String> headers(String type, String cacheControl) {
        Map<String, String> headers = new HashMap<>(ALWAYS);
        headers.put("content-type", type);
        headers.put("cache-control", cacheControl);
        return headers;
    }

    private PageResponse notFound() {
        return hasIndex()
                ? text(404, Map.of(), "There is nothing here. The page is at /\n")
                : text(404, Map.of(), "The page has not been built: start the server by " + Program.command("run") + ".\n");
    }

    private static PageResponse text(int status, Map<String, String> more, String text) {
        Map<String, String> headers = headers("text/plain; charset=utf-8", "no-store");
        headers.putAll(more);
        return new PageResponse(status, headers, text.getBytes(StandardCharsets.UTF_8));
    }

    /// RFC 9110 section 13.1.2, weak comparison.
    private static boolean matches(String ifNoneMatch, String tag) {
        return Stream.of(ifNoneMatch.split(","))
                .map(String::strip)
                .map(known -> known.startsWith("W/") ? known.substring(2) : known)
                .anyMatch(known -> known.equals("*") || known.equals(tag));
    }

    /// How a file was compressed when the page was built, the tightest first (RFC 9110 section 8.4.1, RFC 7932).
    private enum Coding {
        BROTLI("br", ".br"),
        GZIP("gzip", ".gz");

        private final String word;
        private final String suffix;

        Coding(String word, String suffix) {
            this.word = word;
            this.suffix = suffix;
        }

        static Optional<Coding> of(String name) {
            return Stream.of(values()).filter(coding -> name.endsWith(coding.suffix)).findFirst();
        }

        String plain(String name) {
            return name.substring(0, name.length() - suffix.length());
        }

        /// RFC 9110 section 12.5.3; `*` is not looked at: nobody who can read these writes it alone.
        boolean isIn(String acceptEncoding) {
            return Stream.of(acceptEncoding.split(","))
                    .map(part -> part.split(";", 2))
                    .filter(part -> part[0].strip().equalsIgnoreCase(word))
                    .noneMatch(part -> part.length > 1 && NEVER.matcher(part[1]).matches())
                    && Stream.of(acceptEncoding.split(",")).anyMatch(part -> part.split(";", 2)[0].strip().equalsIgnoreCase(word));
        }
    }

    private record PageFile(String type, String hash, byte[] plain, Map<Coding, byte[]> compressed) {
        static PageFile of(String name, byte[] body, Map<String, byte[]> all) {
            Map<Coding, byte[]> compressed = new EnumMap<>(Coding.class);
            for (Coding coding : Coding.values()) {
                byte[] smaller = all.get(name + coding.suffix);
                if (smaller != null) {
                    compressed.put(coding, smaller);
                }
            }
            return new PageFile(MimeTypes.of(name), hash(body), body, compressed);
        }

        Optional<Coding> coding(String acceptEncoding) {
            return compressed.keySet().stream().filter(coding -> coding.isIn(acceptEncoding)).findFirst();
        }

        byte[] body(Optional<Coding> coding) {
            return coding.map(compressed::get).orElse(plain);
        }

        /// Of each form another one (RFC 9110 section 8.8.3.3).
        String tag(Optional<Coding> coding) {
            return '"' + hash + coding.map(used -> "-" + used.word).orElse("") + '"';
        }

        private static String hash(byte[] body) {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
                return HexFormat.of().formatHex(digest, 0, 16);
            } catch (NoSuchAlgorithmException impossible) {
                throw new io.jverto.base.Broken("every Java has SHA-256", impossible);
            }
        }
    }
}
