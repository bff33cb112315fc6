package io.jverto.bench.load;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonArray;
import io.jverto.base.json.JsonValue.JsonNumber;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/// The live array of a room as one connection sees it: subscribes when it is told the names, as clients do, and counts the serial
/// numbers that never come (verto-wire.md section 9.4). All on the thread of its connection.
final class Roster {
    private static final int BOOT = -1;

    private final VertoSocket socket;
    private final Figures figures;
    private String channel = "";
    /// The last serial number, or 0 before there was one.
    private long last;

    /// What all connections have seen together.
    static final class Figures {
        private final LongAdder changes = new LongAdder();
        private final LongAdder lost = new LongAdder();
        private final LongAdder booted = new LongAdder();

        long changes() {
            return changes.sum();
        }

        long lost() {
            return lost.sum();
        }

        /// @return connections that have got the whole array
        long booted() {
            return booted.sum();
        }
    }

    Roster(VertoSocket socket, Figures figures) {
        this.socket = socket;
        this.figures = figures;
    }

    void onRequest(String method, JsonObject params) {
        if (!method.equals("verto.event")) {
            return;
        }
        params.object("pvtData").ifPresent(this::onPrivate);
        if (!channel.isEmpty() && params.string("eventChannel").filter(channel::equals).isPresent()) {
            params.object("data").ifPresent(this::onChange);
        }
    }

    private void onPrivate(JsonObject told) {
        Optional<String> array = told.string("laChannel");
        // Who shares the connection with others is already subscribed.
        if (array.isEmpty() || !channel.isEmpty() || !told.string("action").orElse("").equals("conference-liveArray-join")) {
            return;
        }
        channel = array.get();
        List<JsonValue> channels = new ArrayList<>();
        Stream.of("infoChannel", "chatChannel", "modChannel", "laChannel")
                .flatMap(name -> told.string(name).stream())
                .forEach(name -> channels.add(new JsonString(name)));
        socket.request("verto.subscribe", new JsonObjectBuilder().put("eventChannel", new JsonArray(channels)));
        JsonObject boot = new JsonObjectBuilder()
                .put("command", "bootstrap")
                .put("context", channel)
                .put("name", told.string("laName").orElse(""))
                .build();
        socket.request("verto.broadcast", new JsonObjectBuilder()
                .put("eventChannel", channel)
                .put("data", new JsonObjectBuilder().put("liveArray", boot).build()));
    }

    private void onChange(JsonObject data) {
        long number = data.get("wireSerno").map(value -> value instanceof JsonNumber serial ? Long.parseLong(serial.digits()) : 0L).orElse(0L);
        if (number == BOOT) {
            if (data.string("action").orElse("").equals("bootObj")) {
                figures.booted.increment();
            } else {
                last = 0; // "clear": counting begins anew
            }
        } else if (number > 0) {
            figures.changes.increment();
            if (last > 0 && number > last + 1) {
                figures.lost.add(number - last - 1);
            }
            last = Math.max(last, number);
        }
    }
}
