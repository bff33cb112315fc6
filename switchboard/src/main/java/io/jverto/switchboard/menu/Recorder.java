package io.jverto.switchboard.menu;

import io.jverto.media.plan.Recording;
import io.jverto.media.plan.Sound;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.MediaListener.RecordingEnd;
import java.util.Optional;

/// Records what a caller says after a tone, until a key, silence, the limit, or until he hangs up.
public final class Recorder {
    /// A disk that takes longer to close a file is not waited for.
    private static final long CLOSE_MILLIS = 5_000;

    private Recorder() {}

    /// @param tone heard first
    /// @return its length in milliseconds; empty when nothing, or not all of it, could be written
    public static Optional<Long> record(Channel channel, Sound tone, Recording recording) {
        Prompts.play(channel, tone);
        if (!channel.up()) {
            return Optional.of(0L);
        }
        long number = channel.recordings().ofParty(recording);
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
                .map(RecordingEnd::millis);
    }
}
