package io.jverto.sip.message;

import io.jverto.base.Broken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A hop that a request came over, and by which its responses go back (RFC 3261 section 20.42).
///
/// @param transport its token as written, for instance `UDP`
/// @param sentBy where that hop says it is
public record Via(String transport, HostPort sentBy, Params params) {
    /// What the branch of everybody who follows RFC 3261 begins with.
    public static final String COOKIE = "z9hG4bK";

    public Via {
        if (!Cursor.isToken(transport)) {
            throw new Broken("a transport is a token");
        }
    }

    /// @return our own, which asks for responses at the port that the request came from (RFC 3581)
    public static Via of(SipTransport transport, HostPort sentBy, String branch) {
        return new Via(transport.name(), sentBy, Params.NONE.with("rport", "").with("branch", branch));
    }

    public Optional<String> branch() {
        return params.get("branch").filter(branch -> !branch.isEmpty());
    }

    /// Whether the branch alone tells the transaction.
    public boolean hasCookie() {
        return branch().filter(branch -> branch.regionMatches(true, 0, COOKIE, 0, COOKIE.length()) && branch.length() > COOKIE.length()).isPresent();
    }

    public Optional<String> received() {
        return params.get("received").filter(received -> !received.isEmpty());
    }

    /// @return the port that the next hop saw; empty when it did not say
    public OptionalInt rport() {
        String text = params.get("rport").orElse("");
        if (!text.matches("[0-9]{1,5}")) {
            return OptionalInt.empty();
        }
        int port = Integer.parseInt(text);
        return port > 0 && port <= 65_535 ? OptionalInt.of(port) : OptionalInt.empty();
    }

    public Via withParam(String name, String value) {
        return new Via(transport, sentBy, params.with(name, value));
    }

    static List<Via> readList(String text) throws MalformedSip {
        Cursor cursor = new Cursor(text);
        List<Via> vias = new ArrayList<>();
        do {
            vias.add(read(cursor));
            if (vias.size() > SipLimits.LIST) {
                throw new MalformedSip("too many Vias");
            }
        } while (cursor.acceptAround(','));
        if (!cursor.atEnd()) {
            throw new MalformedSip("something behind a Via");
        }
        return vias;
    }

    private static Via read(Cursor cursor) throws MalformedSip {
        String name = cursor.skipSpace().token("protocol of a Via");
        String version = cursor.acceptAround('/') ? cursor.token("version of a Via") : "";
        String transport = cursor.acceptAround('/') ? cursor.token("transport of a Via") : "";
        if (!name.equalsIgnoreCase("SIP") || !version.equals("2.0") || transport.isEmpty() || !Cursor.isSpace(cursor.peek())) {
            throw new MalformedSip("a Via of another protocol");
        }
        HostPort sentBy = HostPort.read(cursor.skipSpace(), " \t;,");
        return new Via(transport, sentBy, Params.read(cursor));
    }

    @Override
    public String toString() {
        return "SIP/2.0/" + transport + " " + sentBy + params;
    }
}
