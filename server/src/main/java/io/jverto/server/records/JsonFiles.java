package io.jverto.server.records;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue.JsonArray;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.server.records.RecordSettings.ToJson;
import io.jverto.switchboard.port.CallRecord;
import io.jverto.wire.jsonrpc.JsonText;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A file for each record, whole or not there: `[a_]<uuid>.cdr.json`.
final class JsonFiles implements RecordFile {
    /// A channel's id that can be a file's name; a client chose it.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    private final ToJson settings;
    private final String switchName;
    private final ZoneId zone;

    JsonFiles(ToJson settings, String switchName, ZoneId zone) {
        this.settings = settings;
        this.switchName = switchName;
        this.zone = zone;
    }

    @Override
    public boolean takes(Finished record) {
        return settings.legs().take(record.record().leg().isB());
    }

    @Override
    public List<String> places(Finished record) {
        return List.of("");
    }

    @Override
    public Outlets.Written write(String place, List<Finished> records) {
        int written = 0;
        try {
            for (Finished record : records) {
                write(record);
                written++;
            }
            return new Outlets.Written(written, "");
        } catch (IOException trouble) {
            return new Outlets.Written(written, settings.folder() + ": " + trouble);
        }
    }

    private void write(Finished record) throws IOException {
        Path folder = settings.rotate()
                ? settings.folder().resolve(record.record().times().ended().atZone(zone).toLocalDate().toString())
                : settings.folder();
        Files.createDirectories(folder);
        String id = record.record().id().value();
        String name = (settings.prefix() && !record.record().leg().isB() ? "a_" : "") + (NAME.matcher(id).matches() ? id : record.recordId());
        Path file = folder.resolve(name + ".cdr.json");
        Path unfinished = folder.resolve("." + record.recordId());
        try {
            WholeFile.fill(unfinished, JsonText.write(json(record)));
            // A client may use an id again.
            Files.move(unfinished, Files.exists(file) ? folder.resolve(name + "-" + record.recordId() + ".cdr.json") : file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private JsonObject json(Finished finished) {
        CallRecord record = finished.record();
        JsonObjectBuilder variables = new JsonObjectBuilder();
        finished.values().forEach((name, value) -> variables.put(name, settings.encode() ? encoded(value) : value));
        JsonObject flow = new JsonObjectBuilder()
                .put("dialplan", record.profile().dialplan())
                .put("caller_profile", record.profile().json(record.id()))
                .put("times", times(record.times()))
                .build();
        return new JsonObjectBuilder()
                .put("switchname", switchName)
                .put("record_id", finished.recordId())
                .put("channel_data", new JsonObjectBuilder()
                        .put("state", "CS_REPORTING")
                        .put("direction", Finished.direction(record))
                        .build())
                .put("variables", variables.build())
                .put("callflow", new JsonArray(List.of(flow)))
                .build();
    }

    /// Microseconds since 1970, 0 for what never was.
    private static JsonObject times(CallRecord.Times times) {
        return new JsonObjectBuilder()
                .put("created_time", micros(Optional.of(times.created())))
                .put("answered_time", micros(times.answered()))
                .put("hangup_time", micros(Optional.of(times.ended())))
                .build();
    }

    private static String micros(Optional<Instant> at) {
        return String.valueOf(at.map(Finished::micros).orElse(0L));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
