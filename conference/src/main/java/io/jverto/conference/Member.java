package io.jverto.conference;

import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonLiteral;
import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.CallerProfile;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.MediaService.MixerRef;
import io.jverto.switchboard.port.Saying;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/// A channel in a room.
@OwnedBy(Role.ROOM)
final class Member {
    private final int id;
    private final Seat seat;
    private final MixerRef mixer;
    private final boolean moderator;
    private final MemberRow row;
    private final Instant joined;

    private boolean muted;
    private boolean deaf;
    private int volumeIn;
    private int volumeOut;
    private boolean speaking;
    private boolean held;
    private boolean floor;

    private boolean changed;
    private JsonValue lastShown = JsonLiteral.NULL;
    private long shownAtNanos;

    Member(int id, Seat seat, MixerRef mixer, MemberFlags flags, Instant joined) {
        this.id = id;
        this.seat = seat;
        this.mixer = mixer;
        this.moderator = flags.moderator();
        this.row = new MemberRow(id, seat.request());
        this.joined = joined;
        set(flags.muted(), flags.deaf());
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

    /// Whether the others hear it talk.
    boolean talking() {
        return speaking && !muted && !held;
    }

    void set(boolean mutedNow, boolean deafNow) {
        muted = mutedNow;
        deaf = deafNow;
        route();
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

    private void route() {
        changed = true;
        seat.route(new AudioRoute.Mix(mixer, muted, deaf, volumeIn, volumeOut, -1, false, Set.of()));
    }

    /// @param speaks whether it says something
    /// @param onHold whether its call is on hold, so that nothing flows
    void status(boolean speaks, boolean onHold) {
        changed |= speaks != speaking || onHold != held;
        speaking = speaks;
        held = onHold;
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
        return row.show(new MemberRow.Status(muted, deaf, held, talking(), floor));
    }

    /// Notes what the clients have been shown.
    void shown(JsonValue now, long nowNanos) {
        lastShown = now;
        shownAtNanos = nowNanos;
    }

    JsonValue lastShown() {
        return lastShown;
    }

    long shownAtNanos() {
        return shownAtNanos;
    }

    void hangup() {
        seat.request().channel().hangup(Cause.NORMAL_CLEARING, false);
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
                flags(),
                Integer.toString(volumeIn),
                Integer.toString(volumeOut),
                "0");
    }

    /// `id) name (number)`
    String pretty() {
        CallerProfile caller = seat.request().caller();
        return id + ") " + printable(caller.callerName()) + " (" + printable(caller.callerNumber()) + ")";
    }

    private String flags() {
        StringBuilder flags = new StringBuilder();
        append(flags, !deaf, "hear");
        append(flags, !muted, "speak");
        append(flags, talking(), "talking");
        append(flags, floor, "floor");
        append(flags, moderator, "moderator");
        return flags.toString();
    }

    private static void append(StringBuilder flags, boolean set, String word) {
        if (set) {
            flags.append(flags.isEmpty() ? "" : "|").append(word);
        }
    }

    /// Names come from clients: a line end in one would forge a member.
    private static String printable(String text) {
        return text.codePoints()
                .map(character -> Character.isISOControl(character) ? ' ' : character)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
