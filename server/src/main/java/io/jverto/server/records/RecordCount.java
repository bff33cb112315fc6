package io.jverto.server.records;

import io.jverto.base.count.Counters;

/// What became of call records.
public enum RecordCount implements Counters.Counted {
    WRITTEN("Call records that are safe: on the disk of the spool, or in the database."),
    DELIVERED("Call records that the database has taken out of the spool."),
    REFUSED("Call records that the database will never take; they are put aside in a file."),
    LOST("Call records that could be written nowhere: no room was left for them in memory either, or the server ended before there was room."),
    DAMAGED("Lines of the spool that cannot be read: cut off by a crash before they were safe, or damaged on the disk."),
    FILES_FAILED("Call records that are missing from a CSV or JSON file, which could not take them in time."),
    ROOMS_WRITTEN("Records of conference rooms that are in their files."),
    ROOMS_LOST("Records of conference rooms that cannot be written, or too many of which waited.");

    private final String description;

    RecordCount(String description) {
        this.description = description;
    }

    @Override
    public String description() {
        return description;
    }
}
