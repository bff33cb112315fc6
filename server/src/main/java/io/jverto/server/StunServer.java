package io.jverto.server;

import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A STUN server as `ext-rtp-ip` names it: `stun:host` or `stun:host:port` (RFC 7064).
record StunServer(String host, int port) {
    private static final int USUAL_PORT = 3478;
    private static final Pattern FORM = Pattern.compile("stun:(?://)?([A-Za-z0-9.\\-]{1,253}|\\[[0-9A-Fa-f:.]+])(?::([0-9]{1,5}))?");

    static boolean is(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() && (matcher.group(2) == null || Integer.parseInt(matcher.group(2)) <= 65_535);
    }

    /// @param text for which [#is] is true
    static StunServer of(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new io.jverto.base.Broken("not a STUN server: " + text);
        }
        return new StunServer(matcher.group(1).replaceAll("[\\[\\]]", ""), matcher.group(2) == null ? USUAL_PORT : Integer.parseInt(matcher.group(2)));
    }

    /// Looks its name up; blocks.
    InetSocketAddress resolve() {
        return new InetSocketAddress(host, port);
    }

    @Override
    public String toString() {
        return "stun:" + host + ":" + port;
    }
}
