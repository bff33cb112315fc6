package io.jverto.server;

import io.jverto.base.time.Mailbox;
import io.jverto.base.time.TimeSource;
import io.jverto.switchboard.command.LiveChannels;
import io.jverto.switchboard.port.ApiCommand;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends the server, at once or when its calls are over: `fsctl shutdown` (dialplan-directory.md section 14.1), and a signal. Thread-safe.
final class Shutdown {
    /// Whoever asks gets his reply first.
    static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final Logger log = LoggerFactory.getLogger(Shutdown.class);
    private static final String NAME = "shutdown";
    private static final String USAGE = "-USAGE: fsctl shutdown [now|elegant|asap|cancel]\n";

    private final LiveChannels channels;
    private final TimeSource time;
    private final Runnable end;
    private @Nullable Mailbox<Boolean> waiting;

    /// @param end called once from a thread of its own; must not wait
    Shutdown(LiveChannels channels, TimeSource time, Runnable end) {
        this.channels = channels;
        this.time = time;
        this.end = end;
    }

    /// @param fsctl does what is no shutdown
    ApiCommand over(ApiCommand fsctl) {
        return ApiCommand.of(fsctl.name(), arguments -> {
            String[] words = arguments.trim().split(" +");
            return words[0].equals(NAME) ? words.length > 2 ? USAGE : run(words.length < 2 ? "now" : words[1]) : fsctl.run(arguments);
        });
    }

    /// Lets no new calls in and ends the server when those that there are are over.
    ///
    /// @param patience how long they may go on
    synchronized void drain(Duration patience) {
        drain(patience, channels::count);
    }

    /// The same, but only some of the calls are waited for.
    ///
    /// @param waited how many there are of these
    synchronized void drain(Duration patience, IntSupplier waited) {
        int calls = waited.getAsInt();
        if (calls == 0 || patience.isZero()) {
            begin("", () -> true);
            return;
        }
        channels.pause(true);
        log.info("no new calls are taken; the server ends when its {} channels have, in {} s at most; fsctl shutdown now does not wait", calls, patience.toSeconds());
        long deadline = time.nanoTime() + patience.toNanos();
        begin("", () -> time.nanoTime() >= deadline || waited.getAsInt() == 0);
    }

    private synchronized String run(String how) {
        return switch (how) {
            case "now" -> begin("+OK the server ends now\n", () -> true);
            case "asap" -> begin("+OK the server ends when there is no call\n", () -> channels.count() == 0);
            case "elegant" -> {
                channels.pause(true);
                yield begin("+OK the server takes no calls any more, and ends when there is none\n", () -> channels.count() == 0);
            }
            case "cancel" -> cancel();
            case "restart" -> "-ERR the server does not start itself again: whoever starts it does\n";
            default -> USAGE;
        };
    }

    private String begin(String reply, BooleanSupplier ready) {
        forget();
        Mailbox<Boolean> cancelled = time.mailbox(1);
        waiting = cancelled;
        time.start(NAME, () -> {
            while (cancelled.await(time.nanoTime() + LOOK_AGAIN.toNanos()).isEmpty()) {
                if (ready.getAsBoolean()) {
                    end.run();
                    return;
                }
            }
        });
        return reply;
    }

    private String cancel() {
        if (waiting == null) {
            return "-ERR no shutdown was asked for\n";
        }
        forget();
        channels.pause(false);
        return "+OK the server stays, and takes calls\n";
    }

    private void forget() {
        Mailbox<Boolean> before = waiting;
        if (before != null) {
            before.tell(true);
            waiting = null;
        }
    }
}
