package io.jverto.server.records;

import java.util.List;

/// A kind of file that call records go to. Used by one thread.
interface RecordFile {
    boolean takes(Finished record);

    /// @return names of what a record is written to
    List<String> places(Finished record);

    /// Writes records so that the disk has them; one that it does not say to be written is not.
    Outlets.Written write(String place, List<Finished> records);
}
