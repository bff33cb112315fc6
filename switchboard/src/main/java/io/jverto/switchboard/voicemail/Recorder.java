package io.jverto.switchboard.voicemail;

import io.jverto.media.plan.Recording;
import io.jverto.media.plan.Sound;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.menu.Prompts;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.MediaListener.RecordingEnd;
import java.nio.file.Path;
import java.util.Optional;

/// Records what a caller says after a tone, until a key, silence, the limit, or until he hangs up.
final class Recorder {
    /// A disk that takes longer to close a file is not waited for.
    private static final long CLOSE_MILLIS = 5_000;
    private static final int RATE = 16_000;

    private Recorder() {}

    /// @return its length; empty when nothing, or not all of it, could be written
    static Optional<Integer> record(Channel channel, VoicemailProfile profile, Path file) {
        Prompts.play(channel, new Sound.Tone(profile.tone()));
        if (!channel.up()) {
            return Optional.of(0);
        }
        VoicemailProfile.Limits limits = profile.limits();
        Recording.Silence silence = new Recording.Silence(limits.silenceLevel(), limits.silenceSeconds() * 1_000);
        long number = channel.recordings().ofParty(new Recording(file, false, RATE, silence, limits.maxSeconds() * 1_000, 0));
        Optional<RecordingEnd> end = Optional.empty();
        boolean key = false;
        while (end.isEmpty() && !key && channel.up()) {
            Optional<ChannelEvent> event = channel.next(Channel.FOREVER);
            end = event.flatMap(one -> one instanceof ChannelEvent.RecordingEnded(long ended, RecordingEnd how) && ended == number
                    ? Optional.of(how)
                    : Optional.empty());
            key = event.filter(one -> one instanceof ChannelEvent.Digit).isPresent();
        }
        channel.route(new AudioRoute.Silent());
        return end.or(() -> channel.recordings().awaitEnd(number, channel.in(CLOSE_MILLIS)))
                .filter(how -> how.how() != RecordingEnd.How.FAILED)
                .map(how -> (int) (how.millis() / 1_000));
    }
}
