package io.jverto.conference;

import io.jverto.base.count.Counters;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.base.time.Mailbox;
import io.jverto.base.time.TimeSource;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChatMessage;
import io.jverto.switchboard.port.ConferenceService.Join;
import io.jverto.switchboard.port.MediaService;
import io.jverto.switchboard.port.MediaService.MixerRef;
import io.jverto.switchboard.port.Saying;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One room: its members and its mixer. Only its own thread touches them; `tell`, `claim` and `giveBack` are for
/// others. A claim is held by each member and by whoever is about to ask something; the room ends when it is the last
/// to hold none, so that nobody ever enters a room that is closing.
@OwnedBy(Role.ROOM)
final class Room {
    private static final Logger log = LoggerFactory.getLogger(Room.class);
    private static final int MAX_WAITING_COMMANDS = 4_096;
    /// A moderator's script must not keep others from coming in.
    private static final int MAX_WAITING_MODERATIONS = 256;
    private static final int CLOSED = -1;

    private final RoomKey key;
    private final RoomProfile profile;
    private final Surroundings around;
    private final Mailbox<RoomCommand> mailbox;
    private final AtomicInteger claims = new AtomicInteger();
    private final AtomicInteger waitingModerations = new AtomicInteger();
    private final AtomicInteger waitingDescriptions = new AtomicInteger();

    private final List<Member> members = new ArrayList<>();
    private final Floor floor = new Floor();
    /// Only while the room runs, and only if its profile wants clients to know of it.
    private @Nullable RoomEvents events;
    private final RoomDescription description;

    Room(RoomKey key, RoomProfile profile, Surroundings around) {
        this.key = key;
        this.profile = profile;
        this.around = around;
        this.mailbox = around.time().mailbox(MAX_WAITING_COMMANDS);
        this.description = new RoomDescription(key, profile.description(), around.outside().channels(), around.time().nanoTime());
    }

    /// What a room is given.
    ///
    /// @param nextMember makes the ids of members, never one twice
    /// @param onClosed takes the room off the list
    /// @param outside the event channels
    record Surroundings(
            TimeSource time,
            MediaService media,
            Counters<ConferenceCount> counters,
            IntSupplier nextMember,
            Consumer<Room> onClosed,
            RoomEvents.Outside outside) {}

    RoomKey key() {
        return key;
    }

    RoomProfile profile() {
        return profile;
    }

    List<Member> members() {
        return members;
    }

    /// Posts a command. Whoever posts one that needs a claim has one.
    boolean tell(RoomCommand command) {
        return mailbox.tell(command);
    }

    /// Posts what a client sent to the moderators' channel.
    void moderate(String cookie, JsonObject request) {
        if (waitingModerations.incrementAndGet() > MAX_WAITING_MODERATIONS
                || !mailbox.tell(new RoomCommand.Moderate(cookie, request))) {
            waitingModerations.decrementAndGet();
            count(ConferenceCount.MODERATION_DROPPED);
        }
    }

    /// Posts a client's question who is here.
    ///
    /// @return false when the room is closed; that there are too many questions is counted
    boolean describe(String cookie, JsonObject params) {
        if (!claim()) {
            return false;
        }
        if (waitingDescriptions.incrementAndGet() > MAX_WAITING_MODERATIONS
                || !mailbox.tell(new RoomCommand.Describe(cookie, params))) {
            waitingDescriptions.decrementAndGet();
            count(ConferenceCount.DESCRIPTIONS_DROPPED);
            giveBack();
        }
        return true;
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

    void count(ConferenceCount what) {
        around.counters().increment(what);
    }

    /// The life of the room's thread.
    void run() {
        MixerRef mixer = around.media().openMixer(key.toString(), profile.rateHz(), profile.channels());
        count(ConferenceCount.ROOMS_OPENED);
        log.info("room {} opened: {} Hz, {} channels", key, profile.rateHz(), profile.channels());
        if (profile.liveArray()) {
            events = new RoomEvents(key, around.outside());
        }
        try {
            work(mixer);
        } finally {
            claims.set(CLOSED);
            around.onClosed().accept(this);
            mailbox.close();
            List.copyOf(members).forEach(this::expel); // nobody is left, unless a bug ends the room
            removeThoseWhoLeft();
            if (events != null) {
                events.close();
            }
            description.close(members);
            mixer.close();
            count(ConferenceCount.ROOMS_CLOSED);
            log.info("room {} closed", key);
        }
    }

    private void work(MixerRef mixer) {
        do {
            long deadline = Math.min(events == null ? Long.MAX_VALUE : events.deadlineNanos(), description.deadlineNanos());
            Optional<RoomCommand> command = mailbox.await(deadline);
            if (command.isEmpty() && deadline == Long.MAX_VALUE) {
                return; // the server ends
            }
            removeThoseWhoLeft(); // before anybody enters: it may be the same channel again
            command.ifPresent(what -> onCommand(what, mixer));
            removeThoseWhoLeft();
            show(false);
        } while (!claims.compareAndSet(0, CLOSED));
    }

    private void onCommand(RoomCommand command, MixerRef mixer) {
        switch (command) {
            case RoomCommand.Enter(Seat seat, Mailbox<Join> reply) -> reply.tell(enter(seat, mixer));
            case RoomCommand.Digit(Seat seat, char digit) -> onDigit(seat, digit);
            case RoomCommand.Status(Seat seat) -> {
                seat.statusSeen();
                find(seat).ifPresent(member -> {
                    member.status(seat.talks(), seat.isHeld());
                    member.says(seat.says());
                });
            }
            case RoomCommand.Say(Seat seat, ChatMessage message) -> {
                seat.messageDone();
                find(seat).ifPresent(_ -> say(message));
            }
            case RoomCommand.Write(String cookie, boolean mayWrite, ChatMessage message, Mailbox<Boolean> reply) -> {
                reply.tell(write(cookie, mayWrite, message));
                claims.decrementAndGet();
            }
            case RoomCommand.Announce(Seat seat) -> {
                seat.announceDone();
                find(seat).ifPresent(this::announce);
            }
            case RoomCommand.Moderate(String cookie, JsonObject request) -> onModeration(cookie, request);
            case RoomCommand.Describe(String cookie, JsonObject params) -> {
                waitingDescriptions.decrementAndGet();
                if (!description.answer(cookie, params, members, around.time().nanoTime())) {
                    count(ConferenceCount.DESCRIPTIONS_DROPPED);
                }
                claims.decrementAndGet();
            }
            case RoomCommand.Ask(List<String> words, Mailbox<String> reply) -> {
                reply.tell(RoomApi.run(this, words));
                claims.decrementAndGet();
            }
            case RoomCommand.Look() -> {}
        }
    }

    private Join enter(Seat seat, MixerRef mixer) {
        if (seat.hasLeft()) {
            claims.decrementAndGet();
            return new Join.Refused(Cause.ORIGINATOR_CANCEL, "it left before it was in");
        }
        if (members.size() >= profile.capacity()) {
            claims.decrementAndGet();
            return new Join.Refused(Cause.NORMAL_CLEARING, "room " + key + " is full: " + members.size() + " members");
        }
        // A caller's own flags replace the profile's, which is how a moderator joins unmuted (conference.md section 6).
        String flags = seat.request().flags();
        MemberFlags effective = flags.isBlank() ? profile.memberFlags() : MemberFlags.decode(flags);
        Member member = new Member(around.nextMember().getAsInt(), seat, mixer, effective, around.time().wallTime());
        members.add(member);
        floor.update(members);
        description.joined();
        if (events != null) {
            events.joined(member, around.time().nanoTime());
        }
        count(ConferenceCount.MEMBERS_JOINED);
        log.info("room {}: channel {} is member {}", key, seat.request().channel().id(), member.id());
        return new Join.Joined(seat);
    }

    /// The default controls that concern sound and leaving (conference.md section 11).
    private void onDigit(Seat seat, char digit) {
        seat.digitDone();
        Optional<Member> found = find(seat);
        if (found.isEmpty() || !profile.controls()) {
            return;
        }
        Member member = found.get();
        switch (digit) {
            case '0' -> member.set(!member.muted(), member.deaf());
            case '*' -> member.set(!member.muted(), !member.muted());
            case '#' -> expel(member);
            default -> {} // volume and energy have no effect here
        }
    }

    private Optional<Member> find(Seat seat) {
        return members.stream().filter(member -> member.seat() == seat).findFirst();
    }

    private boolean write(String cookie, boolean mayWrite, ChatMessage message) {
        if (!mayWrite && members.stream().noneMatch(member -> member.cookie().equals(cookie))) {
            count(ConferenceCount.CHATS_DENIED);
            return false;
        }
        say(message);
        return true;
    }

    /// To every member, also to the one who wrote it (verto-wire-errata.md section 2); to a session that is here twice, once.
    private void say(ChatMessage message) {
        Set<String> told = new HashSet<>();
        members.stream()
                .filter(member -> member.cookie().isEmpty() || told.add(member.cookie()))
                .forEach(member -> member.hear(new Saying.InRoom(message)));
    }

    private void announce(Member member) {
        if (events != null) {
            events.announce(member);
        }
    }

    /// What a command does is seen before its answer (verto-wire-errata.md section 2).
    private void onModeration(String cookie, JsonObject request) {
        waitingModerations.decrementAndGet();
        if (events == null) {
            return;
        }
        if (members.stream().noneMatch(member -> member.moderator() && member.cookie().equals(cookie))) {
            count(ConferenceCount.MODERATION_DENIED);
            events.respondTo(cookie, Moderation.DENIED);
            return;
        }
        JsonObject answer = Moderation.run(this, request);
        removeThoseWhoLeft();
        show(true);
        events.respond(answer);
    }

    /// Lets clients see what has changed.
    private void show(boolean atOnce) {
        floor.update(members);
        long now = around.time().nanoTime();
        description.onTimeout(now, members);
        if (events == null) {
            return;
        }
        for (Member member : members) {
            if (member.takeChange()) {
                events.changed(member, now, atOnce);
            }
        }
        events.onTimeout(now);
    }

    /// Ends a member's call. Its seat is free at once.
    void expel(Member member) {
        member.seat().leave();
        member.hangup();
    }

    private void removeThoseWhoLeft() {
        for (int i = members.size() - 1; i >= 0; i--) {
            Member member = members.get(i);
            if (member.seat().hasLeft()) {
                members.remove(i);
                claims.decrementAndGet();
                count(ConferenceCount.MEMBERS_LEFT);
                log.info("room {}: member {} left", key, member.id());
                description.left(member);
                if (events != null) {
                    events.left(member, members);
                }
            }
        }
    }
}
