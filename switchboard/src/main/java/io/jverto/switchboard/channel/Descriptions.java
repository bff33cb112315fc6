package io.jverto.switchboard.channel;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.MediaPlan;
import io.jverto.media.plan.MediaSecurity;
import io.jverto.media.plan.VideoFormat;
import io.jverto.switchboard.negotiate.CodecPreferences;
import io.jverto.switchboard.negotiate.Negotiation;
import io.jverto.switchboard.negotiate.Negotiator;
import io.jverto.switchboard.negotiate.Terms;
import io.jverto.switchboard.port.DirectMedia;
import io.jverto.switchboard.story.CallStory;
import io.jverto.switchboard.story.StoryEntry;
import io.jverto.wire.sdp.SdpText;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The SDP that a channel and its client have told each other, and what the next one says. What comes of it is for the channel.
@OwnedBy(Role.CHANNEL)
final class Descriptions {
    private final ChannelMedia media;
    private final ChannelVideo video;
    private final CodecPreferences codecs;
    private final SdpText clientsOffer;
    private final CallStory story;
    /// Our last one in force.
    private SdpText local = new SdpText("");
    /// Our offer that the client has not answered yet, in an answered call.
    private Optional<SdpText> reoffered = Optional.empty();
    /// Of the last description of ours: each has a higher number (RFC 8866 section 5.2).
    private long number;

    /// @param clientsOffer empty text for a call that we make
    /// @param number of the first description
    /// @param story is told what is offered and agreed
    Descriptions(ChannelMedia media, ChannelVideo video, CodecPreferences codecs, SdpText clientsOffer, long number, CallStory story) {
        this.media = media;
        this.video = video;
        this.codecs = codecs;
        this.clientsOffer = clientsOffer;
        this.number = number;
        this.story = story;
    }

    SdpText local() {
        return local;
    }

    /// @return what the client's offer and our list have in common, best first
    List<AudioCodec> common() {
        return Negotiator.common(clientsOffer, codecs);
    }

    /// @return the video that the client could send somebody else, best first
    List<VideoFormat> commonVideo() {
        return Negotiator.commonVideo(clientsOffer, video.codecs());
    }

    /// Whether the call came without an offer: ours goes with its answer.
    boolean isLate() {
        return media.direct().isPresent() && clientsOffer.value().isBlank();
    }

    /// Whether the client's offer is that of a browser.
    boolean hasIce() {
        return Negotiator.hasIce(clientsOffer);
    }

    /// Our answer to the offer that came with the call.
    Negotiation answer() {
        return answered(Negotiator.answer(clientsOffer, media.ref().local(), terms(DirectMedia::fromPeers)));
    }

    /// Our offer for a call that we make.
    SdpText offer() {
        local = Negotiator.offer(media.ref().local(), terms(DirectMedia::toPeers));
        story.described(StoryEntry.Whose.OUR_OFFER, local);
        return local;
    }

    /// The client's answer to [#offer].
    Negotiation accept(SdpText answer) {
        story.described(StoryEntry.Whose.CLIENTS_ANSWER, answer);
        return agreed(Negotiator.accept(local, answer));
    }

    /// One codec as agreed, under new ICE credentials if the client has ICE.
    ///
    /// @param held whether a client without ICE is told that it is on hold
    SdpText reoffer(boolean held) {
        SdpText offer = media.direct().isPresent()
                ? Negotiator.reoffer(local, media.ref().local(), media.agreed(), held, ++number)
                : Negotiator.reoffer(media.ref().renew(), media.agreed(), ++number);
        reoffered = Optional.of(offer);
        story.described(StoryEntry.Whose.OUR_OFFER, offer);
        return offer;
    }

    /// The client's answer to [#reoffer].
    ///
    /// @return empty when nothing was offered
    Optional<Negotiation> acceptAgain(SdpText answer) {
        story.described(StoryEntry.Whose.CLIENTS_ANSWER, answer);
        Optional<Negotiation> negotiation = reoffered.map(offer -> agreed(Negotiator.accept(offer, answer)));
        reoffered = Optional.empty();
        return negotiation;
    }

    /// Our answer to an offer in mid-call; new ICE credentials of the client are met by new ones of ours (RFC 8445 section 9).
    Negotiation update(SdpText offer) {
        story.described(StoryEntry.Whose.CLIENTS_OFFER, offer);
        Negotiation first = Negotiator.answer(offer, media.ref().local(), terms(DirectMedia::fromPeers), media.dtlsRole());
        boolean restarts = first instanceof Negotiation.Agreed(MediaPlan plan, SdpText _) && media.isRestart(plan);
        return answered(restarts ? Negotiator.answer(offer, media.ref().renew(), terms(DirectMedia::fromPeers), media.dtlsRole()) : first);
    }

    private Negotiation answered(Negotiation negotiation) {
        if (negotiation instanceof Negotiation.Agreed(MediaPlan _, SdpText ours)) {
            story.described(StoryEntry.Whose.OUR_ANSWER, ours);
        }
        return agreed(negotiation);
    }

    private Negotiation agreed(Negotiation negotiation) {
        switch (negotiation) {
            case Negotiation.Agreed(MediaPlan plan, SdpText ours) -> {
                local = ours;
                story.agreed(plan);
            }
            case Negotiation.Refused(String reason) -> story.add(new StoryEntry.Refused(reason));
        }
        return negotiation;
    }

    private Terms terms(Function<DirectMedia, MediaSecurity> whose) {
        return new Terms(codecs, Terms.Mode.GENEROUS, ++number, media.direct().map(whose), video.terms());
    }
}
