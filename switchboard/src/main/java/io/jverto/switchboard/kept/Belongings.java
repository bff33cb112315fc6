package io.jverto.switchboard.kept;

import io.jverto.media.plan.Recording;
import io.jverto.switchboard.dialplan.Text;
import java.time.Instant;
import java.util.List;

/// What a channel has beside what it does, as it is kept while the server is started again.
///
/// @param held whether its client has put it on hold
/// @param recordings of the session that run
/// @param tasks what is to happen with it later
/// @param limits what it is counted for
public record Belongings(boolean held, List<KeptRecording> recordings, List<KeptTask> tasks, List<KeptLimit> limits) {
    public static final Belongings NONE = new Belongings(false, List.of(), List.of(), List.of());

    public Belongings {
        recordings = List.copyOf(recordings);
        tasks = List.copyOf(tasks);
        limits = List.copyOf(limits);
    }

    /// @return the same with what others than the channel know of it
    Belongings with(List<KeptTask> later, List<KeptLimit> counted) {
        return new Belongings(held, recordings, later, counted);
    }

    /// What is written to a file.
    ///
    /// @param answer whether what is said before the answer is left out
    /// @param bridge whether what is said while it talks with nobody is left out
    /// @param flow as others wish it
    public record KeptRecording(Recording recording, Recording.Sides sides, boolean answer, boolean bridge, Recording.Flow flow) {}

    /// An application that runs later.
    ///
    /// @param data what comes behind the time
    public record KeptTask(Instant at, String application, Text data) {}

    /// A place in what `limit` counts.
    ///
    /// @param backend `hash` or `db`
    public record KeptLimit(String backend, String realm, String id) {}
}
