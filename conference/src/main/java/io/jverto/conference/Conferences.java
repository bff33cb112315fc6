package io.jverto.conference;

import io.jverto.base.count.Counters;
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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/// All rooms of this server: made for their first member, gone with their last (conference.md sections 3 and 20).
/// Thread-safe. Leaves out: PINs, sounds, video, recording.
public final class Conferences implements ConferenceService {
    private static final int MAX_ROOMS = 1_000;
    private static final int MAX_NAME = 256;
    /// A room answers within microseconds; after this much its thread is stuck, which must not hold a channel.
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final TimeSource time;
    private final Supplier<ConferenceSettings> settings;
    private final Counters<ConferenceCount> counters = new Counters<>(ConferenceCount.class);
    private final Room.Surroundings around;

    private final ConcurrentSkipListMap<RoomKey, Room> rooms = new ConcurrentSkipListMap<>();
    private final Semaphore places = new Semaphore(MAX_ROOMS);
    private final AtomicInteger lastMember = new AtomicInteger();

    /// @param settings as they are now: a room that is opened later goes by what they say then
    /// @param events how clients learn of what happens in rooms
    /// @param globals the switch's global variables; `conference_verto_x` goes to clients as `x`
    public Conferences(
            TimeSource time,
            MediaService media,
            Supplier<ConferenceSettings> settings,
            EventChannels events,
            Supplier<Map<String, String>> globals) {
        this.time = time;
        this.settings = settings;
        RoomEvents.Outside outside = new RoomEvents.Outside(events, new LiveArrays(events, RoomChannels.LIVE_ARRAY), globals);
        this.around = new Room.Surroundings(time, media, counters, lastMember::incrementAndGet, this::onClosed, outside);
        new RoomRequests(events, key -> Optional.ofNullable(rooms.get(key))).register();
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
        if (!room.claim()) {
            return Optional.empty();
        }
        Mailbox<T> reply = time.mailbox(1);
        if (!room.tell(question.apply(reply))) {
            room.giveBack();
            return Optional.empty();
        }
        return reply.await(time.nanoTime() + PATIENCE_NANOS);
    }

    private Join join(JoinRequest request, RoomProfile profile) {
        if (request.name().isEmpty() || request.name().length() > MAX_NAME) {
            return new Join.Refused(Cause.INVALID_NUMBER_FORMAT, "a room's name has 1 to " + MAX_NAME + " characters");
        }
        if (profile.guarded()) {
            // Nobody can be asked for a PIN yet. To let everybody in would open a room that its owner closed.
            return new Join.Refused(Cause.CALL_REJECTED, "conference profile " + profile.name() + " wants a PIN");
        }
        RoomKey key = new RoomKey(request.name(), profile.domainOf(request.name(), request.domain()));
        Optional<Room> claimed = claim(key, profile);
        if (claimed.isEmpty()) {
            return new Join.Refused(Cause.SWITCH_CONGESTION, "there are " + MAX_ROOMS + " rooms already");
        }
        return enter(claimed.get(), request);
    }

    private Join enter(Room room, JoinRequest request) {
        Seat seat = new Seat(room, request);
        Mailbox<Join> reply = time.mailbox(1);
        if (!room.tell(new RoomCommand.Enter(seat, reply))) {
            room.giveBack();
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
            if (room != null && room.claim()) {
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
            if (!made.claim() || rooms.putIfAbsent(key, made) != null) {
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
    }
}
