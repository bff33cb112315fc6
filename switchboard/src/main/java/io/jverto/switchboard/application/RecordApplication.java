package io.jverto.switchboard.application;

import io.jverto.media.plan.Recording;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.ChannelVariables;
import io.jverto.switchboard.channel.CoreChannelEvents;
import io.jverto.switchboard.channel.SoundPaths;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.event.EventName;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.MediaListener.RecordingEnd;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `record <path> [<limit seconds> [<silence level> [<silence seconds>]]]`: what the caller says, to a WAV file
/// (dialplan-directory.md section 9.3). A file that cannot be made hangs up; one that cannot be written on, because the disk is full, ends
/// the recording alone.
final class RecordApplication {
    static final String FILE_PATH = "Record-File-Path";
    private static final String ANY = "any";
    private static final int DEFAULT_SILENCE_SECONDS = 3;
    private static final int MAX_SECONDS = 86_400;
    private static final int MIN_RATE = 8_000;
    private static final int MAX_RATE = 48_000;
    /// A disk that takes longer to close a file is not waited for.
    private static final long CLOSE_MILLIS = 5_000;

    private RecordApplication() {}

    static Next run(Channel channel, Text data) {
        List<Text> words = CallApplications.words(data);
        Optional<SoundPaths.Place> place = words.isEmpty() ? Optional.empty() : SoundPaths.toRecord(channel, words.getFirst());
        if (place.isEmpty()) {
            channel.hangup(Cause.DESTINATION_OUT_OF_ORDER, "nothing can be recorded to " + data);
        } else if (channel.preAnswer()) {
            record(channel, place.get(), words);
        }
        return Next.GO_ON;
    }

    private static void record(Channel channel, SoundPaths.Place place, List<Text> words) {
        int limit = number(words, 1, 0);
        int level = number(words, 2, 0);
        int silence = Math.max(1, number(words, 3, DEFAULT_SILENCE_SECONDS));
        channel.variables().set("playback_terminator_used", Text.EMPTY);
        Recording.Silence ending = new Recording.Silence(level, silence * 1_000);
        CoreChannelEvents.tell(channel, EventName.RECORD_START, () -> Map.of(FILE_PATH, place.path().toString()));
        Recording recording = new Recording(place.path(), place.followLinks(), rate(channel), ending).tagged(tags(channel.variables()));
        long number = channel.recordings().ofParty(recording);
        Optional<RecordingEnd> end = await(channel, number, limit > 0 ? channel.in(limit * 1_000L) : Channel.FOREVER, true);
        channel.route(new AudioRoute.Silent());
        end.or(() -> await(channel, number, channel.in(CLOSE_MILLIS), false)).ifPresent(how -> tell(channel, how));
        CoreChannelEvents.tell(channel, EventName.RECORD_STOP, () -> Map.of(FILE_PATH, place.path().toString()));
    }

    /// @param byDigits whether the caller may end it
    private static Optional<RecordingEnd> await(Channel channel, long recording, long deadline, boolean byDigits) {
        Optional<ChannelEvent> event = channel.next(deadline);
        while (event.isPresent()
                && !(byDigits && event.get() instanceof ChannelEvent.Digit digit && Playback.terminates(channel, ANY, digit.digit()))) {
            if (event.get() instanceof ChannelEvent.RecordingEnded(long ended, RecordingEnd how) && ended == recording) {
                return Optional.of(how);
            }
            event = channel.next(deadline);
        }
        return Optional.empty();
    }

    private static void tell(Channel channel, RecordingEnd end) {
        channel.variables().set("record_ms", Text.syntax(String.valueOf(end.millis())));
        channel.variables().set("record_seconds", Text.syntax(String.valueOf(end.millis() / 1_000)));
        channel.variables().set("record_samples", Text.syntax(String.valueOf(end.samples())));
        channel.variables().set("silence_hits_exhausted", Text.syntax(String.valueOf(end.how() == RecordingEnd.How.SILENCE)));
        if (end.how() == RecordingEnd.How.FAILED && end.millis() == 0) {
            channel.hangup(Cause.DESTINATION_OUT_OF_ORDER, "the recording could not begin");
        }
    }

    /// What a file is to say of itself; whatever a caller chose of it is no more than text there.
    static Recording.Tags tags(ChannelVariables variables) {
        return new Recording.Tags(variables.get("RECORD_TITLE").toString(), variables.get("RECORD_ARTIST").toString(),
                variables.get("RECORD_COPYRIGHT").toString(), variables.get("RECORD_SOFTWARE").toString(),
                variables.get("RECORD_COMMENT").toString(), variables.get("RECORD_DATE").toString());
    }

    /// @return 0 when nobody says
    static int rate(Channel channel) {
        return channel.variables().number("record_sample_rate").map(hertz -> Math.clamp(hertz, MIN_RATE, MAX_RATE)).orElse(0);
    }

    static int number(List<Text> words, int index, int otherwise) {
        String text = index < words.size() ? words.get(index).toString() : "";
        return text.matches("\\+?[0-9]{1,9}") ? Math.min(Integer.parseInt(text), MAX_SECONDS) : otherwise;
    }
}
