package io.jverto.switchboard.bridge;

import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.ChannelScript;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.command.LiveChannels.ChannelRow;
import io.jverto.switchboard.port.Cause;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes a call that somebody else was to get, or has (`intercept`, `pickup`: dialplan-directory.md section 9.1). On the thread of whoever
/// takes it.
public final class Interception {
    private static final Logger log = LoggerFactory.getLogger(Interception.class);

    private final Pickups pickups;

    public Interception(Pickups pickups) {
        this.pickups = pickups;
    }

    /// @param partner takes whom that channel talks with, not the channel itself
    /// @return false when that is not possible; then nothing has changed
    public boolean intercept(Channel channel, ChannelHandle wanted, boolean partner) {
        Optional<ChannelHandle> found = partner ? wanted.partner() : Optional.of(wanted);
        boolean allowed = found.isPresent() && found.get() != channel.handle()
                && !(channel.variables().isTrue("intercept_unanswered_only") && found.get().answered())
                && !(channel.variables().isTrue("intercept_unbridged_only") && found.get().partner().isPresent());
        if (!allowed) {
            log.info("channel {}: channel {} cannot be intercepted", channel.logId(), LogText.of(wanted.id()));
            return false;
        }
        if (!channel.answer()) {
            return false;
        }
        return rings(found.get()) ? pickUp(channel, found.get()) : takeOver(channel, found.get(), Cause.PICKED_OFF);
    }

    /// @return false when nobody waits under that key
    public boolean pickup(Channel channel, String key) {
        Optional<ChannelHandle> leg = pickups.first(key);
        return leg.isPresent() && channel.answer() && pickUp(channel, leg.get());
    }

    /// Takes the place of another call, which ends.
    ///
    /// @param route where the channel goes when that call talks with nobody: to the same number
    /// @return false when that call does not go on, or cannot be replaced
    public boolean replace(Channel channel, ChannelHandle replaced, ChannelScript route) {
        if (replaced.isOver() || !channel.answer()) {
            return false;
        }
        if (rings(replaced)) {
            return pickUp(channel, replaced);
        }
        Optional<ChannelHandle> partner = replaced.partner();
        if (partner.isPresent()) {
            return takeOver(channel, partner.get(), Cause.ATTENDED_TRANSFER);
        }
        Optional<String> destination = replaced.row().filter(row -> !row.outbound()).map(ChannelRow::destination).filter(number -> !number.isEmpty());
        if (destination.isEmpty()) {
            return false;
        }
        channel.sendOn(destination.get(), channel.profile().dialplan(), channel.profile().context());
        replaced.succession().leaveToSuccessor(channel.handle());
        replaced.hangup(Cause.ATTENDED_TRANSFER, false);
        route.run(channel);
        return true;
    }

    private static boolean rings(ChannelHandle channel) {
        return !channel.answered() && channel.row().map(ChannelRow::outbound).orElse(false);
    }

    /// Answers in the place of one who rings.
    private static boolean pickUp(Channel channel, ChannelHandle leg) {
        Optional<ChannelHandle> caller = leg.pickUp(channel.handle());
        caller.ifPresent(leader -> {
            log.info("channel {}: takes the call of channel {} from channel {}", channel.logId(), LogText.of(leader.id()), LogText.of(leg.id()));
            Talk.follow(channel, leader, Optional.empty());
        });
        return caller.isPresent();
    }

    /// Talks with one who is there already; whom he talked with is left.
    ///
    /// @param cause of his end
    private static boolean takeOver(Channel channel, ChannelHandle wanted, Cause cause) {
        Optional<ChannelHandle> left = wanted.partner();
        left.ifPresent(other -> Transfers.part(wanted, other));
        ChannelHandle self = channel.handle();
        boolean taken = wanted.redirect(other -> {
            if (other.answer()) {
                Talk.follow(other, self, Optional.empty());
            }
        });
        left.ifPresent(other -> {
            other.succession().leaveToSuccessor(self);
            other.hangup(cause, false);
        });
        if (taken) {
            log.info("channel {}: takes channel {}", channel.logId(), LogText.of(wanted.id()));
            Transfers.lead(channel, wanted);
        }
        return taken;
    }
}
