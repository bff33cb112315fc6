package io.jverto.conference;

import io.jverto.base.count.Counters;
import io.jverto.base.id.Tokens;
import io.jverto.base.time.Mailbox;
import io.jverto.base.time.TimeSource;
import io.jverto.switchboard.event.EventChannels;
import io.jverto.switchboard.event.LiveArrays;
import io.jverto.switchboard.port.ApiCommand;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ConferenceService;
import io.jverto.switchboard.port.MediaService;
import io.jverto.switchboard.port.MessageRoute;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/// All rooms of this server: made for their first member, gone with their last (conference.md sections 3 and 20).
/// Thread-safe. Leaves out: video.
public final class Conferences implements ConferenceService {
    private static final int MAX_ROOMS = 1_000;
    private static final int MAX_NAME = 256;
    /// A room answers within microseconds; after this much its thread is stuck, which must not hold a channel.
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final TimeSource time;
    private final Supplier<ConferenceSettings> settings;
    private final Counters<ConferenceCount> counters = new Counters<>(ConferenceCount.class);
    private final Room.Surroundings around;
    private final PinGuard guard = new PinGuard();

    private final ConcurrentSkipListMap<RoomKey, Room> rooms = new ConcurrentSkipListMap<>();
    private final Semaphore places = new Semaphore(MAX_ROOMS);
    private final AtomicInteger lastMember = new AtomicInteger();

    /// @param settings as they are now: a room that is opened later goes by what they say then
    /// @param events how clients learn of what happens in rooms
    /// @param world what rooms reach of the switch; its global variables `conference_verto_x` go to clients as `x`
    public Conferences(
            TimeSource time,
            MediaService media,
            Supplier<ConferenceSettings> settings,
            EventChannels events,
            RoomWorld world) {
        this.time = time;
        this.settings = settings;
        RoomEvents.Outside outside = new RoomEvents.Outside(events, new LiveArrays(events, RoomChannels.LIVE_ARRAY), () -> world.routing().get().globals());
        this.around = new Room.Surroundings(time, media, counters, lastMember::incrementAndGet, this::onClosed, outside, settings, world, new RoomJobs(time),
                new Ringing(), new RecordingShelf());
        new RoomRequests(events, key -> Optional.ofNullable(rooms.get(key))).register();
    }

    @Override
    public Door door(JoinRequest request) {
        Optional<RoomProfile> found = settings.get().profile(request.profile());
        if (found.isEmpty()) {
            return Door.OPEN;
        }
        RoomProfile profile = found.get();
        long wait = guard.waitMillis(request.caller().networkAddress(), time.nanoTime());
        Optional<Door> there = Optional.ofNullable(rooms.get(key(request, profile)))
                .flatMap(room -> this.<Door>ask(room, reply -> new RoomCommand.Knock(request, reply)));
        Door door = there.orElseGet(() -> RoomDoor.of(profile, new RoomState(profile, "", 0), request.arrival(), recording(request, profile), 0));
        return door.digits() == 0 ? door : new Door(door.digits(), door.tries(), wait, door.pinSound(), door.badPinSound(), door.recording(), door.digitMillis());
    }

    private static String recording(JoinRequest request, RoomProfile profile) {
        return request.arrival().variables().getOrDefault("conference_auto_record", profile.text(ProfileParam.AUTO_RECORD));
    }

    private static RoomKey key(JoinRequest request, RoomProfile profile) {
        return new RoomKey(request.name(), profile.domainOf(request.name(), request.domain()));
    }

    @Override
    public boolean isThere(RoomName room) {
        return settings.get().profile(room.profile())
                .filter(profile -> rooms.containsKey(new RoomKey(room.name(), profile.domainOf(room.name(), room.domain())))).isPresent();
    }

    @Override
    public void callIn(Outcall outcall) {
        callInBackground(outcall);
    }

    /// @return the job's id; the event `bgdial-result` tells what came of it
    String callInBackground(Outcall outcall) {
        String job = Tokens.uuid(around.world().random());
        boolean begun = around.jobs().start("call into " + outcall.name(), () -> {
            CallCommands.Called called = call(outcall);
            keyOf(outcall).map(rooms::get).or(() -> find(outcall.name())).ifPresent(room -> room.inbox().tell(new RoomCommand.Tell("bgdial-result", called.headers(job))));
        });
        if (!begun) {
            counters.increment(ConferenceCount.CALLS_DROPPED);
        }
        return job;
    }

    /// Calls somebody into a room, and waits for the answer.
    CallCommands.Called call(Outcall outcall) {
        Optional<RoomProfile> profile = settings.get().profile(outcall.profile());
        Optional<RoomKey> room = keyOf(outcall);
        Outcall call = room.map(key -> CallCommands.ofRoom(outcall, key)).orElse(outcall);
        String line = profile.map(one -> CallCommands.line(call, one.text(ProfileParam.CALLER_ID_NAME), one.text(ProfileParam.CALLER_ID_NUMBER),
                one.text(ProfileParam.OUTCALL_TEMPL))).orElse("");
        if (line.isEmpty()) {
            return CallCommands.Called.of("-ERR " + Cause.INVALID_NUMBER_FORMAT);
        }
        return CallCommands.Called.of(room.map(key -> CallCommands.run(around, key, line)).orElseGet(() -> around.world().commands().run(line)));
    }

    /// @return the room that wants the call; empty where the call is to make one
    private Optional<RoomKey> keyOf(Outcall outcall) {
        return Optional.ofNullable(outcall.variables().get("domain_name")).flatMap(domain -> settings.get().profile(outcall.profile())
                .map(profile -> new RoomKey(outcall.name(), profile.domainOf(outcall.name(), domain))));
    }

    @Override
    public Join join(JoinRequest request) {
        Join join = settings.get().profile(request.profile())
                .map(profile -> join(request, profile))
                .orElseGet(() -> new Join.Refused(
                        Cause.DESTINATION_OUT_OF_ORDER,
                        "no conference profile named " + request.profile() + ", and none named default"));
        if (join instanceof Join.Refused) {
            counters.increment(ConferenceCount.JOINS_REFUSED);
        }
        return join;
    }

    /// @return the API command `conference`
    public ApiCommand api() {
        return new ConferenceApi(this);
    }

    /// @return where messages to a room's `chatID` go
    public MessageRoute messages() {
        return new RoomMessages(this, around.outside().channels());
    }

    /// Tells who watches the lamps of rooms of those that are advertised, and in which nobody is. Call it when the settings are others.
    public void advertise() {
        settings.get().advertised().stream().filter(one -> find(one.address()).isEmpty()).forEach(one -> MaintenanceEvents.advertise(around.world().events(), one));
    }

    public Counters<ConferenceCount> counters() {
        return counters;
    }

    List<Room> rooms() {
        return List.copyOf(rooms.values());
    }

    /// @param name with or without the domain; without, the first of that name
    Optional<Room> find(String name) {
        return rooms.values().stream()
                .filter(room -> room.key().name().equals(name) || room.key().toString().equals(name))
                .findFirst();
    }

    /// @param address what stands behind the `+` of a chat id
    Optional<Room> at(String address) {
        return Optional.ofNullable(rooms.get(RoomChannels.keyAt(address)));
    }

    /// Runs an API command on the room's thread.
    ///
    /// @return empty when the room is gone, or does not answer
    Optional<String> ask(Room room, List<String> words) {
        return this.<String>ask(room, reply -> new RoomCommand.Ask(words, reply));
    }

    /// Asks something on the room's thread.
    ///
    /// @param question given where the answer goes; the room gives the claim back
    /// @return empty when the room is gone, or does not answer
    <T> Optional<T> ask(Room room, Function<Mailbox<T>, RoomCommand> question) {
        if (!room.inbox().claim()) {
            return Optional.empty();
        }
        Mailbox<T> reply = time.mailbox(1);
        if (!room.inbox().tell(question.apply(reply))) {
            room.inbox().giveBack();
            return Optional.empty();
        }
        return reply.await(time.nanoTime() + PATIENCE_NANOS);
    }

    private Join join(JoinRequest request, RoomProfile profile) {
        if (request.name().isEmpty() || request.name().length() > MAX_NAME) {
            return new Join.Refused(Cause.INVALID_NUMBER_FORMAT, "a room's name has 1 to " + MAX_NAME + " characters");
        }
        RoomKey key = key(request, profile);
        if (profile.memberFlags().with(request.flags()).has(MemberFlag.JOIN_ONLY) && !rooms.containsKey(key)) {
            RoomState none = new RoomState(profile, "", 0);
            new MaintenanceEvents(around.world().events(), key, profile, none).tell("rejected-join-only");
            return new Join.Refused(Cause.NORMAL_CLEARING, "there is no room " + key, Join.Why.JOIN_ONLY,
                    none.prefixed(profile.text(ProfileParam.JOIN_ONLY_SOUND)));
        }
        Optional<Room> claimed = claim(key, profile.forced(request.arrival().variables(), request.codec()));
        if (claimed.isEmpty()) {
            return new Join.Refused(Cause.SWITCH_CONGESTION, "there are " + MAX_ROOMS + " rooms already");
        }
        Join join = enter(claimed.get(), request);
        guess(request, join);
        return join;
    }

    /// Remembers who guesses. No digits at all are no guess: a caller is asked after that.
    private void guess(JoinRequest request, Join join) {
        String address = request.caller().networkAddress();
        if (join instanceof Join.Refused refused && refused.why() == Join.Why.PIN) {
            if (!request.arrival().pin().isEmpty()) {
                guard.wrong(address, time.nanoTime());
                counters.increment(ConferenceCount.PINS_WRONG);
            }
        } else if (!request.arrival().pin().isEmpty() && join instanceof Join.Joined) {
            guard.right(address);
        }
    }

    private Join enter(Room room, JoinRequest request) {
        lastMember.accumulateAndGet(request.arrival().memberId(), Math::max); // a number of before the start is nobody else's
        Seat seat = new Seat(room, request);
        Mailbox<Join> reply = time.mailbox(1);
        if (!room.inbox().tell(new RoomCommand.Enter(seat, reply))) {
            room.inbox().giveBack();
            return new Join.Refused(Cause.SWITCH_CONGESTION, "room " + room.key() + " has too much to do");
        }
        Optional<Join> join = reply.await(time.nanoTime() + PATIENCE_NANOS);
        if (join.isEmpty()) {
            seat.leave(); // should the room come to it after all
        }
        return join.orElseGet(
                () -> new Join.Refused(Cause.SWITCH_CONGESTION, "room " + room.key() + " does not answer"));
    }

    /// The room of that name, made if there is none, with a claim on it for the caller.
    private Optional<Room> claim(RoomKey key, RoomProfile profile) {
        while (true) {
            Room room = rooms.get(key);
            if (room != null && room.inbox().claim()) {
                return Optional.of(room);
            }
            if (room != null) {
                rooms.remove(key, room); // it is closing and about to do this itself
                continue;
            }
            if (!places.tryAcquire()) {
                return Optional.empty();
            }
            Room made = new Room(key, profile, around);
            if (!made.inbox().claim() || rooms.putIfAbsent(key, made) != null) {
                places.release(); // another was faster
                continue;
            }
            time.start("room " + key, made::run);
            return Optional.of(made);
        }
    }

    private void onClosed(Room room) {
        rooms.remove(room.key(), room);
        places.release();
        if (around.ringing().isCalling(room.key())
                && !around.jobs().start("room " + room.key() + " calls no more", () -> around.world().commands().run(Ringing.end(room.key())))) {
            counters.increment(ConferenceCount.CALLS_DROPPED);
        }
    }
}
