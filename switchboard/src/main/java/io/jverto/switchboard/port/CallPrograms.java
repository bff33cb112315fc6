package io.jverto.switchboard.port;

import java.util.List;

/// Programs outside, each of which is given one call to steer: the outbound mode of the event socket. Thread-safe.
public interface CallPrograms {
    /// There are none.
    CallPrograms NONE = (wanted, call) -> {
        call.unreachable("there is no event socket");
        return () -> { };
    };

    /// Begins to connect and returns at once; the call is told what came of it. Connecting and the program's first word take a bounded time.
    ///
    /// @return the program, to be told when the call is over
    Program connect(Wanted wanted, SteeredCall call);

    /// Whether the configuration names that address, so that it may come from anywhere; others must stand in the dialplan.
    default boolean names(Address address) {
        return false;
    }

    /// Where a program listens.
    ///
    /// @param host a name or an address
    record Address(String host, int port) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /// @param addresses tried one after the other
    /// @param async whether the program is answered before its orders are done
    /// @param full whether it may do what clients of the event socket may, beyond its call
    record Wanted(List<Address> addresses, boolean async, boolean full) {
        public Wanted {
            addresses = List.copyOf(addresses);
        }
    }

    /// A program that is, or is about to be, connected.
    @FunctionalInterface
    interface Program {
        /// The call has ended.
        void over();
    }
}
