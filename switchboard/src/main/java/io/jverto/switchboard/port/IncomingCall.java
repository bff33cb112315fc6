package io.jverto.switchboard.port;

import io.jverto.wire.sdp.SdpText;
import java.util.Map;

/// A call that a client places, as its endpoint hands it in.
///
/// @param id chosen by the client; must not be in use
/// @param caller who calls what
/// @param variables channel variables to begin with
/// @param offer the client's offer; looked at when the dialplan first needs media (media-rtc.md section 4.4)
/// @param codecs codec string of the profile, best first, for instance `opus,pcmu,pcma,vp8`
/// @param media what the profile says about media
/// @param signal the way back to the client
public record IncomingCall(
        ChannelId id,
        CallerProfile caller,
        Map<String, String> variables,
        SdpText offer,
        String codecs,
        MediaRules media,
        CallSignal signal) {
    public IncomingCall {
        variables = Map.copyOf(variables);
    }
}
