package io.jverto.server.store;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.PreparedBatch;

/// Call records in the database.
public final class StoredRecords {
    private static final String INSERT = "INSERT INTO call_record (record_id, uuid, bleg_uuid, leg, direction, caller_id_name, caller_id_number,"
            + " destination_number, context, start_stamp, answer_stamp, end_stamp, duration, billsec, hangup_cause, accountcode, read_codec,"
            + " write_codec, username, network_addr, variables) VALUES (:id, :uuid, :bleg, :leg, :direction, :name, :number, :destination, :context,"
            + " :start, :answer, :end, :duration, :billsec, :cause, :accountcode, :codec, :codec, :username, :address, :variables)"
            + " ON CONFLICT DO NOTHING";

    private final Database database;

    public StoredRecords(Database database) {
        this.database = database;
    }

    /// Inserts those that are not there yet.
    ///
    /// @return those that the database will never take; empty when it cannot be used, and then nothing may be there
    public Optional<List<RecordRow>> insert(List<RecordRow> rows) {
        return database.with(handle -> {
            if (inserted(handle, rows)) {
                return List.of();
            }
            List<RecordRow> refused = new ArrayList<>();
            rows.forEach(row -> {
                if (!inserted(handle, List.of(row))) {
                    refused.add(row);
                }
            });
            return refused;
        });
    }

    /// @return false when the database refuses a row
    private static boolean inserted(Handle handle, List<RecordRow> rows) {
        handle.savepoint("rows"); // in PostgreSQL an error spoils the whole transaction
        try (PreparedBatch batch = handle.prepareBatch(INSERT)) {
            rows.forEach(row -> bind(batch, row));
            batch.execute();
            handle.releaseSavepoint("rows");
            return true;
        } catch (JdbiException trouble) {
            if (!Database.isRefusal(trouble)) {
                throw trouble;
            }
            handle.rollbackToSavepoint("rows");
            return false;
        }
    }

    private static void bind(PreparedBatch batch, RecordRow row) {
        batch.bind("id", row.recordId())
                .bind("uuid", row.uuid())
                .bind("bleg", row.blegUuid())
                .bind("leg", row.leg())
                .bind("direction", row.direction())
                .bind("name", row.party().callerName())
                .bind("number", row.party().callerNumber())
                .bind("destination", row.party().destination())
                .bind("context", row.party().context())
                .bind("start", row.stamps().start().atOffset(ZoneOffset.UTC))
                .bind("answer", row.stamps().answer().map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null))
                .bind("end", row.stamps().end().atOffset(ZoneOffset.UTC))
                .bind("duration", row.duration())
                .bind("billsec", row.billsec())
                .bind("cause", row.hangupCause())
                .bind("accountcode", row.accountcode())
                .bind("codec", row.codec())
                .bind("username", row.party().username())
                .bind("address", row.party().networkAddress())
                .bind("variables", row.variables())
                .add();
    }

    /// Deletes what is older.
    ///
    /// @return how many there were; empty when the database cannot be used
    public Optional<Integer> forget(Instant endedBefore) {
        return database.with(handle -> handle.execute("DELETE FROM call_record WHERE end_stamp < ?", endedBefore.atOffset(ZoneOffset.UTC)));
    }
}
