package io.jverto.sip.message;

import io.jverto.sip.message.SipDecoding.Decoded;
import io.jverto.sip.message.SipDecoding.Dropped;
import io.jverto.sip.message.SipDecoding.Rejected;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Bytes to messages (RFC 3261 section 7). Never throws. A request that is wrong but says where it is from can be answered.
public final class SipDecoder {
    private static final String VERSION = "SIP/2.0";
    private static final Set<String> OF_ENVELOPE = Set.of("via", "from", "to", "call-id", "cseq", "content-length");
    /// Several of these would mean different things to different readers.
    private static final List<String> SINGLE = List.of(
            "From", "To", "Call-ID", "CSeq", "Content-Length", "Max-Forwards", "Content-Type", "Expires", "Refer-To", "RAck", "RSeq",
            "Session-Expires");
    private static final List<String> ADDRESSES =
            List.of("Contact", "Route", "Record-Route", "Path", "Service-Route", "Refer-To", "Referred-By");
    private static final List<String> NUMBERS = List.of("Max-Forwards", "RSeq", "RAck", "Session-Expires", "Min-SE", "Min-Expires");
    private static final int MOST_FORWARDS = 255;

    private SipDecoder() {}

    /// A datagram, or what [SipStream] cut from a stream: one message. Line ends before it are skipped; what is behind its body is not read
    /// (RFC 3261 section 18.3).
    public static SipDecoding decode(byte[] bytes, int offset, int length) {
        int to = offset + length;
        int from = offset;
        while (from + 1 < to && bytes[from] == '\r' && bytes[from + 1] == '\n') {
            from += 2;
        }
        int bodyFrom = SipHead.end(bytes, from, to);
        if (length > SipLimits.MESSAGE_BYTES || bodyFrom < 0) {
            return new Dropped(bodyFrom < 0 ? "no empty line behind the headers" : "a message too long");
        }
        try {
            SipHead head = SipHead.read(bytes, from, bodyFrom);
            return head.startLine().regionMatches(true, 0, "SIP/", 0, 4)
                    ? new Decoded(response(head, bytes, bodyFrom, to))
                    : request(head, bytes, bodyFrom, to);
        } catch (MalformedSip malformed) {
            return new Dropped(String.valueOf(malformed.getMessage()));
        }
    }

    private static SipResponse response(SipHead head, byte[] bytes, int bodyFrom, int to) throws MalformedSip {
        Cursor line = new Cursor(head.startLine());
        if (!line.until(" ").equalsIgnoreCase(VERSION) || !line.accept(' ')) {
            throw new MalformedSip("a response of another version");
        }
        int status = (int) line.number("a status", 699);
        if (status < 100 || !line.atEnd() && !line.accept(' ')) {
            throw new MalformedSip("a status that is none");
        }
        Envelope envelope = envelope(head);
        Headers headers = checked(head, envelope);
        return new SipResponse(status, line.until(""), envelope, headers, body(head, bytes, bodyFrom, to));
    }

    private static SipDecoding request(SipHead head, byte[] bytes, int bodyFrom, int to) throws MalformedSip {
        Envelope envelope = envelope(head);
        try {
            Cursor line = new Cursor(head.startLine());
            SipMethod method = new SipMethod(line.token("method"));
            line.expect(' ', "a request line");
            String uri = line.until(" ");
            line.expect(' ', "a request line");
            String version = line.until("");
            if (!version.equalsIgnoreCase(VERSION)) {
                return version.matches("(?i)SIP/[0-9]+\\.[0-9]+")
                        ? new Rejected(envelope, 505, StatusText.of(505))
                        : new Rejected(envelope, 400, "Bad request line");
            }
            if (!envelope.cseq().method().equals(method)) {
                throw new MalformedSip("a CSeq of another method");
            }
            SipRequest request = new SipRequest(method, Uri.read(uri), envelope, checked(head, envelope), body(head, bytes, bodyFrom, to));
            return new Decoded(request);
        } catch (MalformedSip malformed) {
            return new Rejected(envelope, 400, "Bad Request: " + malformed.getMessage());
        }
    }

    /// The first of each: what is needed to answer, if only to refuse.
    private static Envelope envelope(SipHead head) throws MalformedSip {
        List<Via> vias = new ArrayList<>();
        for (String line : head.values("Via")) {
            vias.addAll(Via.readList(line));
        }
        if (vias.isEmpty() || vias.size() > SipLimits.LIST) {
            throw new MalformedSip("no Via, or too many");
        }
        String callId = first(head, "Call-ID");
        if (callId.chars().anyMatch(c -> Cursor.isSpace((char) c))) {
            throw new MalformedSip("a Call-ID with a space");
        }
        return new Envelope(
                vias, NameAddr.readOne(first(head, "From")), NameAddr.readOne(first(head, "To")), callId, CSeq.read(first(head, "CSeq")));
    }

    private static String first(SipHead head, String name) throws MalformedSip {
        List<String> values = head.values(name);
        if (values.isEmpty() || values.getFirst().isEmpty()) {
            throw new MalformedSip("no " + name);
        }
        return values.getFirst();
    }

    private static Headers checked(SipHead head, Envelope envelope) throws MalformedSip {
        for (String name : SINGLE) {
            if (head.values(name).size() > 1) {
                throw new MalformedSip("more than one " + name);
            }
        }
        Headers headers = new Headers(
                head.headers().stream().filter(header -> !OF_ENVELOPE.contains(header.name().toLowerCase(Locale.ROOT))).toList());
        for (String name : ADDRESSES) {
            if (!(name.equals("Contact") && headers.lines(name).equals(List.of("*")))) {
                headers.readAddresses(name);
            }
        }
        for (String name : NUMBERS) {
            if (headers.has(name) && headers.number(name).isEmpty()) {
                throw new MalformedSip(name + " is no number");
            }
        }
        if (headers.number("Max-Forwards").orElse(0) > MOST_FORWARDS) {
            throw new MalformedSip("Max-Forwards is too large");
        }
        return headers;
    }

    private static Body body(SipHead head, byte[] bytes, int from, int to) throws MalformedSip {
        int there = to - from;
        int length = head.contentLength().orElse(there);
        if (length > there) {
            throw new MalformedSip("less body than Content-Length says");
        }
        byte[] body = new byte[length];
        System.arraycopy(bytes, from, body, 0, length);
        return Body.of(body);
    }
}
