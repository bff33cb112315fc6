package io.jverto.verto.connect;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a client asks for in the first message of TLS (RFC 8446 section 4.1.2).
///
/// @param host whom it wants to reach (RFC 6066 section 3); empty when it does not say
/// @param protocols that it would speak, its favourite first (RFC 7301)
record ClientHello(String host, List<String> protocols) {
    private static final int VERSION_AND_RANDOM = 34;
    private static final int SERVER_NAME = 0;
    private static final int HOST_NAME = 0;
    private static final int ALPN = 16;

    ClientHello {
        protocols = List.copyOf(protocols);
    }

    /// @param body of the message, behind its type and length; stays as it is
    /// @return empty for what is none
    static Optional<ClientHello> read(ByteBuf body) {
        ByteBuf in = body.duplicate();
        try {
            in.skipBytes(VERSION_AND_RANDOM);
            in.skipBytes(in.readUnsignedByte()); // session
            in.skipBytes(in.readUnsignedShort()); // cipher suites
            in.skipBytes(in.readUnsignedByte()); // compression
            String host = "";
            List<String> protocols = List.of();
            ByteBuf extensions = in.isReadable() ? in.readSlice(in.readUnsignedShort()) : in;
            while (extensions.isReadable()) {
                int type = extensions.readUnsignedShort();
                ByteBuf content = extensions.readSlice(extensions.readUnsignedShort());
                if (type == SERVER_NAME) {
                    host = host(content);
                } else if (type == ALPN) {
                    protocols = protocols(content);
                }
            }
            return Optional.of(new ClientHello(host, protocols));
        } catch (IndexOutOfBoundsException broken) {
            return Optional.empty();
        }
    }

    private static String host(ByteBuf content) {
        ByteBuf names = content.readSlice(content.readUnsignedShort());
        while (names.isReadable()) {
            int type = names.readUnsignedByte();
            ByteBuf name = names.readSlice(names.readUnsignedShort());
            if (type == HOST_NAME) {
                return name.toString(StandardCharsets.US_ASCII);
            }
        }
        return "";
    }

    private static List<String> protocols(ByteBuf content) {
        ByteBuf names = content.readSlice(content.readUnsignedShort());
        List<String> all = new ArrayList<>();
        while (names.isReadable()) {
            all.add(names.readSlice(names.readUnsignedByte()).toString(StandardCharsets.US_ASCII));
        }
        return all;
    }
}
