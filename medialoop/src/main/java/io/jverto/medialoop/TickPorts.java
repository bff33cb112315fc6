package io.jverto.medialoop;

import io.jverto.base.bytes.PacketRing;
import io.jverto.media.audio.PortSetup;
import io.jverto.media.transport.Route;
import java.util.List;

/// How a channel's media loop and its mixer's thread are joined: the rings between them, and what the loop is told of it.
final class TickPorts {
    /// A third of a second: a mixer that is a few ticks late loses nothing. Two rings are 45 kB.
    private static final int RING_PACKETS = 16;
    private static final int RING_BYTES = 1_400;

    private TickPorts() {}

    static PortSetup setup(CallMedia call, Route.Port rings, PortEvents events, boolean patient) {
        LoopTransport transport = call.transport();
        return new PortSetup(
                transport.channel().value(),
                call.audio(),
                call.jitter(),
                call.figures(),
                rings.rx(),
                rings.tx(),
                transport.loop().fedSignal(),
                events,
                call.state.line.inserts(),
                patient);
    }

    static void tell(CallMedia call, Route route) {
        tell(call, route, List.of());
    }

    static void tell(CallMedia call, Route route, List<LoopTransport> digitsTo) {
        call.transport().loop().tell(new LoopCommand.Reroute(call.transport(), route, digitsTo));
    }

    /// @param before goes on until the port has something to say
    static Route.Port rings(Route before) {
        return new Route.Port(ring(), ring(), before);
    }

    static PacketRing ring() {
        return new PacketRing(RING_PACKETS, RING_BYTES);
    }
}
