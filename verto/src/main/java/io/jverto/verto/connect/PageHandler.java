package io.jverto.verto.connect;

import io.jverto.base.tls.ServerCertificate;
import io.jverto.verto.site.SiteReply;
import io.jverto.verto.site.SiteRequest;
import java.util.Map;
import java.util.Optional;

/// Answers HTTP requests that are not WebSocket upgrades: the page on the Verto port. Called on network threads; must not block.
@FunctionalInterface
public interface PageHandler {
    /// Serves nothing: every request gets 400, as the reference server does without vhosts (verto-wire.md section 1.2).
    PageHandler NONE = _ -> new PageResponse(400, Map.of("Sec-WebSocket-Version", "13"), new byte[0]);

    PageResponse handle(PageRequest request);

    /// Whether a path is that of a file too large to be held, for which [#file] is asked. Not blocked either.
    ///
    /// @param path as in [PageRequest]
    default boolean isFile(String path) {
        return false;
    }

    /// The file of such a path. May block.
    default SiteReply file(SiteRequest request) {
        return new SiteReply.Words(404, Map.of(), "");
    }

    /// What an ACME authority is shown that asks over TLS whether a name is ours (RFC 8737). May block.
    ///
    /// @param host as the authority says it, in lower case
    /// @return empty when nobody has asked for a certificate of that name
    default Optional<ServerCertificate> proof(String host) {
        return Optional.empty();
    }

    /// @param method `GET`, `HEAD`, ...
    /// @param path decoded, without the query; begins with a slash; never contains `..` segments
    /// @param query behind the question mark, not decoded; empty when there is none
    /// @param headers names in lower case; of several with one name the first
    /// @param secure over TLS
    record PageRequest(String method, String path, String query, Map<String, String> headers, boolean secure) {
        public PageRequest {
            headers = Map.copyOf(headers);
        }
    }

    /// @param headers without `content-length`, which is added
    record PageResponse(int status, Map<String, String> headers, byte[] body) {
        public PageResponse {
            headers = Map.copyOf(headers);
        }
    }
}
