/// Call records: what is left of channels goes to a spool on the disk, from there to the database, and to files (docs/records.md).
@org.jspecify.annotations.NullMarked
package io.jverto.server.records;
