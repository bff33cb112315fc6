package io.jverto.switchboard.negotiate;

import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.Fingerprint;
import io.jverto.media.plan.IceCredentials;
import io.jverto.media.plan.IcePlan;
import io.jverto.media.plan.MediaSecurity;
import io.jverto.media.plan.SrtpMaster;
import io.jverto.media.plan.TransportPlan;
import io.jverto.wire.sdp.CertificateHash;
import io.jverto.wire.sdp.Direction;
import io.jverto.wire.sdp.MediaDescription;
import io.jverto.wire.sdp.SdpSection;
import io.jverto.wire.sdp.SessionDescription;
import io.jverto.wire.sdp.Setup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The line of the peer that has the transport, of audio or, in a call without, of video, with what it inherits: from the session (RFC 8839 section 5.4, RFC 8122 section 5), and
/// in a bundle from the bundle's first line, which alone must carry the transport (RFC 9143 section 7.2).
final class PeerAudio {
    /// RFC 8839 section 5.4.
    private static final int MIN_UFRAG = 4;

    /// RFC 8285 section 5; one who only receives them sends none.
    private static final Pattern EXTENSION = Pattern.compile("(\\d{1,3})(?:/sendrecv|/sendonly)? (\\S+).*");
    /// Beyond are those of the two-byte form.
    private static final int MAX_EXTENSION = 14;
    private static final String LATER = "it does not want DTLS now: setup holdconn";
    private static final int MIN_PASSWORD = 22;
    private static final int MAX_CREDENTIAL = 256;
    /// How much of the peer's text goes into a reason, and so into a log.
    private static final int MAX_SHOWN = 40;

    private final SessionDescription session;
    private final MediaDescription audio;
    private final DtlsRole ours;
    private final Optional<DirectPeer> direct;
    private final List<SdpSection> transport;
    private final AudioFormats formats;
    private final Optional<IceCredentials> credentials;
    private final Optional<Fingerprint> fingerprint;
    private final Optional<Setup> setup;

    PeerAudio(SessionDescription session, MediaDescription audio, Optional<MediaSecurity> direct) {
        this(session, audio, direct, DtlsRole.CLIENT);
    }

    /// @param direct how it may be reached without ICE; empty when it has to have that
    /// @param ours the role that we play where an offer leaves it to us
    PeerAudio(SessionDescription session, MediaDescription audio, Optional<MediaSecurity> direct, DtlsRole ours) {
        this.session = session;
        this.audio = audio;
        this.ours = ours;
        this.transport = transport(session, audio);
        this.formats = new AudioFormats(audio);
        this.credentials = credentials();
        this.fingerprint = fingerprint();
        this.setup = attribute("setup").flatMap(Setup::decode);
        this.direct = direct.map(use -> new DirectPeer(session, audio, use, fingerprint));
    }

    MediaDescription line() {
        return audio;
    }

    AudioFormats formats() {
        return formats;
    }

    Direction direction() {
        Direction written = audio.direction().or(session::direction).orElse(Direction.SENDRECV);
        if (direct.filter(DirectPeer::isUnreachable).isPresent()) {
            return written.sends() ? Direction.SENDONLY : Direction.INACTIVE;
        }
        return written;
    }

    /// @return the id under which it says how loud a packet is (RFC 6464), 1 to 14; 0 when it does not
    int audioLevelExtension() {
        return audio.attributes("extmap")
                .map(EXTENSION::matcher)
                .filter(extension -> extension.matches() && extension.group(2).equals(LocalDescription.AUDIO_LEVEL))
                .mapToInt(extension -> Integer.parseInt(extension.group(1)))
                .filter(id -> id >= 1 && id <= MAX_EXTENSION)
                .findFirst()
                .orElse(0);
    }

    /// Only of a peer without ICE.
    DirectPeer direct() {
        return direct.orElseThrow();
    }

    /// @param keys of ours, for a peer without ICE
    /// @return why its transport cannot be ours; empty when it can
    Optional<String> refusal(List<SrtpMaster> keys) {
        if (direct.isEmpty()) {
            return refusalOfIce();
        }
        boolean later = direct.get().isByDtls() && setup.filter(setup -> setup == Setup.HOLDCONN).isPresent();
        return later ? Optional.of(LATER) : direct.get().refusal(keys);
    }

    private Optional<String> refusalOfIce() {
        String profile = audio.profile().toUpperCase(Locale.ROOT);
        if (!profile.endsWith("RTP/SAVPF") && !profile.endsWith("RTP/SAVP")) {
            return Optional.of("its " + audio.kind() + " is not secured: profile "
                    + audio.profile().substring(0, Math.min(MAX_SHOWN, audio.profile().length())));
        }
        if (credentials.isEmpty()) {
            return Optional.of("it has no usable ice-ufrag and ice-pwd");
        }
        if (fingerprint.isEmpty()) {
            return Optional.of("it has no usable DTLS fingerprint");
        }
        if (setup.filter(setup -> setup == Setup.HOLDCONN).isPresent()) {
            return Optional.of(LATER);
        }
        // DEVIATION sdp-7: RFC 5761 section 5.1.1 wants rtcp-mux offered; clients that lose lines of their SDP meant it all the same.
        return Optional.empty();
    }

    /// Only after [#refusal] was empty.
    ///
    /// @param mux whether both said that RTCP goes where RTP goes; with ICE it always does
    /// @param role ours in DTLS
    TransportPlan plan(boolean weOffered, DtlsRole role, List<SrtpMaster> keys, boolean mux) {
        return direct.isPresent() ? direct.get().plan(keys, role, mux) : icePlan(weOffered, role);
    }

    private IcePlan icePlan(boolean weOffered, DtlsRole role) {
        // RFC 8445 section 6.1.1: the offerer controls, but a lite agent never does.
        boolean controlling = weOffered || session.has("ice-lite");
        return new IcePlan(
                credentials.orElseThrow(),
                RemoteCandidates.addresses(candidates()),
                controlling,
                role,
                fingerprint.orElseThrow());
    }

    /// DTLS client unless the peer wants that part (media-rtc.md section 5.2, number 10), or we have the other one already.
    DtlsRole roleTowardsOffer() {
        return switch (setup.orElse(Setup.ACTPASS)) {
            case ACTIVE -> DtlsRole.SERVER;
            case PASSIVE -> DtlsRole.CLIENT;
            case ACTPASS, HOLDCONN -> ours;
        };
    }

    /// The answerer begins unless it says passive (RFC 4145 section 4.1).
    ///
    /// @param offered what our offer says, which decides unless it left that open
    DtlsRole roleTowardsAnswer(Optional<Setup> offered) {
        if (offered.filter(ours -> ours == Setup.ACTIVE || ours == Setup.PASSIVE).isPresent()) {
            return offered.get() == Setup.ACTIVE ? DtlsRole.CLIENT : DtlsRole.SERVER;
        }
        return setup.filter(setup -> setup == Setup.PASSIVE).isPresent() ? DtlsRole.CLIENT : DtlsRole.SERVER;
    }

    private Optional<IceCredentials> credentials() {
        Optional<String> ufrag = attribute("ice-ufrag").filter(text -> isCredential(text, MIN_UFRAG));
        Optional<String> password = attribute("ice-pwd").filter(text -> isCredential(text, MIN_PASSWORD));
        return ufrag.flatMap(user -> password.map(secret -> new IceCredentials(user, secret)));
    }

    private static boolean isCredential(String text, int min) {
        if (text.length() < min || text.length() > MAX_CREDENTIAL) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character <= ' ' || character >= 0x7f || character == ':') {
                return false;
            }
        }
        return true;
    }

    /// SHA-256 where there is a choice: every peer has it (RFC 8122 section 5).
    private Optional<Fingerprint> fingerprint() {
        List<CertificateHash> hashes = transport.stream()
                .map(section -> section.attributes("fingerprint")
                        .flatMap(value -> CertificateHash.decode(value).stream())
                        .toList())
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
        return hashes.stream()
                .filter(hash -> hash.function().equals("sha-256"))
                .findFirst()
                .or(() -> hashes.stream().findFirst())
                .map(hash -> new Fingerprint(hash.function(), hash.value()));
    }

    private Stream<String> candidates() {
        return transport.stream()
                .filter(section -> section.has("candidate"))
                .findFirst()
                .stream()
                .flatMap(section -> section.attributes("candidate"));
    }

    private Optional<String> attribute(String name) {
        for (SdpSection section : transport) {
            Optional<String> value = section.attribute(name);
            if (value.isPresent()) {
                return value;
            }
        }
        return Optional.empty();
    }

    /// @return the `mid` if it is a token that can stand in a group line
    static Optional<String> mid(MediaDescription medium) {
        return medium.attribute("mid").filter(mid -> !mid.isEmpty() && mid.indexOf(' ') < 0);
    }

    /// @return the mids of the bundle that the medium is in, empty when it is in none
    static List<String> bundle(SessionDescription session, MediaDescription medium) {
        return mid(medium).stream()
                .flatMap(mid -> session.attributes("group")
                        .filter(group -> group.startsWith("BUNDLE "))
                        .map(group -> Arrays.asList(group.substring("BUNDLE ".length()).split(" ")))
                        .filter(mids -> mids.contains(mid)))
                .findFirst()
                .orElse(List.of());
    }

    private static List<SdpSection> transport(SessionDescription session, MediaDescription audio) {
        List<SdpSection> sections = new ArrayList<>(List.of(audio, session));
        bundleHead(session, audio).ifPresent(sections::add);
        return sections;
    }

    private static Optional<MediaDescription> bundleHead(SessionDescription session, MediaDescription audio) {
        List<String> mids = bundle(session, audio);
        return session.media().stream()
                .filter(medium -> !mids.isEmpty() && mid(medium).filter(mids.getFirst()::equals).isPresent())
                .findFirst();
    }
}
