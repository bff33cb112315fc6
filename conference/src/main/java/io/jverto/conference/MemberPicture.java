package io.jverto.conference;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.conference.layout.Seating;
import io.jverto.conference.layout.Slot;
import io.jverto.media.plan.Scene.Art;
import io.jverto.media.plan.Scene.Banner;
import io.jverto.media.plan.Scene.Part;
import io.jverto.media.plan.Scene.Tint;
import java.util.Optional;

/// How a member is shown on canvases, and which one it watches.
@OwnedBy(Role.ROOM)
final class MemberPicture {
    /// The canvas of all canvases.
    static final int SUPER = -1;

    String reservation = "";
    String role = "";
    /// On which it is, from 0.
    int canvas;
    /// Which it sees, from 0, or [#SUPER].
    int watching;
    /// Where a moderator put it; [Seating#NONE] for wherever there is room.
    int wantedSlot = Seating.NONE;
    /// Where it is; [Seating#NONE] for nowhere.
    int layer = Seating.NONE;
    boolean bordered = true;
    Optional<Banner> banner = Optional.empty();
    Optional<Art> avatar = Optional.empty();
    Optional<Art> muteImage = Optional.empty();
    Optional<Art> logo = Optional.empty();
    String mutedBanner = "";
    /// Quarter turns to the right.
    int turns;
    boolean mirrored;
    Tint tint = Tint.NONE;
    /// What is seen of it.
    Optional<Zoom> zoom = Optional.empty();
    /// Of the room's profile; empty for none.
    String codecGroup = "";

    /// A part of its picture, as long as it sits in that slot.
    record Zoom(Slot slot, Part part) {}

    /// @return what is seen of it in a slot
    Part part(Slot slot) {
        return zoom.filter(one -> one.slot().equals(slot)).map(Zoom::part).orElse(Part.WHOLE);
    }
}
