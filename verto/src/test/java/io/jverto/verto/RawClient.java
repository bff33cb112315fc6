package io.jverto.verto;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// A WebSocket client that may break every rule: bytes as the test wants them.
final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final byte[] MASK = {1, 2, 3, 4};

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final OutputStream out;

    private RawClient(InetSocketAddress server) throws IOException {
        socket.setReceiveBufferSize(16 * 1024);
        socket.connect(server);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /// Only the TCP connection.
    static RawClient connect(InetSocketAddress server) throws IOException {
        return new RawClient(server);
    }

    /// With the handshake done.
    static RawClient upgrade(InetSocketAddress server) throws IOException {
        RawClient client = new RawClient(server);
        String head = client.handshake("");
        if (!head.startsWith("HTTP/1.1 101 ")) {
            throw new AssertionError("no upgrade: " + head);
        }
        return client;
    }

    /// Asks for the upgrade.
    ///
    /// @param headers more of them, each with its line end
    /// @return the head of the answer
    String handshake(String headers) throws IOException {
        write("GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n" + headers + "\r\n");
        return head();
    }

    void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    void write(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /// Sends a masked frame.
    ///
    /// @param first FIN and opcode, for instance 0x81 for a whole text
    void frame(int first, byte[] payload) throws IOException {
        write(header(first, payload.length, true));
        byte[] masked = payload.clone();
        for (int i = 0; i < masked.length; i++) {
            masked[i] ^= MASK[i & 3];
        }
        write(masked);
    }

    void text(String text) throws IOException {
        frame(0x81, text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] header(int first, long length, boolean masked) {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int mask = masked ? 0x80 : 0;
        head.write(first);
        if (length < 126) {
            head.write(mask | (int) length);
        } else if (length < 65_536) {
            head.write(mask | 126);
            head.write((int) length >> 8);
            head.write((int) length);
        } else {
            head.write(mask | 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                head.write((int) (length >>> shift));
            }
        }
        if (masked) {
            head.writeBytes(MASK);
        }
        return head.toByteArray();
    }

    /// @return status line and headers of an HTTP answer
    String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    /// @return so many bytes of a body, as text
    String bytes(int count) throws IOException {
        return new String(in.readNBytes(count), StandardCharsets.UTF_8);
    }

    /// @return the next frame: text, `compressed:`, its length there, and the text, or `close:` and the code, or `opcode:` and the number; `end` when the server has closed
    String next() throws IOException {
        try {
            int first = in.readUnsignedByte();
            int opcode = first & 0xf;
            int length = in.readUnsignedByte();
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = (int) in.readLong();
            }
            byte[] payload = in.readNBytes(length);
            return switch (opcode) {
                case 1 -> (first & 0x40) == 0
                        ? new String(payload, StandardCharsets.UTF_8)
                        : "compressed:" + payload.length + ":" + expand(payload);
                case 8 -> "close:" + (payload.length < 2 ? 0 : (payload[0] & 0xff) << 8 | payload[1] & 0xff);
                default -> "opcode:" + opcode;
            };
        } catch (EOFException | java.net.SocketException end) {
            return "end";
        }
    }

    private static String expand(byte[] compressed) throws IOException {
        Inflater inflater = new Inflater(true);
        byte[] whole = Arrays.copyOf(compressed, compressed.length + 4);
        whole[compressed.length + 2] = (byte) 0xff;
        whole[compressed.length + 3] = (byte) 0xff;
        inflater.setInput(whole);
        byte[] text = new byte[2_000_000];
        try {
            return new String(text, 0, inflater.inflate(text), StandardCharsets.UTF_8);
        } catch (DataFormatException broken) {
            throw new IOException(broken);
        } finally {
            inflater.end();
        }
    }

    /// Reads until the server has closed.
    ///
    /// @return what came last before the end
    String last() throws IOException {
        String last = "";
        for (String frame = next(); !frame.equals("end"); frame = next()) {
            last = frame;
        }
        return last;
    }

    /// @return what the next frame carries, which must be short and of text
    byte[] nextBytes() throws IOException {
        if (in.readUnsignedByte() != 0x81) {
            throw new AssertionError("no text");
        }
        int length = in.readUnsignedByte();
        return in.readNBytes(length == 126 ? in.readUnsignedShort() : length);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
