package io.jverto.sip.message;

import java.util.Arrays;

/// Cuts a stream of bytes into messages by Content-Length (RFC 3261 section 18.3) and hears keep-alives (RFC 5626 section 4.4.1).
/// A stream whose framing is in doubt is given up (S32): what follows could be another message to somebody else.
/// Holds at most one message.
public final class SipStream {
    private static final int FIRST = 4_096;

    private byte[] held = new byte[FIRST];
    private int length;
    /// Where no end of the headers was found so far.
    private int scanned;
    /// Bytes of the message at the front; 0 while its headers are not complete.
    private int needed;
    private boolean lineEnded;
    private boolean lost;

    /// Nothing is read any more once [SipStreamOutput#lost] was called.
    public void onBytes(byte[] bytes, int offset, int count, SipStreamOutput out) {
        int at = offset;
        while (at < offset + count && !lost) {
            int part = Math.min(offset + count - at, SipLimits.MESSAGE_BYTES - length);
            append(bytes, at, part);
            at += part;
            cut(out);
            if (!lost && length >= SipLimits.MESSAGE_BYTES) {
                lose("a message too long", out);
            }
        }
    }

    private void append(byte[] bytes, int offset, int count) {
        if (held.length < length + count) {
            held = Arrays.copyOf(held, Math.min(SipLimits.MESSAGE_BYTES, Math.max(length + count, 2 * held.length)));
        }
        System.arraycopy(bytes, offset, held, length, count);
        length += count;
    }

    private void cut(SipStreamOutput out) {
        int from = 0;
        while (!lost && from < length) {
            int after = needed == 0 && isLineEnd(from) ? onLineEnd(from, out) : onMessage(from, out);
            if (after == from) {
                break;
            }
            from = after;
            scanned = 0;
        }
        if (!lost && from > 0) {
            System.arraycopy(held, from, held, 0, length - from);
            length -= from;
        }
        if (length == 0 && held.length > FIRST) {
            held = new byte[FIRST];
        }
    }

    private boolean isLineEnd(int from) {
        return held[from] == '\r' && (from + 1 == length || held[from + 1] == '\n');
    }

    private int onLineEnd(int from, SipStreamOutput out) {
        if (from + 1 == length) {
            return from;
        }
        if (lineEnded) {
            out.ping();
        }
        lineEnded = !lineEnded;
        return from + 2;
    }

    private int onMessage(int from, SipStreamOutput out) {
        lineEnded = false;
        if (needed == 0) {
            int end = SipHead.end(held, from + scanned, length);
            scanned = Math.max(0, length - from - 3);
            if (end < 0 && length - from <= SipLimits.HEAD_BYTES) {
                return from;
            }
            needed = measure(from, end, out);
        }
        if (lost || length - from < needed) {
            return from;
        }
        int after = from + needed;
        out.message(SipDecoder.decode(held, from, needed));
        needed = 0;
        return after;
    }

    private int measure(int from, int end, SipStreamOutput out) {
        try {
            if (end < 0) {
                throw new MalformedSip("too many bytes of headers");
            }
            int body = SipHead.read(held, from, end).contentLength().orElseThrow(() -> new MalformedSip("no Content-Length on a stream"));
            if (end - from + body > SipLimits.MESSAGE_BYTES) {
                throw new MalformedSip("a message too long");
            }
            return end - from + body;
        } catch (MalformedSip malformed) {
            lose(String.valueOf(malformed.getMessage()), out);
            return 0;
        }
    }

    private void lose(String why, SipStreamOutput out) {
        lost = true;
        held = new byte[0];
        length = 0;
        out.lost(why);
    }

    /// Bytes that wait for the rest of their message.
    public int waiting() {
        return length;
    }
}
