package io.jverto.conference;

import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonLiteral;
import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.plan.Position;
import io.jverto.media.plan.Voice;
import io.jverto.media.plan.VoiceRules;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.CallerProfile;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.MediaService.MixerRef;
import io.jverto.switchboard.port.MediaService.Tile;
import io.jverto.switchboard.port.RoomNotice;
import io.jverto.switchboard.port.Saying;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A channel in a room.
@OwnedBy(Role.ROOM)
final class Member {
    private final int id;
    private final Seat seat;
    private final MixerRef mixer;
    private final MemberFlags flags;
    private final boolean moderator;
    private final DigitMachine controls;
    private final MemberRow row;
    private final MemberVoice voice;
    private final MemberVideo video;
    private final Instant joined;

    private boolean muted;
    private boolean deaf;
    private int volumeIn;
    private int volumeOut;
    private boolean speaking;
    private boolean held;
    private boolean floor;
    /// On hold by a moderator.
    private boolean parked;
    /// Nobody is heard before a moderator comes.
    private boolean waiting;
    private int energy;
    private Set<ChannelId> unheard = Set.of();
    private Optional<Position> place = Optional.empty();
    private long lastTalkNanos;

    private Optional<Member> seen = Optional.empty();
    /// Number of the film that it sees; 0 for none.
    private long screened;
    private boolean kicked;
    private boolean changed;
    private JsonValue lastShown = JsonLiteral.NULL;
    private long shownAtNanos;
    private long shownBeforeNanos;

    /// @param energy mean sample magnitude over which it is heard
    Member(int id, Seat seat, MixerRef mixer, MemberFlags flags, DigitMachine controls, int energy, MemberVoice voice, Instant joined) {
        this.id = id;
        this.seat = seat;
        this.mixer = mixer;
        this.flags = flags;
        this.moderator = flags.has(MemberFlag.MODERATOR);
        this.controls = controls;
        this.energy = energy;
        this.voice = voice;
        this.video = new MemberVideo(flags.has(MemberFlag.VMUTE), flags.has(MemberFlag.BLIND));
        video.look(seat.request().media().video());
        this.row = new MemberRow(id, seat.request(), moderator);
        this.joined = joined;
        this.muted = flags.has(MemberFlag.MUTE) || flags.has(MemberFlag.SECOND_SCREEN);
        this.deaf = flags.has(MemberFlag.DEAF) || flags.has(MemberFlag.SECOND_SCREEN);
    }

    int id() {
        return id;
    }

    Instant joined() {
        return joined;
    }

    Seat seat() {
        return seat;
    }

    boolean muted() {
        return muted;
    }

    boolean deaf() {
        return deaf;
    }

    boolean moderator() {
        return moderator;
    }

    boolean has(MemberFlag flag) {
        return flags.has(flag);
    }

    DigitMachine controls() {
        return controls;
    }

    boolean ghost() {
        return has(MemberFlag.GHOST) || has(MemberFlag.SECOND_SCREEN);
    }

    /// Whether the others hear it talk.
    boolean talking() {
        return speaking && !muted && !held && !parked && !waiting;
    }

    /// Whether it talks though nobody hears it.
    boolean talksInVain() {
        return speaking && muted && has(MemberFlag.MUTE_DETECT);
    }

    /// @return when it began or stopped to talk, as nanoseconds; 0 for never
    long lastTalkNanos() {
        return lastTalkNanos;
    }

    void talkedAt(long nowNanos) {
        lastTalkNanos = nowNanos;
    }

    /// @return whether its call is on hold
    boolean held() {
        return held;
    }

    boolean parked() {
        return parked;
    }

    /// Puts it on hold, or takes it off: it neither hears nor is heard.
    void park(boolean now) {
        parked = now;
        route();
    }

    /// @param now whether nobody is heard yet
    void await(boolean now) {
        if (waiting != now) {
            waiting = now;
            route();
        }
    }

    /// What the room does to its voice by itself.
    MemberVoice voice() {
        return voice;
    }

    MemberPicture picture() {
        return video.picture();
    }

    /// Clients are to see that it is shown in another way.
    void pictured() {
        changed = true;
    }

    /// It is related in another way to others, which is to be noted.
    void related() {
        changed = true;
    }

    MemberVideo video() {
        return video;
    }

    void muteVideo(boolean now) {
        changed |= video.muted() != now;
        video.mute(now);
    }

    void blindVideo(boolean now) {
        changed |= video.blind() != now;
        video.blind(now);
    }

    void videoFloor(boolean has, boolean locked) {
        changed |= video.floor(has, locked);
    }

    /// Lets it see another member from now on, or nobody.
    void sees(Optional<Member> other) {
        if (!other.equals(seen)) {
            seen = other;
            seat.show(other.map(member -> member.seat().request().media()));
        }
    }

    /// Lets it see a film from now on, or none.
    void screen(Optional<RoomSounds.Showing> film) {
        Optional<RoomSounds.Showing> wanted = film.filter(_ -> video.looksAtRoom());
        long number = wanted.map(RoomSounds.Showing::number).orElse(0L);
        if (number != screened) {
            screened = number;
            seat.screen(wanted.map(RoomSounds.Showing::sound));
        }
    }

    /// @param others whom it sees in its gallery from now on, by line
    /// @param wish how large
    void seesMembers(Map<Integer, Member> others, GalleryWish wish) {
        Map<Integer, Tile> tiles = new HashMap<>();
        others.forEach((line, member) -> tiles.put(line, new Tile(member.seat().request().media(), wish.height(member.id()))));
        seat.showGallery(tiles);
    }

    void rules(VoiceRules rules) {
        voice.rules(rules);
        route();
    }

    /// @return what the mixer knows of its voice now
    Voice heardAs() {
        return seat.request().media().voice();
    }

    boolean kicked() {
        return kicked;
    }

    void kick() {
        kicked = true;
    }

    int energy() {
        return energy;
    }

    void energy(int level) {
        energy = level;
        route();
    }

    /// @param whom it does not hear
    void doesNotHear(Set<ChannelId> whom) {
        if (!unheard.equals(whom)) {
            unheard = Set.copyOf(whom);
            route();
        }
    }

    /// @return where the others hear it, if it has a place
    Optional<Position> place() {
        return place;
    }

    void place(Optional<Position> where) {
        if (!place.equals(where)) {
            place = where;
            route();
        }
    }

    /// Where they hear it at first.
    void beginsAt(Optional<Position> where) {
        place = where;
    }

    boolean hasFloor() {
        return floor;
    }

    void set(boolean mutedNow, boolean deafNow) {
        muted = mutedNow;
        deaf = deafNow;
        route();
    }

    /// How loud they hear each other at first.
    void volumes(int in, int out) {
        volumeIn = in;
        volumeOut = out;
    }

    /// How loud the others hear it.
    void volumeIn(int level) {
        volumeIn = level;
        route();
    }

    int volumeIn() {
        return volumeIn;
    }

    /// How loud it hears the others.
    void volumeOut(int level) {
        volumeOut = level;
        route();
    }

    int volumeOut() {
        return volumeOut;
    }

    /// @return its flags as they are now
    String flagsNow() {
        return flags.now(muted, deaf, video.muted());
    }

    /// Puts it into the mix as it is now.
    void route() {
        changed = true;
        seat.route(new AudioRoute.Mix(
                mixer, muted || parked || waiting, deaf || parked, volumeIn, volumeOut, energy, has(MemberFlag.MUTE_DETECT), unheard, place,
                voice.rules()));
    }

    /// @param speaks whether it says something
    /// @param onHold whether its call is on hold, so that nothing flows
    void status(boolean speaks, boolean onHold) {
        changed |= speaks != speaking || onHold != held;
        speaking = speaks;
        held = onHold;
        changed |= video.look(seat.request().media().video());
    }

    /// @param variables what its client says of itself
    void says(Map<String, String> variables) {
        changed |= row.says(variables);
    }

    void hear(Saying saying) {
        seat.request().channel().hear(saying);
    }

    void floor(boolean has) {
        changed |= has != floor;
        floor = has;
    }

    boolean isChanged() {
        return changed;
    }

    /// @return whether something is different since the last time this was asked
    boolean takeChange() {
        boolean was = changed;
        changed = false;
        return was;
    }

    /// @return its row's name in the live array: the id of its call
    String key() {
        return seat.request().channel().id().value();
    }

    /// @return the session of its client, empty when it has none
    String cookie() {
        return seat.request().cookie();
    }

    /// @return how it is now
    JsonValue row() {
        return row.show(new MemberRow.Status(muted, deaf, held, talking(), floor, heardAs().energy(), video.row(), video.words()));
    }

    /// Notes what the clients have been shown.
    void shown(JsonValue now, long nowNanos) {
        lastShown = now;
        shownBeforeNanos = shownAtNanos;
        shownAtNanos = nowNanos;
    }

    JsonValue lastShown() {
        return lastShown;
    }

    /// When they may be shown the next change: so long after the last, or at once where that came long after the one before. Somebody who
    /// talks again just after he stopped is seen to do so at once.
    long showsNextNanos(long gapNanos) {
        return Math.min(shownAtNanos + gapNanos, shownBeforeNanos + 2 * gapNanos);
    }

    /// Tells its channel what the room wants.
    void tell(RoomNotice notice) {
        seat.request().channel().fromRoom(notice);
    }

    /// What events tell of it (conference.md section 16.2).
    Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Floor", Boolean.toString(floor));
        headers.put("Video", Boolean.toString(video.sends() && !video.muted()));
        headers.put("Hear", Boolean.toString(!deaf));
        headers.put("See", Boolean.toString(video.sees()));
        headers.put("Speak", Boolean.toString(!muted));
        headers.put("Talking", Boolean.toString(talking()));
        headers.put("Mute-Detect", Boolean.toString(has(MemberFlag.MUTE_DETECT)));
        headers.put("Hold", Boolean.toString(parked));
        headers.put("Member-ID", Integer.toString(id));
        headers.put("Member-Type", moderator ? "moderator" : "member");
        headers.put("Member-Ghost", Boolean.toString(ghost()));
        headers.put("Energy-Level", Integer.toString(energy));
        headers.put("Current-Energy", Integer.toString(heardAs().energy()));
        return headers;
    }

    /// `id;channel name;uuid;name;number;flags;volume in;volume out;energy` (conference.md section 15.1).
    String listed(String delimiter) {
        CallerProfile caller = seat.request().caller();
        return String.join(
                delimiter,
                Integer.toString(id),
                printable(caller.channelName()),
                printable(seat.request().channel().id().value()),
                printable(caller.callerName()),
                printable(caller.callerNumber()),
                flagWords(),
                Integer.toString(volumeIn),
                Integer.toString(volumeOut),
                Integer.toString(energy));
    }

    /// `id) name (number)`
    String pretty() {
        CallerProfile caller = seat.request().caller();
        return id + ") " + printable(caller.callerName()) + " (" + printable(caller.callerNumber()) + ")";
    }

    private String flagWords() {
        StringBuilder flags = new StringBuilder();
        append(flags, !deaf && !parked, "hear");
        append(flags, !muted && !parked, "speak");
        append(flags, talking(), "talking");
        append(flags, parked, "hold");
        append(flags, video.sends(), "video");
        append(flags, floor, "floor");
        append(flags, video.hasFloor(), "vid-floor");
        append(flags, moderator, "moderator");
        append(flags, ghost(), "ghost");
        append(flags, !picture().reservation.isEmpty(), "res-id:" + picture().reservation);
        append(flags, !picture().role.isEmpty(), "role-id:" + picture().role);
        return flags.toString();
    }

    private static void append(StringBuilder flags, boolean set, String word) {
        if (set) {
            flags.append(flags.isEmpty() ? "" : "|").append(word);
        }
    }

    /// Names come from clients: a line end in one would forge a member.
    static String printable(String text) {
        return text.codePoints()
                .map(character -> Character.isISOControl(character) ? ' ' : character)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
