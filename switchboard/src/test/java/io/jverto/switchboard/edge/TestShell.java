package io.jverto.switchboard.edge;

import io.jverto.switchboard.port.Shell;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/// The shell in memory: notes what it is to run.
public final class TestShell implements Shell {
    public final List<Command> ran = new CopyOnWriteArrayList<>();
    /// By whether a command is still wanted, of the last one.
    public volatile BooleanSupplier wanted = () -> true;
    public volatile boolean on = true;
    public volatile Result result = new Result.Exited(0, "");
    /// What it does before it is done.
    public volatile Runnable during = () -> { };

    @Override
    public boolean allowed() {
        return on;
    }

    @Override
    public Result run(Command command, BooleanSupplier stillWanted) {
        wanted = stillWanted;
        ran.add(command);
        during.run();
        return result;
    }
}
