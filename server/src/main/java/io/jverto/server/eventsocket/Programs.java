package io.jverto.server.eventsocket;

import io.jverto.switchboard.port.CallPrograms;
import io.jverto.switchboard.port.SteeredCall;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Connects to programs that steer calls by the protocol of FreeSWITCH's event socket, outbound mode. Thread-safe.
public final class Programs implements CallPrograms, AutoCloseable {
    static final int MAX_PROGRAMS = 2_000;
    private static final Logger log = LoggerFactory.getLogger(Programs.class);

    private final Set<Address> named;
    private final SocketServices services;
    private final Set<ProgramLink> links = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /// @param named addresses that may come from anywhere
    public Programs(Set<Address> named, EventSocket.Switch board) {
        this.named = Set.copyOf(named);
        this.services = SocketServices.of(board);
    }

    @Override
    public boolean names(Address address) {
        return named.contains(address);
    }

    @Override
    public Program connect(Wanted wanted, SteeredCall call) {
        if (closed || links.size() >= MAX_PROGRAMS) {
            services.counters().increment(SocketCount.PROGRAMS_REFUSED);
            call.unreachable(closed ? "the server stops" : "there are " + MAX_PROGRAMS + " programs");
            return () -> { };
        }
        ProgramLink link = new ProgramLink(wanted, call, services);
        links.add(link);
        services.time().start("program of a call", () -> {
            try {
                link.run();
            } catch (RuntimeException bug) {
                log.error("a program's connection ended by a bug", bug);
            } finally {
                links.remove(link);
            }
        });
        return link;
    }

    /// @return programs that are connected, or about to be
    int count() {
        return links.size();
    }

    /// Ends all connections. Twice does no harm.
    @Override
    public void close() {
        closed = true;
        links.forEach(ProgramLink::close);
    }
}
