package io.jverto.switchboard.channel;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelRef.AnswerResult;
import io.jverto.switchboard.story.StoryEntry;
import io.jverto.wire.sdp.SdpText;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How a call that a client placed comes to ring, to early media and to its answer.
@OwnedBy(Role.CHANNEL)
final class Answering {
    private static final Logger log = LoggerFactory.getLogger(Answering.class);
    /// As long as an ACK may take (RFC 3261 section 13.3.1.4).
    private static final long ACK_MILLIS = 32_000;

    private final Channel channel;
    private final Descriptions descriptions;
    private final ChannelMedia media;

    Answering(Channel channel, Descriptions descriptions, ChannelMedia media) {
        this.channel = channel;
        this.descriptions = descriptions;
        this.media = media;
    }

    boolean preAnswer() {
        if (isRouting() && descriptions.isLate() && !media.isApplied() && channel.client().takesEarlyOffer()) {
            return channel.openMedia() && offerEarly();
        }
        if (isRouting() && prepare() && isRouting()) {
            channel.become(ChannelState.EARLY);
            channel.client().earlyMedia(descriptions.local(), channel.variables().plain());
            channel.happenings().happened("pre_answer");
            channel.happenings().happened("media");
        }
        return channel.up();
    }

    void ringReady() {
        if (isRouting()) {
            channel.client().rings();
            channel.handle().story().add(StoryEntry.Step.RINGS);
            channel.happenings().happened("ring");
        }
    }

    boolean answer() {
        boolean described = channel.state() == ChannelState.EARLY;
        if ((described || isRouting()) && prepare() && !channel.state().isAnswered()) {
            // clients that had the SDP with early media must not get it again (verto-wire.md section 5.6)
            tell(described ? Optional.empty() : Optional.of(descriptions.local()));
            media.listenAnew();
            channel.happenings().happened("answer");
            if (!described) {
                channel.happenings().happened("media");
            }
        }
        return channel.up();
    }

    private boolean isRouting() {
        return channel.state() == ChannelState.ROUTING;
    }

    private void tell(Optional<SdpText> description) {
        channel.become(ChannelState.ANSWERED);
        log.info("channel {} answered", channel.logId());
        channel.client().answered(description, channel.variables().plain());
    }

    boolean prepare() {
        if (channel.up() && !channel.outbound() && !media.isApplied() && channel.openMedia()) {
            if (descriptions.isLate()) {
                offerLate();
            } else {
                channel.settle(descriptions.answer(), Cause.INCOMPATIBLE_DESTINATION);
            }
        }
        return channel.up();
    }

    /// The call came without an offer (RFC 3261 section 13.2.1): ours goes with the answer, and the client's answer comes with its ACK.
    private void offerLate() {
        tell(Optional.of(descriptions.offer()));
        awaitAnswer();
        if (channel.up()) {
            channel.happenings().happened("answer");
            channel.happenings().happened("media");
        }
    }

    /// The same before the answer (RFC 3262 section 5).
    private boolean offerEarly() {
        channel.become(ChannelState.EARLY);
        channel.client().earlyMedia(descriptions.offer(), channel.variables().plain());
        awaitAnswer();
        if (channel.up()) {
            channel.happenings().happened("pre_answer");
            channel.happenings().happened("media");
        }
        return channel.up();
    }

    private void awaitAnswer() {
        answerToOurs().ifPresentOrElse(
                answer -> answer.reply().tell(channel.agrees(answer.sdp()) ? AnswerResult.ANSWERED : AnswerResult.CODEC_ERROR),
                () -> channel.hangup(Cause.RECOVERY_ON_TIMER_EXPIRE, "no answer to our offer came"));
    }

    private Optional<ChannelEvent.Answer> answerToOurs() {
        long deadline = channel.in(ACK_MILLIS);
        Optional<ChannelEvent> came = channel.next(deadline);
        while (came.isPresent() && !(came.get() instanceof ChannelEvent.Answer)) {
            came = channel.next(deadline); // nothing runs yet that could want it
        }
        return came.filter(ChannelEvent.Answer.class::isInstance).map(ChannelEvent.Answer.class::cast);
    }
}
