package io.jverto.bench.load;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// SIP messages as text, as far as a load needs them: it knows what it sent itself, and of what comes it reads a few headers (RFC 3261). Written for little
/// CPU time, because the load shares the machine with what it measures.
record SipText(String text) {
    private static final String END = "\r\n";
    private static final Pattern CONNECTION = Pattern.compile("c=IN IP4 ([0-9.]+)");
    private static final Pattern AUDIO = Pattern.compile("m=audio (\\d+) ");

    /// @return whether it is a response
    boolean isResponse() {
        return text.startsWith("SIP/2.0 ");
    }

    /// @return of a response; 0 when it has none
    int status() {
        return isResponse() && text.length() > 11 ? Integer.parseInt(text, 8, 11, 10) : 0;
    }

    /// @return of a request
    String method() {
        int space = text.indexOf(' ');
        return space < 0 ? "" : text.substring(0, space);
    }

    /// @return the first of that name, also in its compact form; empty when there is none
    String header(String name, String compact) {
        int end = text.indexOf(END + END);
        for (int at = text.indexOf(END); at >= 0 && at < end; at = text.indexOf(END, at + 2)) {
            int begin = at + 2;
            int colon = text.indexOf(':', begin);
            if (colon > 0 && (isAt(begin, colon, name) || isAt(begin, colon, compact))) {
                return text.substring(colon + 1, text.indexOf(END, colon)).strip();
            }
        }
        return "";
    }

    private boolean isAt(int begin, int colon, String name) {
        int length = text.substring(begin, colon).stripTrailing().length();
        return length == name.length() && text.regionMatches(true, begin, name, 0, length);
    }

    String callId() {
        return header("Call-ID", "i");
    }

    /// @return the method in CSeq
    String about() {
        String sequence = header("CSeq", "");
        return sequence.substring(sequence.indexOf(' ') + 1).strip();
    }

    /// @return the URI of Contact; `otherwise` when there is none
    String target(String otherwise) {
        String contact = header("Contact", "m");
        int begin = contact.indexOf('<');
        int end = contact.indexOf('>');
        return begin >= 0 && end > begin ? contact.substring(begin + 1, end) : otherwise;
    }

    /// @return the lines of that header as they are, each with its end
    String lines(String name) {
        StringBuilder lines = new StringBuilder();
        text.substring(0, Math.max(0, text.indexOf(END + END))).lines().filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .forEach(line -> lines.append(line).append(END));
        return lines.toString();
    }

    /// @return where the peer takes RTP, as `address:port`; empty when it does not say
    String mediaAddress() {
        Matcher address = CONNECTION.matcher(text);
        Matcher port = AUDIO.matcher(text);
        return address.find() && port.find() ? address.group(1) + ":" + port.group(1) : "";
    }

    /// A response to this request.
    ///
    /// @param toTag put behind To where it has none
    /// @param more headers, each with its end
    String response(String status, String toTag, String more, String sdp) {
        String to = header("To", "t");
        return "SIP/2.0 " + status + END + lines("Via") + lines("Record-Route") + "From: " + header("From", "f") + END + "To: " + to
                + (to.contains(";tag=") ? "" : ";tag=" + toTag) + END + "Call-ID: " + callId() + END + "CSeq: " + header("CSeq", "") + END + more + body(sdp);
    }

    /// @return the end of a message with that body
    static String body(String sdp) {
        return (sdp.isEmpty() ? "" : "Content-Type: application/sdp" + END) + "Content-Length: " + sdp.length() + END + END + sdp;
    }

    /// @return the header that answers this challenge (RFC 7616, MD5 with `qop=auth`); empty when it is none that can be answered
    String credentials(String user, String password, String method, String uri) {
        boolean proxy = status() == 407;
        String challenge = header(proxy ? "Proxy-Authenticate" : "WWW-Authenticate", "");
        String realm = parameter(challenge, "realm");
        String nonce = parameter(challenge, "nonce");
        if (nonce.isEmpty()) {
            return "";
        }
        String cnonce = Long.toHexString(ThreadLocalRandom.current().nextLong());
        String response = md5(md5(user + ":" + realm + ":" + password) + ":" + nonce + ":00000001:" + cnonce + ":auth:" + md5(method + ":" + uri));
        return (proxy ? "Proxy-Authorization" : "Authorization") + ": Digest username=\"" + user + "\", realm=\"" + realm + "\", nonce=\"" + nonce
                + "\", uri=\"" + uri + "\", response=\"" + response + "\", algorithm=MD5, qop=auth, nc=00000001, cnonce=\"" + cnonce + "\"" + END;
    }

    private static String parameter(String challenge, String name) {
        Matcher found = Pattern.compile("\\b" + name + "=\"([^\"]*)\"").matcher(challenge);
        return found.find() ? found.group(1) : "";
    }

    private static String md5(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
