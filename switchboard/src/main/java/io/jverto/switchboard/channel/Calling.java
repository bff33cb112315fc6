package io.jverto.switchboard.channel;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelRef.AnswerResult;
import io.jverto.switchboard.port.Endpoint;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How a call that we make comes to ring, to early media and to its answer.
@OwnedBy(Role.CHANNEL)
final class Calling {
    private static final Logger log = LoggerFactory.getLogger(Calling.class);

    private final Channel channel;
    private final Descriptions descriptions;
    private final ChannelMedia media;

    Calling(Channel channel, Descriptions descriptions, ChannelMedia media) {
        this.channel = channel;
        this.descriptions = descriptions;
        this.media = media;
    }

    boolean invite(Endpoint.Device device) {
        ChannelVariables variables = channel.variables();
        String secure = variables.plain().getOrDefault("rtp_secure_media", "");
        media.rules(device.media().withDirect(
                device.media().direct().filter(_ -> !variables.isTrue("media_webrtc")).map(direct -> variables.isTrue("rtp_use_dtls") ? direct.byDtls() : direct.encrypted(secure))));
        if (channel.up() && channel.openMedia()) {
            channel.signal(device.invite(new Endpoint.OutgoingCall(channel.handle(), descriptions.offer(), channel.profile(), variables.plain())));
        }
        return channel.up();
    }

    boolean acceptEarly(ChannelEvent.EarlyMedia early) {
        boolean again = channel.state() == ChannelState.EARLY; // another callee of the same call, or another place of the same one
        boolean usable = (again || channel.state() == ChannelState.RINGING) && channel.agrees(early.sdp());
        if (usable && !again) {
            channel.become(ChannelState.EARLY);
            channel.happenings().happened("media");
        }
        early.reply().tell(usable ? AnswerResult.ANSWERED : AnswerResult.CODEC_ERROR);
        return usable && !again;
    }

    boolean accept(ChannelEvent.Answer answer, BooleanSupplier wins) {
        // What early descriptions agreed on, in SIP, need not be said again.
        boolean settled = answer.sdp().value().isBlank() && media.isApplied();
        if (!settled && !channel.agrees(answer.sdp())) {
            answer.reply().tell(AnswerResult.CODEC_ERROR);
            return false;
        }
        if (!wins.getAsBoolean()) {
            channel.hangup(Cause.LOSE_RACE, "somebody else answered");
            answer.reply().tell(AnswerResult.GONE);
            return false;
        }
        channel.become(ChannelState.ANSWERED);
        log.info("channel {} answered", channel.logId());
        answer.reply().tell(AnswerResult.ANSWERED);
        channel.happenings().happened("answer");
        return true;
    }
}
