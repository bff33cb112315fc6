package io.jverto.medialoop;

import io.jverto.base.bytes.PacketRing;
import io.jverto.media.plan.AudioPlan;
import io.jverto.media.transport.Route;
import java.util.List;

/// How two channels are joined: the relay each way, and who gets the digits of each beside the switch.
record Joint(Route ofOne, Route ofOther, List<LoopTransport> digitsOfOne, List<LoopTransport> digitsOfOther) {
    /// Packets pass as they are. Telephone events among them, where both count the same clock; otherwise they are sent anew.
    static Joint relayed(CallMedia one, CallMedia other) {
        return joint(one, other, sameEvents(one, other), sameEvents(other, one),
                takesRelayedDigits(other) && !sameEvents(one, other), takesRelayedDigits(one) && !sameEvents(other, one));
    }

    /// Sound goes through a mixer, and by the relay until that has something to say. The switch hands on digits between different codecs;
    /// between the same it takes us for a relay.
    static Joint mixed(CallMedia one, CallMedia other) {
        boolean sameCodec = one.audio().codec() == other.audio().codec();
        return joint(one, other, false, false, sameCodec && takesRelayedDigits(other), sameCodec && takesRelayedDigits(one));
    }

    private static Joint joint(CallMedia one, CallMedia other, boolean eventsThere, boolean eventsBack, boolean digitsThere, boolean digitsBack) {
        List<LoopTransport> toOther = digitsThere ? List.of(other.transport()) : List.of();
        List<LoopTransport> toOne = digitsBack ? List.of(one.transport()) : List.of();
        if (one.transport().loop() == other.transport().loop()) {
            Route there = new Route.Relay(other.transport().transport(), eventsThere);
            Route back = new Route.Relay(one.transport().transport(), eventsBack);
            return new Joint(there, back, toOther, toOne);
        }
        PacketRing forth = TickPorts.ring();
        PacketRing home = TickPorts.ring();
        Route there = new Route.Across(forth, other.transport().loop().fedSignal(), other.audio(), home, eventsThere);
        Route back = new Route.Across(home, one.transport().loop().fedSignal(), one.audio(), forth, eventsBack);
        return new Joint(there, back, toOther, toOne);
    }

    /// A relay hands digits on to a side that counts them in the clock of its audio; to any other the switch sends them anew.
    private static boolean takesRelayedDigits(CallMedia to) {
        AudioPlan plan = to.audio();
        return plan.telephoneEventPayloadType() >= 0 && plan.telephoneEventClock() == plan.codec().rtpClock();
    }

    /// Whether telephone events can be relayed as they are: their durations count the same clock.
    private static boolean sameEvents(CallMedia from, CallMedia to) {
        return takesRelayedDigits(to) && from.audio().telephoneEventClock() == to.audio().telephoneEventClock();
    }
}
