package io.jverto.switchboard.channel;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.base.time.Mailbox;
import io.jverto.media.plan.AudioCodec;
import io.jverto.switchboard.count.SwitchCounter;
import io.jverto.switchboard.port.CallRef;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelRef.AnswerResult;
import io.jverto.switchboard.port.MediaListener.Failure;
import io.jverto.switchboard.port.Saying;
import io.jverto.wire.sdp.SdpText;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a channel is told that its script need not know: it is done here, between two events of the script.
@OwnedBy(Role.CHANNEL)
final class OwnEvents {
    /// How long an answered call waits for media that failed: until the loss of a silent connection is seen, and a little.
    private static final long MEDIA_GRACE_MILLIS = 130_000;
    private static final Logger log = LoggerFactory.getLogger(OwnEvents.class);

    private final Channel channel;
    private final ChannelMedia media;
    private final Renegotiation renegotiation;
    private final Interludes interludes;
    private final DigitMachine digits;
    private final ChannelTones tones;
    private final ChannelSpeech speech;
    private Optional<HandsOver> rings = Optional.empty();
    private long mediaDeadline = Channel.FOREVER;

    OwnEvents(Channel channel, ChannelMedia media, Renegotiation renegotiation, Interludes interludes) {
        this.channel = channel;
        this.media = media;
        this.renegotiation = renegotiation;
        this.interludes = interludes;
        this.digits = new DigitMachine(channel);
        this.tones = new ChannelTones(channel, media);
        this.speech = new ChannelSpeech(channel);
    }

    void rings(Optional<HandsOver> originate) {
        rings = originate;
    }

    /// @return when [#onDeadline] is to be called
    long deadline() {
        return Math.min(channel.handle().isAway() ? Channel.FOREVER : mediaDeadline, Math.min(digits.deadline(), tones.deadline()));
    }

    void onDeadline() {
        digits.onDeadline();
        tones.onDeadline();
        onMediaDeadline();
    }

    /// @return a digit that was held back for a while and is for the script all the same
    Optional<ChannelEvent> released() {
        return digits.released();
    }

    ChannelTones tones() {
        return tones;
    }

    ChannelSpeech speech() {
        return speech;
    }

    void mediaIsBack() {
        mediaDeadline = Channel.FOREVER;
    }

    /// A call ends whose media failed.
    private void onMediaDeadline() {
        if (!channel.handle().isAway() && channel.services().time().nanoTime() >= mediaDeadline) {
            mediaDeadline = channel.in(MEDIA_GRACE_MILLIS);
            endsWithoutMedia(Cause.MEDIA_TIMEOUT, "media failed and did not come back");
        }
    }

    /// An answered call survives the loss of its path: the client may come back before or after we know that it is gone.
    private void onMediaFailed(Failure failure) {
        if (channel.state().isAnswered() && (failure == Failure.ICE_TIMEOUT || channel.handle().isAway())) {
            mediaDeadline = channel.in(MEDIA_GRACE_MILLIS);
            log.info("channel {}: media failed ({}), waiting for the client", channel.logId(), failure);
        } else {
            endsWithoutMedia(ChannelMedia.causeOf(failure), "media failed: " + failure);
        }
    }

    /// Unless `execute_on_media_timeout` says what is to be done instead.
    private void endsWithoutMedia(Cause cause, String why) {
        if (cause == Cause.MEDIA_TIMEOUT && channel.state().isAnswered() && !channel.variables().get("execute_on_media_timeout").isEmpty()) {
            log.info("channel {}: {}; execute_on_media_timeout runs", channel.logId(), why);
            channel.interludes().next(self -> self.happenings().happened("media_timeout"));
        } else {
            channel.fails(cause, why);
        }
    }

    /// @return false when the script is to see it
    boolean take(ChannelEvent event) {
        return switch (event) {
            case ChannelEvent.OfMedia ofMedia -> take(ofMedia);
            case ChannelEvent.OfClient ofClient -> take(ofClient);
            case ChannelEvent.OfSwitch ofSwitch -> take(ofSwitch);
            case ChannelEvent.OfLeg _ -> false;
        };
    }

    private boolean take(ChannelEvent.OfMedia event) {
        return switch (event) {
            case ChannelEvent.MediaUp _ -> {
                log.debug("channel {}: media is up", channel.logId());
                mediaIsBack();
                yield true;
            }
            case ChannelEvent.MediaFailed(Failure failure) -> {
                onMediaFailed(failure);
                yield true;
            }
            case ChannelEvent.Digit digit when channel.line().isTwin(digit, channel.in(0)) -> {
                log.debug("channel {}: {} by {} does not count", channel.logId(), digit.digit(), digit.source());
                yield true;
            }
            case ChannelEvent.Digit digit -> {
                CoreChannelEvents.digit(channel, digit);
                yield digits.pressed(digit);
            }
            case ChannelEvent.PlaybackEnded(long playback, var _) -> channel.line().ended(playback);
            case ChannelEvent.ToneFound(long number) -> {
                tones.found(number);
                yield true;
            }
            case ChannelEvent.RecordingEnded end -> channel.recordings().ended(end.recording());
            case ChannelEvent.Talking _ -> false;
        };
    }

    private boolean take(ChannelEvent.OfClient event) {
        return switch (event) {
            case ChannelEvent.Says(Saying saying) -> channel.sayings().onSaid(saying);
            case ChannelEvent.Changed(Map<String, String> changed) -> {
                changed.forEach(channel.variables()::set);
                yield false;
            }
            case ChannelEvent.Hold(CallRef.HoldWish wish, Mailbox<Boolean> reply) -> {
                boolean changed = channel.hold(wish);
                reply.tell(channel.state() == ChannelState.HELD);
                yield !changed;
            }
            case ChannelEvent.Answer _ when !channel.awaitsAnswer() -> refuse(event);
            case ChannelEvent.EarlyMedia _ when !channel.isCalled() -> refuse(event);
            case ChannelEvent.Reoffer(Mailbox<Optional<CallRef.Reoffer>> reply) -> {
                reply.tell(renegotiation.reoffer());
                yield true;
            }
            case ChannelEvent.Reattach(SdpText sdp, boolean back, Mailbox<AnswerResult> reply) -> {
                reply.tell(back ? renegotiation.reattach(sdp) : renegotiation.accept(sdp));
                yield true;
            }
            case ChannelEvent.Update(SdpText sdp, Mailbox<CallRef.Update> reply) -> {
                reply.tell(renegotiation.update(sdp));
                yield true;
            }
            case ChannelEvent.Candidates late -> {
                channel.handle().story().trickled(late.candidates());
                channel.services().counters().add(SwitchCounter.CANDIDATES_DROPPED, media.candidates(late.candidates()));
                yield true;
            }
            case ChannelEvent.Answer _, ChannelEvent.EarlyMedia _, ChannelEvent.Rings _, ChannelEvent.Reattached _ -> false;
        };
    }

    private boolean take(ChannelEvent.OfSwitch event) {
        return switch (event) {
            case ChannelEvent.Wake _ -> true;
            case ChannelEvent.PartnerDigit(char digit, int durationMillis, Optional<AudioCodec> inStream) -> {
                if (inStream.filter(media::relaysDigitsOf).isEmpty()) {
                    channel.digits().send(digit, durationMillis);
                }
                yield true;
            }
            case ChannelEvent.Hears(Saying saying) -> channel.sayings().onHeard(saying);
            case ChannelEvent.Meets(Party other) -> {
                channel.meets(other);
                yield true;
            }
            case ChannelEvent.HandOver(ChannelHandle to, UnaryOperator<ChannelScript> way, Mailbox<Boolean> reply) -> {
                reply.tell(rings.map(one -> one.handOver(to, way)).orElse(false));
                yield true;
            }
            case ChannelEvent.PickUp _ when !channel.isCalled() -> refuse(event);
            case ChannelEvent.Visit visit -> {
                visit.work().accept(channel);
                yield true;
            }
            case ChannelEvent.Interlude interlude -> {
                interludes.add(interlude);
                yield true;
            }
            case ChannelEvent.PickUp _, ChannelEvent.Nudged _, ChannelEvent.FromRoom _, ChannelEvent.PartnerHold _, ChannelEvent.Follow _ -> false;
        };
    }

    private boolean refuse(ChannelEvent event) {
        channel.handle().refuse(event);
        return true;
    }
}
