package io.jverto.server;

import io.jverto.portkit.IdleSignal;
import io.jverto.switchboard.port.CallerProfile;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.IncomingCall;
import io.jverto.switchboard.port.MediaRules;
import io.jverto.wire.sdp.SdpText;
import java.util.Map;

/// A client that hears nothing, whose name would like to be a header.
final class Deaf {
    private static final SdpText OFFER = new SdpText("v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n"
            + "c=IN IP4 0.0.0.0\r\na=rtpmap:111 opus/48000/2\r\na=ice-ufrag:abcd\r\na=ice-pwd:0123456789012345678901\r\na=fingerprint:sha-256 "
            + "AB:".repeat(31) + "AB\r\na=setup:actpass\r\na=rtcp-mux\r\na=sendrecv\r\n");

    static IncomingCall call(String id, String destination) {
        CallerProfile caller = new CallerProfile("Ann\nEvil: yes", "1000", "", "", destination, "default", "XML", "1000", "1000", "", "",
                "192.0.2.9", "mod_verto", "verto.rtc/" + destination);
        return new IncomingCall(new ChannelId(id), caller, Map.of(), OFFER, "opus", MediaRules.DEFAULT, new IdleSignal());
    }
}
