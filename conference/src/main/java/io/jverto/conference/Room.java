package io.jverto.conference;

import io.jverto.base.Broken;
import io.jverto.base.count.Counters;
import io.jverto.base.id.Tokens;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.base.time.Mailbox;
import io.jverto.base.time.TimeSource;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChatMessage;
import io.jverto.switchboard.port.ConferenceService.Join;
import io.jverto.switchboard.port.ConferenceService.Standing;
import io.jverto.switchboard.port.MediaListener.RecordingEnd;
import io.jverto.switchboard.port.MediaService;
import io.jverto.switchboard.port.MediaService.MixerRef;
import io.jverto.switchboard.port.RoomNotice;
import io.jverto.switchboard.port.Saying;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One room: its members and its mixer. Only its own thread touches them; what is for others goes to its [RoomInbox], whose
/// claims keep the room alive.
@OwnedBy(Role.ROOM)
final class Room {
    private static final Logger log = LoggerFactory.getLogger(Room.class);
    /// For the disk to take what was recorded.
    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final RoomKey key;
    private final RoomProfile profile;
    private final Surroundings around;
    private final RoomInbox inbox;

    private final List<Member> members = new ArrayList<>();
    private final Floor floor = new Floor();
    private final VideoFloor videoFloor;
    private final Galleries galleries = new Galleries();
    /// Only while the room runs, and only if its profile wants any.
    private Optional<Canvases> canvases = Optional.empty();
    private final Arc arc = new Arc();
    private final RoomState state;
    private final RoomLife life;
    private final Voices voices;
    private final RoomLedger ledger;
    private final Standings standings = new Standings(this);
    private final Relations relations = new Relations();
    private final MaintenanceEvents maintenance;
    private final ChatHistory history;
    /// Only while the room runs.
    private @Nullable Stage stage;
    /// Only while the room runs, and only if its profile wants clients to know of it.
    private @Nullable RoomEvents events;
    private final RoomDescription description;
    private boolean made;

    Room(RoomKey key, RoomProfile profile, Surroundings around) {
        this.key = key;
        this.profile = profile;
        this.around = around;
        this.inbox = new RoomInbox(around);
        long now = around.time().nanoTime();
        this.videoFloor = new VideoFloor(profile.number(ProfileParam.VIDEO_AUTO_FLOOR_MSEC));
        this.state = new RoomState(profile, around.newUuid(), now);
        this.history = new ChatHistory(now);
        this.life = new RoomLife(profile, state, now);
        this.voices = new Voices(this, life);
        this.ledger = new RoomLedger(this, around.time().wallTime());
        this.maintenance = new MaintenanceEvents(around.world().events(), key, profile, state);
        this.description = new RoomDescription(key, profile.description(), around.outside().channels(), now);
    }

    /// What a room is given.
    ///
    /// @param nextMember makes the ids of members, never one twice
    /// @param onClosed takes the room off the list
    /// @param outside the event channels
    /// @param settings for groups of controls
    /// @param jobs what takes its time
    /// @param ringing which rooms call somebody
    /// @param shelf what was recorded
    record Surroundings(
            TimeSource time,
            MediaService media,
            Counters<ConferenceCount> counters,
            IntSupplier nextMember,
            Consumer<Room> onClosed,
            RoomEvents.Outside outside,
            Supplier<ConferenceSettings> settings,
            RoomWorld world,
            RoomJobs jobs,
            Ringing ringing,
            RecordingShelf shelf) {
        String newUuid() {
            return Tokens.uuid(world.random());
        }
    }

    RoomKey key() {
        return key;
    }

    RoomProfile profile() {
        return profile;
    }

    Surroundings around() {
        return around;
    }

    List<Member> members() {
        return members;
    }

    RoomState state() {
        return state;
    }

    Relations relations() {
        return relations;
    }

    RoomLedger ledger() {
        return ledger;
    }

    Floor floor() {
        return floor;
    }

    Optional<Canvases> canvases() {
        return canvases;
    }

    VideoFloor videoFloor() {
        return videoFloor;
    }

    Arc arc() {
        return arc;
    }

    MaintenanceEvents maintenance() {
        return maintenance;
    }

    /// What is played and recorded; only on the room's thread.
    Stage stage() {
        if (stage == null) {
            throw new Broken("room " + key + " does not run");
        }
        return stage;
    }

    /// @return members without ghosts
    int counted() {
        return (int) members.stream().filter(member -> !member.ghost()).count();
    }

    int ghosts() {
        return members.size() - counted();
    }

    /// What is for other threads.
    RoomInbox inbox() {
        return inbox;
    }

    void count(ConferenceCount what) {
        around.counters().increment(what);
    }

    ChatHistory history() {
        return history;
    }

    /// The life of the room's thread.
    void run() {
        MixerRef mixer = around.media().openMixer(key.toString(), profile.rateHz(), profile.channels(), profile.noise());
        stage = new Stage(this, mixer);
        canvases = Canvases.open(this, around.settings().get().layouts());
        count(ConferenceCount.ROOMS_OPENED);
        log.info("room {} opened: {} Hz, {} channels", key, profile.rateHz(), profile.channels());
        if (profile.flags().contains(ConferenceFlag.LIVEARRAY_SYNC)) {
            events = new RoomEvents(key, around.outside(), canvases.map(Canvases::count).orElse(0), around.time().nanoTime());
        }
        try {
            work(mixer);
        } finally {
            inbox.refuseClaims();
            around.onClosed().accept(this);
            end(); // nobody is left, unless a bug ends the room
            removeThoseWhoLeft();
            awaitRecordings();
            inbox.close();
            if (events != null) {
                events.close();
            }
            description.close(members);
            mixer.close();
            canvases.ifPresent(Canvases::close);
            if (made) {
                maintenance.tell("conference-destroy");
                ledger.close(life.forced(), around.time().wallTime());
            }
            count(ConferenceCount.ROOMS_CLOSED);
            log.info("room {} closed", key);
        }
    }

    /// Files that are being closed are told of before the end of the room.
    private void awaitRecordings() {
        stage().recordings().stopAll();
        long deadline = around.time().nanoTime() + CLOSE_NANOS;
        while (stage().recordings().isClosing()) {
            Optional<RoomCommand> command = inbox.await(deadline);
            if (command.isEmpty()) {
                return;
            }
            if (command.get() instanceof RoomCommand.Recorded(var path, var end)) {
                onRecorded(path, end);
            }
        }
    }

    private void work(MixerRef mixer) {
        do {
            long deadline = deadlineNanos();
            Optional<RoomCommand> command = inbox.await(deadline);
            if (command.isEmpty() && deadline == Long.MAX_VALUE) {
                return; // the server ends
            }
            removeThoseWhoLeft(); // before anybody enters: it may be the same channel again
            command.ifPresent(what -> onCommand(what, mixer));
            removeThoseWhoLeft();
            onTimeout();
            arc.update(members, PlaceCommands.hasPlaces(this) && state.flags.contains(ConferenceFlag.AUTO_3D_POSITION));
            show(false);
        } while (!inbox.closesWhenUnclaimed());
    }

    private long deadlineNanos() {
        long shown = Math.min(events == null ? Long.MAX_VALUE : events.deadlineNanos(), description.deadlineNanos());
        long pressed = Long.MAX_VALUE;
        for (Member member : members) {
            pressed = Math.min(pressed, member.controls().deadlineNanos());
        }
        long voice = Math.min(voices.deadlineNanos(members), Math.min(videoFloor.deadlineNanos(), galleries.deadlineNanos()));
        return Math.min(Math.min(shown, pressed), Math.min(voice, life.deadlineNanos(counted(), anybodyTalks())));
    }

    private void onTimeout() {
        long now = around.time().nanoTime();
        for (Member member : List.copyOf(members)) {
            member.controls().onTimeout(now).ifPresent(match -> MemberControls.run(this, member, match));
        }
        voices.onTimeout(members, now);
        if (life.beats(now)) {
            maintenance.tell("conference-heartbeat");
        }
        if (!members.isEmpty() && life.isOver(now, counted(), anybodyTalks())) {
            log.info("room {} ends", key);
            end();
            removeThoseWhoLeft();
        }
    }

    private boolean anybodyTalks() {
        return members.stream().anyMatch(Member::talking);
    }

    private void onCommand(RoomCommand command, MixerRef mixer) {
        switch (command) {
            case RoomCommand.Enter(Seat seat, Mailbox<Join> reply) -> reply.tell(enter(seat, mixer));
            case RoomCommand.Knock(var request, var reply) -> {
                reply.tell(RoomDoor.of(profile, state, request.arrival(), "", 0));
                inbox.release();
            }
            case RoomCommand.Digit(Seat seat, char digit) -> {
                seat.digitDone();
                find(seat).ifPresent(member -> MemberControls.onDigit(this, member, digit));
            }
            case RoomCommand.Status(Seat seat) -> {
                seat.statusSeen();
                find(seat).ifPresent(voices::onStatus);
            }
            case RoomCommand.Say(Seat seat, ChatMessage message) -> {
                seat.messageDone();
                find(seat).ifPresent(_ -> say(message));
            }
            case RoomCommand.Write(String cookie, boolean mayWrite, ChatMessage message, Mailbox<Boolean> reply) -> {
                reply.tell(write(cookie, mayWrite, message));
                inbox.release();
            }
            case RoomCommand.Announce(Seat seat) -> {
                seat.announceDone();
                find(seat).ifPresent(this::announce);
            }
            case RoomCommand.BreakOff(Seat seat) -> find(seat).filter(_ -> state.flags.contains(ConferenceFlag.BREAKABLE))
                    .ifPresent(member -> expel(member, new RoomNotice.Out("", true, false)));
            case RoomCommand.Moderate(String cookie, JsonObject request) -> onModeration(cookie, request);
            case RoomCommand.Describe(String cookie, JsonObject params) -> {
                inbox.descriptionTaken(cookie);
                if (!description.answer(cookie, params, members, around.time().nanoTime())) {
                    count(ConferenceCount.DESCRIPTIONS_DROPPED);
                }
                inbox.release();
            }
            case RoomCommand.Ask(List<String> words, Mailbox<String> reply) -> {
                reply.tell(RoomApi.run(this, words));
                inbox.release();
            }
            case RoomCommand.SoundOver(long number) -> stage().soundOver(number);
            case RoomCommand.Recorded(var path, var end) -> onRecorded(path, end);
            case RoomCommand.Tell(String action, List<String> headers) -> maintenance.tell(action, headers.toArray(String[]::new));
            case RoomCommand.Made(var sound, var then) -> then.accept(sound);
            case RoomCommand.Look() -> {}
        }
    }

    private void onRecorded(Path path, RecordingEnd end) {
        ledger.recorded(path, around.time().wallTime());
        stage().recordings().onEnded(path, end)
                .ifPresent(since -> around.shelf().add(key, new RecordingShelf.Kept(path, since, end.millis())));
    }

    private Join enter(Seat seat, MixerRef mixer) {
        if (seat.hasLeft()) {
            inbox.release();
            return new Join.Refused(Cause.ORIGINATOR_CANCEL, "it left before it was in");
        }
        MemberFlags flags = profile.memberFlags().with(seat.request().flags());
        RoomDoor.Role role = RoomDoor.role(state, seat.request().arrival());
        Optional<Join.Refused> refused = members.size() >= 2 * RoomProfile.MOST_MEMBERS
                ? Optional.of(new Join.Refused(Cause.NORMAL_CLEARING, "room " + key + " is full: " + members.size() + " members"))
                : RoomDoor.refusal(key, profile, state, seat.request().arrival(), role, counted(), flags.has(MemberFlag.GHOST));
        if (refused.isPresent()) {
            ledger.refused(seat.request(), refused.get().why(), around.time().wallTime());
            inbox.release();
            return refused.get();
        }
        add(seat, mixer, role == RoomDoor.Role.MODERATOR ? flags.and(MemberFlag.MODERATOR) : flags);
        return new Join.Joined(seat);
    }

    private void add(Seat seat, MixerRef mixer, MemberFlags flags) {
        if (!made) {
            made = true;
            state.madeBy(seat.request().arrival().variables(), seat.request().arrival().roomFlags());
            seat.request().arrival().before().ifPresent(standings::restore);
            maintenance.tell("conference-create");
            runOnCreate(seat.request().arrival().variables().getOrDefault("api_on_conference_create", "").strip());
        }
        long now = around.time().nanoTime();
        Member member = Arrivals.member(this, seat, mixer, flags);
        members.add(member);
        canvases.ifPresent(all -> all.joins(member, seat.request().arrival().variables()));
        seat.request().arrival().before().flatMap(Standing::manner).ifPresent(before -> standings.restore(member, before));
        ledger.joined(member);
        life.joined(member, counted(), now);
        members.forEach(one -> one.await(state.waiting));
        relations.apply(members);
        member.route();
        Optional<Floor.Change> change = floor.update(members);
        description.joined();
        if (events != null) {
            events.joined(member, now);
        }
        maintenance.size(counted(), ghosts());
        maintenance.presence(false);
        stage().joined(member);
        if (member.parked()) {
            MemberCommands.hold(this, member, ""); // as it was before the server was started again; nobody hears of it before it is there
        }
        change.ifPresent(this::tell);
        if (member.has(MemberFlag.JOIN_VID_FLOOR)) {
            videoFloor.toggle(member, true);
        }
        count(ConferenceCount.MEMBERS_JOINED);
        log.info("room {}: channel {} is member {}", key, seat.request().channel().id(), member.id());
    }

    /// @param command of the API, which the dialplan of whoever makes the room wants to be run; empty for none
    private void runOnCreate(String command) {
        if (!command.isEmpty() && !around.jobs().start("room " + key, () -> around.world().commands().run(command))) {
            log.warn("room {}: api_on_conference_create is not run: too much is", key);
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
        if (!profile.isTrue(ProfileParam.BROADCAST_CHAT_MESSAGES)) {
            count(ConferenceCount.CHATS_DENIED);
            return;
        }
        Set<String> told = new HashSet<>();
        members.stream()
                .filter(member -> member.cookie().isEmpty() || told.add(member.cookie()))
                .forEach(member -> member.hear(new Saying.InRoom(message)));
    }

    private void announce(Member member) {
        if (events != null) {
            events.announce(member);
            canvases.ifPresent(Canvases::tellAgain);
        }
    }

    /// What a command does is seen before its answer (verto-wire-errata.md section 2).
    private void onModeration(String cookie, JsonObject request) {
        inbox.moderationTaken(cookie);
        if (events == null) {
            return;
        }
        String tooFast = inbox.takeUnheard();
        if (!tooFast.isEmpty()) {
            events.respondTo(tooFast, Moderation.TOO_MANY);
        }
        if (GalleryWish.isOne(request) && galleries.wish(members, cookie, request)) {
            return; // what comes of it is shown at the end of this turn
        }
        boolean moderator = members.stream().anyMatch(member -> member.moderator() && member.cookie().equals(cookie));
        if (!moderator && !Moderation.isOwnPlace(this, cookie, request)) {
            count(ConferenceCount.MODERATION_DENIED);
            events.respondTo(cookie, Moderation.DENIED);
            return;
        }
        JsonObject answer = Moderation.run(this, request);
        removeThoseWhoLeft();
        show(true);
        if (moderator) {
            events.respond(answer);
        } else {
            events.respondTo(cookie, answer);
        }
    }

    private void tell(Floor.Change change) {
        maintenance.tell("floor-change", "Old-ID", change.before(), "New-ID", change.now());
    }

    /// Lets clients see what has changed.
    private void show(boolean atOnce) {
        floor.update(members).ifPresent(this::tell);
        long now = around.time().nanoTime();
        RoomEvents told = events;
        galleries.update(members, now, (viewer, data) -> Optional.ofNullable(told).ifPresent(all -> all.gallery(viewer, data)));
        videoFloor.update(members, relations, canvases.isPresent(), now)
                .ifPresent(change -> maintenance.tell("video-floor-change", "Old-ID", change.before(), "New-ID", change.now()));
        Optional<RoomSounds.Showing> film = stage().sounds().film();
        stage().recordings().film(members, canvases, videoFloor.holder(), film.map(RoomSounds.Showing::sound));
        canvases.ifPresentOrElse(all -> all.film(film), () -> members.forEach(member -> member.screen(film)));
        canvases.ifPresent(all -> all.update(canvas -> {
            if (told != null) {
                told.layout(LayoutInfo.event(canvas, all.width(), all.height()));
            }
        }));
        description.onTimeout(now, members);
        standings.note();
        if (events == null) {
            members.forEach(Member::takeChange);
            return;
        }
        for (Member member : members) {
            if (member.takeChange() && !member.ghost()) {
                events.changed(member, now, atOnce);
            }
        }
        events.onTimeout(now);
    }

    /// Lets a member go, whose seat is free at once; its channel goes on in its dialplan.
    void expel(Member member, RoomNotice notice) {
        member.seat().leave();
        member.tell(notice);
    }

    /// Ends the room for all who are in it.
    void end() {
        List.copyOf(members).forEach(member -> expel(member, new RoomNotice.Out("", true, true)));
    }

    private void removeThoseWhoLeft() {
        for (int i = members.size() - 1; i >= 0; i--) {
            Member member = members.get(i);
            if (member.seat().hasLeft()) {
                members.remove(i);
                inbox.release();
                left(member);
            }
        }
    }

    private void left(Member member) {
        count(ConferenceCount.MEMBERS_LEFT);
        log.info("room {}: member {} left", key, member.id());
        relations.left(member.id());
        canvases.ifPresent(all -> all.left(member));
        description.left(member);
        ledger.left(member, around.time().wallTime());
        life.left(member, members, counted(), around.time().nanoTime());
        maintenance.size(counted(), ghosts());
        maintenance.presence(members.isEmpty());
        if (stage != null) {
            stage.left(member);
        }
        if (events != null) {
            events.left(member, members);
        }
    }
}
