package io.jverto.switchboard.channel;

import io.jverto.switchboard.port.CallerProfile;
import java.util.LinkedHashMap;
import java.util.Map;

/// What events and commands tell of a channel under the field's names, without its variables (dialplan-directory.md section 6). Empty
/// values are left out.
public final class ChannelHeaders {
    /// On a channel that was called: whose call it is.
    private static final String CALLER_ID = "signal_bond";

    private ChannelHeaders() {}

    /// @param now the state to be told
    public static Map<String, String> of(Channel channel, ChannelState now) {
        CallerProfile profile = channel.profile();
        String direction = channel.outbound() ? "outbound" : "inbound";
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Channel-State", now.stateName());
        headers.put("Channel-Call-State", now.callState());
        headers.put("Channel-State-Number", String.valueOf(now.stateNumber()));
        headers.put("Channel-Name", profile.channelName());
        headers.put("Unique-ID", channel.id().value());
        headers.put("Call-Direction", direction);
        headers.put("Presence-Call-Direction", direction);
        channel.variables().text("presence_id").ifPresent(id -> headers.put("Channel-Presence-ID", id));
        headers.put("Channel-Call-UUID", channel.id().value());
        headers.put("Answer-State", answerState(now));
        channel.codec().ifPresent(codec -> {
            for (String way : new String[] {"Read", "Write"}) {
                headers.put("Channel-" + way + "-Codec-Name", codec.sdpName());
                headers.put("Channel-" + way + "-Codec-Rate", String.valueOf(codec.rtpClock()));
            }
        });
        headers.put("Caller-Direction", direction);
        headers.put("Caller-Logical-Direction", direction);
        headers.put("Caller-Username", profile.username());
        headers.put("Caller-Dialplan", profile.dialplan());
        headers.put("Caller-Caller-ID-Name", profile.callerName());
        headers.put("Caller-Caller-ID-Number", profile.callerNumber());
        headers.put("Caller-Orig-Caller-ID-Name", Profiles.field(profile, "orig_caller_id_name"));
        headers.put("Caller-Orig-Caller-ID-Number", Profiles.field(profile, "orig_caller_id_number"));
        headers.put("Caller-Callee-ID-Name", profile.calleeName());
        headers.put("Caller-Callee-ID-Number", profile.calleeNumber());
        headers.put("Caller-Network-Addr", profile.networkAddress());
        headers.put("Caller-ANI", profile.ani());
        headers.put("Caller-ANI-II", profile.aniii());
        headers.put("Caller-Destination-Number", profile.destination());
        headers.put("Caller-Unique-ID", channel.id().value());
        headers.put("Caller-Source", profile.source());
        headers.put("Caller-Context", profile.context());
        headers.put("Caller-RDNIS", profile.rdnis());
        headers.put("Caller-Channel-Name", profile.channelName());
        headers.put("Caller-Screen-Bit", Profiles.field(profile, "screen_bit"));
        headers.put("Caller-Privacy-Hide-Name", String.valueOf(channel.variables().isTrue(Privacy.HIDE_NAME)));
        headers.put("Caller-Privacy-Hide-Number", String.valueOf(channel.variables().isTrue(Privacy.HIDE_NUMBER)));
        channel.handle().times().putInto(headers);
        if (channel.relatives().otherLeg(true).isPresent() && channel.relatives().calls().isEmpty()) {
            otherLeg(headers, "originator", channel.relatives().otherLeg(true).get());
            channel.variables().text(CALLER_ID).ifPresent(id -> headers.put("Other-Leg-Unique-ID", id));
        } else {
            channel.relatives().otherLeg(false).ifPresent(other -> otherLeg(headers, "originatee", other));
            channel.relatives().calls().ifPresent(id -> headers.put("Other-Leg-Unique-ID", id.value()));
        }
        headers.values().removeIf(String::isEmpty);
        return headers;
    }

    private static void otherLeg(Map<String, String> headers, String type, CallerProfile other) {
        headers.put("Other-Type", type);
        headers.put("Other-Leg-Username", other.username());
        headers.put("Other-Leg-Dialplan", other.dialplan());
        headers.put("Other-Leg-Caller-ID-Name", other.callerName());
        headers.put("Other-Leg-Caller-ID-Number", other.callerNumber());
        headers.put("Other-Leg-Callee-ID-Name", other.calleeName());
        headers.put("Other-Leg-Callee-ID-Number", other.calleeNumber());
        headers.put("Other-Leg-Network-Addr", other.networkAddress());
        headers.put("Other-Leg-ANI", other.ani());
        headers.put("Other-Leg-Destination-Number", other.destination());
        headers.put("Other-Leg-Source", other.source());
        headers.put("Other-Leg-Context", other.context());
        headers.put("Other-Leg-RDNIS", other.rdnis());
        headers.put("Other-Leg-Channel-Name", other.channelName());
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
