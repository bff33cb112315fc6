package io.jverto.switchboard.negotiate;

import io.jverto.base.net.Network;
import io.jverto.media.plan.DirectPlan;
import io.jverto.media.plan.DtlsPeer;
import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.Fingerprint;
import io.jverto.media.plan.MediaSecurity;
import io.jverto.media.plan.SrtpKeys;
import io.jverto.media.plan.SrtpMaster;
import io.jverto.wire.sdp.CryptoAttribute;
import io.jverto.wire.sdp.MediaDescription;
import io.jverto.wire.sdp.SessionDescription;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// How a peer without ICE wants to be reached: the address of its `c=` line, plain, under keys of its `a=crypto` lines or by DTLS
/// (RFC 3551, RFC 4568, RFC 5763; media-rtc.md section 8). DEVIATION sip-24: names are not looked up.
final class DirectPeer {
    private static final Set<String> PLAIN = Set.of("RTP/AVP", "RTP/AVPF");
    private static final Set<String> ENCRYPTED = Set.of("RTP/SAVP", "RTP/SAVPF");
    private static final Set<String> BY_DTLS = Set.of("UDP/TLS/RTP/SAVP", "UDP/TLS/RTP/SAVPF");
    private static final int MAX_SHOWN = 40;
    private static final int MAX_PORT = 65_535;

    private final MediaDescription audio;
    private final MediaSecurity use;
    private final String profile;
    private final Optional<InetAddress> address;
    private final Optional<Fingerprint> fingerprint;

    /// @param fingerprint of the certificate that it says it has
    DirectPeer(SessionDescription session, MediaDescription audio, MediaSecurity use, Optional<Fingerprint> fingerprint) {
        this.fingerprint = fingerprint;
        this.audio = audio;
        this.use = use;
        this.profile = audio.profile().toUpperCase(Locale.ROOT);
        this.address = audio.line('c').or(() -> session.line('c')).flatMap(DirectPeer::address);
    }

    /// @param connection value of a `c=` line (RFC 8866 section 5.7)
    private static Optional<InetAddress> address(String connection) {
        String[] parts = connection.strip().split(" +");
        boolean internet = parts.length == 3 && parts[0].equals("IN") && (parts[1].equals("IP4") || parts[1].equals("IP6"));
        return internet ? Network.address(parts[2]).filter(found -> !found.isMulticastAddress()) : Optional.empty();
    }

    boolean isEncrypted() {
        return ENCRYPTED.contains(profile) || BY_DTLS.contains(profile);
    }

    /// Some leave the profile as it was before RFC 5764.
    boolean isByDtls() {
        return BY_DTLS.contains(profile) || ENCRYPTED.contains(profile) && fingerprint.isPresent() && !audio.has("crypto");
    }

    /// RFC 2543's way to put a call on hold.
    boolean isUnreachable() {
        return address.filter(InetAddress::isAnyLocalAddress).isPresent();
    }

    /// @param ours what we can encrypt with
    /// @return why it cannot be reached; empty when it can
    Optional<String> refusal(List<SrtpMaster> ours) {
        if (!PLAIN.contains(profile) && !isEncrypted()) {
            return Optional.of("its audio has another profile: " + audio.profile().substring(0, Math.min(MAX_SHOWN, profile.length())));
        }
        if (isEncrypted() && use == MediaSecurity.FORBIDDEN) {
            return Optional.of("its audio is encrypted, which rtp_secure_media forbids");
        }
        if (!isEncrypted() && use != MediaSecurity.FORBIDDEN && use != MediaSecurity.OPTIONAL) {
            return Optional.of("its audio is not encrypted, which rtp_secure_media demands");
        }
        if (use == MediaSecurity.DTLS && !isByDtls() || use == MediaSecurity.SDES && isByDtls()) {
            return Optional.of("its audio is encrypted otherwise than was offered");
        }
        if (isByDtls() && fingerprint.isEmpty()) {
            return Optional.of("it has no usable DTLS fingerprint");
        }
        if (isEncrypted() && !isByDtls() && crypto(ours).isEmpty()) {
            return Optional.of("it has no usable crypto line");
        }
        return address.isEmpty() ? Optional.of("it has no IP address in a c= line") : Optional.empty();
    }

    /// @return the first of its keys for which we have one too
    Optional<CryptoAttribute> crypto(List<SrtpMaster> ours) {
        return !isEncrypted() || isByDtls()
                ? Optional.empty()
                : audio.attributes("crypto")
                        .flatMap(value -> CryptoAttribute.decode(value).stream())
                        .filter(line -> ours.stream().anyMatch(master -> SdesSuite.fits(line, master.profile())))
                        .findFirst();
    }

    /// Only after [#refusal] was empty.
    ///
    /// @param role ours, where it has DTLS
    DirectPlan plan(List<SrtpMaster> ours, DtlsRole role, boolean mux) {
        InetSocketAddress rtp = new InetSocketAddress(address.orElseThrow(), audio.port());
        Optional<SrtpKeys> keys = crypto(ours).map(line -> SdesSuite.keys(line, ours));
        return new DirectPlan(rtp, mux ? rtp : control(rtp), keys,
                isByDtls() ? fingerprint.map(hash -> new DtlsPeer(role, hash)) : Optional.empty());
    }

    /// RFC 3605, otherwise the next port (RFC 3550 section 11).
    private InetSocketAddress control(InetSocketAddress rtp) {
        InetSocketAddress next = new InetSocketAddress(rtp.getAddress(), Math.min(rtp.getPort() + 1, MAX_PORT));
        return audio.attribute("rtcp").flatMap(value -> control(value, rtp.getAddress())).orElse(next);
    }

    private static Optional<InetSocketAddress> control(String value, InetAddress otherwise) {
        String[] parts = value.strip().split(" +", 2);
        if (!parts[0].matches("[0-9]{1,5}") || Integer.parseInt(parts[0]) > MAX_PORT || Integer.parseInt(parts[0]) == 0) {
            return Optional.empty();
        }
        Optional<InetAddress> address = parts.length == 1 ? Optional.of(otherwise) : address(parts[1]);
        return address.map(there -> new InetSocketAddress(there, Integer.parseInt(parts[0])));
    }
}
