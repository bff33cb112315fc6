package io.jverto.conference;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.CallerProfile;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.MediaService.MixerRef;

/// A channel in a room.
@OwnedBy(Role.ROOM)
final class Member {
    private final int id;
    private final Seat seat;
    private final MixerRef mixer;
    private final boolean moderator;
    private boolean muted;
    private boolean deaf;

    Member(int id, Seat seat, MixerRef mixer, MemberFlags flags) {
        this.id = id;
        this.seat = seat;
        this.mixer = mixer;
        this.moderator = flags.moderator();
        set(flags.muted(), flags.deaf());
    }

    int id() {
        return id;
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

    void set(boolean mutedNow, boolean deafNow) {
        muted = mutedNow;
        deaf = deafNow;
        seat.route(new AudioRoute.Mix(mixer, muted, deaf));
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
                "0",
                "0",
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
