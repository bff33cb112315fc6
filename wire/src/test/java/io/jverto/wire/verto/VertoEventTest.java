package io.jverto.wire.verto;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.wire.jsonrpc.JsonText;
import org.junit.jupiter.api.Test;

class VertoEventTest {
    private static final JsonObject PARAMS =
            new JsonObjectBuilder().put("eventChannel", "demo.\"x\"").put("data", "\u2028\u00fc").build();

    @Test
    void putsTheFieldsOfASubscriptionBehindWhatAllShare() {
        String shared = VertoEvent.shared(PARAMS);

        assertThat(VertoEvent.encode(7, shared))
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"verto.event\",\"params\":" + shared + "}");
        assertThat(VertoEvent.encode(8, shared, 12, "demo.\"x\""))
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":8,\"method\":\"verto.event\",\"params\":" + shared.substring(0, shared.length() - 1)
                        + ",\"eventSerno\":12,\"subscribedChannel\":\"demo.\\\"x\\\"\"}}");
        assertThat(JsonText.parse(VertoEvent.encode(8, shared, 12, "demo.\"x\""))).isPresent();
    }

    @Test
    void whatASenderSaysAboutSubscriptionsIsLeftOut() {
        JsonObject forged = new JsonObjectBuilder().putAll(PARAMS).put("eventSerno", 99).put("subscribedChannel", "other").build();

        assertThat(VertoEvent.shared(forged)).isEqualTo(VertoEvent.shared(PARAMS));
    }

    @Test
    void anEventWithoutParamsStaysJson() {
        assertThat(VertoEvent.encode(1, VertoEvent.shared(JsonObject.EMPTY), 0, "a"))
                .endsWith("\"params\":{\"eventSerno\":0,\"subscribedChannel\":\"a\"}}");
    }
}
