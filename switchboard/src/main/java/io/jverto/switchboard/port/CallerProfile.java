package io.jverto.switchboard.port;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue.JsonObject;
import java.util.Map;

/// Who calls whom, and where the call looks for its route (dialplan-directory.md section 6). Empty text means unknown.
///
/// @param callerName caller id name
/// @param callerNumber caller id number
/// @param calleeName callee id name
/// @param calleeNumber callee id number
/// @param destination the number dialled
/// @param context the dialplan context
/// @param dialplan the kind of dialplan, `XML`
/// @param username the directory user's id, empty when the caller is none
/// @param ani automatic number identification, usually the caller's number
/// @param aniii ANI II digits
/// @param rdnis the number that the call was redirected from
/// @param networkAddress IP address of the signalling peer
/// @param source the endpoint that made the channel, for instance `mod_verto`
/// @param channelName `verto.rtc/...`
/// @param more fields that no endpoint knows and a dialplan has set, by the names that dialplans use
public record CallerProfile(
        String callerName,
        String callerNumber,
        String calleeName,
        String calleeNumber,
        String destination,
        String context,
        String dialplan,
        String username,
        String ani,
        String aniii,
        String rdnis,
        String networkAddress,
        String source,
        String channelName,
        Map<String, String> more) {
    public CallerProfile {
        more = Map.copyOf(more);
    }

    /// Of an endpoint.
    public CallerProfile(String callerName, String callerNumber, String calleeName, String calleeNumber, String destination, String context, String dialplan, String username,
            String ani, String aniii, String rdnis, String networkAddress, String source, String channelName) {
        this(callerName, callerNumber, calleeName, calleeNumber, destination, context, dialplan, username, ani, aniii, rdnis, networkAddress, source, channelName, Map.of());
    }

    /// @param channel whose it is
    /// @return the `caller_profile` of the reference server's records
    public JsonObject json(ChannelId channel) {
        return new JsonObjectBuilder()
                .put("username", username)
                .put("dialplan", dialplan)
                .put("caller_id_name", callerName)
                .put("ani", ani)
                .put("aniii", aniii)
                .put("caller_id_number", callerNumber)
                .put("callee_id_name", calleeName)
                .put("callee_id_number", calleeNumber)
                .put("network_addr", networkAddress)
                .put("rdnis", rdnis)
                .put("destination_number", destination)
                .put("uuid", channel.value())
                .put("source", source)
                .put("context", context)
                .put("chan_name", channelName)
                .build();
    }
}
