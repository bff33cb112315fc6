package io.jverto.sip.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An address with a name and parameters, as From, To, Contact, Route and others have it.
///
/// @param name the display name without quotes; empty when there is none
public record NameAddr(String name, Uri uri, Params params) {
    public NameAddr {
        name = Cursor.printable(name).strip();
    }

    public static NameAddr of(Uri uri) {
        return new NameAddr("", uri, Params.NONE);
    }

    public static NameAddr of(String name, Uri uri) {
        return new NameAddr(name, uri, Params.NONE);
    }

    /// @return empty when the text is not exactly one
    public static Optional<NameAddr> parse(String text) {
        try {
            return Optional.of(readOne(Cursor.printable(text)));
        } catch (MalformedSip malformed) {
            return Optional.empty();
        }
    }

    public Optional<String> tag() {
        return params.get("tag").filter(tag -> !tag.isEmpty());
    }

    public NameAddr withParam(String paramName, String value) {
        return new NameAddr(name, uri, params.with(paramName, value));
    }

    static NameAddr readOne(String text) throws MalformedSip {
        Cursor cursor = new Cursor(text);
        NameAddr address = read(cursor);
        if (!cursor.atEnd()) {
            throw new MalformedSip("something behind an address");
        }
        return address;
    }

    static List<NameAddr> readList(String text) throws MalformedSip {
        Cursor cursor = new Cursor(text);
        List<NameAddr> addresses = new ArrayList<>();
        do {
            addresses.add(read(cursor));
            if (addresses.size() > SipLimits.LIST) {
                throw new MalformedSip("too many addresses");
            }
        } while (cursor.acceptAround(','));
        if (!cursor.atEnd()) {
            throw new MalformedSip("something behind an address");
        }
        return addresses;
    }

    private static NameAddr read(Cursor cursor) throws MalformedSip {
        String name = readName(cursor.skipSpace());
        Uri uri;
        if (cursor.accept('<')) {
            uri = Uri.read(cursor.until(">").strip());
            cursor.expect('>', "an address");
        } else {
            // RFC 3261 section 20.10: without brackets, what follows a semicolon belongs to the header, and a comma or ? may not occur.
            String bare = cursor.until(" \t;,<>\"");
            if (bare.indexOf('?') >= 0) {
                throw new MalformedSip("an address that needs brackets");
            }
            uri = Uri.read(bare);
        }
        return new NameAddr(name, uri, Params.read(cursor));
    }

    /// Lenient: an unquoted name may have letters of any alphabet.
    private static String readName(Cursor cursor) throws MalformedSip {
        if (cursor.peek() == '"') {
            String name = Cursor.unquote(cursor.quotedRaw());
            if (cursor.skipSpace().peek() != '<') {
                throw new MalformedSip("a name without an address");
            }
            return name;
        }
        int start = cursor.position();
        String name = cursor.until("<\",;:@?>");
        if (cursor.peek() == '<') {
            return name.strip();
        }
        cursor.back(start);
        return "";
    }

    @Override
    public String toString() {
        String before = name.isEmpty() ? "" : (Cursor.isToken(name) ? name : Cursor.quote(name)) + " ";
        return before + "<" + uri + ">" + params;
    }
}
