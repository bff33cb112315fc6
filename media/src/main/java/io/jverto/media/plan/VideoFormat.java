package io.jverto.media.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// A video codec with what its fmtp line says, under one payload type.
///
/// @param payloadType 0-127
/// @param parameters keys in lower case, as they were written
public record VideoFormat(VideoCodec codec, int payloadType, Map<String, String> parameters) {
    private static final String PROFILE_LEVEL = "profile-level-id";
    /// What RFC 6184 section 8.1 means where there is none: baseline, level 1.
    private static final String DEFAULT_PROFILE_LEVEL = "42000a";
    /// Digits that tell the profile; the others are its level, which may differ.
    private static final int PROFILE_DIGITS = 4;

    public VideoFormat {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /// Without parameters.
    public VideoFormat(VideoCodec codec, int payloadType) {
        this(codec, payloadType, Map.of());
    }

    /// Whether a stream of the one can be read by who agreed on the other: the same profile and, for H.264, the same packetization
    /// (RFC 6184 section 8.2.2, RFC 9628 section 6, AV1's RTP specification section 7.2).
    public boolean fits(VideoFormat other) {
        return codec == other.codec && switch (codec) {
            case VP8 -> true;
            case VP9 -> same(other, "profile-id", "0");
            case AV1 -> same(other, "profile", "0");
            case H264 -> same(other, "packetization-mode", "0") && profile().equals(other.profile());
        };
    }

    /// @return whether canvases can show it, and be seen in it: VP8, and VP9 of 8 bits (profile 0)
    public boolean canBePainted() {
        return codec == VideoCodec.VP8 || codec == VideoCodec.VP9 && parameters.getOrDefault("profile-id", "0").equals("0");
    }

    private boolean same(VideoFormat other, String key, String otherwise) {
        return parameters.getOrDefault(key, otherwise).equals(other.parameters.getOrDefault(key, otherwise));
    }

    private String profile() {
        String text = parameters.getOrDefault(PROFILE_LEVEL, DEFAULT_PROFILE_LEVEL).toLowerCase(Locale.ROOT);
        return text.length() < PROFILE_DIGITS ? text : text.substring(0, PROFILE_DIGITS);
    }
}
