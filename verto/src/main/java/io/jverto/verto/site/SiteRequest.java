package io.jverto.verto.site;

import java.net.InetAddress;

/// A request without its body, which nobody here reads.
///
/// @param path decoded, without the query; begins with a slash; never contains `..`
/// @param authorization the header's value; empty when there is none
/// @param range the header's value; empty when there is none
public record SiteRequest(String method, String path, String authorization, String range, InetAddress from) {}
