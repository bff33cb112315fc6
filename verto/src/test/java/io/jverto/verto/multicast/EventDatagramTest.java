package io.jverto.verto.multicast;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventDatagramTest {
    @Test
    void isTextWithAZeroByteBehind() {
        JsonObject params = new JsonObjectBuilder().put("eventChannel", "demo.ä").put("data", 1).build();

        ByteBuffer datagram = EventDatagram.encode(params).orElseThrow();

        assertThat(new String(datagram.array(), StandardCharsets.UTF_8)).isEqualTo("{\"eventChannel\":\"demo.ä\",\"data\":1}\0");
        assertThat(EventDatagram.decode(datagram)).contains(params);
    }

    @Test
    void theZeroByteMayBeMissing() {
        assertThat(EventDatagram.decode(bytes("{}"))).contains(JsonObject.EMPTY);
    }

    @Test
    void whatIsLongerThanADatagramIsNotSent() {
        assertThat(EventDatagram.encode(new JsonObjectBuilder().put("a", ".".repeat(65_498)).build())).isPresent();
        assertThat(EventDatagram.encode(new JsonObjectBuilder().put("a", ".".repeat(65_499)).build())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\0", "[]", "\"x\"", "{", "nonsense"})
    void whatIsNoObjectIsNothing(String text) {
        assertThat(EventDatagram.decode(bytes(text))).isEmpty();
    }

    @Test
    void whatIsNoTextIsNothing() {
        assertThat(EventDatagram.decode(ByteBuffer.wrap(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}))).isEmpty();
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
