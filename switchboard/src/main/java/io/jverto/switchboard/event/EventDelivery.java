package io.jverto.switchboard.event;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue.JsonObject;

/// An event on its way to one session (verto-wire.md section 8.5).
public sealed interface EventDelivery {
    SharedEvent event();

    /// @return the whole params of `verto.event`
    JsonObject params();

    /// To this session alone; it needs no subscription.
    record Direct(SharedEvent event) implements EventDelivery {
        @Override
        public JsonObject params() {
            return event.params();
        }
    }

    /// Through a subscription. Two fields stand behind those that all hearers share.
    ///
    /// @param serial `eventSerno`: 0 for the subscription's first event, then one more each time
    /// @param subscribedChannel the name that was subscribed: the event's channel or its main channel
    record Subscribed(SharedEvent event, long serial, String subscribedChannel) implements EventDelivery {
        @Override
        public JsonObject params() {
            return new JsonObjectBuilder()
                    .putAll(event.params())
                    .put("eventSerno", serial)
                    .put("subscribedChannel", subscribedChannel)
                    .build();
        }
    }
}
