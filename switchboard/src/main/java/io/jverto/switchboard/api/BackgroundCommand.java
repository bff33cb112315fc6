package io.jverto.switchboard.api;

import io.jverto.base.id.Tokens;
import io.jverto.switchboard.channel.ChannelServices;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.port.ApiCommand;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `bgapi <command> [<arguments>]`: runs a command that takes its time, for instance `originate`, without holding up who asks. What it says
/// is logged. Whoever lets clients run it checks their right to the inner command (verto-wire.md section 3.6).
final class BackgroundCommand implements ApiCommand {
    private static final Logger log = LoggerFactory.getLogger(BackgroundCommand.class);
    private static final int MAX_JOBS = 64;

    private final ChannelServices services;
    private final Semaphore jobs = new Semaphore(MAX_JOBS);

    BackgroundCommand(ChannelServices services) {
        this.services = services;
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
        if (!jobs.tryAcquire()) {
            return "-ERR too many jobs\n";
        }
        String id = Tokens.uuid(services.random());
        services.time().start("job " + id, () -> {
            try {
                log.info("job {}: {}", id, LogText.of(services.commands().run(arguments).strip()));
            } finally {
                jobs.release();
            }
        });
        return "+OK Job-UUID: " + id + "\n";
    }
}
