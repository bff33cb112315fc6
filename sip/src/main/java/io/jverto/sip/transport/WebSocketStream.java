package io.jverto.sip.transport;

import io.jverto.base.Broken;
import io.jverto.sip.message.SipLimits;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// The server's side of a WebSocket that carries SIP (RFC 6455, RFC 7118): handshake, then one SIP message in each message. Without input and
/// output. Whatever is not as it must be ends it.
/// Limits: a head of [#HEAD] bytes, messages of 65,535 bytes.
final class WebSocketStream {
    private static final int HEAD = 8_192;
    private static final int SHORT = 125;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int MASK = 4;
    /// RFC 6455 section 1.3.
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private byte[] held = new byte[1_024];
    private int length;
    private boolean open;
    private boolean over;
    private byte[] message = new byte[0];
    private int collected = -1;

    /// Nothing is read any more once [WebSocketOutput#over] was called.
    void onBytes(byte[] bytes, int offset, int count, WebSocketOutput out) {
        int at = offset;
        while (at < offset + count && !over) {
            int part = Math.min(offset + count - at, SipLimits.MESSAGE_BYTES + HEAD - length);
            if (part <= 0) {
                end(1009, out);
                return;
            }
            append(bytes, at, part);
            at += part;
            cut(out);
        }
    }

    private void append(byte[] bytes, int offset, int count) {
        if (held.length < length + count) {
            held = Arrays.copyOf(held, Math.max(length + count, 2 * held.length));
        }
        System.arraycopy(bytes, offset, held, length, count);
        length += count;
    }

    private void cut(WebSocketOutput out) {
        int used = 0;
        int more;
        do {
            more = open ? frame(used, out) : handshake(out);
            used += more;
        } while (more > 0 && !over && used < length);
        if (over) {
            held = new byte[0];
            length = 0;
        } else {
            System.arraycopy(held, used, held, 0, length - used);
            length -= used;
        }
    }

    /// @return bytes of the request; 0 while it is not whole
    private int handshake(WebSocketOutput out) {
        String text = new String(held, 0, Math.min(length, HEAD), StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            if (length >= HEAD) {
                refuse("431 Request Header Fields Too Large", out);
            }
            return 0;
        }
        Map<String, String> headers = new HashMap<>();
        String[] lines = text.substring(0, end).split("\r\n");
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.merge(lines[i].substring(0, colon).strip().toLowerCase(Locale.ROOT), lines[i].substring(colon + 1).strip(), (a, b) -> a + "," + b);
            }
        }
        String key = headers.getOrDefault("sec-websocket-key", "");
        boolean sip = Arrays.stream(headers.getOrDefault("sec-websocket-protocol", "").split(",")).anyMatch(one -> one.strip().equalsIgnoreCase("sip"));
        boolean upgrade = lines[0].matches("GET [^ ]+ HTTP/1\\.1") && headers.getOrDefault("upgrade", "").equalsIgnoreCase("websocket")
                && headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT).contains("upgrade") && key.matches("[A-Za-z0-9+/]{22}==");
        if (!upgrade || !headers.getOrDefault("sec-websocket-version", "").equals("13")) {
            refuse("426 Upgrade Required\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13", out);
        } else if (!sip) {
            refuse("400 Bad Request", out); // RFC 7118 section 4: the subprotocol must be sip
        } else {
            open = true;
            out.send(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " + accept(key)
                    + "\r\nSec-WebSocket-Protocol: sip\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        }
        return end + 4;
    }

    private void refuse(String status, WebSocketOutput out) {
        over = true;
        out.send(("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        out.over(true);
    }

    private static String accept(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException missing) {
            throw new Broken("every Java platform has SHA-1", missing);
        }
    }

    /// @return bytes of the frame; 0 while it is not whole
    private int frame(int from, WebSocketOutput out) {
        int there = length - from;
        if (there < 2) {
            return 0;
        }
        int first = held[from] & 0xff;
        int second = held[from + 1] & 0xff;
        int opcode = first & 0x0f;
        boolean last = (first & 0x80) != 0;
        boolean control = opcode >= CLOSE;
        int size = second & 0x7f;
        int head = 2;
        if ((first & 0x70) != 0 || (second & 0x80) == 0 || control && (!last || size > SHORT) || size == 127) {
            end(size == 127 ? 1009 : 1002, out); // reserved bits, no mask, a control frame in parts; or longer than any SIP message
            return 0;
        }
        if (size == 126) {
            if (there < 4) {
                return 0;
            }
            size = (held[from + 2] & 0xff) << 8 | held[from + 3] & 0xff;
            head = 4;
        }
        if (there < head + MASK + size) {
            return 0;
        }
        byte[] payload = new byte[size];
        for (int i = 0; i < size; i++) {
            payload[i] = (byte) (held[from + head + MASK + i] ^ held[from + head + (i & 3)]);
        }
        onFrame(opcode, last, payload, out);
        return head + MASK + size;
    }

    private void onFrame(int opcode, boolean last, byte[] payload, WebSocketOutput out) {
        switch (opcode) {
            case 0, TEXT, BINARY -> onData(opcode == 0, last, payload, out);
            case PING -> out.send(frameOf(PONG, payload));
            case PONG -> { /* nothing was asked */ }
            case CLOSE -> {
                over = true;
                out.send(frameOf(CLOSE, payload.length >= 2 ? Arrays.copyOf(payload, 2) : new byte[0]));
                out.over(false);
            }
            default -> end(1002, out);
        }
    }

    private void onData(boolean continued, boolean last, byte[] payload, WebSocketOutput out) {
        if (continued != collected >= 0) {
            end(1002, out);
            return;
        }
        int before = Math.max(0, collected);
        if (before + payload.length > SipLimits.MESSAGE_BYTES) {
            end(1009, out);
            return;
        }
        message = Arrays.copyOf(message, before + payload.length);
        System.arraycopy(payload, 0, message, before, payload.length);
        collected = before + payload.length;
        if (last) {
            collected = -1;
            out.message(message, message.length);
            message = new byte[0];
        }
    }

    private void end(int code, WebSocketOutput out) {
        over = true;
        out.send(frameOf(CLOSE, new byte[] {(byte) (code >> 8), (byte) code}));
        out.over(true);
    }

    /// @return a SIP message as the server sends it
    static byte[] frameOf(byte[] message) {
        return frameOf(TEXT, message);
    }

    private static byte[] frameOf(int opcode, byte[] payload) {
        int head = payload.length <= SHORT ? 2 : 4;
        byte[] frame = new byte[head + payload.length];
        frame[0] = (byte) (0x80 | opcode);
        if (head == 2) {
            frame[1] = (byte) payload.length;
        } else {
            frame[1] = 126;
            frame[2] = (byte) (payload.length >> 8);
            frame[3] = (byte) payload.length;
        }
        System.arraycopy(payload, 0, frame, head, payload.length);
        return frame;
    }
}
