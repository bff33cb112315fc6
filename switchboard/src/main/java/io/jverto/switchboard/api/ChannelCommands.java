package io.jverto.switchboard.api;

import io.jverto.switchboard.application.Execution;
import io.jverto.switchboard.application.Execution.Wait;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.Channels;
import io.jverto.switchboard.channel.Party;
import io.jverto.switchboard.port.ApiCommand;
import io.jverto.switchboard.port.CallRef.HoldWish;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// Commands that do something with one channel where it is (dialplan-directory.md section 14.3).
final class ChannelCommands {
    private static final String PATH = "playback";
    private static final int MAX_DIGIT_MILLIS = 24_000;

    private final Channels channels;
    private final Execution execution;

    private ChannelCommands(Channels channels, Execution execution) {
        this.channels = channels;
        this.execution = execution;
    }

    static List<ApiCommand> of(Channels channels, Execution execution) {
        ChannelCommands commands = new ChannelCommands(channels, execution);
        return List.of(
                ApiCommand.of("uuid_kill", commands::kill),
                ApiCommand.of("hupall", commands::hangupAll),
                ApiCommand.of("uuid_answer", arguments -> commands.answered(arguments, Channel::answer)),
                ApiCommand.of("uuid_pre_answer", arguments -> commands.answered(arguments, Channel::preAnswer)),
                ApiCommand.of("uuid_hold", commands::hold),
                ApiCommand.of("uuid_video_refresh", commands::refreshVideo),
                ApiCommand.of("uuid_display", commands::display),
                ApiCommand.of("uuid_send_dtmf", commands::sendDigits),
                ApiCommand.of("uuid_recv_dtmf", commands::receiveDigits),
                ApiCommand.of("uuid_broadcast", commands::broadcast),
                ApiCommand.of("uuid_break", commands::cut));
    }

    private Optional<ChannelHandle> find(String id) {
        return channels.handle(new ChannelId(id));
    }

    private String onChannel(String id, Function<ChannelHandle, String> action) {
        return find(id).map(action).orElse(Replies.NO_CHANNEL);
    }

    private static String[] words(String arguments, int most) {
        return arguments.trim().split(" +", most);
    }

    private String kill(String arguments) {
        String[] words = words(arguments, 2);
        if (words[0].isEmpty()) {
            return Replies.usage("<uuid> [cause]");
        }
        Cause cause = words.length > 1 ? Causes.parse(words[1]) : Cause.NORMAL_CLEARING;
        return onChannel(words[0], channel -> Replies.okIf(channel.hangup(cause, false), Replies.NO_CHANNEL));
    }

    /// With a variable and a value only the channels that have it.
    private String hangupAll(String arguments) {
        String[] words = words(arguments, 3);
        if (words.length == 2) {
            return Replies.usage("[<cause> [<variable> <value>]]");
        }
        Cause cause = words[0].isEmpty() ? Cause.MANAGER_REQUEST : Causes.parse(words[0]);
        Predicate<ChannelHandle> wanted = words.length < 3
                ? channel -> true
                : channel -> channel.visit(self -> self.variables().get(words[1]).toString().equals(words[2])).orElse(false);
        channels.handles().stream().filter(wanted).forEach(channel -> channel.hangup(cause, false));
        return "+OK hangup all channels with cause " + cause + "\n";
    }

    private String answered(String id, Predicate<Channel> how) {
        if (id.isEmpty()) {
            return Replies.usage("<uuid>");
        }
        return onChannel(id, channel -> Replies.okIf(
                Execution.isReady(channel) && channel.visit(how::test).orElse(false), Replies.FAILED));
    }

    private String hold(String arguments) {
        String[] words = words(arguments, 3);
        HoldWish wish = switch (words[0]) {
            case "off" -> HoldWish.UNHOLD;
            case "toggle" -> HoldWish.TOGGLE;
            default -> HoldWish.HOLD;
        };
        String id = wish == HoldWish.HOLD ? words[0] : words.length > 1 ? words[1] : "";
        if (id.isEmpty()) {
            return Replies.usage("[off|toggle] <uuid> [<display>]");
        }
        boolean done = find(id).filter(ChannelHandle::answered)
                .map(channel -> channel.hold(wish) == (wish == HoldWish.HOLD) || wish == HoldWish.TOGGLE)
                .orElse(false);
        return done ? Replies.SUCCESS : Replies.FAILED;
    }

    private String refreshVideo(String arguments) {
        String id = words(arguments, 2)[0];
        if (id.isEmpty()) {
            return Replies.usage("<uuid>");
        }
        return onChannel(id, channel -> {
            channel.refreshVideo();
            return Replies.SUCCESS;
        });
    }

    private String display(String arguments) {
        String[] words = words(arguments, 2);
        if (words.length < 2) {
            return Replies.usage("<uuid> <name>[|<number>]");
        }
        String[] shown = words[1].split("\\|", 2);
        Party party = new Party(shown[0], shown.length > 1 ? shown[1] : shown[0]);
        return onChannel(words[0], channel -> {
            boolean done = Execution.isReady(channel) && channel.visit(self -> {
                self.meets(party);
                return true;
            }).orElse(false);
            return done ? Replies.SUCCESS : Replies.FAILED;
        });
    }

    /// To the channel's client.
    private String sendDigits(String arguments) {
        String[] words = words(arguments, 2);
        if (words.length < 2) {
            return Replies.usage("<uuid> <digits>[@<milliseconds>]");
        }
        return onChannel(words[0], channel -> Replies.okIf(
                execution.run(channel, "send_dtmf", words[1], Wait.NOT), Replies.FAILED));
    }

    /// As if the channel's client had pressed them.
    private String receiveDigits(String arguments) {
        String[] words = words(arguments, 2);
        String[] parts = words.length < 2 ? new String[] {""} : words[1].split("@", 2);
        boolean timed = parts.length < 2 || parts[1].matches("[0-9]{1,5}");
        if (!parts[0].matches("[0-9A-Da-d*#wWfF]{1,100}") || !timed) {
            return Replies.usage("<uuid> <digits>[@<milliseconds>]");
        }
        int millis = parts.length < 2 ? 0 : Math.min(Integer.parseInt(parts[1]), MAX_DIGIT_MILLIS);
        return onChannel(words[0], channel -> Replies.okIf(channel.dtmf(parts[0], millis), Replies.FAILED));
    }

    /// `<uuid> <sound>|<application>::<argument> [aleg|bleg|both|holdb]`: the other party's name for `bleg`.
    private String broadcast(String arguments) {
        String[] words = words(arguments, 2);
        if (words.length < 2) {
            return Replies.usage("<uuid> <path>|<application>::<argument> [aleg|bleg|holdb|both]");
        }
        String leg = words[1].replaceFirst(".* ", "").toLowerCase(Locale.ROOT);
        boolean named = words[1].indexOf(' ') > 0 && List.of("aleg", "bleg", "holdb", "both").contains(leg);
        String what = named ? words[1].substring(0, words[1].lastIndexOf(' ')).trim() : words[1];
        int colons = what.indexOf("::");
        String application = colons < 0 ? PATH : what.substring(0, colons);
        String argument = colons < 0 ? what : what.substring(colons + 2);
        if (!execution.exists(application)) {
            return "-ERR Invalid application\n";
        }
        return onChannel(words[0], channel -> {
            Optional<ChannelHandle> partner = channel.partner();
            boolean here = named && leg.equals("bleg") || execution.run(channel, application, argument, Wait.NOT);
            boolean there = !named || !leg.equals("bleg") && !leg.equals("both")
                    || partner.filter(other -> execution.run(other, application, argument, Wait.NOT)).isPresent();
            return here && there ? "+OK Message sent\n" : Replies.FAILED;
        });
    }

    /// Ends what [#broadcast] or `execute` lets a channel do.
    private String cut(String arguments) {
        String[] words = words(arguments, 2);
        boolean all = words.length > 1 && words[1].equals("all");
        if (words[0].isEmpty() || words.length > 1 && !all) {
            return Replies.usage("<uuid> [all]");
        }
        return onChannel(words[0], channel -> Replies.okIf(channel.visit(self -> {
            if (!self.interludes().cut(all)) {
                self.agenda().breakOff();
            }
            return true;
        }).isPresent(), Replies.FAILED));
    }
}
