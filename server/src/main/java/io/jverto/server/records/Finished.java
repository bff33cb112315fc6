package io.jverto.server.records;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.server.store.RecordRow;
import io.jverto.switchboard.port.CallQuality;
import io.jverto.switchboard.port.CallRecord;
import io.jverto.switchboard.port.CallerProfile;
import io.jverto.wire.jsonrpc.JsonText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A call record with all that is known of it by name, as templates and files tell it. What is known by name is put together when somebody
/// asks for it: the database does not. Used by one thread at a time.
final class Finished {
    private static final int MAX_ID = 256;
    private static final int MAX_TEXT = 1_024;
    private static final int MAX_CODEC = 64;
    private static final int MAX_CAUSE = 64;
    /// Characters of one variable and of all together: a line of the spool and a row hold them.
    private static final int MAX_VARIABLE = 8_192;
    private static final int MAX_VARIABLES = 100_000;

    /// Bytes in memory beside the texts of variables.
    private static final int BYTES = 4_000;
    private static final int BYTES_FOR_VARIABLE = 200;

    private final String recordId;
    private final CallRecord record;
    private final ZoneId zone;
    private @Nullable Map<String, String> variables;
    private @Nullable Map<String, String> values;

    /// @param recordId of this record alone
    /// @param zone of the stamps
    Finished(CallRecord record, String recordId, ZoneId zone) {
        this.record = record;
        this.recordId = recordId;
        this.zone = zone;
    }

    String recordId() {
        return recordId;
    }

    CallRecord record() {
        return record;
    }

    /// @return bytes in memory, about
    long size() {
        return BYTES + record.variables().entrySet().stream().mapToLong(one -> BYTES_FOR_VARIABLE + one.getKey().length() + one.getValue().length()).sum();
    }

    /// @return by the field's names in any letter case: the channel's variables, and above them what the switch itself knows
    Map<String, String> values() {
        if (values == null) {
            values = named();
        }
        return values;
    }

    private Map<String, String> named() {
        Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        values.putAll(variables());
        CallerProfile profile = record.profile();
        values.put("uuid", record.id().value());
        values.put("bleg_uuid", record.otherId());
        values.put("direction", direction(record));
        values.put("caller_id_name", profile.callerName());
        values.put("caller_id_number", profile.callerNumber());
        values.put("caller_id", "\"" + profile.callerName() + "\" <" + profile.callerNumber() + ">");
        values.put("callee_id_name", profile.calleeName());
        values.put("callee_id_number", profile.calleeNumber());
        values.put("destination_number", profile.destination());
        values.put("context", profile.context());
        values.put("dialplan", profile.dialplan());
        values.put("username", profile.username());
        values.put("ani", profile.ani());
        values.put("aniii", profile.aniii());
        values.put("rdnis", profile.rdnis());
        values.put("network_addr", profile.networkAddress());
        values.put("source", profile.source());
        values.put("channel_name", profile.channelName());
        values.put("last_app", record.lastStep().application());
        values.put("last_arg", record.lastStep().data());
        values.put("hangup_cause", record.cause().name());
        values.put("hangup_cause_q850", String.valueOf(record.cause().code()));
        values.put("read_codec", record.codec());
        values.put("write_codec", record.codec());
        times(values, record.times(), zone);
        return values;
    }

    private Map<String, String> variables() {
        if (variables == null) {
            variables = kept();
        }
        return variables;
    }

    private Map<String, String> kept() {
        Map<String, String> variables = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        int[] room = {MAX_VARIABLES};
        record.variables().forEach((name, value) -> {
            String kept = fit(value, MAX_VARIABLE);
            room[0] -= name.length() + kept.length();
            if (room[0] >= 0) {
                variables.put(fit(name, MAX_ID), kept);
            }
        });
        return variables;
    }

    private static void times(Map<String, String> values, CallRecord.Times times, ZoneId zone) {
        stamp(values, "start", Optional.of(times.created()), zone);
        stamp(values, "answer", times.answered(), zone);
        stamp(values, "end", Optional.of(times.ended()), zone);
        Duration whole = Duration.between(times.created(), times.ended());
        Duration billed = times.answered().map(at -> Duration.between(at, times.ended())).orElse(Duration.ZERO);
        values.put("duration", String.valueOf(whole.toSeconds()));
        values.put("mduration", String.valueOf(whole.toMillis()));
        values.put("uduration", String.valueOf(micros(whole)));
        values.put("billsec", String.valueOf(billed.toSeconds()));
        values.put("billmsec", String.valueOf(billed.toMillis()));
        values.put("billusec", String.valueOf(micros(billed)));
    }

    private static void stamp(Map<String, String> values, String name, Optional<Instant> at, ZoneId zone) {
        values.put(name + "_stamp", at.map(time -> DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").format(time.atZone(zone))).orElse(""));
        values.put(name + "_epoch", at.map(time -> String.valueOf(time.getEpochSecond())).orElse("0"));
        values.put(name + "_uepoch", at.map(time -> String.valueOf(micros(time))).orElse("0"));
    }

    static long micros(Instant at) {
        return at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000;
    }

    private static long micros(Duration span) {
        return span.toNanos() / 1_000;
    }

    static String direction(CallRecord record) {
        return record.leg() == CallRecord.Leg.INBOUND ? "inbound" : "outbound";
    }

    RecordRow row() {
        CallerProfile profile = record.profile();
        CallRecord.Times times = record.times();
        return new RecordRow(recordId, fit(record.id().value(), MAX_ID), fit(record.otherId(), MAX_ID), record.leg().isB() ? "b" : "a", direction(record),
                new RecordRow.Party(fit(profile.callerName(), MAX_TEXT), fit(profile.callerNumber(), MAX_TEXT), fit(profile.destination(), MAX_TEXT),
                        fit(profile.context(), MAX_TEXT), fit(profile.username(), MAX_TEXT), fit(profile.networkAddress(), MAX_CODEC)),
                new RecordRow.Stamps(times.created(), times.answered(), times.ended()),
                Duration.between(times.created(), times.ended()).toSeconds(),
                times.answered().map(at -> Duration.between(at, times.ended()).toSeconds()).orElse(0L),
                fit(record.cause().name(), MAX_CAUSE), fit(variables().getOrDefault("accountcode", ""), MAX_TEXT), fit(record.codec(), MAX_CODEC),
                record.quality().map(Finished::sound).orElse(RecordRow.Sound.NONE),
                JsonText.write(new JsonObjectBuilder().putAll(variables()).build()));
    }

    private static RecordRow.Sound sound(CallQuality quality) {
        return new RecordRow.Sound(decimal(quality.mos(), 2), decimal(100 * quality.lost(), 2), decimal(100 * quality.concealed(), 2),
                decimal(100 * quality.remoteLost(), 2), quality.jitter().flatMap(jitter -> decimal(jitter.mean(), 1)),
                quality.roundTrip().flatMap(time -> decimal(time.mean(), 1)));
    }

    private static Optional<BigDecimal> decimal(double value, int digits) {
        return Optional.of(BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP));
    }

    /// Cut, and without what PostgreSQL cannot hold: NUL and halves of surrogate pairs.
    private static String fit(String text, int most) {
        if (fits(text, most)) {
            return text; // nearly always
        }
        StringBuilder out = new StringBuilder(Math.min(most, text.length()));
        text.codePoints().takeWhile(c -> out.length() + Character.charCount(c) <= most)
                .forEach(c -> out.appendCodePoint(c == 0 || Character.getType(c) == Character.SURROGATE ? '\uFFFD' : c));
        return out.toString();
    }

    private static boolean fits(String text, int most) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == 0 || Character.isSurrogate(text.charAt(i))) {
                return false;
            }
        }
        return text.length() <= most;
    }
}
