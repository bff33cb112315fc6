package io.jverto.server.store;

import io.jverto.switchboard.port.UserId;
import io.jverto.switchboard.port.VoicemailStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What is known of voice messages, in the database. The database is closed by whoever made it.
public final class StoredVoicemail implements VoicemailStore {
    private static final String OF_USER = " WHERE user_id = ? AND user_domain = ?";

    private final Database database;

    public StoredVoicemail(Database database) {
        this.database = database;
    }

    @Override
    public Optional<List<VoiceMessage>> of(UserId box) {
        return database.with(handle -> handle.createQuery(
                        "SELECT id, left_millis, caller_name, caller_number, seconds, urgent, saved FROM voice_message" + OF_USER + " ORDER BY left_millis, id")
                .bind(0, box.user())
                .bind(1, box.domain())
                .map((row, _) -> message(row))
                .list());
    }

    @Override
    public boolean add(UserId box, VoiceMessage message) {
        return database.with(handle -> handle.execute(
                                "INSERT INTO voice_message (id, user_id, user_domain, left_millis, caller_name, caller_number, seconds, urgent, saved)"
                                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                                message.id(), box.user(), box.domain(), message.at().toEpochMilli(), message.callerName(), message.callerNumber(),
                                message.seconds(), message.urgent(), message.saved()))
                .isPresent();
    }

    @Override
    public boolean markSaved(UserId box, String id) {
        return changed("UPDATE voice_message SET saved = TRUE" + OF_USER + " AND id = ?", box, id);
    }

    @Override
    public boolean delete(UserId box, String id) {
        return changed("DELETE FROM voice_message" + OF_USER + " AND id = ?", box, id);
    }

    private boolean changed(String statement, UserId box, String id) {
        return database.with(handle -> handle.execute(statement, box.user(), box.domain(), id)).filter(rows -> rows > 0).isPresent();
    }

    @Override
    public Optional<String> password(UserId box) {
        return database.with(handle -> handle.createQuery("SELECT password FROM voicemail_password" + OF_USER)
                .bind(0, box.user())
                .bind(1, box.domain())
                .mapTo(String.class)
                .findOne()
                .orElse(""));
    }

    @Override
    public boolean password(UserId box, String password) {
        return database.with(handle -> handle.inTransaction(one -> {
            int rows = one.execute("UPDATE voicemail_password SET password = ?" + OF_USER, password, box.user(), box.domain());
            return rows > 0
                    ? rows
                    : one.execute("INSERT INTO voicemail_password (user_id, user_domain, password) VALUES (?, ?, ?)", box.user(), box.domain(), password);
        })).isPresent();
    }

    private static VoiceMessage message(ResultSet row) throws SQLException {
        return new VoiceMessage(row.getString("id"), Instant.ofEpochMilli(row.getLong("left_millis")), row.getString("caller_name"),
                row.getString("caller_number"), row.getInt("seconds"), row.getBoolean("urgent"), row.getBoolean("saved"));
    }
}
