package io.jverto.conference;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.plan.Position;
import io.jverto.media.plan.Sound;
import io.jverto.switchboard.port.MediaListener.PlaybackEnd;
import io.jverto.switchboard.port.MediaService.MixerRef;
import io.jverto.switchboard.port.MediaService.Playing;
import io.jverto.switchboard.port.MediaService.RoomSound;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;

/// What plays in a room (conference.md section 13): one sound after the other, one beside them, and for each member one after the other
/// that he alone hears.
@OwnedBy(Role.ROOM)
final class RoomSounds {
    static final int MAX_WAITING = 32;
    private static final int MAX_PARAMS = 16;
    private static final Pattern FULL_SCREEN = Pattern.compile("\\{(?:[^}]*,)?\\s*full-screen=true\\s*[,}]");

    private final MixerRef mixer;
    private final LongConsumer onEnded;
    private final MaintenanceEvents events;
    private final Track all = new Track();
    private final Track beside = new Track();
    private final Map<Member, Track> alone = new LinkedHashMap<>();
    private long last;

    /// @param onEnded posts the number of a sound that is over to the room
    RoomSounds(MixerRef mixer, LongConsumer onEnded, MaintenanceEvents events) {
        this.mixer = mixer;
        this.onEnded = onEnded;
        this.events = events;
    }

    /// A sound that was asked for.
    ///
    /// @param name as it was asked for
    /// @param told whether events tell of it
    /// @param nomux who hears it hears nothing else
    /// @param place where it is heard in stereo
    record Wanted(String name, Sound sound, int decibels, Optional<Position> place, boolean told, boolean nomux) {}

    /// A line of sounds: at most one plays.
    private static final class Track {
        final Deque<Wanted> waiting = new ArrayDeque<>();
        Optional<Wanted> wanted = Optional.empty();
        Optional<RoomSound> playing = Optional.empty();
        long number;
        /// Where in the file it began.
        int startMillis;
        boolean paused;
        int decibels;
    }

    /// After those that wait.
    ///
    /// @return false when too many wait
    boolean play(Wanted wanted) {
        return line(all, Optional.empty(), wanted);
    }

    /// Beside the others, instead of what played there.
    boolean playBeside(Wanted wanted) {
        stop(beside);
        return begin(beside, Optional.empty(), wanted, 0);
    }

    /// For one alone.
    boolean playTo(Member member, Wanted wanted) {
        return line(alone.computeIfAbsent(member, _ -> new Track()), Optional.of(member), wanted);
    }

    /// A film that plays to all.
    ///
    /// @param number another one for each, and after each seek
    /// @param whole whether it covers the canvas
    record Showing(long number, RoomSound sound, boolean whole) {}

    Optional<Showing> film() {
        return film(all).or(() -> film(beside));
    }

    private static Optional<Showing> film(Track track) {
        return track.wanted.filter(wanted -> wanted.sound().isFilm())
                .flatMap(wanted -> track.playing.map(sound -> new Showing(track.number, sound, FULL_SCREEN.matcher(wanted.name()).lookingAt())));
    }

    boolean isQuiet() {
        return all.playing.isEmpty() && beside.playing.isEmpty();
    }

    boolean besideIs(String name) {
        return beside.wanted.map(Wanted::name).filter(name::equals).isPresent();
    }

    void stopBeside() {
        stop(beside);
    }

    /// @param which `current`, `all`, `async` or `last`
    /// @return how many were stopped
    int stop(String which, Optional<Member> member) {
        Track track = member.map(one -> alone.getOrDefault(one, new Track())).orElse(all);
        return switch (which) {
            case "async" -> stop(beside);
            case "all" -> {
                int waiting = track.waiting.size();
                track.waiting.clear();
                yield waiting + stop(track) + (member.isPresent() ? 0 : stop(beside));
            }
            case "last" -> track.waiting.pollLast() == null ? stop(track) : 1;
            default -> {
                int stopped = stop(track);
                next(track, member);
                yield stopped;
            }
        };
    }

    /// @return whether it is held now; empty when nothing plays
    Optional<Boolean> pause(Optional<Member> member) {
        Track track = track(member);
        track.playing.ifPresent(sound -> {
            track.paused = !track.paused;
            sound.pause(track.paused);
        });
        return track.playing.map(_ -> track.paused);
    }

    /// @return name and milliseconds of what plays
    Optional<Map.Entry<String, Integer>> status(Optional<Member> member) {
        Track track = track(member);
        return track.wanted.flatMap(wanted -> track.playing.map(sound -> Map.entry(wanted.name(), track.startMillis + sound.millis())));
    }

    /// Goes on from another place.
    ///
    /// @param relative `millis` count from where it is
    /// @return false when no file plays
    boolean seek(Optional<Member> member, int millis, boolean relative) {
        Track track = track(member);
        if (track.wanted.isEmpty() || track.playing.isEmpty() || !(track.wanted.get().sound() instanceof Sound.File)) {
            return false;
        }
        Wanted wanted = track.wanted.get();
        int to = Math.max(0, relative ? track.startMillis + track.playing.get().millis() + millis : millis);
        silence(track);
        return begin(track, member, wanted, to);
    }

    /// Plays on at another level, from where it is.
    boolean level(Optional<Member> member, int decibels) {
        Track track = track(member);
        track.decibels = decibels;
        return seek(member, 0, true);
    }

    private Track track(Optional<Member> member) {
        if (member.isPresent()) {
            return alone.getOrDefault(member.get(), new Track());
        }
        return all.playing.isEmpty() ? beside : all;
    }

    /// A sound is over.
    void onEnded(long number) {
        if (number == all.number) {
            over(all, Optional.empty());
        } else if (number == beside.number) {
            over(beside, Optional.empty());
        } else {
            alone.entrySet().stream().filter(one -> one.getValue().number == number).findFirst()
                    .ifPresent(one -> over(one.getValue(), Optional.of(one.getKey())));
        }
    }

    /// A member has left.
    void left(Member member) {
        Track track = alone.remove(member);
        if (track != null) {
            silence(track);
        }
    }

    private boolean line(Track track, Optional<Member> member, Wanted wanted) {
        if (track.playing.isEmpty()) {
            return begin(track, member, wanted, 0);
        }
        return track.waiting.size() < MAX_WAITING && track.waiting.add(wanted);
    }

    private boolean begin(Track track, Optional<Member> member, Wanted wanted, int startMillis) {
        long number = ++last;
        Playing how = new Playing(
                member.map(one -> one.seat().request().channel().id()), wanted.nomux(), wanted.decibels() + track.decibels, wanted.place());
        Sound sound = startMillis > 0 && wanted.sound() instanceof Sound.File(var path, long _) ? new Sound.File(path, startMillis * 48L) : wanted.sound();
        Optional<RoomSound> playing = mixer.play(sound, how, (PlaybackEnd _) -> onEnded.accept(number));
        if (playing.isPresent()) {
            track.number = number;
            track.playing = playing;
            track.wanted = Optional.of(wanted);
            track.startMillis = startMillis;
            track.paused = false;
            if (wanted.told()) {
                tell("play-file", track, member, wanted);
            }
        }
        return playing.isPresent();
    }

    private void over(Track track, Optional<Member> member) {
        track.wanted.filter(Wanted::told).ifPresent(wanted -> tell(member.isPresent() ? "play-file-member-done" : "play-file-done", track, member, wanted));
        silence(track);
        next(track, member);
    }

    private void next(Track track, Optional<Member> member) {
        while (track.playing.isEmpty() && !track.waiting.isEmpty()) {
            begin(track, member, track.waiting.remove(), 0);
        }
    }

    private static void silence(Track track) {
        track.playing.ifPresent(RoomSound::stop);
        track.playing = Optional.empty();
        track.wanted = Optional.empty();
        track.number = 0;
    }

    private static int stop(Track track) {
        int playing = track.playing.isPresent() ? 1 : 0;
        silence(track);
        return playing;
    }

    private void tell(String action, Track track, Optional<Member> member, Wanted wanted) {
        List<String> headers = new ArrayList<>(List.of("File", wanted.name()));
        params(wanted.name(), headers);
        if (member.isEmpty()) {
            headers.addAll(List.of("Async", Boolean.toString(track == beside)));
        }
        String[] more = headers.toArray(String[]::new);
        member.ifPresentOrElse(one -> events.tell(action.endsWith("done") ? action : action + "-member", one, more), () -> events.tell(action, more));
    }

    /// `{vol=-6,loops=2}` in front of a sound is told as well, each by its name.
    private static void params(String name, List<String> headers) {
        int close = name.startsWith("{") ? name.indexOf('}') : -1;
        for (String param : (close < 0 ? "" : name.substring(1, close)).split(",", MAX_PARAMS)) {
            int equals = param.indexOf('=');
            if (equals > 0 && RoomState.isName(param.substring(0, equals).strip())) {
                headers.addAll(List.of(param.substring(0, equals).strip(), param.substring(equals + 1).strip()));
            }
        }
    }
}
