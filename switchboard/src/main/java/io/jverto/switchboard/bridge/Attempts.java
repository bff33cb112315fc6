package io.jverto.switchboard.bridge;

import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelServices;
import io.jverto.switchboard.channel.Channels;
import io.jverto.switchboard.dialplan.TextArray;
import io.jverto.switchboard.port.Cause;
import java.util.Collections;
import java.util.List;
import java.util.function.BiConsumer;

/// Calls whom a dial string names, as often as it wants (`originate_retries`).
final class Attempts {
    private final Channels channels;
    private final ChannelServices services;
    private final Endpoints endpoints;
    private final Loopback loopback;
    private final BiConsumer<Channel, Originate> takeOver;

    /// @param takeOver what another channel does that takes over those who ring
    Attempts(Channels channels, ChannelServices services, Endpoints endpoints, Loopback loopback, BiConsumer<Channel, Originate> takeOver) {
        this.loopback = loopback;
        this.channels = channels;
        this.services = services;
        this.endpoints = endpoints;
        this.takeOver = takeOver;
    }

    /// @param timeoutMillis of each attempt, unless the call has its own
    Originate.Outcome run(Originator originator, DialString dialString, long timeoutMillis) {
        Terms terms = new Terms(dialString.common(), originator);
        long begin = services.time().nanoTime();
        originator.sleep(terms.delay());
        Originate.Outcome outcome = once(originator, dialString, terms, timeoutMillis);
        for (int tries = 1; tries < terms.tries() && mayRetry(outcome, originator, terms, begin); tries++) {
            originator.sleep(terms.retrySleep());
            outcome = originator.up() ? once(originator, dialString, terms, timeoutMillis) : new Originate.Outcome.Failed(Cause.ORIGINATOR_CANCEL);
        }
        return outcome;
    }

    private boolean mayRetry(Originate.Outcome outcome, Originator originator, Terms terms, long begin) {
        long now = services.time().nanoTime();
        return outcome instanceof Originate.Outcome.Failed(Cause _, boolean hangUp) && !hangUp && originator.up()
                && terms.retryTimeout().filter(millis -> now - begin >= millis * 1_000_000).isEmpty();
    }

    private Originate.Outcome once(Originator originator, DialString dialString, Terms terms, long timeoutMillis) {
        Race race = new Race();
        Legs legs = new Legs(originator, channels, new LegMaker(originator, services.random()),
                new Resolver(originator::scope, services.routing(), endpoints, loopback, endpoints.pickups()), race);
        List<Long> deadlines = deadlines(originator, dialString, timeoutMillis);
        long deadline = deadlines.size() > 1 ? Collections.max(deadlines) : services.time().nanoTime() + terms.timeout(timeoutMillis) * 1_000_000;
        Originate.Outcome outcome = new Originate(originator, terms, services.time(), legs, race, deadline, takeOver).run(dialString, deadlines);
        originator.set("originate_causes", TextArray.of(legs.causes()));
        originator.set("originated_legs", TextArray.of(legs.called()));
        return outcome;
    }

    /// Each part of a dial string has its own.
    private List<Long> deadlines(Originator originator, DialString dialString, long timeoutMillis) {
        long now = services.time().nanoTime();
        return dialString.parts().stream()
                .map(part -> now + new Terms(DialString.merged(dialString.variables(), part.variables()), originator).timeout(timeoutMillis) * 1_000_000)
                .toList();
    }
}
