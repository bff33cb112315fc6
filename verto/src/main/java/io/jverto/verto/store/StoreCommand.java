package io.jverto.verto.store;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonLiteral;
import io.jverto.base.json.JsonValue.JsonNumber;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.switchboard.port.CallVariables;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.JsonCommand;
import io.jverto.wire.jsonrpc.JsonText;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// `jsapi store`: items under keys, in a store of a name (`storeName`) or of a call (`uuid`, its variable `json_store_data`), and in files
/// (verto-wire.md section 7.4). Everybody who may run the command shares the stores. Thread-safe.
public final class StoreCommand implements JsonCommand {
    private static final String VARIABLE = "json_store_data";
    private static final String INVALID = "INVALID INPUT";
    private static final String NOT_LOADED = "CANNOT LOAD DATA";
    private static final String NO_KEY = "Key not found";
    private static final int MAX_NAME = 256;
    private static final int MAX_STORES = 256;
    private static final int MAX_ITEMS = JsonText.MAX_KEYS;
    /// Characters of a store as JSON text, and of all of them.
    private static final int MAX_STORE = JsonText.MAX_LENGTH;
    private static final int MAX_ALL = 16 * JsonText.MAX_LENGTH;
    /// Of a channel variable.
    private static final int MAX_VARIABLE = 32_768;

    private final StoreFiles files;
    private final CallVariables variables;
    private final Map<String, JsonObject> stores = new HashMap<>();
    private final Map<String, Integer> lengths = new HashMap<>();

    /// @param folder of the files, made when the first one is written
    public StoreCommand(Path folder, CallVariables variables) {
        this.files = new StoreFiles(folder);
        this.variables = variables;
    }

    @Override
    public String name() {
        return "store";
    }

    @Override
    public JsonObject run(JsonObject data, JsonObject client) {
        Optional<Place> place = place(data);
        if (place.isEmpty()) {
            return error(INVALID);
        }
        // One lock for what lies in memory: what a slow call holds up is another client of the same call's store.
        synchronized (place.get().lock()) {
            return switch (data.string("cmd").orElse("")) {
                case "add" -> add(place.get(), data);
                case "del" -> delete(place.get(), data);
                case "dump" -> dump(place.get(), data);
                case "commit" -> commit(place.get(), data);
                case "retrieve" -> retrieve(place.get(), data);
                default -> error(INVALID + ": cmd is add, del, dump, commit or retrieve");
            };
        }
    }

    /// Where a store lies.
    private interface Place {
        Object lock();

        /// @return empty when it cannot be read
        Optional<JsonObject> load();

        /// @return false when there is no room, or no such call
        boolean save(JsonObject content);

        /// @return the name of its file when none is given
        String file();
    }

    private Optional<Place> place(JsonObject data) {
        String uuid = data.string("uuid").orElse("");
        String name = data.string("storeName").orElse("");
        if (!uuid.isEmpty()) {
            return Optional.of(new OfCall(new ChannelId(uuid)));
        }
        return name.isEmpty() || name.length() > MAX_NAME ? Optional.empty() : Optional.of(new Named(name));
    }

    private final class Named implements Place {
        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        public Object lock() {
            return stores;
        }

        @Override
        public Optional<JsonObject> load() {
            return Optional.of(stores.getOrDefault(name, JsonObject.EMPTY));
        }

        @Override
        public boolean save(JsonObject content) {
            if (content.members().isEmpty()) {
                stores.remove(name);
                lengths.remove(name);
                return true;
            }
            int length = JsonText.write(content).length();
            long all = lengths.values().stream().mapToLong(Integer::longValue).sum() - lengths.getOrDefault(name, 0) + length;
            boolean room = length <= MAX_STORE && all <= MAX_ALL && (stores.containsKey(name) || stores.size() < MAX_STORES);
            if (room) {
                stores.put(name, content);
                lengths.put(name, length);
            }
            return room;
        }

        @Override
        public String file() {
            return name + ".json";
        }
    }

    private final class OfCall implements Place {
        private final ChannelId call;

        OfCall(ChannelId call) {
            this.call = call;
        }

        @Override
        public Object lock() {
            return variables;
        }

        @Override
        public Optional<JsonObject> load() {
            return variables.get(call, VARIABLE)
                    .flatMap(text -> text.isEmpty() ? Optional.of(JsonObject.EMPTY) : JsonText.parse(text).flatMap(JsonValue::asObject));
        }

        @Override
        public boolean save(JsonObject content) {
            String text = content.members().isEmpty() ? "" : JsonText.write(content);
            return text.length() <= MAX_VARIABLE && variables.set(call, VARIABLE, text);
        }

        @Override
        public String file() {
            return "";
        }
    }

    private JsonObject add(Place place, JsonObject data) {
        String key = data.string("key").orElse("");
        Optional<JsonValue> item = Optional.ofNullable(data.members().get(key));
        if (key.isEmpty() || key.length() > MAX_NAME || item.isEmpty()) {
            return error(INVALID);
        }
        Optional<JsonObject> before = place.load();
        if (before.isEmpty()) {
            return error(NOT_LOADED);
        }
        JsonObject after = new JsonObjectBuilder().putAll(before.get()).put(key, item.get()).build();
        if (after.members().size() > MAX_ITEMS || !place.save(after)) {
            return error(INVALID + ": no room");
        }
        return done("Item Added", after, place, data);
    }

    /// One item, or without a key all of them.
    private JsonObject delete(Place place, JsonObject data) {
        Optional<JsonObject> before = place.load();
        if (before.isEmpty()) {
            return error(NOT_LOADED);
        }
        String key = data.string("key").orElse("");
        Map<String, JsonValue> left = key.isEmpty() ? new LinkedHashMap<>() : new LinkedHashMap<>(before.get().members());
        if (!key.isEmpty() && left.remove(key) == null) {
            return error(NO_KEY);
        }
        JsonObject after = new JsonObject(left);
        place.save(after);
        return done(key.isEmpty() ? "Store Deleted" : "Item Deleted", after, place, data);
    }

    /// One item, or without a key all of them.
    private JsonObject dump(Place place, JsonObject data) {
        Optional<JsonObject> content = place.load();
        String key = data.string("key").orElse("");
        if (content.isEmpty()) {
            return error(NOT_LOADED);
        }
        Optional<JsonValue> found = key.isEmpty() ? Optional.of(content.get()) : Optional.ofNullable(content.get().members().get(key));
        return found.map(value -> new JsonObjectBuilder().put("data", value).put("message", "Data Dumped").build())
                .orElseGet(() -> error(NO_KEY));
    }

    private JsonObject commit(Place place, JsonObject data) {
        Optional<JsonObject> content = place.load();
        if (content.isEmpty()) {
            return error(NOT_LOADED);
        }
        return committed(new JsonObjectBuilder().put("message", "Message Comitted"), content.get(), place, data);
    }

    private JsonObject retrieve(Place place, JsonObject data) {
        String file = data.string("file").orElse(place.file());
        if (!StoreFiles.isName(file)) {
            return error(INVALID + ": file");
        }
        Optional<JsonObject> content = files.read(file);
        if (content.isEmpty() || !place.save(content.get())) {
            return error(NOT_LOADED);
        }
        JsonObjectBuilder out = new JsonObjectBuilder();
        if (isTrue(data, "verbose")) {
            out.put("data", content.get());
        }
        return out.put("message", "Store Loaded").build();
    }

    /// `verbose`: with all that is in the store now; `commit`: it goes into its file.
    private JsonObject done(String message, JsonObject now, Place place, JsonObject data) {
        JsonObjectBuilder out = new JsonObjectBuilder();
        if (isTrue(data, "verbose")) {
            out.put("data", now);
        }
        out.put("message", message);
        return isTrue(data, "commit") ? committed(out, now, place, data) : out.build();
    }

    private JsonObject committed(JsonObjectBuilder out, JsonObject content, Place place, JsonObject data) {
        String file = data.string("file").orElse(place.file());
        if (!StoreFiles.isName(file)) {
            return out.put("commitStatus", "fail").put("errorMessage", INVALID + ": file").build();
        }
        return out.put("commitStatus", files.write(file, content) ? "success" : "fail").build();
    }

    private static JsonObject error(String text) {
        return new JsonObjectBuilder().put("errorMessage", text).build();
    }

    private static boolean isTrue(JsonObject data, String key) {
        return data.get(key)
                .filter(value -> value == JsonLiteral.TRUE || value instanceof JsonNumber(String digits) && !digits.equals("0"))
                .isPresent();
    }
}
