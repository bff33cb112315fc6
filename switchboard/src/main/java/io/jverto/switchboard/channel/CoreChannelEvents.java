package io.jverto.switchboard.channel;

import io.jverto.switchboard.event.CoreEvents;
import io.jverto.switchboard.port.CallerProfile;
import io.jverto.switchboard.port.Cause;
import java.util.LinkedHashMap;
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
        CallerProfile profile = channel.profile();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Channel-State", now.stateName());
        headers.put("Channel-Call-State", now.callState());
        headers.put("Channel-Name", profile.channelName());
        headers.put("Unique-ID", channel.id().value());
        headers.put("Call-Direction", direction(channel));
        headers.put("Presence-Call-Direction", direction(channel));
        channel.variables().text("presence_id").ifPresent(id -> headers.put("Channel-Presence-ID", id));
        headers.put("Answer-State", answerState(now));
        headers.put("Caller-Direction", direction(channel));
        headers.put("Caller-Username", profile.username());
        headers.put("Caller-Dialplan", profile.dialplan());
        headers.put("Caller-Caller-ID-Name", profile.callerName());
        headers.put("Caller-Caller-ID-Number", profile.callerNumber());
        headers.put("Caller-Callee-ID-Name", profile.calleeName());
        headers.put("Caller-Callee-ID-Number", profile.calleeNumber());
        headers.put("Caller-Network-Addr", profile.networkAddress());
        headers.put("Caller-Destination-Number", profile.destination());
        headers.put("Caller-Unique-ID", channel.id().value());
        headers.put("Caller-Source", profile.source());
        headers.put("Caller-Context", profile.context());
        headers.put("Caller-Channel-Name", profile.channelName());
        headers.values().removeIf(String::isEmpty);
        channel.variables().plain().entrySet().stream()
                .filter(variable -> !SECRET.contains(variable.getKey()) && variable.getValue().length() <= MAX_VALUE)
                .limit(MAX_VARIABLES)
                .forEach(variable -> headers.put("variable_" + variable.getKey(), variable.getValue()));
        return headers;
    }

    private static String direction(Channel channel) {
        return channel.outbound() ? "outbound" : "inbound";
    }

    private static String answerState(ChannelState now) {
        return switch (now) {
            case NEW, ROUTING, RINGING -> "ringing";
            case EARLY -> "early";
            case ANSWERED, HELD -> "answered";
            case ENDED -> "hangup";
        };
    }
}
