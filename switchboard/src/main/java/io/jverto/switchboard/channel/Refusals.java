package io.jverto.switchboard.channel;

import io.jverto.base.count.Counters;
import io.jverto.switchboard.count.SwitchCounter;
import io.jverto.switchboard.port.CallRef;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.ChannelRef.AnswerResult;
import java.util.Optional;

/// What becomes of events that a channel does not take: whoever waits for an answer learns that there is no such call. Thread-safe.
final class Refusals {
    private final Counters<SwitchCounter> counters;

    Refusals(Counters<SwitchCounter> counters) {
        this.counters = counters;
    }

    void refuse(ChannelEvent event) {
        switch (event) {
            case ChannelEvent.OfClient ofClient -> refuse(ofClient);
            case ChannelEvent.OfSwitch ofSwitch -> refuse(ofSwitch);
            case ChannelEvent.LegAnswered answered -> answered.media().refuse();
            case ChannelEvent.OfLeg _, ChannelEvent.OfMedia _ -> { }
        }
    }

    private void refuse(ChannelEvent.OfClient event) {
        switch (event) {
            case ChannelEvent.Answer answer -> answer.reply().tell(AnswerResult.GONE);
            case ChannelEvent.EarlyMedia early -> early.reply().tell(AnswerResult.GONE);
            case ChannelEvent.Reattach reattach -> reattach.reply().tell(AnswerResult.GONE);
            case ChannelEvent.Reoffer reoffer -> reoffer.reply().tell(Optional.empty());
            case ChannelEvent.Update update -> update.reply().tell(new CallRef.Update.Failed(AnswerResult.GONE));
            case ChannelEvent.Hold hold -> hold.reply().tell(false);
            case ChannelEvent.Says _ -> counters.increment(SwitchCounter.SAYINGS_UNHEARD);
            case ChannelEvent.Rings _, ChannelEvent.Reattached _, ChannelEvent.Changed _, ChannelEvent.Candidates _ -> { }
        }
    }

    private void refuse(ChannelEvent.OfSwitch event) {
        switch (event) {
            case ChannelEvent.PickUp pickUp -> pickUp.reply().tell(Optional.empty());
            case ChannelEvent.HandOver handOver -> handOver.reply().tell(false);
            case ChannelEvent.Visit visit -> visit.refused().run();
            case ChannelEvent.Interlude interlude -> interlude.refused().run();
            case ChannelEvent.Follow(ChannelId leg, ChannelHandle leader) -> leader.tell(new ChannelEvent.LegEnded(leg, Cause.NORMAL_CLEARING));
            case ChannelEvent.Hears _ -> counters.increment(SwitchCounter.SAYINGS_UNHEARD);
            case ChannelEvent.Wake _, ChannelEvent.Nudged _, ChannelEvent.PartnerDigit _, ChannelEvent.Meets _, ChannelEvent.PartnerHold _, ChannelEvent.FromRoom _ -> { }
        }
    }
}
