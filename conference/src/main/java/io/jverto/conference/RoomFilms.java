package io.jverto.conference;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.switchboard.port.MediaService.MediaRef;
import io.jverto.switchboard.port.MediaService.RoomSound;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which pictures go into the recordings of a room (conference.md section 18): a canvas, or where there is none the film that plays, else who has
/// the floor of video; into a member's own file his own.
@OwnedBy(Role.ROOM)
final class RoomFilms {
    private final Map<RoomSound, Optional<MediaRef>> shown = new HashMap<>();
    private final Map<RoomSound, Optional<RoomSound>> screened = new HashMap<>();
    private final Set<RoomSound> onCanvas = new HashSet<>();

    /// Brings what is recorded to what is seen.
    ///
    /// @param members of the room, to find those by who have files of their own
    /// @param floor who has the floor of video
    /// @param film that plays to all
    void update(List<RoomRecordings.Recorder> recorders, List<Member> members, Optional<Canvases> canvases, Optional<Member> floor,
            Optional<RoomSound> film) {
        Set<RoomSound> now = new HashSet<>();
        for (RoomRecordings.Recorder recorder : recorders) {
            if (!recorder.isFilm()) {
                continue;
            }
            now.add(recorder.sound());
            if (recorder.member() == 0 && canvases.isPresent()) {
                if (onCanvas.add(recorder.sound())) {
                    canvases.get().record(recorder.sound(), recorder.canvas());
                }
            } else {
                Optional<Member> whose = recorder.member() == 0 ? floor : members.stream().filter(one -> one.id() == recorder.member()).findFirst();
                Optional<RoomSound> instead = film.filter(_ -> recorder.member() == 0);
                show(recorder.sound(), whose.filter(_ -> instead.isEmpty()).map(one -> one.seat().request().media()), instead);
            }
        }
        shown.keySet().retainAll(now);
        screened.keySet().retainAll(now);
        onCanvas.retainAll(now);
    }

    private void show(RoomSound sound, Optional<MediaRef> wanted, Optional<RoomSound> film) {
        boolean other = !film.equals(screened.getOrDefault(sound, Optional.empty()));
        screened.put(sound, film);
        if (other && film.isEmpty()) {
            sound.screen(film);
        }
        if (!wanted.equals(shown.put(sound, wanted))) {
            sound.show(wanted);
        }
        if (other && film.isPresent()) {
            sound.screen(film);
        }
    }
}
