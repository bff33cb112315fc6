package io.jverto.conference;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.plan.Position;
import io.jverto.media.plan.Recording;
import io.jverto.media.plan.Sound;
import io.jverto.switchboard.channel.Sounds;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.MediaService.MixerRef;
import io.jverto.switchboard.port.RoomNotice;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a room plays and records by itself: who comes and goes, who is alone, music (conference.md sections 13 and 18).
@OwnedBy(Role.ROOM)
final class Stage {
    private static final String MUSIC = "music";
    private static final String SILENCE = "silence";
    private static final Pattern VOLUME = Pattern.compile("[{,]\\s*vol=(-?[0-9]{1,2})\\s*[,}]");

    private static final Pattern PLACE = Pattern.compile("[{,]\\s*position=([-0-9.:]{5,50})\\s*[,}]");

    private final Room room;
    private final RoomSounds sounds;
    private final RoomRecordings recordings;
    /// What the profile wants to be recorded, since its first member came.
    private @Nullable Recording wanted;

    Stage(Room room, MixerRef mixer) {
        this.room = room;
        this.sounds = new RoomSounds(mixer, number -> room.inbox().tell(new RoomCommand.SoundOver(number)), room.maintenance());
        this.recordings = new RoomRecordings(mixer, (path, end) -> room.inbox().tell(new RoomCommand.Recorded(path, end)), room.maintenance(),
                this::recording,
                new Recording.Tags("Conference " + room.key().name(), room.profile().text(ProfileParam.RECORDING_METADATA)));
    }

    /// Members have the path of what they are recorded to, for their call records.
    private void recording(RoomRecordings.Recorder recorder) {
        room.ledger().recording(recorder.path(), room.around().time().wallTime());
        room.members().stream().filter(member -> recorder.member() == 0 || recorder.member() == member.id()).forEach(member -> knows(member, recorder));
    }

    private static void knows(Member member, RoomRecordings.Recorder recorder) {
        member.tell(new RoomNotice.Knows("conference_recording", recorder.path().toString()));
    }

    RoomSounds sounds() {
        return sounds;
    }

    RoomRecordings recordings() {
        return recordings;
    }

    void joined(Member member) {
        boolean returns = member.seat().request().arrival().before().isPresent();
        boolean silent = returns || isTrue(member, "conference_silent_entry");
        if (returns || !silent) {
            room.maintenance().tell("add-member", member);
        }
        if (!returns) {
            told(member, ProfileParam.MEMBER_ENTER_SOUND);
        }
        int counted = room.counted();
        if (!member.ghost() && counted > 1 && !keepsMusic()) {
            sounds.stopBeside();
        }
        if (!silent && !member.ghost() && counted > 1 && room.state().enterSounds) {
            toAll(own(member, "conference_enter_sound", room.state().enterSound));
        }
        if (!silent && !member.ghost() && counted > 1) {
            count(member, counted);
        }
        if (!silent && counted == 1 && !member.ghost() && hearsOfBeingAlone()) {
            toAll(room.profile().text(ProfileParam.ALONE_SOUND));
        }
        recordings.all().stream().filter(one -> one.member() == 0).reduce((_, last) -> last).ifPresent(one -> knows(member, one));
        recordings.joined(member, room.around().time().wallTime().toEpochMilli());
        member.seat().request().arrival().recording().ifPresent(recording -> wanted = wanted == null ? recording : wanted);
        record();
        music();
    }

    /// Not who waits for a moderator, or for the one that he is put through to.
    private boolean hearsOfBeingAlone() {
        return !room.state().waiting && !room.state().bridged;
    }

    /// Tells who comes in how many are here.
    private void count(Member member, int counted) {
        int from = room.profile().number(ProfileParam.ANNOUNCE_COUNT);
        if (from > 0 && counted >= from) {
            say(member, "phrase:room_members:" + counted);
        }
    }

    /// Says something to one member, if there are prompts for it.
    ///
    /// @param what `say:...` or `phrase:...`
    void say(Member member, String what) {
        with(what, sound -> toOne(member, new RoomSounds.Wanted(what, sound, 0, Optional.empty(), false, false)));
    }

    /// Goes on with a sound: at once, or, where it has to be made of a text, later, on the room's thread.
    ///
    /// @return false when there is no such sound
    boolean with(String text, Consumer<Sound> then) {
        Optional<Sound> found = find(Text.syntax(text));
        found.ifPresent(then);
        RoomSpeech speech = room.around().world().speech();
        return found.isPresent() || speech.canSynthesize(text) && room.around().jobs().start("room " + room.key() + " speaks", () ->
                speech.synthesize(text, room.profile()).ifPresent(sound -> room.inbox().tell(new RoomCommand.Made(sound, then))));
    }

    /// Unless it has left meanwhile.
    boolean toOne(Member member, RoomSounds.Wanted wanted) {
        return room.members().contains(member) && sounds.playTo(member, wanted);
    }

    void left(Member member) {
        sounds.left(member);
        recordings.left(member);
        room.maintenance().tell("del-member", member);
        if (room.members().isEmpty()) {
            recordings.stopAll();
            return;
        }
        if (!member.ghost() && room.state().exitSounds) {
            toAll(own(member, "conference_exit_sound", room.state().exitSound));
        }
        if (!member.ghost() && room.counted() == 1 && hearsOfBeingAlone()) {
            toAll(room.profile().text(ProfileParam.ALONE_SOUND));
        }
        music();
    }

    void soundOver(long number) {
        sounds.onEnded(number);
        music();
    }

    /// Plays or stops what plays when nobody can talk with anybody, or always.
    void music() {
        if (room.members().isEmpty()) {
            return;
        }
        String perpetual = room.state().perpetual;
        boolean refused = room.members().stream().anyMatch(member -> member.has(MemberFlag.NOMOH));
        boolean music = !room.state().musicOff && !room.state().bridged && !refused && (room.counted() == 1 || room.state().waiting)
                && !room.state().music.isEmpty() && !room.state().music.equalsIgnoreCase(SILENCE);
        if (!perpetual.isEmpty()) {
            endless(perpetual);
        } else if (music) {
            endless(room.state().music);
        } else if (sounds.besideIs(MUSIC) && !keepsMusic()) {
            sounds.stopBeside();
        }
    }

    private void endless(String text) {
        if (sounds.isQuiet()) {
            find(Text.syntax(text)).ifPresent(sound ->
                    sounds.playBeside(new RoomSounds.Wanted(MUSIC, Sounds.endless(sound), volume(text), place(text), false, false)));
        }
    }

    /// Members that still wait for a moderator hear music however many they are.
    private boolean keepsMusic() {
        return room.state().waiting || !room.state().perpetual.isEmpty();
    }

    /// What a member hears that is on hold, and nothing else.
    void holdMusic(Member member, Text text) {
        find(text).ifPresent(sound -> {
            sounds.left(member);
            sounds.playTo(member, new RoomSounds.Wanted(MUSIC, Sounds.endless(sound), volume(text.toString()), place(text.toString()), false, true));
        });
    }

    /// Tells all of something by a sound of the profile.
    void told(ProfileParam param) {
        toAll(room.profile().text(param));
    }

    /// Tells one member by the first of some sounds that the profile has.
    void told(Member member, ProfileParam... params) {
        for (ProfileParam param : params) {
            String text = room.profile().text(param);
            if (!text.isEmpty()) {
                with(text, sound -> toOne(member, new RoomSounds.Wanted(text, sound, volume(text), place(text), false, false)));
                return;
            }
        }
    }

    private void toAll(String text) {
        if (!text.isEmpty() && !text.equalsIgnoreCase(SILENCE)) {
            with(text, sound -> sounds.play(new RoomSounds.Wanted(text, sound, volume(text), place(text), false, false)));
        }
    }

    Optional<Sound> find(Text text) {
        return room.around().world().sound(room.key(), room.state().soundPrefix, text);
    }

    /// @return decibels of `{vol=n}` in front of a sound
    static int volume(String text) {
        int close = text.startsWith("{") ? text.indexOf('}') : -1;
        Matcher volume = VOLUME.matcher(close < 0 ? "" : text.substring(0, close + 1));
        return volume.find() ? Math.clamp(Integer.parseInt(volume.group(1)), -50, 50) : 0;
    }

    /// @return the place of `{position=x:y:z}` in front of a sound
    static Optional<Position> place(String text) {
        int close = text.startsWith("{") ? text.indexOf('}') : -1;
        Matcher place = PLACE.matcher(close < 0 ? "" : text.substring(0, close + 1));
        return place.find() ? Position.parse(place.group(1)) : Optional.empty();
    }

    /// Begins what the profile wants to be recorded, if enough are here.
    void record() {
        boolean enough = room.counted() >= Math.max(1, room.profile().number(ProfileParam.MIN_REQUIRED_RECORDING_PARTICIPANTS));
        if (wanted != null && enough && !recordings.auto()) {
            long now = room.around().time().wallTime().toEpochMilli();
            if (room.profile().isTrue(ProfileParam.AUTO_RECORD_TRACKS)) {
                recordings.startTracks(wanted, true, room.members(), now);
            } else {
                recordings.start(wanted, 0, true, now);
            }
        }
    }

    private static boolean isTrue(Member member, String name) {
        return List.of("true", "yes", "1").contains(member.seat().request().arrival().variables().getOrDefault(name, ""));
    }

    /// What the member's channel was told by its dialplan counts before what the room says.
    private static String own(Member member, String name, String otherwise) {
        String own = member.seat().request().arrival().variables().getOrDefault(name, "");
        return own.isEmpty() ? otherwise : own;
    }
}
