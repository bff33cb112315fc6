package io.jverto.switchboard.api;

import io.jverto.media.plan.Way;
import io.jverto.switchboard.application.Execution;
import io.jverto.switchboard.application.Execution.Wait;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.ChannelLine;
import io.jverto.switchboard.channel.Channels;
import io.jverto.switchboard.port.ApiCommand;
import io.jverto.switchboard.port.ChannelId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Commands that let a channel run one of the small applications (dialplan-directory.md section 14.3).
final class PartyCommands {
    private static final Pattern AUDIO_START = Pattern.compile("\\S+ start (read|write) (mute( [0-9]{1,4})?|level [+-]?[0-4])");

    private final Channels channels;
    private final Execution execution;

    private PartyCommands(Channels channels, Execution execution) {
        this.channels = channels;
        this.execution = execution;
    }

    static List<ApiCommand> of(Channels channels, Execution execution) {
        PartyCommands commands = new PartyCommands(channels, execution);
        return List.of(
                commands.application("uuid_ring_ready", "ring_ready", "<uuid> [queued]", false),
                commands.application("uuid_flush_dtmf", "flush_dtmf", "<uuid>", false),
                commands.application("uuid_send_info", "send_info", "<uuid> <text>", true),
                commands.application("uuid_send_message", "send_info", "<uuid> <text>", true),
                commands.application("uuid_loglevel", "session_loglevel", "<uuid> <level>", true),
                commands.application("uuid_jitterbuffer", "jitterbuffer", "<uuid> [0|<milliseconds>[:<most>]|pause|resume]", true),
                commands.application("uuid_deflect", "deflect", "<uuid> <uri>", true),
                commands.application("uuid_redirect", "redirect", "<uuid> <uri>", true),
                ApiCommand.of("uuid_drop_dtmf", commands::dropDigits),
                ApiCommand.of("uuid_phone_event", commands::phoneEvent),
                ApiCommand.of("uuid_audio", commands::audio),
                ApiCommand.of("uuid_displace", commands::displace),
                ApiCommand.of("uuid_simplify", _ -> "-ERR uuid_simplify takes a SIP server out of the path of a call; there is none\n"),
                ApiCommand.of("uuid_record", commands::record));
    }

    /// @param needsData whether there must be something behind the channel
    private ApiCommand application(String name, String application, String usage, boolean needsData) {
        return ApiCommand.of(name, arguments -> {
            String[] words = arguments.split(" +", 2);
            if (words[0].isEmpty() || needsData && words.length < 2) {
                return Replies.usage(usage);
            }
            return onChannel(words[0], channel -> run(channel, application, words.length > 1 ? words[1] : ""));
        });
    }

    private String onChannel(String id, Function<ChannelHandle, String> work) {
        return channels.handle(new ChannelId(id)).map(work).orElse(Replies.NO_CHANNEL);
    }

    private String run(ChannelHandle channel, String application, String data) {
        return Replies.okIf(execution.run(channel, application, data, Wait.NOT), Replies.FAILED);
    }

    /// `<uuid> [on|off]`.
    private String dropDigits(String arguments) {
        String[] words = arguments.split(" +");
        boolean on = words.length < 2 || words[1].equals("on");
        if (words[0].isEmpty() || words.length > 1 && !on && !words[1].equals("off")) {
            return Replies.usage("<uuid> [on|off]");
        }
        return onChannel(words[0], channel -> {
            channel.dropDigits(on);
            return "+OK digits are " + (on ? "passed over" : "taken") + "\n";
        });
    }

    /// `<uuid> talk|hold`: what a phone would do by itself.
    private String phoneEvent(String arguments) {
        String[] words = arguments.split(" +");
        String application = words.length < 2 ? "" : switch (words[1]) {
            case "talk" -> "unhold";
            case "hold" -> "hold";
            default -> "";
        };
        return application.isEmpty() ? Replies.usage("<uuid> talk|hold") : onChannel(words[0], channel -> run(channel, application, ""));
    }

    /// `<uuid> start read|write mute|level [<-4 to 4>]` or `<uuid> stop`: `read` is what the caller says. A level of muting is 0 or 1.
    private String audio(String arguments) {
        String[] words = arguments.split(" +");
        boolean stop = words.length == 2 && words[1].equals("stop");
        boolean start = AUDIO_START.matcher(String.join(" ", words)).matches();
        if (!stop && !start) {
            return Replies.usage("<uuid> start read|write mute [0|1], <uuid> start read|write level <-4 to 4>, or <uuid> stop");
        }
        return onChannel(words[0], channel -> Replies.okIf(channel.visit(self -> {
            if (self.hasMedia() && stop) {
                List.of(Way.values()).forEach(way -> {
                    self.line().level(way, 0);
                    self.line().mute(way, false);
                });
            } else if (self.hasMedia()) {
                change(self.line(), words[2].equals("read") ? Way.SAID : Way.HEARD, words);
            }
            return self.hasMedia();
        }).orElse(false), Replies.FAILED));
    }

    private static void change(ChannelLine line, Way way, String[] words) {
        if (words[3].equals("level")) {
            line.level(way, Integer.parseInt(words[4]));
        } else {
            line.mute(way, words.length < 5 || Integer.parseInt(words[4]) > 0);
        }
    }

    /// `<uuid> start|stop|mask|unmask|pause|resume <path>|all [<limit seconds>]`.
    private String record(String text) {
        String[] words = text.split(" +");
        Predicate<String> known = List.of("start", "stop", "mask", "unmask", "pause", "resume")::contains;
        if (words.length < 3 || !known.test(words[1])) {
            return Replies.usage("<uuid> start|stop|mask|unmask|pause|resume <path>|all [<limit seconds>]");
        }
        Optional<ChannelHandle> channel = channels.handle(new ChannelId(words[0]));
        if (channel.isEmpty()) {
            return Replies.NO_CHANNEL;
        }
        String application = switch (words[1]) {
            case "start" -> "record_session";
            case "stop" -> "stop_record_session";
            default -> "record_session_" + words[1];
        };
        String failed = words[1].equals("start") ? "-ERR Cannot record session!\n" : "-ERR Cannot " + words[1] + " recording session!\n";
        boolean limited = words[1].equals("start") && words.length > 3 && words[3].matches("\\+?[0-9]{1,6}");
        List<String> arguments = limited ? List.of(words[2], words[3]) : List.of(words[2]);
        return execution.run(channel.get(), application, arguments, Wait.FOR_ITS_END) ? Replies.SUCCESS : failed;
    }

    /// `<uuid> start <sound> [<limit seconds>] [mux]` or `<uuid> stop [<sound>]`: with `mux` beside what is heard.
    private String displace(String text) {
        String[] words = text.split(" +");
        boolean start = words.length > 2 && words.length < 6 && words[1].equals("start");
        boolean stop = words.length > 1 && words.length < 4 && words[1].equals("stop");
        if (!start && !stop) {
            return Replies.usage("<uuid> start <sound> [<limit seconds>] [mux], or <uuid> stop [<sound>]");
        }
        if (stop) {
            return onChannel(words[0], channel -> run(channel, "stop_displace_session", words.length > 2 ? words[2] : ""));
        }
        List<String> arguments = new ArrayList<>(List.of(words[2]));
        for (String word : List.of(words).subList(3, words.length)) {
            arguments.add(word.equals("mux") ? "m" : "+" + word.replace("+", ""));
        }
        return onChannel(words[0], channel -> Replies.okIf(execution.run(channel, "displace_session", arguments, Wait.NOT), Replies.FAILED));
    }
}
