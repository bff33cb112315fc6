package io.jverto.switchboard.edge;

import io.jverto.switchboard.port.CallSignal;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.Saying;
import io.jverto.wire.sdp.SdpText;
import java.util.Map;
import java.util.Optional;

/// A signal whose client is known only after the call has been admitted.
public final class Relay implements CallSignal {
    public volatile CallSignal client = this;

    @Override
    public void earlyMedia(SdpText answer, Map<String, String> variables) {
        client.earlyMedia(answer, variables);
    }

    @Override
    public void answered(Optional<SdpText> answer, Map<String, String> variables) {
        client.answered(answer, variables);
    }

    @Override
    public void display(DisplayUpdate update) {
        client.display(update);
    }

    @Override
    public void ended(Cause cause, boolean byClient) {
        client.ended(cause, byClient);
    }

    @Override
    public void dtmf(char digit) {
        client.dtmf(digit);
    }

    @Override
    public boolean said(Saying saying) {
        return client.said(saying);
    }
}
