package io.jverto.sip.message;

import io.jverto.base.Broken;

/// The number of a request in its dialog, and its method.
///
/// @param number 0 to 2^31 - 1 (RFC 3261 section 8.1.1.5)
public record CSeq(long number, SipMethod method) {
    private static final long MOST = Integer.MAX_VALUE;

    public CSeq {
        if (number < 0 || number > MOST) {
            throw new Broken("no CSeq: " + number);
        }
    }

    static CSeq read(String text) throws MalformedSip {
        Cursor cursor = new Cursor(text);
        long number = cursor.skipSpace().number("a CSeq", MOST);
        if (!Cursor.isSpace(cursor.peek())) {
            throw new MalformedSip("a CSeq without a method");
        }
        SipMethod method = new SipMethod(cursor.skipSpace().token("method in a CSeq"));
        if (!cursor.skipSpace().atEnd()) {
            throw new MalformedSip("something behind a CSeq");
        }
        return new CSeq(number, method);
    }

    @Override
    public String toString() {
        return number + " " + method;
    }
}
