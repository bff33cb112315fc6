package io.jverto.conference;

import io.jverto.base.count.Counters;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.time.Mailbox;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// What threads other than a room's own do with it: they post commands, and hold claims. A claim is held by each member and by
/// whoever is about to ask something; the room ends when it is the last to hold none, so that nobody ever enters a room that is
/// closing.
final class RoomInbox {
    private static final int MAX_WAITING_COMMANDS = 4_096;
    private static final int CLOSED = -1;

    private final Counters<ConferenceCount> counters;
    private final Mailbox<RoomCommand> mailbox;
    private final AtomicInteger claims = new AtomicInteger();
    /// A moderator's script must not keep others from coming in, nor other moderators from moderating.
    private final WaitingWishes moderations = new WaitingWishes();
    private final WaitingWishes descriptions = new WaitingWishes();
    /// Session whose command was dropped last; empty when it has been told.
    private final AtomicReference<String> unheard = new AtomicReference<>("");

    RoomInbox(Room.Surroundings around) {
        this.counters = around.counters();
        this.mailbox = around.time().mailbox(MAX_WAITING_COMMANDS);
    }

    /// Posts a command. Whoever posts one that needs a claim has one.
    boolean tell(RoomCommand command) {
        return mailbox.tell(command);
    }

    /// Posts what a client sent to the moderators' channel.
    void moderate(String cookie, JsonObject request) {
        if (!post(moderations, cookie, new RoomCommand.Moderate(cookie, request))) {
            unheard.set(cookie);
            counters.increment(ConferenceCount.MODERATION_DROPPED);
        }
    }

    /// Posts a client's question who is here.
    ///
    /// @return false when the room is closed; that there are too many questions is counted
    boolean describe(String cookie, JsonObject params) {
        if (!claim()) {
            return false;
        }
        if (!post(descriptions, cookie, new RoomCommand.Describe(cookie, params))) {
            counters.increment(ConferenceCount.DESCRIPTIONS_DROPPED);
            giveBack();
        }
        return true;
    }

    private boolean post(WaitingWishes wishes, String cookie, RoomCommand command) {
        if (!wishes.take(cookie)) {
            return false;
        }
        boolean told = mailbox.tell(command);
        if (!told) {
            wishes.done(cookie);
        }
        return told;
    }

    /// Keeps the room alive for a moment.
    ///
    /// @return false when it is closed
    boolean claim() {
        return claims.getAndUpdate(held -> held < 0 ? held : held + 1) >= 0;
    }

    void giveBack() {
        claims.decrementAndGet();
        mailbox.tell(new RoomCommand.Look());
    }

    /// The next command, for the room's thread.
    ///
    /// @return empty when the deadline came
    Optional<RoomCommand> await(long deadlineNanos) {
        return mailbox.await(deadlineNanos);
    }

    /// The room's thread gives back the claim of a member who is gone, or of whoever asked.
    void release() {
        claims.decrementAndGet();
    }

    void moderationTaken(String cookie) {
        moderations.done(cookie);
    }

    void descriptionTaken(String cookie) {
        descriptions.done(cookie);
    }

    /// @return the session whose command was dropped last, once; empty when there is none
    String takeUnheard() {
        return unheard.getAndSet("");
    }

    /// @return true when nobody holds a claim; nobody gets one from then on
    boolean closesWhenUnclaimed() {
        return claims.compareAndSet(0, CLOSED);
    }

    /// Nobody gets a claim from now on.
    void refuseClaims() {
        claims.set(CLOSED);
    }

    void close() {
        mailbox.close();
    }
}
