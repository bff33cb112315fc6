package io.jverto.portkit;

import io.jverto.switchboard.port.CallSignal;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.Saying;
import io.jverto.wire.sdp.SdpText;
import java.util.Map;
import java.util.Optional;

/// A client that takes whatever its call tells it and says nothing.
public class IdleSignal implements CallSignal {
    @Override
    public void earlyMedia(SdpText answer, Map<String, String> variables) {}

    @Override
    public void answered(Optional<SdpText> answer, Map<String, String> variables) {}

    @Override
    public void display(DisplayUpdate update) {}

    @Override
    public void ended(Cause cause, boolean byClient) {}

    @Override
    public void dtmf(char digit) {}

    @Override
    public boolean said(Saying saying) {
        return false;
    }
}
