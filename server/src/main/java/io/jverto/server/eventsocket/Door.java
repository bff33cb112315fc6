package io.jverto.server.eventsocket;

import io.jverto.base.Broken;
import io.jverto.base.count.Counters;
import io.jverto.base.time.TimeSource;
import io.jverto.switchboard.directory.LoginThrottle;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at passwords. Who fails too often must wait, and is refused meanwhile whatever he says. Thread-safe.
final class Door {
    private static final Logger log = LoggerFactory.getLogger(Door.class);

    private final byte[] password;
    private final TimeSource time;
    private final Counters<SocketCount> counters;
    private final LoginThrottle throttle = new LoginThrottle();

    Door(String password, TimeSource time, Counters<SocketCount> counters) {
        this.password = digest(password);
        this.time = time;
        this.counters = counters;
    }

    boolean opens(InetAddress from, String supplied) {
        String address = from.getHostAddress();
        boolean right = MessageDigest.isEqual(password, digest(supplied));
        boolean now = throttle.allows(time.nanoTime(), address, address);
        if (right && now) {
            throttle.succeeded(address);
            return true;
        }
        counters.increment(SocketCount.LOGINS_FAILED);
        if (now) {
            throttle.failed(time.nanoTime(), address, address);
        }
        log.warn("event socket login failed address={} reason=\"{}\"", address, now ? "wrong password" : "too many failures");
        return false;
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException missing) {
            throw new Broken("every Java has SHA-256", missing);
        }
    }
}
