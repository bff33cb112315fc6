package io.jverto.switchboard.application;

import io.jverto.media.plan.Sound;
import io.jverto.switchboard.application.Application.Group;
import io.jverto.switchboard.application.Application.Trait;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.ChannelHeaders;
import io.jverto.switchboard.channel.CoreChannelEvents;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.channel.Sounds;
import io.jverto.switchboard.channel.Spoken;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.event.EventName;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.shared.ValetLots.Slot;
import io.jverto.switchboard.speech.SayType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Calls that wait until somebody takes them elsewhere (dialplan-directory.md section 9.1).
final class ParkApplications {
    private static final Logger log = LoggerFactory.getLogger(ParkApplications.class);
    private static final String EVENT = "valet_parking::info";
    private static final int DEFAULT_LEAST = 1;
    private static final int DEFAULT_MOST = 11;
    private static final int DEFAULT_ASK_MILLIS = 10_000;
    private static final int DEFAULT_ORBIT_SECONDS = 60;
    private static final int MAX_SLOT = 1_000_000;
    private static final int MAX_SECONDS = 86_400;

    static final List<Application> ALL = List.of(
            Application.with("park", Group.CALL, "",
                    "waits in silence until somebody takes the call elsewhere; `park_timeout` is seconds, or `<seconds>:<cause>`",
                    ParkApplications::park, Trait.STAYS),
            Application.with("valet_park", Group.CALL,
                    "<lot> <slot>, <lot> auto in|out <least> <most>, <lot> ask <least> <most> <milliseconds> <sound>",
                    "parks the call with music in a slot of a lot, or joins it with whom it finds there; `auto in` takes the lowest free slot, "
                            + "`auto out` who has "
                            + "waited for longest, `ask` the digits that are pressed. The slot is said, "
                            + "unless `valet_announce_slot` is false. `valet_hold_music`; after `valet_parking_timeout` seconds "
                                    + "(60) it goes to "
                            + "`valet_parking_orbit_exten`, at once by the digit `valet_parking_orbit_exit_key`", ParkApplications::valet,
                                    Trait.STAYS));

    private ParkApplications() {}

    private static Next park(Channel channel, Text data, Services services) {
        if (channel.hasMedia()) {
            channel.route(new AudioRoute.Silent());
        }
        CoreChannelEvents.tell(channel, EventName.CHANNEL_PARK);
        ParkTimeout timeout = ParkTimeout.of(channel);
        while (channel.up() && !timeout.isOver(channel)) {
            channel.next(timeout.deadline());
        }
        timeout.endIfOver(channel);
        CoreChannelEvents.tell(channel, EventName.CHANNEL_UNPARK);
        return Next.GO_ON;
    }

    private static Next valet(Channel channel, Text data, Services services) {
        List<Text> words = CallApplications.words(data);
        if (words.size() < 2) {
            channel.hangup(Cause.DESTINATION_OUT_OF_ORDER, "valet_park needs a lot and a slot: " + data);
            return Next.GO_ON;
        }
        if (!channel.answer()) {
            return Next.GO_ON;
        }
        String lot = words.getFirst().toString();
        return switch (words.get(1).toString()) {
            case "auto" -> auto(channel, lot, words, services);
            case "ask" -> slot(channel, new Slot(lot, ask(channel, words)), services);
            default -> slot(channel, new Slot(lot, words.get(1).toString()), services);
        };
    }

    private static int number(List<Text> words, int index, int otherwise) {
        String text = index < words.size() ? words.get(index).toString() : "";
        return text.matches("[0-9]{1,9}") ? Math.min(Integer.parseInt(text), MAX_SLOT) : otherwise;
    }

    private static Next auto(Channel channel, String lot, List<Text> words, Services services) {
        int least = number(words, 3, DEFAULT_LEAST);
        int most = number(words, 4, DEFAULT_MOST);
        if (words.size() > 2 && words.get(2).toString().equals("out")) {
            Optional<ChannelId> parked = services.lots().takeLongest(lot, least, most);
            return parked.map(found -> join(channel, new Slot(lot, ""), found, services)).orElseGet(() -> nobody(channel, lot));
        }
        Optional<Slot> slot = services.lots().park(lot, least, most, channel.id());
        return slot.map(found -> waits(channel, found, services)).orElseGet(() -> {
            log.warn("channel {}: no slot is free in the lot {}", channel.logId(), LogText.of(lot));
            return Next.GO_ON;
        });
    }

    private static Next nobody(Channel channel, String lot) {
        log.info("channel {}: nobody is parked in the lot {}", channel.logId(), LogText.of(lot));
        return Next.GO_ON;
    }

    /// Digits until `#` or as many as the slots have at the most; the sound is heard until the first.
    private static String ask(Channel channel, List<Text> words) {
        int least = number(words, 2, DEFAULT_LEAST);
        int most = number(words, 3, DEFAULT_MOST);
        long millis = number(words, 4, DEFAULT_ASK_MILLIS);
        int digits = String.valueOf(most).length();
        Optional<Sound> prompt = words.size() > 5 ? Sounds.parse(channel, words.get(5)) : Optional.empty();
        prompt.ifPresent(channel::play);
        StringBuilder typed = new StringBuilder();
        long deadline = channel.in(millis);
        for (Optional<ChannelEvent> event = channel.next(deadline); event.isPresent(); event = channel.next(deadline)) {
            if (event.get() instanceof ChannelEvent.Digit digit) {
                if (typed.isEmpty() && prompt.isPresent()) {
                    channel.route(new AudioRoute.Silent());
                }
                boolean ended = digit.digit() == '#';
                typed.append(ended ? "" : String.valueOf(digit.digit()));
                if (ended || typed.length() == digits) {
                    break;
                }
                deadline = channel.in(millis);
            } else if (event.get() instanceof ChannelEvent.PlaybackEnded) {
                deadline = channel.in(millis);
            }
        }
        String slot = typed.toString();
        boolean known = slot.matches("[0-9]{1,7}") && Integer.parseInt(slot) >= least && Integer.parseInt(slot) <= most;
        return known ? slot : "";
    }

    private static Next slot(Channel channel, Slot slot, Services services) {
        if (slot.extension().isEmpty()) {
            log.info("channel {}: no slot was chosen in the lot {}", channel.logId(), LogText.of(slot.lot()));
            return Next.GO_ON;
        }
        if (services.lots().park(slot, channel.id())) {
            return waits(channel, slot, services);
        }
        Optional<ChannelId> parked = services.lots().take(slot);
        return parked.map(found -> join(channel, slot, found, services)).orElseGet(() -> nobody(channel, slot.lot()));
    }

    private static Next join(Channel channel, Slot slot, ChannelId parked, Services services) {
        Optional<ChannelHandle> other = services.channels().handle(parked);
        tell(channel, services, "bridge", slot);
        other.ifPresent(call -> services.transfers().bridge(channel.handle(), call));
        return Next.GO_ON;
    }

    private static Next waits(Channel channel, Slot slot, Services services) {
        channel.variables().set("valet_parking_slot", slot.extension());
        channel.variables().set("valet_lot_extension", slot.extension());
        tell(channel, services, "hold", slot);
        announce(channel, slot);
        Text music = channel.variables().get("valet_hold_music");
        channel.play(music.isEmpty() ? Sounds.holdMusic(channel) : Sounds.ringback(channel, music).orElseGet(Sound.Music::new));
        boolean orbits = !channel.variables().get("valet_parking_orbit_exten").isEmpty();
        int seconds = channel.variables().number("valet_parking_timeout").orElse(orbits ? DEFAULT_ORBIT_SECONDS : 0);
        boolean leaves = await(channel, seconds > 0 ? channel.in(Math.min(seconds, MAX_SECONDS) * 1_000L) : Channel.FOREVER);
        boolean stillThere = services.lots().holds(slot, channel.id());
        if (stillThere) {
            services.lots().leave(channel.id());
            tell(channel, services, "exit", slot);
        }
        if (!leaves || !channel.up()) {
            return Next.GO_ON;
        }
        channel.route(new AudioRoute.Silent());
        Text orbit = channel.variables().get("valet_parking_orbit_exten");
        return orbit.isEmpty()
                ? Next.GO_ON
                : new Next.Transfer(orbit, channel.variables().get("valet_parking_orbit_dialplan"),
                        channel.variables().get("valet_parking_orbit_context"));
    }

    /// Says the digits of the slot, unless `valet_announce_slot` is false; `*` cuts it short.
    private static void announce(Channel channel, Slot slot) {
        boolean wanted = !channel.variables().text("valet_announce_slot").orElse("true").matches("(?i)false|no|off|0|disabled");
        if (wanted && slot.extension().matches("[0-9]{1,20}")) {
            Spoken.say(channel, SayType.TELEPHONE_EXTENSION, SayType.Method.ITERATED, slot.extension())
                    .ifPresent(sound -> Playback.untilOver(channel, sound));
        }
    }

    /// @return true when the time is over or the caller pressed the digit that leads out; false when the call goes elsewhere
    private static boolean await(Channel channel, long deadline) {
        String key = channel.variables().text("valet_parking_orbit_exit_key").orElse("");
        while (channel.up()) {
            Optional<ChannelEvent> event = channel.next(deadline);
            if (event.isEmpty() && channel.up() || event.isPresent() && event.get() instanceof ChannelEvent.Digit digit
                    && key.indexOf(digit.digit()) >= 0) {
                return true;
            }
        }
        return false;
    }

    private static void tell(Channel channel, Services services, String action, Slot slot) {
        Map<String, String> headers = ChannelHeaders.of(channel, channel.state());
        headers.put("Action", action);
        headers.put("Valet-Lot-Name", slot.lot());
        headers.put("Valet-Extension", slot.extension());
        services.events().custom(EVENT, headers);
    }
}
