package io.jverto.switchboard.application;

import io.jverto.media.plan.Recording;
import io.jverto.media.plan.Recording.Sides;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.ChannelRecordings.Needs;
import io.jverto.switchboard.channel.ChannelVariables;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.channel.SoundPaths;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.Cause;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `record_session <path> [+<limit seconds>]` and `stop_record_session <path>|all`: what the channel says and hears, whatever else happens
/// (dialplan-directory.md section 9.3).
final class SessionRecording {
    private static final Logger log = LoggerFactory.getLogger(SessionRecording.class);
    private static final String TOGGLE = "RECORD_TOGGLE_ON_REPEAT";
    private static final int DEFAULT_MIN_SECONDS = 3;
    private static final int MAX_MIN_SECONDS = 3_600;
    /// Mean magnitude of a frame that is silent.
    private static final int DEFAULT_LEVEL = 200;
    private static final int MAX_SILENCE_MILLIS = 86_400_000;

    private SessionRecording() {}

    static Next start(Channel channel, Text data) {
        List<Text> words = CallApplications.words(data);
        Optional<SoundPaths.Place> place = words.isEmpty() ? Optional.empty() : SoundPaths.toRecord(channel, words.getFirst());
        if (place.isEmpty()) {
            refuse(channel, data, words.isEmpty());
        } else if (channel.variables().isTrue(TOGGLE) && channel.recordings().stop(place.get().path())) {
            log.info("channel {}: {} is recorded no more", channel.logId(), LogText.of(place.get().path()));
        } else if (isOfPartner(channel, place.get().path())) {
            log.info("channel {}: whoever it talks with is recorded to {} already", channel.logId(), LogText.of(place.get().path()));
        } else if (channel.prepare()) {
            begin(channel, place.get(), RecordApplication.number(words, 1, 0));
        }
        return Next.GO_ON;
    }

    /// `RECORD_CHECK_BRIDGE`: one file of a talk is enough. With `RECORD_TOGGLE_ON_REPEAT` over there it ends.
    private static boolean isOfPartner(Channel channel, Path path) {
        Optional<ChannelHandle> partner = channel.handle().partner().filter(_ -> channel.variables().isTrue("RECORD_CHECK_BRIDGE")).filter(other -> other.recordsInto(path));
        partner.ifPresent(other -> other.tell(new ChannelEvent.Visit(there -> {
            if (there.variables().isTrue(TOGGLE)) {
                there.recordings().stop(path);
            }
        }, () -> { })));
        return partner.isPresent();
    }

    static Next stop(Channel channel, Text data) {
        if (data.toString().trim().equalsIgnoreCase("all")) {
            channel.recordings().stopAll();
        } else {
            at(channel, data, channel.recordings()::stop);
        }
        return Next.GO_ON;
    }

    /// `record_session_pause`, `_resume`, `_mask` and `_unmask`.
    static Application.OnChannel flow(Recording.Flow flow) {
        return (channel, data) -> {
            at(channel, data, path -> channel.recordings().flow(path, flow));
            return Next.GO_ON;
        };
    }

    /// @param change of the recording into a file; says whether there is one
    private static void at(Channel channel, Text data, Predicate<Path> change) {
        List<Text> words = CallApplications.words(data);
        Optional<SoundPaths.Place> place = words.isEmpty() ? Optional.empty() : SoundPaths.toRecord(channel, words.getFirst());
        if (words.isEmpty() || place.isPresent() && !change.test(place.get().path())) {
            log.warn("channel {}: {} is not being recorded", channel.logId(), LogText.of(data));
        }
    }

    private static void begin(Channel channel, SoundPaths.Place place, int limitSeconds) {
        int least = Math.clamp(channel.variables().number("RECORD_MIN_SEC").orElse(DEFAULT_MIN_SECONDS), 0, MAX_MIN_SECONDS);
        Recording recording = new Recording(place.path(), place.followLinks(), RecordApplication.rate(channel), silence(channel.variables()),
                limitSeconds * 1_000, least * 1_000).tagged(RecordApplication.tags(channel.variables()));
        recording = channel.variables().isTrue("RECORD_APPEND") ? recording.appended() : recording;
        Needs needs = new Needs(channel.variables().isTrue("RECORD_ANSWER_REQ"), channel.variables().isTrue("RECORD_BRIDGE_REQ"));
        if (!channel.recordings().ofSession(recording, sides(channel.variables()), needs)) {
            log.warn("channel {}: {} is recorded already, or too much is", channel.logId(), LogText.of(place.path()));
        }
    }

    /// `RECORD_INITIAL_TIMEOUT_MS` before anybody has spoken, `RECORD_FINAL_TIMEOUT_MS` since somebody has.
    private static Recording.Silence silence(ChannelVariables variables) {
        int initial = millis(variables, "RECORD_INITIAL_TIMEOUT_MS");
        int last = millis(variables, "RECORD_FINAL_TIMEOUT_MS");
        int level = Math.clamp(variables.number("RECORD_SILENCE_THRESHOLD").orElse(DEFAULT_LEVEL), 1, Short.MAX_VALUE);
        return initial == 0 && last == 0 ? Recording.Silence.NEVER : new Recording.Silence(level, last, initial);
    }

    private static int millis(ChannelVariables variables, String name) {
        return Math.clamp(variables.number(name).orElse(0), 0, MAX_SILENCE_MILLIS);
    }

    private static Sides sides(ChannelVariables variables) {
        if (variables.isTrue("RECORD_READ_ONLY")) {
            return Sides.OWN;
        }
        if (variables.isTrue("RECORD_WRITE_ONLY")) {
            return Sides.OTHER;
        }
        if (!variables.isTrue("RECORD_STEREO")) {
            return Sides.MIXED;
        }
        return variables.isTrue("RECORD_STEREO_SWAP") ? Sides.OWN_RIGHT : Sides.OWN_LEFT;
    }

    /// @param empty there is no path; what is wrong with one is in the log already
    private static void refuse(Channel channel, Text data, boolean empty) {
        if (channel.variables().isTrue("RECORD_HANGUP_ON_ERROR")) {
            channel.hangup(Cause.DESTINATION_OUT_OF_ORDER, "nothing can be recorded to " + data);
        } else if (empty) {
            Unusable.data(channel, "record_session", data);
        }
    }
}
