package io.jverto.switchboard.channel;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.plan.AudioCodec;
import java.util.Optional;

/// Digits that leave a channel.
@OwnedBy(Role.CHANNEL)
public final class ChannelDigits {
    private final Channel channel;
    private final ChannelMedia media;

    ChannelDigits(Channel channel, ChannelMedia media) {
        this.channel = channel;
        this.media = media;
    }

    /// Gives a digit of the channel's party to the channel that it is joined with.
    public void passOn(ChannelEvent.Digit digit, ChannelHandle partner) {
        Optional<AudioCodec> inStream = digit.inMedia() ? media.codec() : Optional.empty();
        partner.tell(new ChannelEvent.PartnerDigit(digit.digit(), digit.durationMillis(), inStream));
    }

    /// Sends a digit to the client, in its media if it can take it there.
    public void send(char digit, int durationMillis) {
        if (!media.isOpen() || !media.ref().sendDtmf(digit, durationMillis)) {
            channel.client().dtmf(digit);
        }
    }
}
