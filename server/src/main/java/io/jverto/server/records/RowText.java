package io.jverto.server.records;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.server.store.RecordRow;
import io.jverto.wire.jsonrpc.JsonText;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/// A row as a line of the spool, and back.
final class RowText {
    private RowText() {}

    static String write(RecordRow row) {
        return JsonText.write(new JsonObjectBuilder()
                .put("record_id", row.recordId())
                .put("uuid", row.uuid())
                .put("bleg_uuid", row.blegUuid())
                .put("leg", row.leg())
                .put("direction", row.direction())
                .put("caller_id_name", row.party().callerName())
                .put("caller_id_number", row.party().callerNumber())
                .put("destination_number", row.party().destination())
                .put("context", row.party().context())
                .put("username", row.party().username())
                .put("network_addr", row.party().networkAddress())
                .put("start", row.stamps().start().toString())
                .put("answer", row.stamps().answer().map(Instant::toString).orElse(""))
                .put("end", row.stamps().end().toString())
                .put("duration", String.valueOf(row.duration()))
                .put("billsec", String.valueOf(row.billsec()))
                .put("hangup_cause", row.hangupCause())
                .put("accountcode", row.accountcode())
                .put("codec", row.codec())
                .put("mos", text(row.sound().mos()))
                .put("loss", text(row.sound().loss()))
                .put("concealed", text(row.sound().concealed()))
                .put("remote-loss", text(row.sound().remoteLoss()))
                .put("jitter", text(row.sound().jitter()))
                .put("round-trip", text(row.sound().roundTrip()))
                .put("variables", row.variables())
                .build());
    }

    /// @return empty when it is none
    static Optional<RecordRow> read(String line) {
        try {
            return JsonText.parse(line).flatMap(JsonValue::asObject).map(RowText::row);
        } catch (DateTimeException | NumberFormatException damaged) {
            return Optional.empty();
        }
    }

    private static RecordRow row(JsonObject line) {
        return new RecordRow(text(line, "record_id"), text(line, "uuid"), text(line, "bleg_uuid"), text(line, "leg"), text(line, "direction"),
                new RecordRow.Party(text(line, "caller_id_name"), text(line, "caller_id_number"), text(line, "destination_number"),
                        text(line, "context"), text(line, "username"), text(line, "network_addr")),
                new RecordRow.Stamps(Instant.parse(text(line, "start")),
                        Optional.of(text(line, "answer")).filter(at -> !at.isEmpty()).map(Instant::parse), Instant.parse(text(line, "end"))),
                Long.parseLong(text(line, "duration")), Long.parseLong(text(line, "billsec")), text(line, "hangup_cause"),
                text(line, "accountcode"), text(line, "codec"),
                new RecordRow.Sound(number(line, "mos"), number(line, "loss"), number(line, "concealed"), number(line, "remote-loss"),
                        number(line, "jitter"), number(line, "round-trip")),
                text(line, "variables"));
    }

    private static String text(Optional<BigDecimal> number) {
        return number.map(BigDecimal::toPlainString).orElse("");
    }

    private static Optional<BigDecimal> number(JsonObject line, String name) {
        return Optional.of(text(line, name)).filter(text -> !text.isEmpty()).map(BigDecimal::new);
    }

    private static String text(JsonObject line, String name) {
        return line.string(name).orElse("");
    }
}
