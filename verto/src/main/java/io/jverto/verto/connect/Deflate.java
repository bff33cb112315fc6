package io.jverto.verto.connect;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// Compresses and expands whole messages (RFC 7692 section 7.2). Each network thread has one compressor and one expander for all its
/// connections, since nothing is remembered between messages.
final class Deflate {
    /// A flush ends with these, which are not sent (RFC 7692 section 7.2.1).
    private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};
    private static final int CHUNK = 8_192;

    private static final FastThreadLocal<Deflate> OWN = new FastThreadLocal<>() {
        @Override
        protected Deflate initialValue() {
            return new Deflate();
        }

        @Override
        protected void onRemoval(Deflate gone) {
            gone.deflater.end();
            gone.inflater.end();
        }
    };

    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private final Inflater inflater = new Inflater(true);
    private final byte[] chunk = new byte[CHUNK];

    private Deflate() {}

    /// @return the one of the thread that asks
    static Deflate ofThread() {
        return OWN.get();
    }

    ByteBuf compress(ByteBuf plain, ByteBufAllocator alloc) {
        deflater.reset();
        deflater.setInput(bytes(plain));
        ByteBuf out = alloc.buffer(plain.readableBytes() / 2 + TAIL.length);
        int count;
        do {
            count = deflater.deflate(chunk, 0, CHUNK, Deflater.SYNC_FLUSH);
            out.writeBytes(chunk, 0, count);
        } while (count == CHUNK);
        return out.writerIndex(out.writerIndex() - TAIL.length);
    }

    /// @param max bytes of the plain message
    /// @throws TooLong when it would be longer: a few bytes can stand for gigabytes
    /// @throws DataFormatException when it is not the compressed form of anything
    ByteBuf expand(ByteBuf compressed, ByteBufAllocator alloc, int max) throws DataFormatException, TooLong {
        inflater.reset();
        ByteBuf out = alloc.buffer(Math.min(max, Math.max(CHUNK, compressed.readableBytes() * 2)));
        try {
            expand(bytes(compressed), out, max);
            expand(TAIL, out, max);
            return out.retain();
        } finally {
            out.release();
        }
    }

    private void expand(byte[] input, ByteBuf out, int max) throws DataFormatException, TooLong {
        inflater.setInput(input);
        int count;
        do {
            count = inflater.inflate(chunk);
            if (out.readableBytes() + count > max) {
                throw new TooLong();
            }
            out.writeBytes(chunk, 0, count);
        } while (count > 0);
        if (inflater.needsDictionary()) {
            throw new DataFormatException("a dictionary that nobody has");
        }
    }

    private static byte[] bytes(ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.getBytes(buffer.readerIndex(), bytes);
        return bytes;
    }

    /// A message is longer than it may be.
    static final class TooLong extends Exception {
        private static final long serialVersionUID = 1;

        TooLong() {
            super("the message expands beyond its limit", null, false, false);
        }
    }
}
