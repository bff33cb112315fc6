package io.jverto.switchboard.application;

import io.jverto.switchboard.application.Application.Group;
import io.jverto.switchboard.application.Application.Trait;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.channel.MetaKeys;
import io.jverto.switchboard.channel.MetaKeys.Leg;
import io.jverto.switchboard.channel.MetaKeys.Side;
import io.jverto.switchboard.dialplan.Text;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a channel may do while it talks (dialplan-directory.md section 9.1).
final class TalkApplications {
    private static final Logger log = LoggerFactory.getLogger(TalkApplications.class);

    static final List<Application> ALL = List.of(
            Application.with("att_xfer", Group.CALL, "<dial string>",
                    "attended transfer: whom the call talks with hears hold music while you talk with a third one. Hang up to join the two; # or * goes back "
                            + "and lets the third one go; 0 lets all three talk (`attxfer_cancel_key`, `attxfer_hangup_key`, `attxfer_conf_key`). The rest "
                            + "of both dialplans is dropped; `att_xfer_result` says `success` or `failure`",
                    TalkApplications::attendedTransfer, Trait.DIALS),
            Application.of("bind_meta_app", Group.CALL, "<key> [a|b|ab] [<flags>] <application>[::<data>]",
                    "`*` and the key, pressed in a talk by the call's own party (a, also if nothing is said), by whom it talks with (b) or by either (ab), runs "
                            + "the application and is not passed on. Flags: a runs it on this call (also if nothing is said), b on the other leg, s on the leg of "
                            + "whoever pressed, o on the opposite one; 1 once; i makes no difference here. `bind_meta_key` is another key than `*`. Who "
                            + "presses no second key for 3 seconds has it passed on. Digits that telephones send inside their sound are heard by both sides",
                    TalkApplications::bind),
            Application.of("soft_hold", Group.CALL, "<key> [<sound> [<sound for the other side>]]",
                    "in a talk, for instance by `bind_meta_app`: until you press the key you hear the sound, or nothing, and the other side its own, or hold music",
                    SoftHold::run),
            Application.of("unbind_meta_app", Group.CALL, "[<key>]", "ends that for one key, or for all", TalkApplications::unbind));

    private static final String KEYS = "0123456789*#ABCD";
    private static final String META = "bind_meta_key";

    private TalkApplications() {}

    private static Next attendedTransfer(Channel channel, Text data, Services services) {
        if (!services.bridge().attend(channel, data)) {
            log.warn("channel {}: att_xfer: it talks with nobody", channel.logId());
            channel.variables().set("att_xfer_result", Text.syntax("failure"));
        }
        return Next.GO_ON;
    }

    private static Next bind(Channel channel, Text data) {
        Text rest = data.trim();
        String key = word(rest, 0);
        int next = after(rest, 0);
        String by = word(rest, next).toLowerCase(Locale.ROOT);
        boolean sides = by.matches("[ab]{1,2}");
        next = sides ? after(rest, next) : next;
        String flags = word(rest, next).toLowerCase(Locale.ROOT);
        boolean flagged = sides && flags.matches("[abosi1]{1,6}") && after(rest, next) < rest.length();
        Text application = rest.slice(flagged ? after(rest, next) : next);
        String meta = channel.variables().text(META).orElse("*").toUpperCase(Locale.ROOT);
        if (!isKey(key) || application.isEmpty() || !isKey(meta)) {
            log.warn("channel {}: bind_meta_app needs <key> [a|b|ab] [<flags>] <application>[::<data>], and bind_meta_key one key: {}",
                    channel.logId(), LogText.of(data));
            return Next.GO_ON;
        }
        channel.handle().metaKeys().bind(new MetaKeys.Binding(meta.charAt(0), Character.toUpperCase(key.charAt(0)), by(sides ? by : "a"),
                on(flagged ? flags : ""), flagged && flags.contains("1"), application));
        return Next.GO_ON;
    }

    private static boolean isKey(String text) {
        return text.length() == 1 && KEYS.indexOf(Character.toUpperCase(text.charAt(0))) >= 0;
    }

    /// @return the word that begins there; only what the configuration wrote ends it
    private static String word(Text text, int from) {
        int space = text.indexOf(' ', from);
        return text.slice(from, space < 0 ? text.length() : space).toString();
    }

    /// @return where the word after that one begins
    private static int after(Text text, int from) {
        int at = text.indexOf(' ', from);
        while (at >= 0 && text.isSyntax(at, ' ')) {
            at++;
        }
        return at < 0 ? text.length() : at;
    }

    private static Set<Side> by(String sides) {
        Set<Side> by = EnumSet.noneOf(Side.class);
        if (sides.contains("a")) {
            by.add(Side.OWN);
        }
        if (sides.contains("b")) {
            by.add(Side.OTHER);
        }
        return by;
    }

    private static Leg on(String flags) {
        return flags.contains("o") ? Leg.OPPOSITE : flags.contains("s") ? Leg.SAME : flags.contains("b") ? Leg.OTHER : Leg.OWN;
    }

    private static Next unbind(Channel channel, Text data) {
        String key = data.toString().trim();
        if (key.isEmpty()) {
            channel.handle().metaKeys().unbindAll();
        } else if (isKey(key)) {
            channel.handle().metaKeys().unbind(Character.toUpperCase(key.charAt(0)));
        } else {
            return Unusable.data(channel, "unbind_meta_app", data);
        }
        return Next.GO_ON;
    }
}
