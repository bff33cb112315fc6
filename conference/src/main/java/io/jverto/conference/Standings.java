package io.jverto.conference;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.plan.Position;
import io.jverto.switchboard.channel.SoundPaths;
import io.jverto.switchboard.port.ConferenceService.Bonds;
import io.jverto.switchboard.port.ConferenceService.EntrySound;
import io.jverto.switchboard.port.ConferenceService.JoinRequest;
import io.jverto.switchboard.port.ConferenceService.Manner;
import io.jverto.switchboard.port.ConferenceService.PictureManner;
import io.jverto.switchboard.port.ConferenceService.RoomManner;
import io.jverto.switchboard.port.ConferenceService.RoomSwitches;
import io.jverto.switchboard.port.ConferenceService.Standing;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a room and its members are, for the time after a new start of the server: noted where something is different, and made so again. Each
/// member has with it what the room is like: whoever comes back first makes the room.
@OwnedBy(Role.ROOM)
final class Standings {
    private final Room room;
    private @Nullable RoomManner noted;
    private boolean locked;

    Standings(Room room) {
        this.room = room;
    }

    /// Notes what is different since the last time. Before members forget that they are.
    void note() {
        RoomManner now = manner();
        boolean all = !now.equals(noted) || locked != room.state().locked;
        noted = now;
        locked = room.state().locked;
        for (Member member : room.members()) {
            if (all || member.isChanged()) {
                member.seat().stands(of(member, now));
            }
        }
    }

    private Standing of(Member member, RoomManner now) {
        JoinRequest request = member.seat().request();
        Manner manner = new Manner(member.energy(), member.parked(), member.place().map(Position::toString), member.hasFloor(), room.videoFloor().isGivenTo(member),
                room.canvases().map(_ -> picture(member.picture())), Optional.of(new Bonds(member.video().blind(), room.relations().of(member.id()))));
        return new Standing(request.name(), request.profile(), member.id(), member.flagsNow(), member.volumeIn(), member.volumeOut(), locked, Optional.of(manner),
                Optional.of(now));
    }

    private static PictureManner picture(MemberPicture picture) {
        return new PictureManner(picture.canvas, picture.watching, picture.wantedSlot, picture.layer, picture.reservation, picture.role, picture.banner);
    }

    private RoomManner manner() {
        RoomState state = room.state();
        return new RoomManner(state.pin, state.moderatorPin, state.maxMembers, state.graceSeconds, new EntrySound(state.enterSounds, state.enterSound),
                new EntrySound(state.exitSounds, state.exitSound), !state.musicOff, state.soundPrefix, state.callerName, state.callerNumber, state.variables,
                room.canvases().map(all -> all.all().stream().map(RoomCanvas::wanted).toList()).orElse(List.of()), room.stage().recordings().note(),
                Optional.of(new RoomSwitches(state.waiting, state.flags.contains(ConferenceFlag.AUTO_3D_POSITION))));
    }

    /// The room is made by a member that was in it before. Called before it is in.
    void restore(Standing before) {
        room.state().locked = before.locked();
        before.state().ifPresent(this::restore);
    }

    private void restore(RoomManner before) {
        RoomState state = room.state();
        state.pin = before.pin();
        state.moderatorPin = before.moderatorPin();
        state.maxMembers = before.maxMembers();
        state.graceSeconds = before.graceSeconds();
        state.enterSounds = before.enterSound().on();
        state.enterSound = before.enterSound().sound();
        state.exitSounds = before.exitSound().on();
        state.exitSound = before.exitSound().sound();
        state.musicOff = !before.music();
        state.soundPrefix = before.soundPrefix();
        state.callerName = before.callerName();
        state.callerNumber = before.callerNumber();
        before.variables().forEach(state::set);
        before.switches().ifPresent(switches -> {
            state.waiting = switches.waiting();
            if (switches.places()) {
                state.flags.add(ConferenceFlag.AUTO_3D_POSITION);
            } else {
                state.flags.remove(ConferenceFlag.AUTO_3D_POSITION);
            }
        });
        room.canvases().ifPresent(all -> {
            for (int i = 0; i < Math.min(all.count(), before.layouts().size()); i++) {
                if (all.layouts().knows(before.layouts().get(i))) {
                    all.canvas(i).layout(before.layouts().get(i));
                }
            }
        });
        long now = room.around().time().wallTime().toEpochMilli();
        before.recordings().stream().filter(one -> SoundPaths.isRecordable(one.recording().path())).forEach(one -> room.stage().recordings().goOn(one, now));
    }

    /// A member is in the room again in which it was.
    void restore(Member member, Manner before) {
        if (before.onHold()) {
            member.park(true); // first, so that nobody hears it for a moment
        }
        member.energy(before.energy());
        if (PlaceCommands.hasPlaces(room)) {
            before.place().flatMap(Position::parse).ifPresent(place -> member.place(Optional.of(place)));
        }
        before.bonds().ifPresent(bonds -> {
            member.blindVideo(bonds.blind());
            bonds.relations().forEach(relation -> Relations.Kind.of(relation.kind()).ifPresent(kind -> room.relations().set(member.id(), relation.other(), kind)));
        });
        if (before.floor()) {
            room.floor().returnsTo(member);
        }
        if (before.videoFloor()) {
            room.videoFloor().returnsTo(member);
        }
        room.canvases().ifPresent(all -> before.picture().ifPresent(picture -> restore(all, member, picture)));
    }

    private static void restore(Canvases all, Member member, PictureManner before) {
        MemberPicture picture = member.picture();
        picture.canvas = Math.clamp(before.canvas(), 0, all.count() - 1);
        picture.watching = Math.clamp(before.watching(), MemberPicture.SUPER, all.count() - 1);
        picture.wantedSlot = before.wantedSlot();
        picture.reservation = before.reservation();
        picture.role = before.role();
        picture.banner = before.banner();
        all.canvas(picture.canvas).returns(member.id(), before.slot());
    }
}
