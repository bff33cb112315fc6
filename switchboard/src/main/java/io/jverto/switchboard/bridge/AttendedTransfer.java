package io.jverto.switchboard.bridge;

import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.ChannelScript;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.channel.Sounds;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.Cause;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `att_xfer` (dialplan-directory.md section 9.1): a channel's partner waits with music while the channel talks with a third one. By keys it
/// comes back to the partner or lets all three talk; when it goes, the two are joined. On the channel's thread, instead of what the channel
/// did before: when it is over, so is the call.
final class AttendedTransfer implements ChannelScript, Steering {
    private static final Logger log = LoggerFactory.getLogger(AttendedTransfer.class);
    private static final String RESULT = "att_xfer_result";
    private static final long MEETING_MILLIS = Duration.ofSeconds(5).toMillis();

    private final Channel channel;
    private final OnHold partner;
    private final Attempts attempts;
    private final DialString third;
    private Optional<ChannelHandle> talksWith = Optional.empty();

    private AttendedTransfer(Channel channel, OnHold partner, Attempts attempts, DialString third) {
        this.channel = channel;
        this.partner = partner;
        this.attempts = attempts;
        this.third = third;
    }

    /// On the channel's thread, while it talks: what it does then is left as soon as this returns.
    ///
    /// @return false when it talks with nobody, or has something else to do already
    static boolean begin(Channel channel, Attempts attempts, DialString third) {
        Optional<ChannelHandle> other = channel.handle().partner();
        if (other.isEmpty()) {
            return false;
        }
        OnHold partner = new OnHold(other.get(), channel.handle(), Sounds.holdMusic(channel), channel.services().time());
        if (!channel.handle().redirect(new AttendedTransfer(channel, partner, attempts, third))) {
            return false;
        }
        Transfers.part(channel.handle(), other.get());
        partner.begin();
        return true;
    }

    @Override
    public void run(Channel self) {
        partner.attend();
        try {
            if (!partner.isGone()) {
                consult();
            }
            if (channel.up() && !partner.isHandedOn() && !partner.isGone()) {
                comeBack(partner.handOn());
            }
        } finally {
            if (!partner.isHandedOn() && !partner.isGone()) {
                partner.handOn().hangup(Cause.NORMAL_CLEARING, false);
            }
        }
        if (channel.up()) {
            channel.hangup(Cause.NORMAL_CLEARING, "the other side is gone");
        }
    }

    private void consult() {
        result("failure"); // until it is otherwise
        String cancel = key("origination_cancel_key", key("attxfer_cancel_key", "#"));
        log.info("channel {}: begins an attended transfer", channel.logId());
        ConsultingOriginator originator = new ConsultingOriginator(channel, partner, cancel);
        switch (attempts.run(originator, third, Terms.DEFAULT_TIMEOUT_SECONDS * 1_000L)) {
            case Originate.Outcome.Failed(Cause cause, boolean _) -> {
                channel.variables().set("originate_disposition", Text.syntax(cause.name()));
                if (partner.isHandedOn()) {
                    result("success");
                }
            }
            case Originate.Outcome.Answered(ChannelHandle leg, ChannelEvent.LegAnswered how) -> {
                channel.variables().set("originate_disposition", Text.syntax("SUCCESS"));
                talksWith = Optional.of(leg);
                Talk.lead(channel, leg, how, this);
            }
        }
    }

    private String key(String variable, String otherwise) {
        return channel.variables().text(variable).orElse(otherwise);
    }

    private void result(String text) {
        channel.variables().set(RESULT, Text.syntax(text));
    }

    @Override
    public Turn pressed(ChannelEvent.Digit digit) {
        if (partner.isGone()) {
            return Turn.NOT_TAKEN;
        }
        if (isKey(digit, "attxfer_cancel_key", "#") || isKey(digit, "attxfer_hangup_key", "*")) {
            return Turn.OVER;
        }
        if (isKey(digit, "attxfer_conf_key", "0")) {
            partner.joins(channel.media());
            return Turn.TAKEN;
        }
        return Turn.NOT_TAKEN;
    }

    private boolean isKey(ChannelEvent.Digit digit, String variable, String otherwise) {
        return key(variable, otherwise).indexOf(digit.digit()) >= 0;
    }

    /// The two it leaves have each other.
    @Override
    public void leaderLeft() {
        if (talksWith.isPresent() && !partner.isGone()) {
            ChannelHandle leg = talksWith.get();
            log.info("channel {}: leaves its partner to channel {}", channel.logId(), LogText.of(leg.id()));
            leg.talksWith(Optional.empty());
            ChannelHandle waiting = partner.handOn();
            channel.handle().succession().leaveToPartner(waiting);
            result(Transfers.meet(waiting, leg) ? "success" : "failure");
        }
    }

    private void comeBack(ChannelHandle other) {
        ChannelHandle self = channel.handle();
        Optional<Cause> end = Meeting.lead(channel, other, waiting -> Talk.follow(waiting, self, Optional.empty()), Steering.NONE, MEETING_MILLIS);
        if (end.isPresent() && channel.up()) {
            channel.hangup(end.get(), "the other side is gone");
        }
    }
}
