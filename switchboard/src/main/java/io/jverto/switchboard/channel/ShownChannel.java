package io.jverto.switchboard.channel;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.plan.AudioCodec;
import io.jverto.switchboard.command.LiveChannels;
import io.jverto.switchboard.command.LiveChannels.ChannelRow;
import io.jverto.switchboard.port.CallerProfile;
import java.time.Instant;

/// A channel as `show channels` tells of it (dialplan-directory.md section 14.2).
@OwnedBy(Role.CHANNEL)
final class ShownChannel {
    private final Channel channel;
    private final Instant created;
    private final CallerProfile initial;
    private String application = "";
    private String applicationData = "";

    ShownChannel(Channel channel, Instant created, CallerProfile initial) {
        this.channel = channel;
        this.created = created;
        this.initial = initial;
    }

    void running(String name, String data) {
        application = name;
        applicationData = data;
    }

    /// @return what there is to be seen now
    ChannelRow row() {
        CallerProfile profile = channel.profile();
        ChannelState state = channel.state();
        return new ChannelRow(channel.id(), channel.outbound(), created, profile.channelName(), state.stateName(), state.callState(),
                profile.callerName(), profile.callerNumber(), profile.networkAddress(), profile.destination(), application, applicationData,
                profile.dialplan(), profile.context(), profile.calleeName(), profile.calleeNumber(), details());
    }

    private LiveChannels.Details details() {
        return new LiveChannels.Details(channel.codec().map(AudioCodec::sdpName).orElse(""), channel.codec().map(AudioCodec::rtpClock).orElse(0),
                known("presence_id"), known("presence_data"), known("accountcode"), known("last_sent_display_name"),
                known("last_sent_display_number"), initial);
    }

    private String known(String variable) {
        return channel.variables().text(variable).orElse("");
    }
}
