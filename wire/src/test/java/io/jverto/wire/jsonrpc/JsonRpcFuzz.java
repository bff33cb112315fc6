package io.jverto.wire.jsonrpc;

import io.jverto.base.json.JsonValue;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.jverto.base.json.JsonValue.JsonArray;
import io.jverto.base.json.JsonValue.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Whatever comes is a message or unreadable; what was read is written and read again the same.
class JsonRpcFuzz {
    @FuzzTest
    void readsAnything(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);

        JsonRpc.decode(text);
        Optional<JsonValue> value = JsonText.parse(text);

        value.ifPresent(read -> {
            assertThat(depth(read)).isLessThanOrEqualTo(JsonText.MAX_DEPTH);
            assertThat(JsonText.parse(JsonText.write(read))).contains(read);
        });
    }

    private static int depth(JsonValue value) {
        return switch (value) {
            case JsonObject object ->
                1 + object.members().values().stream().mapToInt(JsonRpcFuzz::depth).max().orElse(0);
            case JsonArray array -> 1 + array.items().stream().mapToInt(JsonRpcFuzz::depth).max().orElse(0);
            case JsonValue.JsonString _, JsonValue.JsonNumber _, JsonValue.JsonEmbedded _, JsonValue.JsonLiteral _ -> 0;
        };
    }
}
