package io.jverto.switchboard.edge;

import io.jverto.switchboard.port.CallSignal;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelRef;
import io.jverto.switchboard.port.ChatMessage;
import io.jverto.switchboard.port.Saying;
import io.jverto.testkit.time.VirtualTime;
import io.jverto.wire.sdp.SdpText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// One client's side of one call, in memory: a line for everything that the switch says to it, with the second it was said.
public final class TestClient implements CallSignal {
    public final List<String> heard = new CopyOnWriteArrayList<>();
    public final ChannelRef channel;
    public volatile Map<String, String> variables = Map.of();
    /// Those of the channel when it was last shown somebody.
    public volatile Map<String, String> shown = Map.of();
    /// The last description that it was given.
    public volatile SdpText described = new SdpText("");
    private final VirtualTime time;

    TestClient(ChannelRef channel, VirtualTime time) {
        this.channel = channel;
        this.time = time;
    }

    @Override
    public void earlyMedia(SdpText answer, Map<String, String> now) {
        variables = now;
        described = answer;
        hear("media" + (answer.value().contains("m=audio") ? " sdp" : ""));
    }

    @Override
    public void answered(Optional<SdpText> answer, Map<String, String> now) {
        variables = now;
        described = answer.orElse(described);
        hear("answer" + (answer.isPresent() ? " sdp" : ""));
    }

    @Override
    public void display(DisplayUpdate update) {
        hear("display " + update.displayName() + " " + update.displayNumber() + " of " + update.caller().callerName() + " "
                + update.caller().callerNumber() + " to " + update.caller().calleeName() + " " + update.caller().calleeNumber());
        shown = update.variables();
    }

    @Override
    public void ended(Cause cause, boolean byClient) {
        hear((byClient ? "over " : "bye ") + cause);
    }

    @Override
    public void dtmf(char digit) {
        hear("dtmf " + digit);
    }

    @Override
    public boolean said(Saying saying) {
        switch (saying) {
            case Saying.InCall(ChatMessage message) -> hear("message " + message.fields().get("body"));
            case Saying.InRoom(ChatMessage message) -> hear("message to the room " + message.fields().get("body"));
            case Saying.Typed(String chars) -> hear("typed " + chars);
        }
        return true;
    }

    private void hear(String what) {
        heard.add(time.nanoTime() / 1_000_000 + " " + what);
    }
}
