package io.jverto.server.page;

import io.jverto.base.tls.CertificateProblem;
import io.jverto.base.tls.PemFile;
import io.jverto.base.tls.ServerCertificate;
import io.jverto.verto.connect.PageHandler;
import io.jverto.verto.site.SiteReply;
import io.jverto.verto.site.SiteRequest;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers an ACME authority that asks whether the name is ours, over HTTP (RFC 8555 section 8.3) or TLS (RFC 8737): what lies in a folder while a certificate is being got.
public final class ChallengePages implements PageHandler {
    private static final Logger log = LoggerFactory.getLogger(ChallengePages.class);
    private static final String FOLDER = "/.well-known/acme-challenge/";
    private static final Pattern TOKEN = Pattern.compile(Pattern.quote(FOLDER) + "([A-Za-z0-9_-]{1,128})");

    private static final int MAX_HOST = 250; // with what is behind it a file's name
    private static final Pattern HOST = Pattern.compile("[a-z0-9-]{1,63}(\\.[a-z0-9-]{1,63}){0,31}");

    private final PageHandler next;
    private final Path folder;

    /// @param next everything else
    public ChallengePages(PageHandler next, Path folder) {
        this.next = next;
        this.folder = folder;
    }

    @Override
    public PageResponse handle(PageRequest request) {
        return next.handle(request);
    }

    @Override
    public boolean isFile(String path) {
        return path.startsWith(FOLDER) || next.isFile(path);
    }

    @Override
    public SiteReply file(SiteRequest request) {
        Matcher token = TOKEN.matcher(request.path());
        if (!request.path().startsWith(FOLDER)) {
            return next.file(request);
        }
        Path file = token.matches() ? folder.resolve(token.group(1)) : folder;
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                ? new SiteReply.Content(file, "application/octet-stream")
                : new SiteReply.Words(404, Map.of("content-type", "text/plain; charset=utf-8"), "Nobody waits for this question.\n");
    }

    @Override
    public Optional<ServerCertificate> proof(String host) {
        Path file = folder.resolve(host.length() <= MAX_HOST && HOST.matcher(host).matches() ? host + ".pem" : "none");
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            PemFile pem = PemFile.read(file);
            return Optional.of(ServerCertificate.of(pem, pem, pem));
        } catch (CertificateProblem unusable) {
            log.warn("what was made for an ACME authority is of no use: {}", unusable.getMessage());
            return Optional.empty();
        }
    }
}
