package io.jverto.bench.load;

import io.jverto.media.plan.AudioCodec;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a telephone with one codec says of itself.
final class Sdp {
    /// RTP payload type of Opus: any dynamic one.
    static final int OPUS = 111;

    private Sdp() {}

    static int payloadType(AudioCodec codec) {
        return codec.staticPayloadType() < 0 ? OPUS : codec.staticPayloadType();
    }

    /// @return the number that a description gives the codec; its usual one where it does not name it
    static int payloadType(AudioCodec codec, String sdp) {
        Matcher map = Pattern.compile("a=rtpmap:(\\d+) " + codec.sdpName() + "/" + codec.rtpClock(), Pattern.CASE_INSENSITIVE).matcher(sdp);
        return map.find() ? Integer.parseInt(map.group(1)) : payloadType(codec);
    }

    /// @param type the codec's payload type
    static String of(AudioCodec codec, int type, String address, int port) {
        String map = "a=rtpmap:" + type + " " + codec.sdpName() + "/" + codec.rtpClock() + (codec == AudioCodec.OPUS ? "/2" : "") + "\r\n";
        return "v=0\r\no=load 1 1 IN IP4 " + address + "\r\ns=-\r\nc=IN IP4 " + address + "\r\nt=0 0\r\nm=audio " + port + " RTP/AVP " + type + "\r\n" + map
                + "a=ptime:20\r\na=sendrecv\r\n";
    }
}
