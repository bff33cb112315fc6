package io.jverto.server.store;

import java.nio.file.Path;

/// Which database, and what to look at when it cannot be used.
public sealed interface DatabaseLocation {
    /// A JDBC URL, with everything that a connection needs in it.
    String url();

    /// @return what whoever runs the server can do
    String remedy();

    /// H2 in a folder of the data folder: nothing to install, one server at a time.
    record Embedded(Path folder) implements DatabaseLocation {
        /// What is committed is in the file's hands at once (WRITE_DELAY), and only we close it.
        private static final String SETTINGS = ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"
                + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;USER=jverto;PASSWORD=";

        @Override
        public String url() {
            return "jdbc:h2:file:" + folder.toAbsolutePath().resolve("jverto") + SETTINGS;
        }

        @Override
        public String remedy() {
            return "see whether the disk is full, whether another jverto uses the same data folder, and whether the user that runs jverto owns " + folder
                    + "; what is damaged there can be moved away while jverto is stopped";
        }
    }

    /// `core-db-dsn`. It may have a password in it and is never shown.
    record Named(String url) implements DatabaseLocation {
        @Override
        public String remedy() {
            return "see whether the database server is up, and whether core-db-dsn in switch.conf is right";
        }

        @Override
        public String toString() {
            return "Named[" + url.replaceAll("[/?;].*", "") + "]";
        }
    }
}
