package io.jverto.verto.profile;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Which pages may open a WebSocket (RFC 6454 section 7, RFC 6455 section 10.2): ours, no parameter of the reference server.
///
/// @param allowed like `https://app.example.com`, as [#normal] makes them; empty for all
public record Origins(Set<String> allowed) {
    /// Every page.
    public static final Origins ANY = new Origins(Set.of());

    public Origins {
        allowed = Set.copyOf(allowed);
    }

    /// @param origin the header's value; empty when there is none: then it is no page, and nobody's browser is misused
    public boolean allow(String origin) {
        return allowed.isEmpty() || origin.isEmpty() || normal(origin).filter(allowed::contains).isPresent();
    }

    /// @return scheme, host and port, in lower case, without a port that goes without saying; empty when it is no origin
    static Optional<String> normal(String text) {
        try {
            URI uri = URI.create(text.strip().toLowerCase(Locale.ROOT));
            boolean bare = uri.getScheme() != null && uri.getHost() != null && uri.getUserInfo() == null && uri.getQuery() == null
                    && uri.getFragment() == null && (uri.getPath().isEmpty() || uri.getPath().equals("/"));
            return bare ? Optional.of(uri.getScheme() + "://" + uri.getHost() + port(uri)) : Optional.empty();
        } catch (IllegalArgumentException notAnOrigin) {
            return Optional.empty();
        }
    }

    private static String port(URI uri) {
        boolean usual = uri.getPort() == -1
                || (uri.getScheme().equals("https") && uri.getPort() == 443)
                || (uri.getScheme().equals("http") && uri.getPort() == 80);
        return usual ? "" : ":" + uri.getPort();
    }
}
