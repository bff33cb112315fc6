package io.jverto.server.records;

import java.io.IOException;
import java.util.List;

/// A kind of file that call records go to. Used by one thread.
interface RecordFile {
    boolean takes(Finished record);

    /// Writes records so that the disk has them.
    ///
    /// @throws IOException when not all could be written
    void write(List<Finished> records) throws IOException;
}
