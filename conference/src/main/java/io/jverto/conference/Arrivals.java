package io.jverto.conference;

import io.jverto.media.plan.Position;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.port.CallerProfile;
import io.jverto.switchboard.port.ConferenceService.Arrival;
import io.jverto.switchboard.port.ConferenceService.Standing;
import io.jverto.switchboard.port.MediaService.MixerRef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes members of who comes in (conference.md sections 2 and 3).
final class Arrivals {
    private static final Logger log = LoggerFactory.getLogger(Arrivals.class);
    static final int MAX_ENERGY = 1_800;
    private static final int LOUDEST = 4;

    private Arrivals() {}

    static Member member(Room room, Seat seat, MixerRef mixer, MemberFlags wanted) {
        Arrival arrival = seat.request().arrival();
        boolean watches = arrival.variables().getOrDefault("video_second_screen", "").equals("true");
        MemberFlags flags = watches ? wanted.and(MemberFlag.SECOND_SCREEN) : wanted;
        int kept = arrival.memberId();
        boolean free = kept > 0 && room.members().stream().noneMatch(other -> other.id() == kept);
        int id = free ? kept : room.around().nextMember().getAsInt();
        DigitMachine controls = new DigitMachine(controls(room, arrival, flags), room.profile().number(ProfileParam.IVR_DTMF_TIMEOUT));
        int level = energy(room, arrival);
        MemberVoice voice = new MemberVoice(room.profile(), ofRoom(room), flags.has(MemberFlag.TALK_DATA_EVENTS), room.around().time().nanoTime());
        Member member = new Member(id, seat, mixer, flags, controls, level, voice, room.around().time().wallTime());
        Optional<Standing> before = arrival.before();
        member.volumes(before.isPresent() ? before.get().volumeIn() : number(arrival, "conference_join_volume_in", -LOUDEST, LOUDEST, 0),
                before.isPresent() ? before.get().volumeOut() : number(arrival, "conference_join_volume_out", -LOUDEST, LOUDEST, 0));
        member.beginsAt(place(room, seat, flags));
        seat.knows(variables(room, seat, member));
        return member;
    }

    private static Optional<Position> place(Room room, Seat seat, MemberFlags flags) {
        if (!PlaceCommands.hasPlaces(room) || flags.has(MemberFlag.NO_POSITIONAL)) {
            return Optional.empty();
        }
        String wanted = seat.request().arrival().variables().getOrDefault("conference_position", "");
        Optional<Position> place = Position.parse(wanted);
        if (place.isEmpty() && !wanted.isEmpty()) {
            log.warn("room {}: channel {}: conference_position {} is not x:y:z, for instance -0.5:0:-1", room.key(),
                    seat.request().channel().id(), LogText.of(wanted));
        }
        return place.isEmpty() && flags.has(MemberFlag.POSITIONAL) ? Optional.of(Position.CENTRE) : place;
    }

    private static List<Control> controls(Room room, Arrival arrival, MemberFlags flags) {
        if (flags.has(MemberFlag.DIST_DTMF)) {
            return List.of();
        }
        String own = arrival.variables().getOrDefault("conference_controls", "");
        if (!own.isEmpty()) {
            return room.around().settings().get().controls(own);
        }
        return flags.has(MemberFlag.MODERATOR) ? room.profile().moderatorControls() : room.profile().controls();
    }

    private static int energy(Room room, Arrival arrival) {
        int own = number(arrival, "conference_join_energy_level", -1, MAX_ENERGY, -1);
        return own < 0 ? ofRoom(room) : own;
    }

    /// @return the gate that the profile wants
    private static int ofRoom(Room room) {
        boolean always = room.state().flags.contains(ConferenceFlag.AUDIO_ALWAYS);
        return always ? 0 : Math.min(MAX_ENERGY, room.profile().number(ProfileParam.ENERGY_LEVEL));
    }

    private static int number(Arrival arrival, String name, int least, int most, int otherwise) {
        String value = arrival.variables().getOrDefault(name, "");
        return value.matches("-?[0-9]{1,4}") ? Math.clamp(Integer.parseInt(value), least, most) : otherwise;
    }

    private static Map<String, String> variables(Room room, Seat seat, Member member) {
        CallerProfile caller = seat.request().caller();
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("conference_name", room.key().name());
        variables.put("conference_member_id", Integer.toString(member.id()));
        variables.put("conference_moderator", Boolean.toString(member.moderator()));
        variables.put("conference_ghost", Boolean.toString(member.ghost()));
        variables.put("conference_uuid", room.state().uuid);
        if (seat.request().arrival().variables().containsKey(Ringing.VARIABLE)) {
            variables.put(Ringing.VARIABLE, ""); // it is here, and stays when the room ends
        }
        variables.put("conference_call_key", "conference_" + room.key().name() + "_" + room.key().domain() + "_" + caller.callerNumber());
        return variables;
    }
}
