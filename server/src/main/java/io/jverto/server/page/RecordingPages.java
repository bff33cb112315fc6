package io.jverto.server.page;

import io.jverto.base.id.Tokens;
import io.jverto.base.time.TimeSource;
import io.jverto.base.tls.ServerCertificate;
import io.jverto.switchboard.port.RecordingLinks;
import io.jverto.verto.connect.PageHandler;
import io.jverto.verto.site.MimeTypes;
import io.jverto.verto.site.SiteReply;
import io.jverto.verto.site.SiteRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Recordings beside the page: `/recordings/<ticket>/<file name>`. A ticket is of one file, cannot be guessed and ends by itself; whoever gives
/// one away has looked who asks. Nothing of the address but the ticket chooses a file, and that lies in the folder of recordings, all links
/// followed (security.md S34). Thread-safe.
public final class RecordingPages implements PageHandler, RecordingLinks {
    static final Duration VALID = Duration.ofMinutes(15);
    static final int MOST_TICKETS = 10_000;
    private static final Logger log = LoggerFactory.getLogger(RecordingPages.class);
    private static final String FOLDER = "/recordings/";
    private static final Map<String, String> PLAIN =
            Map.of("content-type", "text/plain; charset=utf-8", "x-content-type-options", "nosniff", "cache-control", "no-store");

    private final PageHandler page;
    private final Supplier<Optional<Path>> recordings;
    private final TimeSource time;
    private final RandomGenerator random;
    /// The oldest first.
    private final Map<String, Ticket> tickets = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Ticket> eldest) {
            return size() > MOST_TICKETS;
        }
    };

    private record Ticket(Path file, long endsNanos) {}

    /// @param page everything else
    /// @param recordings the folder of recordings as it is configured now
    /// @param random a `SecureRandom` in production
    public RecordingPages(PageHandler page, Supplier<Optional<Path>> recordings, TimeSource time, RandomGenerator random) {
        this.page = page;
        this.recordings = recordings;
        this.time = time;
        this.random = random;
    }

    @Override
    public Optional<String> link(Path file) {
        String token = Tokens.uuid(random);
        synchronized (tickets) {
            tickets.put(token, new Ticket(file, time.nanoTime() + VALID.toNanos()));
        }
        String name = file.getFileName().toString();
        boolean plain = name.matches("[A-Za-z0-9._-]{1,200}");
        return Optional.of(FOLDER + token + "/" + (plain ? name : "recording" + name.substring(Math.max(0, name.lastIndexOf('.')))));
    }

    @Override
    public PageResponse handle(PageRequest request) {
        return page.handle(request);
    }

    @Override
    public boolean isFile(String path) {
        return path.startsWith(FOLDER) || page.isFile(path);
    }

    @Override
    public Optional<ServerCertificate> proof(String host) {
        return page.proof(host);
    }

    @Override
    public SiteReply file(SiteRequest request) {
        if (!request.path().startsWith(FOLDER)) {
            return page.file(request);
        }
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return words(405, "Only GET and HEAD are answered here.\n");
        }
        String[] parts = request.path().substring(FOLDER.length()).split("/", 2);
        return ticket(parts[0]).flatMap(this::inside)
                .<SiteReply>map(file -> new SiteReply.Content(file, MimeTypes.of(file.getFileName().toString())))
                .orElseGet(() -> words(404, "There is no such recording, or the address is too old.\n"));
    }

    private Optional<Path> ticket(String token) {
        synchronized (tickets) {
            Ticket ticket = tickets.get(token);
            if (ticket != null && time.nanoTime() >= ticket.endsNanos()) {
                tickets.remove(token);
                ticket = null;
            }
            return Optional.ofNullable(ticket).map(Ticket::file);
        }
    }

    private Optional<Path> inside(Path file) {
        try {
            Optional<Path> folder = recordings.get();
            Path real = file.toRealPath();
            boolean inside = folder.isPresent() && real.startsWith(folder.get().toRealPath()) && Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS);
            if (!inside) {
                log.warn("{} is not given away: it lies outside of the recordings folder", real);
            }
            return inside ? Optional.of(real) : Optional.empty();
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private static SiteReply.Words words(int status, String text) {
        return new SiteReply.Words(status, status == 405 ? Map.of("allow", "GET, HEAD", "content-type", "text/plain; charset=utf-8") : PLAIN, text);
    }
}
