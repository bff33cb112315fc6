package io.jverto.server.eventsocket;

import io.jverto.base.net.Addresses;
import io.jverto.base.time.Mailbox;
import io.jverto.switchboard.event.CoreEvent;
import io.jverto.switchboard.event.CoreEvents;
import io.jverto.switchboard.event.EventName;
import io.jverto.switchboard.port.CallPrograms.Address;
import io.jverto.switchboard.port.CallPrograms.Program;
import io.jverto.switchboard.port.CallPrograms.Wanted;
import io.jverto.switchboard.port.SteeredCall;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The connection to a program that steers a call: made by us, and the program says the first word, `connect` usually. Its own virtual
/// thread reads and answers; another one writes events.
final class ProgramLink implements Program, CoreEvents.Listener {
    private static final Logger log = LoggerFactory.getLogger(ProgramLink.class);
    private static final Duration CONNECT_TIME = Duration.ofSeconds(5);
    /// For the first word (as the reference server waits).
    private static final Duration GREETING_TIME = Duration.ofSeconds(25);
    private static final String UNIQUE_ID = "Unique-ID";
    private static final String GOODBYE = "Disconnected, goodbye.\n";

    private final Wanted wanted;
    private final SteeredCall call;
    private final SocketServices services;
    /// Whether the call has been told what came of it.
    private final AtomicBoolean told = new AtomicBoolean();
    private final Mailbox<Boolean> ended;
    private volatile Optional<Socket> socket = Optional.empty();
    private volatile Optional<Outlet> outlet = Optional.empty();
    private volatile Linger linger = Linger.NOT;
    private volatile boolean closed;
    private volatile boolean callIsOver;

    ProgramLink(Wanted wanted, SteeredCall call, SocketServices services) {
        this.wanted = wanted;
        this.call = call;
        this.services = services;
        this.ended = services.time().mailbox(1);
    }

    /// How long the connection outlives the call.
    ///
    /// @param asked the words of the reply and of the notice
    record Linger(boolean on, Duration time, String asked) {
        static final Linger NOT = new Linger(false, Duration.ZERO, "");
    }

    /// Its whole life, on its own thread.
    void run() {
        watch();
        try (Socket connected = connected()) {
            talk(connected);
        } catch (IOException gone) {
            unreachable(gone.getMessage());
            log.debug("event socket {}: {}", wanted.addresses(), gone.getMessage());
        } finally {
            unreachable("it went away without a word");
            ended.tell(true);
            call.left();
            outlet.ifPresent(Outlet::close);
        }
    }

    /// Gives up whoever does not take the call in time; a name that nobody resolves can take long.
    private void watch() {
        long deadline = services.time().nanoTime() + CONNECT_TIME.multipliedBy(wanted.addresses().size()).plus(GREETING_TIME).toNanos();
        services.time().start("program of a call is awaited", () -> {
            if (ended.await(deadline).isEmpty() && unreachable("it took too long")) {
                close();
            }
        });
    }

    private boolean unreachable(String why) {
        boolean first = told.compareAndSet(false, true);
        if (first) {
            services.counters().increment(SocketCount.PROGRAMS_UNREACHABLE);
            call.unreachable(why);
        }
        return first;
    }

    private Socket connected() throws IOException {
        StringJoiner failures = new StringJoiner("; ");
        for (Address address : wanted.addresses()) {
            if (closed) {
                break;
            }
            Socket one = new Socket();
            try {
                connect(one, address);
                return one;
            } catch (IOException refused) {
                one.close();
                failures.add(address + ": " + refused.getMessage());
            }
        }
        throw new IOException(failures.toString());
    }

    private void connect(Socket one, Address address) throws IOException {
        InetSocketAddress place = new InetSocketAddress(address.host(), address.port());
        if (place.isUnresolved()) {
            throw new UnknownHostException("the name is unknown");
        }
        socket = Optional.of(one);
        one.connect(place, (int) CONNECT_TIME.toMillis());
        one.setTcpNoDelay(true);
        one.setKeepAlive(true);
        if (closed) {
            one.close();
        }
    }

    private void talk(Socket connected) throws IOException {
        String peer = Addresses.text(connected.getRemoteSocketAddress());
        Outlet out = new Outlet(connected.getOutputStream(), this::closeSocket, peer, services.time(), services.counters());
        outlet = Optional.of(out);
        CommandReader reader = new CommandReader(new BufferedInputStream(connected.getInputStream()), CommandReader.Limits.CLIENT);
        ProgramCommands commands = new ProgramCommands(services, out, wanted, call, this::linger);
        Conversation conversation = new Conversation(reader, out, services.counters());
        try {
            boolean goesOn = conversation.next(first -> begin(out, peer) && commands.run(first));
            if (goesOn) {
                conversation.run(commands::run);
            }
            out.send(Frames.goodbye(call.id().value(), GOODBYE));
        } finally {
            services.core().forget(this);
            commands.close();
        }
    }

    private boolean begin(Outlet out, String peer) {
        if (!told.compareAndSet(false, true)) {
            return false;
        }
        ended.tell(true);
        services.counters().increment(SocketCount.PROGRAMS);
        log.info("event socket {}: steers a call", peer);
        services.time().start("event socket " + peer, out::run);
        services.core().listen(this);
        call.reached();
        if (callIsOver) {
            over();
        }
        return true;
    }

    private void linger(Linger wish) {
        linger = wish;
    }

    @Override
    public boolean wants(EventName name, String subclass) {
        return outlet.filter(out -> out.subscription().wants(name, subclass)).isPresent();
    }

    /// One that may steer nothing but its call hears of nothing else.
    @Override
    public void onEvent(CoreEvent event) {
        if (wanted.full() || event.header(UNIQUE_ID).filter(call.id().value()::equals).isPresent()) {
            outlet.ifPresent(out -> out.offer(event));
        }
    }

    /// The program is given what it has not heard yet, then it is told goodbye, at once or when it has lingered.
    @Override
    public void over() {
        callIsOver = true;
        Linger wish = linger;
        if (outlet.isEmpty() || !told.get()) {
            close();
        } else if (!wish.on()) {
            outlet.get().finish(Frames.goodbye(call.id().value(), GOODBYE));
        } else {
            outlet.get().offer(Frames.lingers(call.id().value(), wish.asked()));
            services.time().start("event socket lingers", () -> {
                services.time().mailbox(1).await(services.time().nanoTime() + wish.time().toNanos());
                outlet.get().finish(Frames.goodbye(call.id().value(), GOODBYE));
            });
        }
    }

    void close() {
        closed = true;
        outlet.ifPresentOrElse(Outlet::close, this::closeSocket);
    }

    private void closeSocket() {
        socket.ifPresent(one -> {
            try {
                one.close();
            } catch (IOException already) {
                log.trace("event socket {}: {}", wanted.addresses(), already.getMessage());
            }
        });
    }
}
