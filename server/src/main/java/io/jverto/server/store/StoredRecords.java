package io.jverto.server.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/// Call records in the database.
public final class StoredRecords {
    private static final String INSERT = "INSERT INTO call_record (record_id, uuid, bleg_uuid, leg, direction, caller_id_name, caller_id_number,"
            + " destination_number, context, start_stamp, answer_stamp, end_stamp, duration, billsec, hangup_cause, accountcode, read_codec,"
            + " write_codec, username, network_addr, mos, loss_percent, concealed_percent, remote_loss_percent, jitter_ms, round_trip_ms, variables)"
            + " VALUES (" + "?, ".repeat(26) + "?) ON CONFLICT DO NOTHING";

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
        // Without the library's names for parameters: there are many rows with many of them.
        try (PreparedStatement batch = handle.getConnection().prepareStatement(INSERT)) {
            for (RecordRow row : rows) {
                bind(batch, row);
                batch.addBatch();
            }
            batch.executeBatch();
            handle.releaseSavepoint("rows");
            return true;
        } catch (SQLException trouble) {
            if (!Database.isRefusal(trouble)) {
                throw new UnableToExecuteStatementException("call records are not inserted", trouble, null);
            }
            handle.rollbackToSavepoint("rows");
            return false;
        }
    }

    private static void bind(PreparedStatement batch, RecordRow row) throws SQLException {
        Object[] columns = {
            row.recordId(), row.uuid(), row.blegUuid(), row.leg(), row.direction(), row.party().callerName(), row.party().callerNumber(),
            row.party().destination(), row.party().context(), row.stamps().start().atOffset(ZoneOffset.UTC),
            row.stamps().answer().map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null), row.stamps().end().atOffset(ZoneOffset.UTC), row.duration(),
            row.billsec(), row.hangupCause(), row.accountcode(), row.codec(), row.codec(), row.party().username(), row.party().networkAddress(),
            row.sound().mos().orElse(null), row.sound().loss().orElse(null), row.sound().concealed().orElse(null),
            row.sound().remoteLoss().orElse(null), row.sound().jitter().orElse(null), row.sound().roundTrip().orElse(null), row.variables()};
        for (int i = 0; i < columns.length; i++) {
            batch.setObject(i + 1, columns[i]);
        }
    }

    /// Deletes what is older.
    ///
    /// @return how many there were; empty when the database cannot be used
    public Optional<Integer> forget(Instant endedBefore) {
        return database.with(handle -> handle.execute("DELETE FROM call_record WHERE end_stamp < ?", endedBefore.atOffset(ZoneOffset.UTC)));
    }
}
