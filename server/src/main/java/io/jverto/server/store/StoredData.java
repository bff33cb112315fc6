package io.jverto.server.store;

import io.jverto.switchboard.port.SharedData;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Values and groups that calls share, in the database.
public final class StoredData implements SharedData {
    private final Database database;

    public StoredData(Database database) {
        this.database = database;
    }

    @Override
    public Optional<String> value(String realm, String key) {
        return database.with(handle -> value(handle, realm, key)).flatMap(found -> found);
    }

    private static Optional<String> value(Handle handle, String realm, String key) {
        return handle.createQuery("SELECT content FROM shared_value WHERE realm = ? AND name = ?")
                .bind(0, realm)
                .bind(1, key)
                .mapTo(String.class)
                .findOne();
    }

    @Override
    public boolean put(String realm, String key, String value) {
        boolean fits = SharedData.fits(realm, MAX_NAME) && SharedData.fits(key, MAX_NAME) && value.length() <= MAX_VALUE && value.indexOf(0) < 0;
        return fits && database.with(handle -> handle.inTransaction(inside -> {
            boolean changed = inside.execute("UPDATE shared_value SET content = ? WHERE realm = ? AND name = ?", value, realm, key) > 0;
            return changed || hasRoom(inside, "shared_value")
                    && inside.execute("INSERT INTO shared_value (realm, name, content) VALUES (?, ?, ?)", realm, key, value) > 0;
        })).orElse(false);
    }

    private static boolean hasRoom(Handle handle, String table) {
        return handle.createQuery("SELECT COUNT(*) FROM " + table).mapTo(Integer.class).one() < MAX_ROWS;
    }

    @Override
    public boolean remove(String realm, String key) {
        return database.with(handle -> handle.execute("DELETE FROM shared_value WHERE realm = ? AND name = ?", realm, key) > 0).orElse(false);
    }

    @Override
    public List<String> members(String group) {
        return database.with(handle -> members(handle, group)).orElse(List.of());
    }

    private static List<String> members(Handle handle, String group) {
        return handle.createQuery("SELECT member FROM shared_member WHERE group_name = ? ORDER BY number")
                .bind(0, group)
                .mapTo(String.class)
                .list();
    }

    @Override
    public boolean join(String group, String member) {
        boolean fits = SharedData.fits(group, MAX_NAME) && SharedData.fits(member, MAX_VALUE);
        return fits && database.with(handle -> handle.inTransaction(inside -> members(inside, group).contains(member)
                || hasRoom(inside, "shared_member")
                        && inside.execute("INSERT INTO shared_member (group_name, member) VALUES (?, ?)", group, member) > 0)).orElse(false);
    }

    @Override
    public boolean leave(String group, String member) {
        return database.with(handle -> handle.execute("DELETE FROM shared_member WHERE group_name = ? AND member = ?", group, member) > 0)
                .orElse(false);
    }
}
