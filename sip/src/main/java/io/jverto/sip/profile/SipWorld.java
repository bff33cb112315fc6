package io.jverto.sip.profile;

import io.jverto.base.time.TimeSource;
import io.jverto.sip.message.HostPort;
import io.jverto.sip.message.SipTransport;
import io.jverto.sip.transaction.Hop;
import io.jverto.sip.transport.SipInput;
import io.jverto.sip.transport.SipSockets;
import io.jverto.switchboard.directory.Directory;
import io.jverto.switchboard.event.CoreEvents;
import io.jverto.switchboard.port.MessageDesk;
import io.jverto.switchboard.port.UserId;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// What profiles need of the rest of the server.
///
/// @param messages where messages to users go
/// @param waiting what MESSAGE_WAITING says of a mailbox; may wait
/// @param browsers whether a user has a Verto client here; may wait
/// @param local the address of this machine
/// @param random a `SecureRandom` in production
public record SipWorld(
        TimeSource time,
        RandomGenerator random,
        CoreEvents core,
        Supplier<Directory> directory,
        MessageDesk messages,
        Function<UserId, Optional<Map<String, String>>> waiting,
        Predicate<UserId> browsers,
        InetAddress local,
        Network network) {
    /// What reaches other machines.
    public interface Network {
        /// Opens the sockets of a profile.
        ///
        /// @throws CannotListen when one is in use
        Sockets open(ProfileConfig config, SipInput input);

        /// Looks a host up (RFC 3263 section 4); may wait.
        ///
        /// @param transport empty where the host's own choice counts
        /// @return its addresses in the order to try; empty when there are none
        List<Hop> resolve(HostPort host, Optional<SipTransport> transport);
    }

    /// The sockets of a profile.
    public interface Sockets extends SipSockets, AutoCloseable {
        /// @return where peers come to; 0 where nothing listens
        int port(SipTransport transport);

        @Override
        void close();
    }
}
