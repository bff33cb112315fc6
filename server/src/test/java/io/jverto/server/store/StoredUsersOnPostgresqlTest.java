package io.jverto.server.store;

/// The same on PostgreSQL.
class StoredUsersOnPostgresqlTest extends StoredUsersTest {
    @Override
    DatabaseLocation location() {
        return new DatabaseLocation.Named(TestPostgresql.newDatabase());
    }
}
