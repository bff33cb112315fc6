package io.jverto.switchboard.bridge;

import io.jverto.base.time.TimeSource;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.ChannelScript;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Rings whom a dial string names until one answers, all refuse, the time is over or the caller goes (dialplan-directory.md section 11).
/// Runs on the thread of whoever waits.
final class Originate {
    private static final Logger log = LoggerFactory.getLogger(Originate.class);
    /// For a device that has answered to say so.
    private static final long ANSWER_NANOS = Duration.ofSeconds(5).toNanos();

    private final Originator originator;
    private final Terms terms;
    private final TimeSource time;
    private final Legs legs;
    private final Race race;
    private final BiConsumer<Channel, Originate> takeOver;
    private long deadlineNanos;
    private long progressNanos;
    private boolean handedOver;
    /// Whose sound the caller hears.
    private Optional<ChannelId> heard = Optional.empty();

    /// @param race that those who ring run
    /// @param takeOver what another channel does that takes over those who ring
    Originate(Originator originator, Terms terms, TimeSource time, Legs legs, Race race, long deadlineNanos, BiConsumer<Channel, Originate> takeOver) {
        this.originator = originator;
        this.terms = terms;
        this.time = time;
        this.legs = legs;
        this.race = race;
        this.deadlineNanos = deadlineNanos;
        this.progressNanos = terms.progressTimeout().map(this::in).orElse(Channel.FOREVER);
        this.takeOver = takeOver;
    }

    /// What came of it.
    sealed interface Outcome {
        record Answered(ChannelHandle leg, ChannelEvent.LegAnswered how) implements Outcome {}

        /// @param hangUp the caller is not to go on
        record Failed(Cause cause, boolean hangUp) implements Outcome {
            Failed(Cause cause) {
                this(cause, false);
            }
        }
    }

    private long in(long millis) {
        return time.nanoTime() + millis * 1_000_000;
    }

    Legs legs() {
        return legs;
    }

    /// @param deadlines of the dial string's parts
    Outcome run(DialString dialString, List<Long> deadlines) {
        if (terms.isTrue("instant_ringback")) {
            originator.someoneRings();
        }
        legs.call(dialString, deadlines);
        return await();
    }

    /// Waits for an answer of those who ring. Meanwhile another channel may take them over.
    Outcome await() {
        try {
            originator.rings(Optional.of(this::handOver));
            return outcome();
        } finally {
            originator.rings(Optional.empty());
            legs.hangup(_ -> Cause.NORMAL_TEMPORARY_FAILURE); // only after a bug is there one left
        }
    }

    /// Gives those who ring to another channel; this one's call is over then.
    private boolean handOver(ChannelHandle to, UnaryOperator<ChannelScript> way) {
        Function<Originator, Legs> ringing = legs.forAnother();
        if (legs.isEmpty() || !to.redirect(way.apply(channel -> takeOver.accept(channel, resumed(channel, ringing))))) {
            return false;
        }
        legs.follow(to);
        handedOver = true;
        log.info("{}: whom it rings is now for channel {}", originator.name(), LogText.of(to.id()));
        originator.takenOver();
        return true;
    }

    private Originate resumed(Channel channel, Function<Originator, Legs> ringing) {
        Originator by = new ChannelOriginator(channel, true);
        return new Originate(by, new Terms(terms.variables(), by), time, ringing.apply(by), race, deadlineNanos, takeOver);
    }

    private Outcome outcome() {
        boolean answering = false;
        while (!legs.isEmpty()) {
            boolean waitsForProgress = !legs.hasProgress() && progressNanos < deadlineNanos;
            long until = waitsForProgress ? progressNanos : deadlineNanos;
            long ofPart = legs.nextDeadline();
            Optional<ChannelEvent> event = originator.next(Math.min(until, ofPart));
            if (handedOver) {
                legs.clear();
                return new Outcome.Failed(legs.last());
            }
            if (!originator.up()) {
                return cancel(Cause.ORIGINATOR_CANCEL);
            }
            if (event.isEmpty() && ofPart < until && !race.isOver()) {
                legs.giveUp(ofPart);
                continue;
            }
            if (event.isEmpty() && (answering || race.close().isEmpty())) {
                return cancel(answering ? Cause.NORMAL_TEMPORARY_FAILURE : waitsForProgress ? Cause.PROGRESS_TIMEOUT : Cause.NO_ANSWER);
            }
            if (event.isEmpty()) {
                answering = true; // in this very moment; it says so next
                deadlineNanos = time.nanoTime() + ANSWER_NANOS;
            }
            Optional<Outcome> outcome = event.flatMap(this::onEvent);
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
        return new Outcome.Failed(legs.last());
    }

    /// Every leg is told; one that had answered in this very moment ends as an answered call does.
    private Outcome cancel(Cause cause) {
        return cancel(cause, cause, false);
    }

    /// @param told to the legs
    private Outcome cancel(Cause cause, Cause told, boolean hangUp) {
        Optional<ChannelId> winner = race.close();
        legs.hangup(leg -> winner.filter(leg::equals).isPresent() ? Cause.NORMAL_CLEARING : told);
        hearsNoMore();
        return new Outcome.Failed(cause, hangUp);
    }

    private Optional<Outcome> onEvent(ChannelEvent event) {
        return switch (event) {
            case ChannelEvent.LegRings(ChannelId leg) when legs.has(leg) -> {
                legs.progresses();
                if (!terms.isTrue("ignore_ring_ready")) {
                    originator.someoneRings();
                }
                yield Optional.empty();
            }
            case ChannelEvent.LegMedia media when legs.has(media.leg()) -> {
                legs.progresses();
                onMedia(media);
                yield Optional.empty();
            }
            case ChannelEvent.LegConfirms(ChannelId leg) when legs.has(leg) -> {
                deadlineNanos = Channel.FOREVER;
                legs.takesItsTime(leg);
                yield Optional.empty();
            }
            case ChannelEvent.LegReplaced(ChannelId leg, ChannelHandle by) -> {
                legs.replaced(leg, by);
                yield Optional.empty();
            }
            case ChannelEvent.LegAnswered answered when legs.has(answered.leg()) ->
                    Optional.of(new Outcome.Answered(legs.won(answered.leg()), answered));
            case ChannelEvent.LegEnded(ChannelId leg, Cause cause) -> onEnded(leg, cause);
            // a leg that is gone, digits that nobody is there to hear, and what the channel does by itself
            default -> Optional.empty();
        };
    }

    private Optional<Outcome> onEnded(ChannelId leg, Cause cause) {
        if (heard.filter(leg::equals).isPresent()) {
            hearsNoMore();
        }
        Optional<Legs.Gone> gone = legs.ended(leg, cause);
        // After one who had won nobody else can.
        boolean over = gone.filter(one -> one.required() || terms.rejects(one.cause()) || race.isWonBy(leg)).isPresent();
        return over ? Optional.of(cancel(cause, Cause.ORIGINATOR_CANCEL, terms.hangsUpOn(cause))) : Optional.empty();
    }

    /// The first of them is heard, while all go on ringing.
    // DEVIATION originate-1
    private void onMedia(ChannelEvent.LegMedia media) {
        switch (terms.earlyMedia()) {
            case IGNORED -> { }
            case AS_RINGING -> originator.someoneRings();
            case HEARD -> {
                if (heard.isEmpty() && originator.hears(legs.handle(media.leg()), media.media())) {
                    heard = Optional.of(media.leg());
                    terms.answerTimeout().ifPresent(millis -> deadlineNanos = Math.min(deadlineNanos, in(millis)));
                }
            }
        }
    }

    private void hearsNoMore() {
        if (heard.isPresent()) {
            heard = Optional.empty();
            originator.hearsNoMore();
        }
    }
}
