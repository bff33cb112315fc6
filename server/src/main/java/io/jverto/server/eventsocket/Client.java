package io.jverto.server.eventsocket;

import io.jverto.base.net.Addresses;
import io.jverto.base.time.Mailbox;
import io.jverto.switchboard.event.CoreEvent;
import io.jverto.switchboard.event.CoreEvents;
import io.jverto.switchboard.event.EventName;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection: greets, asks for the password, then does what it is told. Its own virtual thread reads and answers; another one
/// writes events.
final class Client implements CoreEvents.Listener {
    private static final Logger log = LoggerFactory.getLogger(Client.class);
    /// A stranger who does not say the password by then is in the way.
    private static final Duration LOGIN_TIME = Duration.ofSeconds(10);
    private static final String GOODBYE = "Disconnected, goodbye.\n";

    private final Socket socket;
    private final String peer;
    private final Door door;
    private final SocketServices services;
    private final Outlet outlet;
    private final ClientCommands commands;

    Client(Socket socket, Door door, SocketServices services) throws IOException {
        this.socket = socket;
        this.peer = Addresses.text(socket.getRemoteSocketAddress());
        this.door = door;
        this.services = services;
        this.outlet = new Outlet(socket.getOutputStream(), this::closeSocket, peer, services.time(), services.counters());
        this.commands = new ClientCommands(services, outlet);
    }

    /// Its whole life, on its own thread.
    void run() {
        try (socket) {
            CommandReader reader = new CommandReader(new BufferedInputStream(socket.getInputStream()), CommandReader.Limits.STRANGER);
            outlet.send(Frames.authRequest());
            if (logIn(reader)) {
                serve(reader);
            }
        } catch (IOException gone) {
            log.debug("event socket {}: {}", peer, gone.getMessage());
        } catch (RuntimeException bug) {
            log.error("event socket {} ended by a bug", peer, bug);
        } finally {
            services.core().forget(this);
            commands.close();
            outlet.close();
        }
    }

    private boolean logIn(CommandReader reader) throws IOException {
        Mailbox<Boolean> done = services.time().mailbox(1);
        long deadline = services.time().nanoTime() + LOGIN_TIME.toNanos();
        services.time().start("event socket login", () -> {
            if (done.await(deadline).isEmpty()) {
                closeSocket();
            }
        });
        try {
            return reader.next() instanceof CommandReader.Read.Complete(Command command) && admit(command);
        } finally {
            done.tell(true);
        }
    }

    private boolean admit(Command command) {
        boolean in = switch (command.name()) {
            case "auth" -> door.opens(socket.getInetAddress(), command.arguments());
            default -> false;
        };
        if (in) {
            outlet.send(Frames.reply("+OK accepted"));
            log.info("event socket {}: logged in", peer);
            return true;
        }
        // A browser can be made to speak to any port of its machine: whoever does not begin with the password gets no second try.
        outlet.send(Frames.reply(switch (command.name()) {
            case "auth" -> "-ERR invalid";
            case "userauth" -> "-ERR userauth is not supported, use auth";
            case "exit" -> "+OK bye";
            default -> "-ERR command not found";
        }));
        outlet.send(Frames.goodbye(GOODBYE));
        return false;
    }

    private void serve(CommandReader reader) throws IOException {
        reader.limits(CommandReader.Limits.CLIENT);
        services.time().start("event socket " + peer, outlet::run);
        services.core().listen(this);
        new Conversation(reader, outlet, services.counters()).run(commands::run);
        outlet.send(Frames.goodbye(GOODBYE));
    }

    @Override
    public boolean wants(EventName name, String subclass) {
        return outlet.subscription().wants(name, subclass);
    }

    @Override
    public void onEvent(CoreEvent event) {
        outlet.offer(event);
    }

    /// Lets it have what waits for it, then says goodbye.
    void finish() {
        outlet.finish(Frames.goodbye(GOODBYE));
    }

    void close() {
        outlet.close();
    }

    private void closeSocket() {
        try {
            socket.close();
        } catch (IOException already) {
            log.trace("event socket {}: {}", peer, already.getMessage());
        }
    }
}
