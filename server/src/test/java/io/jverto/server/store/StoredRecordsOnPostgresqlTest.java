package io.jverto.server.store;

/// The same on PostgreSQL.
class StoredRecordsOnPostgresqlTest extends StoredRecordsTest {
    @Override
    DatabaseLocation location() {
        return new DatabaseLocation.Named(TestPostgresql.newDatabase());
    }
}
