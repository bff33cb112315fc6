package io.jverto.sip.message;

import io.jverto.base.Broken;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// `sip:user:password@host:port;params?headers` (RFC 3261 section 19.1).
///
/// @param secure whether the scheme is `sips`
/// @param user as written, escapes included; empty when there is none
/// @param password as written; empty when there is none
/// @param headers what follows the question mark, as written
public record SipUri(boolean secure, String user, String password, HostPort hostPort, Params params, String headers) implements Uri {
    /// RFC 3261 section 25.1: unreserved and user-unreserved.
    private static final String USER_MARKS = "-_.!~*'()&=+$,;?/";

    public SipUri {
        if (!isUser(user) || !isPart(password) || !isPart(headers) || !isPart(params.toString()) || user.isEmpty() && !password.isEmpty()) {
            throw new Broken("no SIP URI");
        }
    }

    /// @param user any text; what a URI cannot carry is escaped
    public static SipUri of(String user, HostPort hostPort) {
        return new SipUri(false, escape(user), "", hostPort, Params.NONE, "");
    }

    public static SipUri of(HostPort hostPort) {
        return of("", hostPort);
    }

    /// @return the user without escapes; what they stand for is data, of any kind
    public String userText() {
        return unescape(user);
    }

    public Optional<SipTransport> transport() {
        return params.get("transport").flatMap(SipTransport::of);
    }

    /// Whether a proxy at this address follows RFC 3261 rather than RFC 2543.
    public boolean isLoose() {
        return params.has("lr");
    }

    public SipUri withParam(String name, String value) {
        return new SipUri(secure, user, password, hostPort, params.with(name, value), headers);
    }

    /// @param text any text; what a URI cannot carry is escaped
    public SipUri withUser(String text) {
        return new SipUri(secure, escape(text), "", hostPort, params, headers);
    }

    /// @return without what only Refer-To, Contact and web pages may add
    public SipUri withoutHeaders() {
        return new SipUri(secure, user, password, hostPort, params, "");
    }

    static SipUri read(boolean secure, String rest) throws MalformedSip {
        int at = rest.indexOf('@');
        if (at != rest.lastIndexOf('@')) {
            throw new MalformedSip("a URI with two @");
        }
        String userInfo = at < 0 ? "" : rest.substring(0, at);
        int colon = userInfo.indexOf(':');
        String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
        String password = colon < 0 ? "" : userInfo.substring(colon + 1);
        if (at >= 0 && user.isEmpty() || !isUser(user) || !isPart(password)) {
            throw new MalformedSip("a URI whose user is none");
        }
        Cursor cursor = new Cursor(rest.substring(at + 1));
        HostPort hostPort = HostPort.read(cursor, ";?");
        Params params = cursor.accept(';') ? Params.ofUri(cursor.until("?")) : Params.NONE;
        String headers = cursor.accept('?') ? cursor.until("") : "";
        if (!cursor.atEnd() || !isPart(headers) || !isPart(params.toString())) {
            throw new MalformedSip("a URI with something behind its host");
        }
        return new SipUri(secure, user, password, hostPort, params, headers);
    }

    /// Lenient: phones write `#` and others unescaped.
    private static boolean isUser(String text) {
        return isPart(text) && text.indexOf(':') < 0;
    }

    private static boolean isPart(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7f || "<>\"@\\".indexOf(c) >= 0) {
                return false;
            }
            if (c == '%' && (i + 2 >= text.length() || hex(text.charAt(i + 1)) < 0 || hex(text.charAt(i + 2)) < 0)) {
                return false;
            }
        }
        return true;
    }

    public static String escape(String plain) {
        StringBuilder text = new StringBuilder();
        for (byte octet : plain.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || USER_MARKS.indexOf(c) >= 0) {
                text.append(c);
            } else {
                text.append('%').append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return text.toString();
    }

    static String unescape(String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        int length = 0;
        for (int i = 0; i < octets.length; i++) {
            boolean escaped = octets[i] == '%' && i + 2 < octets.length;
            octets[length++] = escaped ? (byte) (hex((char) octets[i + 1]) << 4 | hex((char) octets[i + 2])) : octets[i];
            i += escaped ? 2 : 0;
        }
        return new String(octets, 0, length, StandardCharsets.UTF_8);
    }

    private static int hex(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(secure ? "sips:" : "sip:");
        if (!user.isEmpty()) {
            text.append(user).append(password.isEmpty() ? "" : ":" + password).append('@');
        }
        text.append(hostPort).append(params);
        return headers.isEmpty() ? text.toString() : text.append('?').append(headers).toString();
    }
}
