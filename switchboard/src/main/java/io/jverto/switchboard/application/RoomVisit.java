package io.jverto.switchboard.application;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.plan.Recording;
import io.jverto.media.plan.Sound;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.ChannelHeaders;
import io.jverto.switchboard.channel.ChannelState;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.channel.Privacy;
import io.jverto.switchboard.channel.SoundPaths;
import io.jverto.switchboard.channel.Sounds;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChatMessage;
import io.jverto.switchboard.port.ConferenceService;
import io.jverto.switchboard.port.ConferenceService.Arrival;
import io.jverto.switchboard.port.ConferenceService.Door;
import io.jverto.switchboard.port.ConferenceService.Join;
import io.jverto.switchboard.port.ConferenceService.JoinRequest;
import io.jverto.switchboard.port.ConferenceService.Membership;
import io.jverto.switchboard.port.ConferenceService.Standing;
import io.jverto.switchboard.port.RoomNotice;
import io.jverto.switchboard.port.Saying;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A channel's way into a room, its stay, and its way out (conference.md section 3): the PIN is asked for here, the room decides.
@OwnedBy(Role.CHANNEL)
final class RoomVisit {
    private static final Logger log = LoggerFactory.getLogger(RoomVisit.class);
    private static final String MEMBER_FLAGS = "conference_member_flags";
    private static final String ROOM_FLAGS = "conference_flags";
    private static final String CLIENT_VARIABLE = "verto_dvar_";
    private static final String PIN_MARK = "X-ConfPin=";
    private static final int PIN_MILLIS = 10_000;
    private static final int MAX_PIN = 30;
    /// How soon the # comes that ends a PIN which was long enough without it.
    private static final int HASH_MILLIS = 3_000;
    /// What a prompt or a farewell may take. A call on hold hears none.
    private static final int MAX_SOUND_MILLIS = 60_000;

    private final Channel channel;
    private final ConferenceService conferences;
    private final boolean bridged;
    private final String domain;
    private boolean ended;
    private boolean wasIn;
    /// The deadline of that #, while it has not come.
    private Optional<Long> lateHash = Optional.empty();
    private Optional<RoomNotice.MovedTo> move = Optional.empty();

    RoomVisit(Channel channel, ConferenceService conferences) {
        this(channel, conferences, false, channel.expand(Text.syntax("${domain_name}")).toString());
    }

    private RoomVisit(Channel channel, ConferenceService conferences, boolean bridged, String domain) {
        this.channel = channel;
        this.conferences = conferences;
        this.bridged = bridged;
        this.domain = domain;
    }

    /// Of one who comes to talk with one other: nothing is asked of it.
    static RoomVisit bridged(Channel channel, ConferenceService conferences) {
        return new RoomVisit(channel, conferences).with(channel);
    }

    /// Of the other one, in the same domain.
    RoomVisit with(Channel other) {
        return new RoomVisit(other, conferences, true, domain);
    }

    /// Whether a room took it.
    boolean wasIn() {
        return wasIn;
    }

    boolean isThere(RoomTarget target) {
        return conferences.isThere(new ConferenceService.RoomName(target.name(), domain, target.profile()));
    }

    void run(RoomTarget target) {
        Optional<Standing> before = channel.agenda().takeReturn();
        before.ifPresentOrElse(this::comeBack, () -> visit(target, numberBefore()));
        boolean moved = false;
        for (Optional<RoomNotice.MovedTo> to = move; to.isPresent() && channel.up(); to = move) {
            moved = true;
            move = Optional.empty();
            channel.variables().set("last_transfered_conference", to.get().name()); // spelt as scripts know it
            visit(new RoomTarget(to.get().name(), to.get().profile(), "", ""), to.get().memberId());
        }
        boolean goesOn = channel.variables().text("hangup_after_conference").filter("false"::equalsIgnoreCase).isPresent();
        if (channel.up() && (moved || ended && !goesOn)) {
            channel.hangup(Cause.NORMAL_CLEARING, "the conference is over");
        }
    }

    /// Is in the room again in which it was before the server was started again, as it was.
    private void comeBack(Standing standing) {
        ended = false;
        Arrival arrival = new Arrival(false, "", "", flags("", ROOM_FLAGS), standing.memberId(), channel.variables().plain(),
                ChannelHeaders.of(channel, channel.state()), Optional.empty(), Optional.of(standing));
        switch (conferences.join(request(standing.room(), standing.profile(), standing.flags(), arrival))) {
            case Join.Joined(Membership membership) -> {
                membership.held(channel.state() == ChannelState.HELD);
                stayAs(membership);
            }
            case Join.Refused refused -> refuse(refused);
        }
    }

    private void stayAs(Membership membership) {
        wasIn = true;
        membership.variables().forEach((name, value) -> channel.variables().set(name, Text.data(value)));
        stay(membership);
        channel.variables().set("conference_call_key", Text.EMPTY);
    }

    /// Whoever was in a room before, and is transferred back, has the number that he had (conference.md section 3, step 12).
    private int numberBefore() {
        return channel.variables().number("conference_member_id").filter(id -> id > 0).orElse(0);
    }

    private void visit(RoomTarget target, int memberId) {
        ended = false;
        JoinRequest request = request(target, memberId);
        Door door = conferences.door(request);
        if (!door.recording().isEmpty()) {
            request = request(target, memberId, recording(door.recording()));
        }
        announce();
        Join join = enter(request, door);
        switch (join) {
            case Join.Joined(Membership membership) -> stayAs(membership);
            case Join.Refused refused -> refuse(refused);
        }
    }

    /// What the one who called it into the room wants it to hear first. It chose no file outside of the folders of sounds.
    private void announce() {
        String sound = channel.variables().text(ConferenceService.Outcall.ANNOUNCE).orElse("");
        if (!sound.isEmpty() && channel.outbound()) {
            channel.variables().set(ConferenceService.Outcall.ANNOUNCE, Text.EMPTY);
            play(sound.startsWith("say:") || sound.startsWith("phrase:") ? Text.syntax(sound) : Text.data(sound), "none");
        }
    }

    private void refuse(Join.Refused refused) {
        if (!refused.sound().isEmpty()) {
            play(Text.syntax(refused.sound()), "none");
        }
        switch (refused.why()) {
            case UNABLE -> channel.hangup(refused.cause(), "the conference refused: " + refused.reason());
            case PIN, LOCKED, FULL -> log.info("channel {}: not let in: {}", channel.logId(), LogText.of(refused.reason()));
            case JOIN_ONLY -> {
                log.info("channel {}: not let in: {}", channel.logId(), LogText.of(refused.reason()));
                ended = true;
            }
        }
    }

    /// Tries the PIN that came along, then asks. Whoever guessed before waits first.
    private Join enter(JoinRequest request, Door door) {
        Join join = door.waitMillis() > 0 && request.arrival().pin().isEmpty() ? wrong() : first(request, door);
        for (int tries = 0; isWrong(join) && door.digits() > 0 && tries < door.tries() && channel.up(); tries++) {
            waitFor(conferences.door(request));
            String digits = ask(door);
            join = channel.up() ? conferences.join(request.withPin(digits)) : join;
            if (isWrong(join) && channel.up() && !door.badPinSound().isEmpty()) {
                play(Text.syntax(door.badPinSound()), "none");
            }
        }
        return join;
    }

    private Join first(JoinRequest request, Door door) {
        waitFor(door);
        return conferences.join(request);
    }

    private static Join wrong() {
        return new Join.Refused(Cause.CALL_REJECTED, "it has no PIN", Join.Why.PIN, "");
    }

    private void waitFor(Door door) {
        if (door.waitMillis() > 0) {
            channel.pause(door.waitMillis());
        }
    }

    private static boolean isWrong(Join join) {
        return join instanceof Join.Refused refused && refused.why() == ConferenceService.Join.Why.PIN;
    }

    /// Digits end with `#`, or when there are enough. The prompt ends with the first.
    private String ask(Door door) {
        StringBuilder pressed = new StringBuilder();
        if (!door.pinSound().isEmpty()) {
            play(Text.syntax(door.pinSound()), "any").filter(digit -> !endsPin(digit, true)).ifPresent(digit -> append(pressed, digit));
        }
        long deadline = channel.in(pressed.isEmpty() && door.digitMillis() > 0 ? door.digitMillis() : PIN_MILLIS);
        boolean done = pressed.indexOf("#") >= 0;
        while (!done && pressed.length() < door.digits() && channel.up()) {
            Optional<ChannelEvent> event = channel.next(deadline);
            if (event.isEmpty()) {
                break;
            }
            if (event.get() instanceof ChannelEvent.Digit digit && !endsPin(digit.digit(), true)) {
                deadline = pressed.isEmpty() && door.digitMillis() > 0 ? channel.in(PIN_MILLIS) : deadline;
                append(pressed, digit.digit());
                done = digit.digit() == '#';
            }
        }
        lateHash = done || pressed.length() < door.digits() ? Optional.empty() : Optional.of(channel.in(HASH_MILLIS));
        return pressed.toString().replace("#", "");
    }

    /// Whether this is the # of a PIN that counted before it came. It must not be a key of the room, which may hang up, nor a second try.
    ///
    /// @param asked whether a PIN is asked for: then it may have waited behind a prompt, however long that is
    private boolean endsPin(char digit, boolean asked) {
        boolean ends = digit == '#' && lateHash.filter(deadline -> asked || deadline - channel.in(0) > 0).isPresent();
        lateHash = Optional.empty();
        return ends;
    }

    private static void append(StringBuilder pressed, char digit) {
        if (pressed.length() < MAX_PIN) {
            pressed.append(digit);
        }
    }

    /// Plays to the channel alone. What is not there is left out.
    ///
    /// @param terminators `any` or `none`
    /// @return the digit that ended it
    private Optional<Character> play(Text sound, String terminators) {
        Optional<Sound> found = Sounds.parse(channel, sound);
        if (found.isEmpty() || !channel.up() || channel.state() == ChannelState.HELD) {
            return Optional.empty();
        }
        Optional<Character> digit = Playback.untilDigit(channel, found.get(), terminators, channel.in(MAX_SOUND_MILLIS));
        channel.route(new AudioRoute.Silent());
        return digit;
    }

    private void stay(Membership membership) {
        boolean out = false;
        channel.agenda().sits(membership::standing, membership::breakOff);
        channel.sayings().heardBy(saying -> saying instanceof Saying.InCall(ChatMessage message) && membership.say(message));
        RoomNotice.Out how = new RoomNotice.Out("", true, false);
        try {
            while (channel.up() && !out) {
                Optional<ChannelEvent> event = channel.next(Channel.FOREVER);
                if (event.isPresent() && event.get() instanceof ChannelEvent.FromRoom(RoomNotice notice)) {
                    out = obey(notice);
                    how = notice instanceof RoomNotice.Out told ? told : how;
                    move = notice instanceof RoomNotice.MovedTo to ? Optional.of(to) : move;
                } else {
                    event.ifPresent(what -> hand(membership, what));
                }
            }
        } finally {
            channel.sayings().heardByNobody();
            channel.agenda().stands();
            membership.leave();
        }
        ended = how.ended();
        if (!how.sound().isEmpty()) {
            play(how.configured() ? Text.syntax(how.sound()) : Text.data(how.sound()), "none");
        }
    }

    /// @return whether it is out of the room by this
    private boolean obey(RoomNotice notice) {
        return switch (notice) {
            case RoomNotice.Out _, RoomNotice.MovedTo _ -> true;
            case RoomNotice.Knows(String name, String value) -> {
                channel.variables().set(name, Text.data(value));
                yield false;
            }
            case RoomNotice.Digits(String digits) -> {
                digits.chars().forEach(digit -> channel.digits().send(Character.toUpperCase((char) digit), SoundApplications.DEFAULT_DIGIT_MILLIS));
                yield false;
            }
        };
    }

    private void hand(Membership membership, ChannelEvent event) {
        if (event instanceof ChannelEvent.Digit(char digit, int _, var _)) {
            if (!endsPin(digit, false)) {
                membership.dtmf(digit);
            }
        } else if (event instanceof ChannelEvent.Talking(boolean talking)) {
            membership.talking(talking);
        } else if (event instanceof ChannelEvent.Hold) {
            membership.held(channel.state() == ChannelState.HELD);
        } else if (event instanceof ChannelEvent.Changed) {
            membership.describe(clientVariables());
        } else if (event instanceof ChannelEvent.Reattached) {
            membership.announce();
        }
    }

    private JoinRequest request(RoomTarget target, int memberId) {
        return request(target, memberId, Optional.empty());
    }

    private JoinRequest request(RoomTarget target, int memberId, Optional<Recording> recording) {
        boolean checked = !bridged && channel.variables().text("conference_enforce_security").map("true"::equalsIgnoreCase).orElse(!channel.outbound());
        Arrival arrival = new Arrival(checked, target.pin(), suppliedPin(), flags(bridged ? target.flags() + "|bridge_to" : target.flags(), ROOM_FLAGS),
                memberId, channel.variables().plain(), ChannelHeaders.of(channel, channel.state()), recording);
        return request(target.name(), target.profile(), flags(target.flags(), MEMBER_FLAGS), arrival);
    }

    private JoinRequest request(String name, String profile, String flags, Arrival arrival) {
        return new JoinRequest(
                channel.handle(), channel.media(), name, domain, profile, flags, Privacy.shown(channel, channel.profile()),
                channel.codec().map(codec -> codec.sdpName() + "@" + codec.sampleRate()).orElse(""),
                channel.variables().text("event_channel_cookie").orElse(""),
                clientVariables(),
                arrival);
    }

    /// Of one whom a room called: those that its dial string wanted (conference.md section 14).
    private String outcallFlags() {
        return channel.outbound() ? channel.variables().text("outcall_flags").orElse("") : "";
    }

    private String suppliedPin() {
        String supplied = channel.variables().text("supplied_pin").orElse("");
        int mark = supplied.indexOf(PIN_MARK);
        String pin = mark < 0 ? supplied : supplied.substring(mark + PIN_MARK.length()).split(";", 2)[0];
        return pin.length() > MAX_PIN ? "" : pin;
    }

    private Optional<Recording> recording(String template) {
        return SoundPaths.toRecord(channel, channel.expand(Text.syntax(template)))
                .map(place -> new Recording(place.path(), place.followLinks(), 0, Recording.Silence.NEVER));
    }

    /// Flags of the data, of the variable, and of each true `<variable>_<flag>` (conference.md section 2.1).
    private String flags(String ofData, String variable) {
        List<String> flags = new ArrayList<>(List.of(ofData));
        channel.variables().text(variable).ifPresent(flags::add);
        if (variable.equals(MEMBER_FLAGS)) {
            flags.add(outcallFlags());
        }
        for (String name : channel.variables().all().keySet()) {
            if (name.startsWith(variable + "_") && channel.variables().isTrue(name)) {
                flags.add(name.substring(variable.length() + 1));
            }
        }
        return flags.stream().filter(flag -> !flag.isEmpty()).collect(Collectors.joining("|"));
    }

    /// What the client says of itself, for the others in the room to see (verto-wire.md section 9.5).
    private Map<String, String> clientVariables() {
        Map<String, String> said = new LinkedHashMap<>();
        channel.variables().all().forEach((name, value) -> {
            if (name.startsWith(CLIENT_VARIABLE)) {
                said.put(name.substring(CLIENT_VARIABLE.length()), value.toString());
            }
        });
        return said;
    }
}
