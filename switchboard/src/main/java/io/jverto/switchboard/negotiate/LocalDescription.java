package io.jverto.switchboard.negotiate;

import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.LocalMedia;
import io.jverto.media.plan.SrtpMaster;
import io.jverto.wire.sdp.Candidate;
import io.jverto.wire.sdp.CertificateHash;
import io.jverto.wire.sdp.Direction;
import io.jverto.wire.sdp.Fmtp;
import io.jverto.wire.sdp.MediaDescription;
import io.jverto.wire.sdp.RtpMap;
import io.jverto.wire.sdp.SdpLine;
import io.jverto.wire.sdp.Setup;
import io.jverto.wire.sdp.SsrcAttribute;
import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.List;

/// Our own medium, line by line. Answers and offers order the same lines differently (verto-wire-errata.md section 2,
/// SDP line order), and clients have only ever seen these orders: each method adds one group, the caller orders the
/// groups.
final class LocalDescription {
    static final String NAME = "jverto";
    /// RFC 6464 section 3.
    static final String AUDIO_LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";
    private static final int FIRST_DYNAMIC = 102;
    private static final long HIGHEST_PRIORITY = 2_130_706_431L;
    /// RFC 6544 section 4.2: below all of UDP but relays by its type preference of 90; its direction preference is 4.
    private static final long PASSIVE_PRIORITY = (90L << 24) + (((4 << 13) + 8_191L) << 8) + 255;

    private final LocalMedia local;
    private final String address;
    private final String family;
    private final List<SdpLine> lines = new ArrayList<>();
    private final List<String> formats = new ArrayList<>();

    LocalDescription(LocalMedia local) {
        this.local = local;
        String text = local.address().getAddress().getHostAddress();
        int zone = text.indexOf('%');
        this.address = zone < 0 ? text : text.substring(0, zone);
        this.family = local.address().getAddress() instanceof Inet6Address ? "IP6" : "IP4";
    }

    /// @param groups lines between `t=` and the stream id
    List<SdpLine> session(long sessionId, List<SdpLine> groups) {
        List<SdpLine> session = new ArrayList<>();
        session.add(new SdpLine('v', "0"));
        session.add(new SdpLine('o', NAME + " " + sessionId + " " + (sessionId + 1) + " IN " + family + " " + address));
        session.add(new SdpLine('s', NAME));
        session.add(new SdpLine('c', "IN " + family + " " + address));
        session.add(new SdpLine('t', "0 0"));
        session.addAll(groups);
        session.add(SdpLine.attribute("msid-semantic", " WMS " + local.streamId()));
        return session;
    }

    /// Of a call without ICE: one session from its beginning to its end, with a higher version each time (RFC 8866 section 5.2).
    List<SdpLine> directSession(long version) {
        return List.of(
                new SdpLine('v', "0"),
                new SdpLine('o', NAME + " " + Integer.toUnsignedLong(local.audioSsrc()) + " " + version + " IN " + family + " " + address),
                new SdpLine('s', NAME),
                new SdpLine('c', "IN " + family + " " + address),
                new SdpLine('t', "0 0"));
    }

    MediaDescription audio(String profile) {
        return medium("audio", profile);
    }

    MediaDescription medium(String kind, String profile) {
        return new MediaDescription(kind, local.address().getPort(), 1, profile, formats, lines);
    }

    /// Every codec of a list, under its own number where it has one.
    ///
    /// @return the first number that is free
    int codecs(CodecPreferences codecs) {
        int dynamic = FIRST_DYNAMIC;
        for (CodecPreference item : codecs.items()) {
            int staticType = item.codec().staticPayloadType();
            int payloadType = staticType >= 0 ? staticType : dynamic++;
            codec(item.codec(), payloadType);
            if (item.codec() == AudioCodec.OPUS) {
                format(OpusFormat.offer(payloadType, item));
            }
        }
        return dynamic;
    }

    LocalDescription codec(AudioCodec codec, int payloadType) {
        return payload(new RtpMap(payloadType, codec.sdpName(), codec.rtpClock(), codec == AudioCodec.OPUS ? 2 : 1));
    }

    /// Without an fmtp line, as the reference server writes it to browsers.
    LocalDescription telephoneEvent(int payloadType, int clock) {
        return payload(new RtpMap(payloadType, AudioFormats.TELEPHONE_EVENT, clock, 1));
    }

    LocalDescription format(Fmtp format) {
        return add("fmtp", format.encode());
    }

    /// No comfort noise, 20 ms, who sends.
    LocalDescription sending(int ptimeMillis, Direction direction) {
        add("silenceSupp", "off - - - -");
        add("ptime", Integer.toString(ptimeMillis));
        lines.add(SdpLine.flag(direction.encode()));
        return this;
    }

    LocalDescription directSending(int ptimeMillis, Direction direction) {
        add("ptime", Integer.toString(ptimeMillis));
        lines.add(SdpLine.flag(direction.encode()));
        return this;
    }

    /// With the events that we know, as telephones expect it (RFC 4733 section 2.4.1).
    LocalDescription event(int payloadType, int clock) {
        telephoneEvent(payloadType, clock);
        return add("fmtp", payloadType + " 0-15");
    }

    /// RTCP at the port above (RFC 3605).
    LocalDescription controlAbove() {
        return add("rtcp", Integer.toString(local.address().getPort() + 1));
    }

    LocalDescription mux() {
        lines.add(SdpLine.flag("rtcp-mux"));
        return this;
    }

    /// A line for each key, best first.
    LocalDescription crypto(List<SrtpMaster> ours) {
        for (int i = 0; i < ours.size(); i++) {
            cryptoLine(SdesSuite.line(i + 1, ours.get(i)).encode());
        }
        return this;
    }

    LocalDescription cryptoLine(String value) {
        return add("crypto", value);
    }

    LocalDescription dtls(Setup setup) {
        CertificateHash hash = new CertificateHash(local.fingerprint().hash(), local.fingerprint().value());
        add("fingerprint", hash.encode());
        return add("setup", setup.encode());
    }

    LocalDescription mid(String mid) {
        return add("mid", mid);
    }

    /// The peer may say in each packet how loud it is (RFC 6464): who is silent in a room need not be decoded.
    ///
    /// @param extension its id, 0 for none
    LocalDescription audioLevel(int extension) {
        return extension == 0 ? this : add("extmap", extension + " " + AUDIO_LEVEL);
    }

    LocalDescription rtcp() {
        lines.add(SdpLine.flag("rtcp-mux"));
        return add("rtcp", local.address().getPort() + " IN " + family + " " + address);
    }

    LocalDescription ice() {
        add("ice-ufrag", local.ice().ufrag());
        return add("ice-pwd", local.ice().password());
    }

    /// @param component 1 RTP, 2 RTCP, which with rtcp-mux is the same port
    /// @param behind how much lower than the highest its priority is
    LocalDescription candidate(int component, int behind) {
        Candidate candidate = new Candidate(
                local.candidateFoundation(),
                component,
                "udp",
                HIGHEST_PRIORITY - behind,
                address,
                local.address().getPort(),
                "host");
        return add("candidate", candidate.encode());
    }

    /// The same port by TCP, for peers whose network lets no UDP through, if they can connect to it. RTCP goes with it.
    LocalDescription passive() {
        // DEVIATION sdp-20: the reference server has none.
        if (!local.tcp()) {
            return this;
        }
        // Another foundation than that of UDP: RFC 8445 section 5.1.1.3.
        Candidate candidate = new Candidate(
                local.candidateFoundation() + "1", 1, "tcp", PASSIVE_PRIORITY, address, local.address().getPort(), "host", "passive");
        return add("candidate", candidate.encode());
    }

    LocalDescription endOfCandidates() {
        lines.add(SdpLine.flag("end-of-candidates"));
        return this;
    }

    /// One stream id for all media: several clients play the first stream of each track (verto-wire.md 12.3, number 12).
    LocalDescription source() {
        long ssrc = Integer.toUnsignedLong(local.audioSsrc());
        add("ssrc", new SsrcAttribute(ssrc, "cname", local.cname()).encode());
        add("ssrc", new SsrcAttribute(ssrc, "msid", local.streamId() + " a0").encode());
        add("ssrc", new SsrcAttribute(ssrc, "mslabel", local.streamId()).encode());
        return add("ssrc", new SsrcAttribute(ssrc, "label", local.streamId() + "a0").encode());
    }

    LocalDescription line(SdpLine line) {
        lines.add(line);
        return this;
    }

    LocalDescription payload(RtpMap map) {
        formats.add(Integer.toString(map.payloadType()));
        return add("rtpmap", map.encode());
    }

    private LocalDescription add(String name, String value) {
        lines.add(SdpLine.attribute(name, value));
        return this;
    }
}
