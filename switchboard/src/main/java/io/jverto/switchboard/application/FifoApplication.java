package io.jverto.switchboard.application;

import io.jverto.media.plan.Sound;
import io.jverto.switchboard.application.Application.Group;
import io.jverto.switchboard.application.Application.Trait;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.ChannelHeaders;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.channel.Sounds;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.dialplan.Words;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `fifo` (dialplan-directory.md section 9.1): callers wait in a queue until somebody serves them. [FifoOutbound] calls members.
final class FifoApplication {
    private static final Logger log = LoggerFactory.getLogger(FifoApplication.class);
    private static final String EVENT = "fifo::info";
    private static final int MAX_NAME = 255;
    private static final int MAX_NAMES = 32;
    private static final String USAGE = "<name>[!<importance>] in [<announcement>|undef [<music>|undef]], or <name>[,<name>...] out [wait|nowait] "
            + "[<announcement>|undef [<music>|undef]]";

    static final List<Application> ALL = List.of(
            Application.with("fifo", Group.CALL, USAGE,
                    "`in` answers and waits in a queue with music; when somebody serves it, the announcement is heard and the two talk. Smaller "
                            + "`fifo_priority` (1 to 10, 5) first, then who came first; `fifo_position` says how far. `fifo_orbit_exten=<extension>[:<seconds>]` (60) is where "
                            + "who has waited too long goes (`fifo_orbit_dialplan`, `fifo_orbit_context`, `fifo_orbit_announce`); `fifo_caller_exit_key` leaves the "
                            + "queue, for there if `fifo_caller_exit_to_orbit`. `fifo_chime_list` (between commas) is heard each `fifo_chime_freq` seconds (30). "
                            + "`out` answers and serves the queues: with `wait` (also if nothing is said) one after the other, until `fifo_consumer_exit_key` (*), which in a talk "
                            + "ends that; with `nowait` one, if there is one. `fifo_strategy` is `waiting_longer` or `more_ppl`, `fifo_pop_order` priorities "
                            + "between commas. After a talk come `fifo_consumer_wrapup_sound`, `fifo_consumer_wrapup_key` and `fifo_consumer_wrapup_time` ms (5000). When either "
                            + "hangs up, a caller's call is over. Members (`fifo_member`, `fifo.conf`) are called while callers wait whom nobody is free to serve, one for each; they serve as by `out`, with `{member_wait=nowait}` in their dial string one caller. `fifo_music`, `fifo_announce`, `fifo_status`, `fifo_role`, `fifo_serviced_uuid`, `fifo_bridge_uuid`; events `fifo::info`",
                    FifoApplication::run, Trait.STAYS));

    private FifoApplication() {}

    private static Next run(Channel channel, Text data, Services services) {
        List<Text> words = Words.of(data);
        List<String> names = words.isEmpty() ? List.of() : words.getFirst().split(',').stream().map(FifoApplication::name).toList();
        String way = word(words, 1).toString();
        boolean known = !names.isEmpty() && names.size() <= MAX_NAMES && names.stream().allMatch(name -> !name.isEmpty() && name.length() <= MAX_NAME)
                && (way.equals("in") && names.size() == 1 || way.equals("out"));
        if (!known) {
            channel.hangup(Cause.DESTINATION_OUT_OF_ORDER, "fifo needs " + USAGE + ": " + LogText.of(data));
            return Next.GO_ON;
        }
        if (!channel.answer()) {
            return Next.GO_ON;
        }
        if (way.equals("in")) {
            return new FifoCaller(channel, names.getFirst(), services).run(word(words, 2), word(words, 3));
        }
        boolean said = word(words, 2).toString().matches("wait|nowait");
        boolean waits = !word(words, 2).toString().equals("nowait");
        new FifoConsumer(channel, names, services).run(waits, word(words, said ? 3 : 2), word(words, said ? 4 : 3));
        return Next.GO_ON;
    }

    private static String name(Text text) {
        int importance = text.indexOf('!', 0);
        return text.slice(0, importance < 0 ? text.length() : importance).toString().trim();
    }

    /// @return empty for `undef` too
    private static Text word(List<Text> words, int index) {
        Text word = index < words.size() ? words.get(index) : Text.EMPTY;
        return word.toString().equals("undef") ? Text.EMPTY : word;
    }

    /// What is heard while somebody waits: the variable's wish, or what the application says, or hold music.
    static Sound music(Channel channel, Text said) {
        Text wanted = channel.variables().get("fifo_music");
        Text music = wanted.isEmpty() ? said : wanted;
        return music.isEmpty() ? Sounds.holdMusic(channel) : Sounds.ringback(channel, music).orElseGet(Sound.Music::new);
    }

    /// Lets the channel hear something to its end, if there is anything.
    static void play(Channel channel, Text sound) {
        if (!sound.isEmpty()) {
            Sounds.parse(channel, sound).ifPresent(found -> Playback.untilOver(channel, found));
        }
    }

    static void tell(Channel channel, Services services, String fifo, String action) {
        tell(channel, services, fifo, action, Map.of());
    }

    static void tell(Channel channel, Services services, String fifo, String action, Map<String, String> more) {
        Map<String, String> headers = ChannelHeaders.of(channel, channel.state());
        headers.put("FIFO-Name", fifo);
        headers.put("FIFO-Action", action);
        headers.putAll(more);
        services.events().custom(EVENT, headers);
        log.info("channel {}: fifo {}: {}", channel.logId(), LogText.of(fifo), action);
    }

    /// Lets channels look anew at the queue.
    static void nudge(Services services, List<ChannelId> channels) {
        channels.forEach(id -> services.channels().handle(id).ifPresent(handle -> handle.tell(new ChannelEvent.Nudged())));
    }

    /// Something has changed in a queue that may call somebody.
    static void look(Channel channel, Services services, String fifo) {
        if (!services.members().of(fifo).isEmpty() || !services.members().ringing(fifo).isEmpty()) {
            new FifoOutbound(services, channel.services().time()).look(fifo);
        }
    }

    static boolean isKey(Channel channel, Optional<ChannelEvent> event, String variable, String otherwise) {
        return event.isPresent() && event.get() instanceof ChannelEvent.Digit digit
                && channel.variables().text(variable).orElse(otherwise).indexOf(digit.digit()) >= 0;
    }
}
