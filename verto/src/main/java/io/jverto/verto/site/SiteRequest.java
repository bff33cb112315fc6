package io.jverto.verto.site;

import java.net.InetAddress;

/// A request.
///
/// @param path decoded, without the query; begins with a slash; never contains `..`
/// @param authorization the header's value; empty when there is none
/// @param body of at most 64 kB, as UTF-8; empty where it goes to a vhost, which reads none
/// @param range the header's value (RFC 9110 section 14.2); empty when there is none, or one that counts for another version of a file alone
public record SiteRequest(String method, String path, String authorization, InetAddress from, String body, String range) {}
