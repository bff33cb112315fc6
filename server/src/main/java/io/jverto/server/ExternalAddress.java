package io.jverto.server;

import io.jverto.base.time.Mailbox;
import io.jverto.base.time.TimeSource;
import io.jverto.medialoop.StunQuery;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps asking a STUN server which address the router shows for us, and tells media when that is another one: lines get new addresses at
/// night. Until somebody has answered, callers outside are told `rtp-ip`.
final class ExternalAddress implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ExternalAddress.class);
    private static final Duration AGAIN = Duration.ofMinutes(1);
    private static final Duration SOON = Duration.ofSeconds(10);

    private final StunServer server;
    private final InetAddress own;
    private final Consumer<InetAddress> media;
    private final RandomGenerator random;
    private final TimeSource time;
    private final Mailbox<Boolean> stop;
    private Optional<InetAddress> last = Optional.empty();
    private String complaint = "";

    private ExternalAddress(StunServer server, InetAddress own, Consumer<InetAddress> media, RandomGenerator random, TimeSource time) {
        this.server = server;
        this.own = own;
        this.media = media;
        this.random = random;
        this.time = time;
        this.stop = time.mailbox(1);
    }

    static ExternalAddress open(StunServer server, InetAddress own, Consumer<InetAddress> media, RandomGenerator random, TimeSource time) {
        ExternalAddress address = new ExternalAddress(server, own, media, random, time);
        time.start("external-address", address::run);
        return address;
    }

    private void run() {
        Duration wait;
        do {
            wait = look() ? AGAIN : SOON;
        } while (stop.await(time.nanoTime() + wait.toNanos()).isEmpty());
    }

    /// @return whether somebody answered
    private boolean look() {
        Optional<InetAddress> seen = ask();
        if (seen.isPresent() && !seen.equals(last)) {
            log.info("{} sees this machine as {}: callers outside are told that for ext-rtp-ip", server, seen.get().getHostAddress());
            media.accept(seen.get());
            last = seen;
        }
        return seen.isPresent();
    }

    private Optional<InetAddress> ask() {
        InetSocketAddress address = server.resolve();
        if (address.isUnresolved()) {
            complain("its name cannot be looked up");
            return Optional.empty();
        }
        try {
            Optional<InetAddress> seen = StunQuery.ask(own, address, random).map(InetSocketAddress::getAddress);
            complain(seen.isEmpty() ? "it does not answer" : "");
            return seen;
        } catch (IOException unreachable) {
            complain("nothing can be sent there: " + unreachable.getMessage());
            return Optional.empty();
        }
    }

    /// Once for each reason.
    private void complain(String reason) {
        if (!reason.isEmpty() && !reason.equals(complaint)) {
            log.warn("ext-rtp-ip: {}: {}; callers outside are told {} until it does. Name another STUN server, or the address itself", server, reason,
                    last.orElse(own).getHostAddress());
        }
        complaint = reason;
    }

    @Override
    public void close() {
        stop.tell(true);
    }
}
