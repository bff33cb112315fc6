package io.jverto.switchboard.story;

import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.MediaNote;
import io.jverto.media.plan.MediaNote.IceTally;
import io.jverto.media.plan.VideoPlan;
import io.jverto.switchboard.port.CallQuality;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.MediaService.MediaStats;
import io.jverto.switchboard.port.MediaService.Spread;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Tells a story: a line for each entry, with the seconds since the first one, and at the end what most likely went wrong.
public final class StoryText {
    private static final DateTimeFormatter START = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS 'UTC'").withZone(ZoneOffset.UTC);
    private static final double PERCENT = 100;
    private static final double MILLIS_OF_SECOND = 1_000;

    private final UnaryOperator<String> plain;
    /// The same without secrets.
    private final UnaryOperator<String> clean;

    /// @param clean makes what a caller chose fit for a terminal
    public StoryText(UnaryOperator<String> clean) {
        this.plain = clean;
        this.clean = text -> clean.apply(Discretion.shown("", text));
    }

    /// @return several lines, each with its end
    public String of(ChannelId id, CallStory story) {
        List<CallStory.Entry> entries = story.entries();
        if (entries.isEmpty()) {
            return "Call " + clean.apply(id.value()) + ": nothing has happened yet\n";
        }
        Instant start = entries.getFirst().at();
        StringBuilder out = new StringBuilder("Call " + clean.apply(id.value()) + ", from " + START.format(start) + "\n\n");
        for (CallStory.Entry entry : entries) {
            double seconds = Duration.between(start, entry.at()).toMillis() / MILLIS_OF_SECOND;
            out.append(String.format(Locale.ROOT, "%9.3f s  %s%n", seconds, line(entry.what())));
        }
        out.append('\n');
        if (story.digits() > 0) {
            out.append("Digits of this party: ").append(story.digits()).append('\n');
        }
        if (story.leftOut() > 0) {
            out.append("Left out, because there was no room: ").append(story.leftOut()).append(" entries\n");
        }
        return out.append(new Verdict(entries, story.now(), clean).text()).append('\n').toString();
    }

    /// @return one line with its end: when it began, its id, who calls whom, and how it ended
    public String row(ChannelId id, CallStory story) {
        String who = "";
        String end = "is up";
        for (CallStory.Entry entry : story.entries()) {
            if (entry.what() instanceof StoryEntry.Began began) {
                who = began.outbound()
                        ? "server calls " + clean.apply(began.destination()) + " for " + clean.apply(began.number())
                        : clean.apply(began.number()) + " calls " + clean.apply(began.destination());
            } else if (entry.what() instanceof StoryEntry.Ended ended) {
                end = line(ended);
            }
        }
        return START.format(story.begun()) + "  " + clean.apply(id.value()) + "  " + who + ", " + end + "\n";
    }

    private String line(StoryEntry entry) {
        return switch (entry) {
            case StoryEntry.Began began -> began(began);
            case StoryEntry.Described(StoryEntry.Whose whose, Description description) -> whose(whose) + ": " + description(description);
            case StoryEntry.Trickled(Map<String, Integer> types) -> "more ICE candidates of the client: " + candidates(types);
            case StoryEntry.Agreed agreed -> agreed(agreed);
            case StoryEntry.Refused(String reason) -> "no agreement: " + clean.apply(reason);
            case StoryEntry.Hunted hunted -> hunted(hunted);
            case StoryEntry.Ran(String application, String data) ->
                "runs " + clean.apply(application) + "(" + plain.apply(Discretion.shown(application, data)) + ")";
            case StoryEntry.Step step -> step.text();
            case StoryEntry.Talks(ChannelId other, boolean begins) ->
                (begins ? "bridged: talks with call " : "no longer bridged with call ") + clean.apply(other.value());
            case StoryEntry.Calls(ChannelId leg, String name, String number) ->
                "calls " + party(name, number) + " as call " + clean.apply(leg.value());
            case StoryEntry.CalledEnded(ChannelId leg, var cause) -> "call " + clean.apply(leg.value()) + " ended without an answer: " + cause;
            case StoryEntry.Unreachable(var cause, String why) -> "cannot be called: " + cause + ": " + clean.apply(why);
            case StoryEntry.Absent(String what) -> clean.apply(what);
            case StoryEntry.Transferred(String destination, String context) ->
                "transferred to " + clean.apply(destination) + " in context " + clean.apply(context);
            case StoryEntry.Media(MediaNote note) -> note(note);
            case StoryEntry.Failed(var failure) -> "media failed: " + failure;
            case StoryEntry.Sounded(MediaStats stats, Optional<CallQuality> quality) -> sounded(stats, quality);
            case StoryEntry.Ended(var cause, boolean byClient, String why) ->
                "ended: " + cause + ", by " + (byClient ? "the client" : "the server") + " (" + clean.apply(why) + ")";
        };
    }

    private String began(StoryEntry.Began began) {
        String user = began.user().isEmpty() ? "" : ", user " + clean.apply(began.user());
        String address = began.address().isEmpty() ? "" : " at " + clean.apply(began.address());
        String channel = clean.apply(began.channel()) + address;
        return began.outbound()
                ? "the server calls " + clean.apply(began.destination()) + " for " + party(began.name(), began.number()) + " by " + channel
                : party(began.name(), began.number()) + user + " calls " + clean.apply(began.destination()) + " in context "
                        + clean.apply(began.context()) + " by " + channel;
    }

    private String party(String name, String number) {
        return "\"" + clean.apply(name) + "\" <" + clean.apply(number) + ">";
    }

    private static String whose(StoryEntry.Whose whose) {
        return switch (whose) {
            case CLIENTS_OFFER -> "the client offers";
            case OUR_ANSWER -> "we answer";
            case OUR_OFFER -> "we offer";
            case CLIENTS_ANSWER -> "the client answers";
        };
    }

    private String description(Description description) {
        if (!description.unreadable().isEmpty()) {
            return "what cannot be read: " + clean.apply(description.unreadable());
        }
        String lines = description.lines().stream()
                .map(line -> clean.apply(line.kind()) + " " + (line.refused() ? "refused" : line.direction().encode() + " "
                        + line.codecs().stream().map(clean).collect(Collectors.joining(", "))))
                .collect(Collectors.joining("; "));
        return lines + "; ICE candidates: " + candidates(description.candidates());
    }

    private String candidates(Map<String, Integer> types) {
        String all = types.entrySet().stream().sorted(Map.Entry.comparingByKey()).map(type -> type.getValue() + " " + clean.apply(type.getKey()))
                .collect(Collectors.joining(", "));
        return all.isEmpty() ? "none" : all;
    }

    private static String agreed(StoryEntry.Agreed agreed) {
        AudioPlan audio = agreed.audio();
        String video = agreed.video().map(plan -> "video " + plan.codec() + " " + video(plan)).orElse("no video");
        String keys = agreed.role().map(role -> "DTLS role of the server: " + (role == DtlsRole.CLIENT ? "client" : "server"))
                .orElse("without DTLS");
        return "agreed: " + (audio.isNone() ? "no audio" : audio(audio)) + ", " + video + ", " + keys;
    }

    private static String audio(AudioPlan audio) {
        return "audio " + audio.codec().sdpName() + " " + ways(audio.sending(), audio.receiving())
                + (audio.telephoneEventPayloadType() < 0 ? " without telephone-event" : "");
    }

    private static String video(VideoPlan plan) {
        return ways(plan.sending(), plan.receiving());
    }

    private static String ways(boolean sending, boolean receiving) {
        return sending && receiving ? "both ways" : sending ? "only to the client" : receiving ? "only from the client" : "neither way";
    }

    private String hunted(StoryEntry.Hunted hunted) {
        String sought = clean.apply(hunted.destination()) + " in context " + clean.apply(hunted.context());
        return hunted.steps() == 0
                ? "dialplan: no extension for " + sought
                : "dialplan: " + sought + " is extension " + clean.apply(hunted.extension()) + " (" + plain.apply(hunted.origin()) + "), "
                        + hunted.steps() + (hunted.steps() == 1 ? " application" : " applications");
    }

    private static String note(MediaNote note) {
        return switch (note) {
            case MediaNote.PathFound(InetSocketAddress remote, IceTally tally, boolean tcp) -> "ICE: media go to " + address(remote) + (tcp ? " over TCP; " : "; ") + tally(tally);
            case MediaNote.PathLost(IceTally tally) -> "ICE failed; " + tally(tally);
            case MediaNote.PathMissing(IceTally tally) -> "ICE had found no way; " + tally(tally);
            case MediaNote.HandshakeBegun(DtlsRole role) -> "DTLS: " + (role == DtlsRole.CLIENT ? "the server" : "the client") + " begins the handshake";
            case MediaNote.HandshakeFailed(String why) -> "DTLS failed: " + why;
            case MediaNote.FirstSent _ -> "the first packet of sound was sent";
            case MediaNote.CaptureBegun(String file, boolean decrypted) -> "packets are written" + (decrypted ? ", decrypted," : "") + " to " + file;
            case MediaNote.CaptureEnded(String file, long packets, long lost, String why) -> packets + " packets are in " + file
                    + (lost > 0 ? ", " + lost + " are missing" : "") + "; it ended: " + why;
            case MediaNote.FirstReceived _ -> "the first packet of sound or picture came";
        };
    }

    private static String address(InetSocketAddress remote) {
        return remote.getAddress() == null ? "?" : remote.getAddress().getHostAddress() + " port " + remote.getPort();
    }

    private static String tally(IceTally tally) {
        return tally.sent() + " checks sent, " + tally.answered() + " of them answered, " + tally.asked() + " of the client answered by us";
    }

    private static String sounded(MediaStats stats, Optional<CallQuality> quality) {
        String packets = "sound: " + stats.packetsRx() + " packets came, " + stats.packetsTx() + " were sent";
        return quality.map(one -> String.format(Locale.ROOT, "%s, lost %.1f %%, made up %.1f %%, of ours lost %.1f %%%s%s, MOS %.1f", packets,
                PERCENT * one.lost(), PERCENT * one.concealed(), PERCENT * one.remoteLost(), spread(", jitter", one.jitter()),
                spread(", round trip", one.roundTrip()), one.mos())).orElse(packets);
    }

    private static String spread(String name, Optional<Spread> millis) {
        return millis.map(one -> String.format(Locale.ROOT, "%s %.1f ms (%.1f at most)", name, one.mean(), one.highest())).orElse("");
    }
}
