package io.jverto.verto.multicast;

import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.wire.jsonrpc.JsonText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A datagram of the group: the params of an event as JSON text, and a zero byte.
final class EventDatagram {
    /// What UDP over IPv4 carries (RFC 768, RFC 791): 65,535 less both headers.
    static final int MAX_BYTES = 65_507;

    private EventDatagram() {}

    /// @return empty when it does not fit
    static Optional<ByteBuffer> encode(JsonObject params) {
        byte[] text = (JsonText.write(params) + '\0').getBytes(StandardCharsets.UTF_8);
        return text.length <= MAX_BYTES ? Optional.of(ByteBuffer.wrap(text)) : Optional.empty();
    }

    /// @param datagram from its position to its limit; the zero byte may be missing
    /// @return empty when it is not the text of a JSON object
    static Optional<JsonObject> decode(ByteBuffer datagram) {
        while (datagram.hasRemaining() && datagram.get(datagram.limit() - 1) == 0) {
            datagram.limit(datagram.limit() - 1);
        }
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(datagram).toString();
            return JsonText.parse(text).flatMap(JsonValue::asObject);
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }
}
