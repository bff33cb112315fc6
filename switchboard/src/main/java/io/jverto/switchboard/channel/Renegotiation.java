package io.jverto.switchboard.channel;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.switchboard.negotiate.Negotiation;
import io.jverto.switchboard.port.CallRef;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelRef.AnswerResult;
import io.jverto.switchboard.story.StoryEntry;
import io.jverto.wire.sdp.SdpText;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Other media in an answered call: offered again to its client (verto-wire.md section 4.5), or wished by the client (section 5.9).
@OwnedBy(Role.CHANNEL)
final class Renegotiation {
    private static final Logger log = LoggerFactory.getLogger(Renegotiation.class);

    private final Channel channel;
    private final Descriptions descriptions;
    private final ChannelMedia media;
    private final Sides sides;

    Renegotiation(Channel channel, Descriptions descriptions, ChannelMedia media, Sides sides) {
        this.channel = channel;
        this.descriptions = descriptions;
        this.media = media;
        this.sides = sides;
    }

    private boolean isPossible() {
        return channel.state().isAnswered() && media.isAgreed() && !media.isWired();
    }

    /// Who has no ICE may change what early media agreed on (RFC 3311).
    private boolean isPossibleEarly() {
        return channel.state() == ChannelState.EARLY && media.direct().isPresent() && media.isApplied() && !media.isWired();
    }

    Optional<CallRef.Reoffer> reoffer() {
        return isPossible()
                ? Optional.of(new CallRef.Reoffer(descriptions.reoffer(channel.state() == ChannelState.HELD), sides.shown(), channel.variables().plain()))
                : Optional.empty();
    }

    AnswerResult reattach(SdpText sdp) {
        AnswerResult result = accept(sdp);
        if (result != AnswerResult.ANSWERED) {
            return result;
        }
        log.info("channel {}: its client is back", channel.logId());
        channel.handle().back();
        channel.handle().story().add(StoryEntry.Step.BACK);
        channel.mediaIsBack();
        channel.recordings().goOn();
        unhold();
        sides.again().ifPresent(channel::display);
        return AnswerResult.ANSWERED;
    }

    /// Takes a client's answer to what was offered again.
    AnswerResult accept(SdpText sdp) {
        Optional<Negotiation> negotiation = descriptions.acceptAgain(sdp);
        if (negotiation.isEmpty()) {
            channel.fails(Cause.BEARERCAPABILITY_NOTAVAIL, "the client attached to a call that was not offered");
            return AnswerResult.MEDIA_ERROR;
        }
        return channel.settle(negotiation.get(), Cause.BEARERCAPABILITY_NOTAVAIL) ? AnswerResult.ANSWERED : AnswerResult.CODEC_ERROR;
    }

    /// A client that takes its call up anew knows nothing of a hold. Its script is told like anybody.
    private void unhold() {
        if (channel.state() == ChannelState.HELD) {
            channel.handle().tell(new ChannelEvent.Hold(CallRef.HoldWish.UNHOLD, channel.services().time().mailbox(1)));
        }
    }

    /// Answers an offer of the client in an answered call, or in early media.
    CallRef.Update update(SdpText offer) {
        if (!isPossible() && !isPossibleEarly()) {
            return new CallRef.Update.Failed(AnswerResult.MEDIA_ERROR);
        }
        Negotiation negotiation = descriptions.update(offer);
        if (negotiation instanceof Negotiation.Refused(String reason) && media.direct().isPresent()) {
            log.info("channel {}: what its client wants to change is refused: {}", channel.logId(), LogText.of(reason)); // RFC 3261 section 14.2
            return new CallRef.Update.Failed(AnswerResult.CODEC_ERROR);
        }
        if (!channel.settle(negotiation, Cause.BEARERCAPABILITY_NOTAVAIL)) {
            return new CallRef.Update.Failed(AnswerResult.CODEC_ERROR);
        }
        channel.mediaIsBack();
        return new CallRef.Update.Updated(descriptions.local());
    }
}
