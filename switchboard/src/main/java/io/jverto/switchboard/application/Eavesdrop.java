package io.jverto.switchboard.application;

import io.jverto.switchboard.application.Application.Group;
import io.jverto.switchboard.application.Application.Trait;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.Channels;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.channel.Sounds;
import io.jverto.switchboard.command.LiveChannels.ChannelRow;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.AudioRoute.Whom;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.MediaService.MediaRef;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `eavesdrop all|<uuid>` and `three_way <uuid>`: listens in on calls, and may be heard there (dialplan-directory.md section 9.1). Who may do
/// so is for the dialplan to say; `eavesdrop_require_group` keeps it to channels with that `eavesdrop_group`. Nobody listens to one who
/// listens himself.
final class Eavesdrop {
    private static final Logger log = LoggerFactory.getLogger(Eavesdrop.class);
    private static final String LISTEN = "eavesdrop";
    private static final String TAKE_PART = "three_way";
    private static final Set<String> LISTENERS = Set.of(LISTEN, TAKE_PART);
    private static final String KEYS = "eavesdrop_enable_dtmf";
    private static final String EVERYBODY = "all";
    /// Until it is looked again whether anybody talks.
    private static final long LOOK_AGAIN_MILLIS = 1_000;

    static final List<Application> ALL = List.of(
            Application.with(LISTEN, Group.CALL, "all|<uuid>",
                    "listens in on a call, or on all, one after the other. Keys: 2 lets the call's own party hear you, 1 whom it talks with, 3 both, 0 nobody; "
                            + "* goes to the next call. `eavesdrop_whisper_aleg` and `eavesdrop_whisper_bleg` let a side hear you from the start; with one of "
                            + "`eavesdrop_bridge_aleg` and `eavesdrop_bridge_bleg` you hear that side alone",
                    (channel, data, services) -> new Eavesdrop(channel, services.channels(), true).run(data), Trait.STAYS),
            Application.with(TAKE_PART, Group.CALL, "<uuid>", "takes part in a call: both sides hear you, and you both",
                    (channel, data, services) -> new Eavesdrop(channel, services.channels(), false).run(data), Trait.STAYS));

    private final Channel channel;
    private final Channels channels;
    private final boolean keys;
    private final Whom hears;
    private Whom heardBy;

    private Eavesdrop(Channel channel, Channels channels, boolean listensOnly) {
        this.channel = channel;
        this.channels = channels;
        boolean keysOff = channel.variables().text(KEYS).isPresent() && !channel.variables().isTrue(KEYS);
        this.keys = listensOnly && !keysOff;
        Whom wanted = sides("eavesdrop_bridge_");
        this.hears = listensOnly && wanted != Whom.NOBODY ? wanted : Whom.BOTH;
        this.heardBy = listensOnly ? sides("eavesdrop_whisper_") : Whom.BOTH;
    }

    /// @param variable `eavesdrop_bridge_` for the sides that are listened to, `eavesdrop_whisper_` for those that hear the listener from the start
    private Whom sides(String variable) {
        return whom(channel.variables().isTrue(variable + "aleg"), channel.variables().isTrue(variable + "bleg"));
    }

    private static Whom whom(boolean party, boolean other) {
        return party && other ? Whom.BOTH : party ? Whom.PARTY : other ? Whom.OTHER : Whom.NOBODY;
    }

    private Next run(Text data) {
        String wanted = data.toString().trim();
        if (!channel.preAnswer()) {
            return Next.GO_ON;
        }
        if (wanted.equalsIgnoreCase(EVERYBODY)) {
            everybody();
        } else {
            one(wanted);
        }
        if (channel.up()) {
            channel.route(new AudioRoute.Silent());
        }
        return Next.GO_ON;
    }

    private void one(String id) {
        Optional<ChannelHandle> target = channels.handle(new ChannelId(id)).filter(this::mayBeHeard);
        if (target.isEmpty() || !listenTo(target.get())) {
            log.warn("channel {}: there is no call {} to listen to, or it may not be listened to", channel.logId(), LogText.of(id));
            indicate("eavesdrop_indicate_failed");
        }
    }

    /// One call after the other, in the order in which they began, over and over.
    private void everybody() {
        Optional<ChannelId> last = Optional.empty();
        int refused = 0;
        while (channel.up()) {
            List<ChannelHandle> all = channels.rows().stream()
                    .flatMap(row -> channels.handle(row.id()).stream())
                    .filter(this::mayBeHeard)
                    .toList();
            if (refused >= all.size()) {
                idle();
                refused = 0;
            } else {
                ChannelHandle next = after(last, all);
                last = Optional.of(next.id());
                refused = listenTo(next) ? 0 : refused + 1;
            }
        }
    }

    private static ChannelHandle after(Optional<ChannelId> last, List<ChannelHandle> all) {
        int at = -1;
        for (int i = 0; i < all.size(); i++) {
            at = last.filter(all.get(i).id()::equals).isPresent() ? i : at;
        }
        return all.get((at + 1) % all.size());
    }

    private void idle() {
        channel.route(new AudioRoute.Silent());
        indicate("eavesdrop_indicate_idle");
        channel.pause(LOOK_AGAIN_MILLIS);
    }

    private void indicate(String variable) {
        Text sound = channel.variables().get(variable);
        if (!sound.isEmpty() && channel.up()) {
            Sounds.parse(channel, sound).ifPresent(one -> Playback.untilOver(channel, one));
        }
    }

    private boolean mayBeHeard(ChannelHandle target) {
        Optional<ChannelRow> row = target.row();
        return target != channel.handle() && target.answered() && row.filter(one -> LISTENERS.contains(one.application())).isEmpty();
    }

    /// Listens until the call is over, the key `*` is pressed, or this channel has something else to do.
    ///
    /// @return false when it cannot be listened to
    private boolean listenTo(ChannelHandle target) {
        String group = channel.variables().text("eavesdrop_require_group").orElse("");
        Optional<MediaRef> media = target.visit(self -> group.isEmpty() || group.equals(self.variables().get("eavesdrop_group").toString())
                        ? self.liveMedia() : Optional.<MediaRef>empty())
                .flatMap(found -> found);
        if (media.isEmpty()) {
            return false;
        }
        if (keys) {
            indicate("eavesdrop_indicate_new");
        }
        log.info("channel {}: listens in on channel {}", channel.logId(), LogText.of(target.id()));
        long listening = channel.listen(media.get(), hears, heardBy);
        while (channel.up()) {
            switch (channel.next(Channel.FOREVER).orElse(null)) {
                case ChannelEvent.PlaybackEnded(long ended, var _) when ended == listening -> {
                    return true;
                }
                case ChannelEvent.Digit(char digit, int _, var _) when keys && digit == '*' -> {
                    return true;
                }
                case ChannelEvent.Digit(char digit, int _, var _) when keys -> {
                    heardBy = heardBy(digit);
                    channel.route(new AudioRoute.Listen(media.get(), hears, heardBy, listening));
                }
                case null, default -> { }
            }
        }
        return true;
    }

    private Whom heardBy(char digit) {
        return switch (digit) {
            case '0' -> Whom.NOBODY;
            case '1' -> Whom.OTHER;
            case '2' -> Whom.PARTY;
            case '3' -> Whom.BOTH;
            default -> heardBy;
        };
    }
}
