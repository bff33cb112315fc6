package io.jverto.switchboard.api;

import io.jverto.switchboard.command.Jobs;
import io.jverto.switchboard.port.ApiCommand;

/// `bgapi <command> [<arguments>]`: runs a command that takes its time, for instance `originate`, without holding up who asks. What it says
/// is an event. Whoever lets clients run it checks their right to the inner command (verto-wire.md section 3.6).
final class BackgroundCommand implements ApiCommand {
    private final Jobs jobs;

    BackgroundCommand(Jobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public String name() {
        return "bgapi";
    }

    @Override
    public String run(String arguments) {
        if (arguments.isBlank()) {
            return Replies.usage("<command> [<arguments>]");
        }
        return jobs.prepare(arguments, "")
                .map(job -> {
                    job.start().run();
                    return "+OK Job-UUID: " + job.id() + "\n";
                })
                .orElse("-ERR too many jobs\n");
    }
}
