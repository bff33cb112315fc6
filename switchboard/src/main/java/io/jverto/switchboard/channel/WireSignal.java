package io.jverto.switchboard.channel;

import io.jverto.switchboard.port.CallSignal;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.Saying;
import io.jverto.wire.sdp.SdpText;
import java.util.Map;
import java.util.Optional;

/// The client of a channel that has another channel for a client, in this switch: what is said to the client, the other one is told as if
/// its own client said it. On the channel's thread; only posts.
final class WireSignal implements CallSignal {
    private static final SdpText NONE = new SdpText("");

    private final ChannelHandle peer;
    private final ChannelServices services;
    /// How the one at this end is called.
    private final Party party;

    WireSignal(ChannelHandle peer, ChannelServices services, Party party) {
        this.peer = peer;
        this.services = services;
        this.party = party;
    }

    @Override
    public void rings() {
        peer.rings();
    }

    @Override
    public void earlyMedia(SdpText answer, Map<String, String> variables) {
        peer.tell(new ChannelEvent.EarlyMedia(NONE, services.time().mailbox(1)));
    }

    @Override
    public void answered(Optional<SdpText> answer, Map<String, String> variables) {
        peer.tell(new ChannelEvent.Answer(NONE, party.name(), party.number(), services.time().mailbox(1)));
    }

    @Override
    public void display(DisplayUpdate update) {
        // whoever is at the other end sees what his own call says
    }

    @Override
    public void ended(Cause cause, boolean byClient) {
        peer.hangup(cause, false);
    }

    @Override
    public void dtmf(char digit) {
        peer.dtmf(String.valueOf(digit), 0);
    }

    @Override
    public boolean said(Saying saying) {
        return peer.say(saying);
    }
}
