package io.jverto.server.restart;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonNumber;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.server.startup.SecretFile;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.wire.jsonrpc.JsonText;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The file of calls that go on after the next start: a line that names its form, then a line of JSON for each call. Only its owner reads it.
/// It appears whole; what its time tells is when the server was alive last. One thread at a time.
final class KeptFile {
    private static final Logger log = LoggerFactory.getLogger(KeptFile.class);
    private static final String FORM = "jverto-calls";
    /// With what belongs to calls, how rooms were, and who hears whom in them. What is not in a file of version 1 or 2 is empty.
    private static final int VERSION = 3;
    private static final List<JsonValue> READABLE = List.of(JsonNumber.of(1), JsonNumber.of(2), JsonNumber.of(VERSION));
    /// Ten thousand calls with many variables; more is none of our files.
    private static final long MAX_BYTES = 256L << 20;

    private final Path file;
    private Map<ChannelId, Line> written = Map.of();

    KeptFile(Path file) {
        this.file = file;
    }

    /// A call as it was written.
    private record Line(KeptEntry call, String text) {}

    /// What the file had.
    ///
    /// @param alive when the server that wrote it was alive last
    record Content(List<KeptEntry> calls, Instant alive) {}

    /// Replaces what was there; without calls there is no file. What is there already is only dated anew, and a call that is as it was is not put into
    /// words again.
    ///
    /// @param now the time that the file is to have
    void write(List<KeptEntry> calls, Instant now) throws IOException {
        Map<ChannelId, Line> before = written;
        Map<ChannelId, Line> lines = new LinkedHashMap<>();
        boolean same = before.size() == calls.size();
        for (KeptEntry call : calls) {
            Line old = before.get(call.call().id());
            Line line = old != null && old.call().equals(call) ? old : new Line(call, JsonText.write(RecordJson.write(call)));
            lines.put(call.call().id(), line);
            same &= line == old;
        }
        written = Map.of(); // in doubt all is written the next time
        if (calls.isEmpty()) {
            Files.deleteIfExists(file);
            return;
        }
        if (!same) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            SecretFile.write(file, text(lines.values()));
        }
        Files.setLastModifiedTime(file, FileTime.from(now));
        written = lines;
    }

    private static String text(Collection<Line> lines) {
        StringBuilder text = new StringBuilder(JsonText.write(new JsonObjectBuilder().put("form", FORM).put("version", VERSION).build())).append('\n');
        lines.forEach(line -> text.append(line.text()).append('\n'));
        return text.toString();
    }

    /// Reads the file of the server before. One that cannot be read goes out of the way, and stays beside it.
    ///
    /// @return empty when there is none
    Optional<Content> read() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            Instant alive = Files.getLastModifiedTime(file).toInstant();
            List<KeptEntry> calls = new ArrayList<>();
            Optional<String> trouble = Files.size(file) > MAX_BYTES ? Optional.of("it is larger than " + (MAX_BYTES >> 20) + " MB") : read(calls);
            if (trouble.isPresent()) {
                setAside(trouble.get(), calls.size());
            }
            return Optional.of(new Content(calls, alive));
        } catch (IOException wrong) {
            log.warn("{} cannot be read or moved ({}): calls of before the start are lost; let the user that runs jverto own it", file, wrong.toString());
            return Optional.empty();
        }
    }

    private void setAside(String why, int calls) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ".unreadable");
        Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
        log.warn("{}: {}; {} calls of it go on, and the file is kept as {}; it can be deleted", file, why, calls, aside);
    }

    /// @return why not all could be read
    private Optional<String> read(List<KeptEntry> calls) throws IOException {
        Optional<String> trouble = Optional.empty();
        try (var lines = Files.newBufferedReader(file)) {
            Optional<String> wrong = head(Optional.ofNullable(lines.readLine()).flatMap(JsonText::parse).flatMap(JsonValue::asObject));
            if (wrong.isPresent()) {
                return wrong;
            }
            int number = 1;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                try {
                    JsonObject object = JsonText.parse(line).flatMap(JsonValue::asObject).orElseThrow(() -> new RecordJson.Unreadable("no JSON object"));
                    calls.add(RecordJson.read(object, KeptEntry.class));
                } catch (RecordJson.Unreadable reason) {
                    trouble = trouble.isPresent() ? trouble : Optional.of("line " + number + " cannot be read: " + reason.getMessage());
                }
            }
        } catch (CharacterCodingException notText) {
            return Optional.of("it is no text in UTF-8");
        }
        return trouble;
    }

    private static Optional<String> head(Optional<JsonObject> head) {
        if (head.flatMap(object -> object.string("form")).filter(FORM::equals).isEmpty()) {
            return Optional.of("line 1 does not say that it is a file of calls");
        }
        Optional<JsonValue> version = head.flatMap(object -> object.get("version"));
        return version.filter(READABLE::contains).isPresent() ? Optional.empty()
                : Optional.of("its version is " + version.map(JsonText::write).orElse("missing") + ", and this server reads 1 to " + VERSION);
    }
}
