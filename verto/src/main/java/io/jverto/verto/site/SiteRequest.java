package io.jverto.verto.site;

import java.net.InetAddress;

/// A request.
///
/// @param path decoded, without the query; begins with a slash; never contains `..`
/// @param authorization the header's value; empty when there is none
/// @param range the header's value; empty when there is none
/// @param body of at most 64 kB, as UTF-8; empty where it goes to a vhost, which reads none
public record SiteRequest(String method, String path, String authorization, String range, InetAddress from, String body) {}
