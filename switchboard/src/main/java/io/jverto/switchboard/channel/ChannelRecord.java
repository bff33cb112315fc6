package io.jverto.switchboard.channel;

import io.jverto.media.plan.AudioCodec;
import io.jverto.switchboard.command.LiveChannels.ChannelRow;
import io.jverto.switchboard.port.CallQuality;
import io.jverto.switchboard.port.CallRecord;
import io.jverto.switchboard.port.CallRecord.LastStep;
import io.jverto.switchboard.port.CallRecord.Leg;
import io.jverto.switchboard.port.CallRecord.Times;
import io.jverto.switchboard.port.Cause;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Makes a channel's record when it ends.
final class ChannelRecord {
    /// In a leg that another channel called: that channel's id.
    private static final String CALLED_BY = "signal_bond";

    private ChannelRecord() {}

    /// On the channel's own thread.
    static CallRecord of(Channel channel, Cause cause) {
        Optional<ChannelRow> row = channel.handle().row();
        Instant ended = channel.services().time().wallTime();
        Optional<CallQuality> quality = SoundReport.note(channel);
        Map<String, String> variables = channel.variables().plain();
        CallRecord.SECRET.forEach(variables::remove);
        Optional<String> calledBy = channel.outbound() ? channel.variables().text(CALLED_BY) : Optional.empty();
        return new CallRecord(
                channel.id(),
                calledBy.isPresent() ? Leg.CALLED : channel.outbound() ? Leg.ORIGINATED : Leg.INBOUND,
                channel.profile(),
                new Times(row.map(ChannelRow::created).orElse(ended), channel.handle().answeredAt(), ended),
                cause,
                channel.handle().talkedWith().map(other -> other.value()).or(() -> calledBy).orElse(""),
                channel.codec().map(AudioCodec::sdpName).orElse(""),
                row.map(now -> new LastStep(now.application(), now.applicationData())).orElse(new LastStep("", "")),
                quality,
                variables);
    }
}
