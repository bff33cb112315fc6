package io.jverto.switchboard.channel;

import io.jverto.base.time.Mailbox;
import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.Sound;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.CallRef;
import io.jverto.switchboard.port.CallerProfile;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.ChannelRef.AnswerResult;
import io.jverto.switchboard.port.MediaListener.Failure;
import io.jverto.switchboard.port.MediaListener.PlaybackEnd;
import io.jverto.switchboard.port.MediaListener.RecordingEnd;
import io.jverto.switchboard.port.RoomNotice;
import io.jverto.switchboard.port.Saying;
import io.jverto.wire.sdp.SdpText;
import io.jverto.wire.sdp.TrickledCandidate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// What a channel's thread is told.
public sealed interface ChannelEvent {
    /// By its media, or by the client as if it were.
    sealed interface OfMedia extends ChannelEvent {}

    /// By its client.
    sealed interface OfClient extends ChannelEvent {}

    /// By a channel that it called.
    sealed interface OfLeg extends ChannelEvent {}

    /// By anybody else in the switch: the channel that it talks with, its room, a command.
    sealed interface OfSwitch extends ChannelEvent {}

    /// Look at what has been set beside the mailbox: an end.
    record Wake() implements OfSwitch {}

    /// ICE and DTLS are up.
    record MediaUp() implements OfMedia {}

    record MediaFailed(Failure failure) implements OfMedia {}

    record PlaybackEnded(long playback, PlaybackEnd end) implements OfMedia {}

    record RecordingEnded(long recording, RecordingEnd end) implements OfMedia {}

    record ToneFound(long number) implements OfMedia {}

    /// Something that the script waits for may have come.
    record Nudged() implements OfSwitch {}

    /// A digit of this channel's party, wherever it came.
    record Digit(char digit, int durationMillis, DigitSource source) implements OfMedia {
        /// Whether it came in the media, which pass it on in a bridge by themselves.
        boolean inMedia() {
            return source != DigitSource.MESSAGE;
        }
    }

    /// A digit of the other party.
    ///
    /// @param relayed the codec in whose stream it came as RFC 4733 event; empty when it came otherwise
    record PartnerDigit(char digit, int durationMillis, Optional<AudioCodec> relayed) implements OfSwitch {}

    /// This channel's client says something beside its sound.
    record Says(Saying saying) implements OfClient {}

    /// Something is said to this channel's client.
    record Hears(Saying saying) implements OfSwitch {}

    /// This channel's client has set variables; the script is told when they are set.
    record Changed(Map<String, String> variables) implements OfClient {}

    /// Whom this channel talks with now.
    record Meets(Party other) implements OfSwitch {}

    /// This channel's client puts the call on hold or takes it off; who talks with it is told by its script.
    ///
    /// @param reply whether it is held then
    record Hold(CallRef.HoldWish wish, Mailbox<Boolean> reply) implements OfClient {}

    /// The other channel's client did so.
    ///
    /// @param music what this channel hears meanwhile; empty when the call is not held
    record PartnerHold(Optional<Sound> music) implements OfSwitch {}

    /// Whoever this channel rings is to be the other channel's.
    ///
    /// @param reply whether it rang anybody, and that is so now
    record HandOver(ChannelHandle to, UnaryOperator<ChannelScript> way, Mailbox<Boolean> reply) implements OfSwitch {}

    /// A channel that was called has another caller from now on.
    record Follow(ChannelId leg, ChannelHandle leader) implements OfSwitch {}

    /// This channel's party began or stopped to speak, in a mixer.
    record Talking(boolean talking) implements OfMedia {}

    /// The room that it is in wants something.
    record FromRoom(RoomNotice notice) implements OfSwitch {}

    /// The client has its call again: it may have to be told things anew.
    record Reattached() implements OfClient {}

    /// The client's answer to our offer.
    record Answer(SdpText sdp, String calleeName, String calleeNumber, Mailbox<AnswerResult> reply) implements OfClient {}

    /// The client of a call that we make says that it rings.
    record Rings() implements OfClient {}

    /// It has sound before it is answered: its answer to our offer.
    record EarlyMedia(SdpText sdp, Mailbox<AnswerResult> reply) implements OfClient {}

    /// The client is back, or is to come back by another way: a new offer for it.
    record Reoffer(Mailbox<Optional<CallRef.Reoffer>> reply) implements OfClient {}

    /// The client's answer to that offer.
    ///
    /// @param back the client had lost its call
    record Reattach(SdpText sdp, boolean back, Mailbox<AnswerResult> reply) implements OfClient {}

    /// The client's own new offer.
    record Update(SdpText sdp, Mailbox<CallRef.Update> reply) implements OfClient {}

    /// More of the client's addresses.
    record Candidates(List<TrickledCandidate> candidates) implements OfClient {}

    /// Somebody else's business with the channel, done at once on its thread between two events. It does not wait.
    ///
    /// @param refused instead, when the channel is over
    record Visit(Consumer<Channel> work, Runnable refused) implements OfSwitch {}

    /// The same for work that may wait, for instance for a sound's end. What the channel does goes on afterwards.
    record Interlude(Consumer<Channel> work, Runnable refused) implements OfSwitch {}

    /// A channel that this one called rings.
    record LegRings(ChannelId leg) implements OfLeg {}

    /// It has sound before it is answered.
    record LegMedia(ChannelId leg, LentMedia media) implements OfLeg {}

    /// Somebody there takes his time to confirm that he takes the call.
    record LegConfirms(ChannelId leg) implements OfLeg {}

    /// Somebody else has taken the call of a channel that this one called: he answers next.
    record LegReplaced(ChannelId leg, ChannelHandle by) implements OfLeg {}

    /// A channel that rings is to leave its call to another one.
    ///
    /// @param reply whose call that is; empty when nobody's, or somebody was faster
    record PickUp(ChannelHandle by, Mailbox<Optional<ChannelHandle>> reply) implements OfSwitch {}

    /// It was answered, and nobody else was before.
    ///
    /// @param shown who the leg has been told is calling; empty when it is to be told the caller's own names
    record LegAnswered(ChannelId leg, LentMedia media, LegFacts facts, Optional<Party> shown) implements OfLeg {}

    /// What is known of a channel when it joins another one.
    ///
    /// @param party who is there
    record LegFacts(Party party, CallerProfile profile, Map<String, Text> variables) {
        public static LegFacts of(Channel channel) {
            Map<String, Text> variables = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            variables.putAll(channel.variables().all());
            return new LegFacts(channel.party(), channel.profile(), Collections.unmodifiableMap(variables));
        }
    }

    /// It has ended or gone elsewhere.
    record LegEnded(ChannelId leg, Cause cause) implements OfLeg {}
}
