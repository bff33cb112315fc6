package io.jverto.conference;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonLiteral;
import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.plan.VideoPlan;
import java.util.Optional;

/// The video of a member, as the room knows it and its clients see it (verto-wire.md section 9.5).
@OwnedBy(Role.ROOM)
final class MemberVideo {
    private Optional<VideoPlan> agreed = Optional.empty();
    private boolean muted;
    private boolean blind;
    private boolean gallery;
    private boolean floor;
    private boolean locked;
    private final MemberPicture picture = new MemberPicture();

    MemberVideo(boolean muted, boolean blind) {
        this.muted = muted;
        this.blind = blind;
    }

    /// @return whether anything is different now
    boolean look(Optional<VideoPlan> now) {
        boolean changed = !now.equals(agreed);
        agreed = now;
        return changed;
    }

    /// @return what was agreed on with its client
    Optional<VideoPlan> agreed() {
        return agreed;
    }

    /// Whether its call has video, perhaps only to see.
    boolean isThere() {
        return agreed.isPresent();
    }

    MemberPicture picture() {
        return picture;
    }

    /// Whether others could see it: it has a camera, or a screen.
    boolean sends() {
        return agreed.filter(VideoPlan::receiving).isPresent();
    }

    boolean sees() {
        return !blind && agreed.filter(VideoPlan::sending).isPresent();
    }

    /// Whether it sees what the room shows to all: its gallery is instead of that.
    boolean looksAtRoom() {
        return sees() && !gallery;
    }

    void gallery(boolean now) {
        gallery = now;
    }

    boolean muted() {
        return muted;
    }

    void mute(boolean now) {
        muted = now;
    }

    boolean blind() {
        return blind;
    }

    void blind(boolean now) {
        blind = now;
    }

    boolean hasFloor() {
        return floor;
    }

    /// @return whether anything is different now
    boolean floor(boolean has, boolean isLocked) {
        boolean changed = floor != has || locked != (has && isLocked);
        floor = has;
        locked = has && isLocked;
        return changed;
    }

    /// @return the object `video` of a status, false for a call without
    JsonValue row() {
        boolean avatar = !sends() && picture.layer >= 0;
        if (!isThere() && !avatar) {
            return JsonLiteral.FALSE;
        }
        JsonObjectBuilder row = new JsonObjectBuilder()
                .put("visible", picture.layer >= 0)
                .put("noRecover", false)
                .put("avatarPresented", avatar)
                .put("mediaFlow", sends() ? "sendRecv" : "sendOnly")
                .put("muted", muted || !sends())
                .put("floor", floor);
        if (locked) {
            row.put("floorLocked", true);
        }
        return row.put("reservationID", text(picture.reservation))
                .put("roleID", text(picture.role))
                .put("videoLayerID", picture.layer)
                .put("canvasID", picture.canvas)
                .put("watchingCanvasID", Math.max(0, picture.watching))
                .build();
    }

    private static JsonValue text(String id) {
        return id.isEmpty() ? JsonLiteral.NULL : new JsonValue.JsonString(id);
    }

    /// What old clients read behind the words about its sound.
    String words() {
        return !isThere() ? "" : muted || !sends() ? " VIDEO (BLIND)" : floor ? " VIDEO (FLOOR)" : " VIDEO";
    }
}
