package io.jverto.medialoop.tick;

import io.jverto.base.thread.Inbox;
import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.audio.AudioCount;
import io.jverto.media.audio.AudioCounters;
import io.jverto.media.audio.AudioMixer;
import io.jverto.media.audio.MusicStation;
import io.jverto.media.audio.SoundPlayer;
import io.jverto.media.audio.Wakes;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The mixers and playbacks of one thread, moved on by one 20 ms tick at a time. Owner: MIXER_TICK; reads no clock, so
/// tests drive it by hand. design.md section 3.
@OwnedBy(Role.MIXER_TICK)
final class TickLoop {
    /// Joins and playbacks that may wait for one tick; more are refused.
    private static final int INBOX_CAPACITY = 4096;

    private static final Logger log = LoggerFactory.getLogger(TickLoop.class);

    private final Inbox<TickCommand> inbox = new Inbox<>(INBOX_CAPACITY);
    private final List<Room> rooms = new ArrayList<>();
    private final List<SoundPlayer> players = new ArrayList<>();
    private final Map<StationRef, MusicStation> stations = new IdentityHashMap<>();
    private final List<MusicStation> stationsInOrder = new ArrayList<>();
    private final Wakes wakes = new Wakes();
    private final MusicStation music;
    private final Consumer<TickCommand> onCommand = this::onCommand;
    private final AudioCounters counters;
    private final Runnable wake;

    private record Room(TickMixerRef ref, AudioMixer mixer) {}

    /// @param wake ends the sleep of the thread that drives this loop
    TickLoop(AudioCounters counters, Runnable wake) {
        this.counters = counters;
        this.wake = wake;
        this.music = new MusicStation(counters);
    }

    /// From any thread.
    boolean tell(TickCommand command) {
        boolean taken = inbox.offer(command);
        if (taken) {
            wake.run();
        } else {
            counters.audio().increment(AudioCount.COMMANDS_REFUSED);
        }
        return taken;
    }

    /// From any thread: looks at changed flags at the next tick, even when asleep.
    void wake() {
        wake.run();
    }

    /// Takes what was told, then moves everything on by 20 ms.
    ///
    /// @param nowNanos the tick's deadline; all ports of all loops share this time line
    /// @return false when there is nothing to do until the next wake
    boolean tick(long nowNanos) {
        inbox.drain(onCommand);
        for (int i = rooms.size() - 1; i >= 0; i--) {
            tickRoom(i, nowNanos);
        }
        for (int i = players.size() - 1; i >= 0; i--) {
            if (!players.get(i).tick(nowNanos, wakes)) {
                players.remove(i);
            }
        }
        boolean heard = tickStations(nowNanos);
        wakes.runAll();
        return !rooms.isEmpty() || !players.isEmpty() || heard;
    }

    /// @return whether anybody listens to any
    private boolean tickStations(long nowNanos) {
        music.tick(nowNanos, wakes);
        boolean heard = !music.isEmpty();
        for (int i = 0; i < stationsInOrder.size(); i++) {
            stationsInOrder.get(i).tick(nowNanos, wakes);
            heard |= !stationsInOrder.get(i).isEmpty();
        }
        return heard;
    }

    /// Ends all that is there, for good.
    void close() {
        inbox.drain(onCommand);
        rooms.forEach(room -> room.mixer().close());
        players.forEach(SoundPlayer::close);
        music.close();
        stationsInOrder.forEach(MusicStation::close);
        rooms.clear();
        players.clear();
    }

    private void tickRoom(int index, long nowNanos) {
        Room room = rooms.get(index);
        if (room.ref().closed()) {
            room.mixer().close();
        } else {
            tickMixer(room, nowNanos);
        }
        if (room.mixer().isEmpty()) {
            rooms.remove(index); // made again when somebody joins
        }
    }

    private void tickMixer(Room room, long nowNanos) {
        try {
            room.mixer().tick(nowNanos, wakes);
        } catch (RuntimeException bug) { // not of one port, which the mixer deals with: the thread has other rooms
            log.error("mixer {} ended by a bug", room.ref().name(), bug);
            room.mixer().close();
        }
    }

    private void onCommand(TickCommand command) {
        try {
            switch (command) {
                case TickCommand.Attach attach -> roomOf(attach.mixer()).mixer().add(attach.setup(), attach.port());
                case TickCommand.Play play ->
                    players.add(new SoundPlayer(play.source(), play.setup(), play.port(), counters));
                case TickCommand.PlayMusic play -> music.add(play.setup(), play.port());
                case TickCommand.PlayStation play -> stationOf(play.station()).add(play.setup(), play.port());
                case TickCommand.PlayInRoom play -> roomOf(play.mixer()).mixer().play(play.source());
                case TickCommand.RecordRoom begin -> roomOf(begin.mixer()).mixer().tap(begin.tap());
            }
        } catch (RuntimeException bug) { // ends the port that was to be
            log.error("{} could not be joined", command instanceof TickCommand.OfChannel one ? one.setup().name() : "a sound", bug);
            counters.audio().increment(AudioCount.PORTS_FAILED);
            command.failed();
        }
    }

    private MusicStation stationOf(StationRef ref) {
        return stations.computeIfAbsent(ref, station -> {
            MusicStation made = new MusicStation(station.source(), counters);
            stationsInOrder.add(made);
            return made;
        });
    }

    private Room roomOf(TickMixerRef ref) {
        for (Room room : rooms) {
            if (room.ref() == ref) {
                return room;
            }
        }
        Room room = new Room(ref, new AudioMixer(ref.rateHz(), ref.channels(), ref.gateLevel(), ref.noise(), counters));
        rooms.add(room);
        return room;
    }
}
