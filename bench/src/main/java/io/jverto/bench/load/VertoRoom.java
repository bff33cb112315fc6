package io.jverto.bench.load;

import java.util.List;
import java.util.Optional;

/// A number of a Verto server that is a conference. Members share logged-in connections, each of which follows the room's live array.
final class VertoRoom implements Room {
    private final Clients clients;
    private final int connections;
    private final String destination;
    private final VertoDialog.Registry dialogs = new VertoDialog.Registry();
    private final Roster.Figures rosters = new Roster.Figures();
    private List<VertoSocket> sockets = List.of();
    private Optional<TickFigures> ticksBefore = Optional.empty();
    private Optional<TickFigures> ticksAfter = Optional.empty();

    VertoRoom(Target target, int connections, String destination) {
        this.clients = new Clients(target);
        this.connections = connections;
        this.destination = destination;
    }

    @Override
    public void open() {
        // One at a time: what is wrong with address or password shows before many ask.
        clients.loggedIn(1, 0).getFirst().close();
        sockets = clients.loggedIn(connections, 0);
        sockets.forEach(socket -> {
            Roster roster = new Roster(socket, rosters);
            socket.listen((method, params) -> {
                dialogs.onRequest(method, params);
                roster.onRequest(method, params);
            });
        });
    }

    @Override
    public Dialog seat(int member) {
        return new VertoDialog(sockets.get(member % sockets.size()), destination, dialogs);
    }

    @Override
    public void begin() {
        ticksBefore = clients.await(TickFigures.ask(sockets.getFirst()));
        if (ticksBefore.isEmpty()) {
            System.err.println("jverto load: no ticks: the server has no command 'media', or the user may not run it by jsapi and fsapi");
        }
    }

    @Override
    public void end() {
        ticksAfter = ticksBefore.flatMap(before -> clients.await(TickFigures.ask(sockets.getFirst())));
    }

    @Override
    public boolean report(Report report) {
        report.number("connections", "", sockets.size());
        report.number("connections lost", "", sockets.stream().filter(socket -> socket.closed().isDone()).count());
        report.number("live arrays that came", "", rosters.booted());
        report.number("live array changes delivered", "", rosters.changes());
        report.number("live array serials lost", "", rosters.lost());
        ticksBefore.ifPresent(before -> ticksAfter.ifPresent(after -> after.to(report, before)));
        return rosters.lost() == 0 && sockets.stream().noneMatch(socket -> socket.closed().isDone());
    }

    @Override
    public String explain(Throwable problem) {
        return clients.explain(problem);
    }

    @Override
    public void close() {
        clients.close();
    }
}
