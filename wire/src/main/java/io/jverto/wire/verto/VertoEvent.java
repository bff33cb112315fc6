package io.jverto.wire.verto;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.wire.jsonrpc.JsonText;

/// `verto.event` (verto-wire.md section 8.5). The text that all hearers of an event share is made once; each hearer's own two fields
/// are put behind it. Stateless.
public final class VertoEvent {
    private static final String SERIAL = "eventSerno";
    private static final String SUBSCRIBED = "subscribedChannel";

    private VertoEvent() {}

    /// @param params without what belongs to a subscription: a client that broadcasts cannot say it for others
    /// @return what all hearers share
    public static String shared(JsonObject params) {
        if (!params.members().containsKey(SERIAL) && !params.members().containsKey(SUBSCRIBED)) {
            return JsonText.write(params);
        }
        JsonObjectBuilder others = new JsonObjectBuilder();
        params.members().forEach((key, value) -> {
            if (!key.equals(SERIAL) && !key.equals(SUBSCRIBED)) {
                others.put(key, value);
            }
        });
        return JsonText.write(others.build());
    }

    /// @param id of our request
    /// @param shared from [#shared]
    /// @return the frame of an event that comes by no subscription
    public static String encode(long id, String shared) {
        return request(id, shared).append('}').toString();
    }

    /// @param serial counts the events of the subscription, from 0
    /// @return the frame of an event that comes by a subscription
    public static String encode(long id, String shared, long serial, String subscribedChannel) {
        StringBuilder out = request(id, shared);
        out.setLength(out.length() - 1); // the closing brace of the params
        return out.append(shared.equals("{}") ? "\"" : ",\"")
                .append(SERIAL).append("\":").append(serial)
                .append(",\"").append(SUBSCRIBED).append("\":").append(JsonText.quoted(subscribedChannel))
                .append("}}")
                .toString();
    }

    private static StringBuilder request(long id, String shared) {
        return new StringBuilder(shared.length() + 160)
                .append("{\"jsonrpc\":\"2.0\",\"id\":")
                .append(id)
                .append(",\"method\":\"verto.event\",\"params\":")
                .append(shared);
    }
}
