package io.jverto.switchboard.channel;

import io.jverto.switchboard.event.CoreEvents;
import io.jverto.switchboard.port.Cause;
import java.util.Map;
import java.util.Set;

/// What the switch says of its channels to clients that watch it: they begin, are answered, end (verto-wire.md section 8.7).
final class CoreChannelEvents {
    /// Variables of one event, and characters of one.
    private static final int MAX_VARIABLES = 128;
    private static final int MAX_VALUE = 1_024;
    /// By these a client proves which session is its own.
    private static final Set<String> SECRET = Set.of("jsock_uuid_str", "event_channel_cookie");

    private final CoreEvents core;

    CoreChannelEvents(CoreEvents core) {
        this.core = core;
    }

    /// On the channel's own thread.
    void changed(Channel channel, ChannelState before, ChannelState now) {
        if (!core.enabled()) {
            return;
        }
        if (before == ChannelState.NEW && now != ChannelState.ENDED) {
            core.publish("CHANNEL_CREATE", headers(channel, now));
        } else if (now == ChannelState.ANSWERED && !before.isAnswered()) {
            core.publish("CHANNEL_ANSWER", headers(channel, now));
        } else if (now == ChannelState.ENDED) {
            Map<String, String> headers = headers(channel, now);
            Cause cause = channel.handle().ending().map(Ending::cause).orElse(Cause.NORMAL_CLEARING);
            headers.put("Hangup-Cause", cause.name());
            core.publish("CHANNEL_HANGUP", headers);
            core.publish("CHANNEL_HANGUP_COMPLETE", headers);
        }
    }

    private static Map<String, String> headers(Channel channel, ChannelState now) {
        Map<String, String> headers = ChannelHeaders.of(channel, now);
        channel.variables().plain().entrySet().stream()
                .filter(variable -> !SECRET.contains(variable.getKey()) && variable.getValue().length() <= MAX_VALUE)
                .limit(MAX_VARIABLES)
                .forEach(variable -> headers.put("variable_" + variable.getKey(), variable.getValue()));
        return headers;
    }
}
