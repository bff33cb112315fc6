package io.jverto.media.dtls;

import io.jverto.media.plan.Fingerprint;
import io.jverto.media.plan.SrtpKeys;
import io.jverto.media.plan.SrtpProfile;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.AlertLevel;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.jspecify.annotations.Nullable;

/// What both roles have to settle in a handshake: the peer's certificate, the SRTP profile, the keys. The first refusal is kept.
/// Owner: the handshake's thread.
final class DtlsAgreement {
    /// RFC 5764 section 4.2.
    private static final String EXPORTER = "EXTRACTOR-dtls_srtp";

    private final Fingerprint expected;
    private final List<SrtpProfile> profiles;
    private Optional<DtlsResult.Reason> refusal = Optional.empty();
    private boolean peerProven;
    private @Nullable SrtpProfile profile;
    private @Nullable SrtpKeys keys;
    private boolean closedByPeer;

    /// @param profiles those that we speak, best first
    DtlsAgreement(Fingerprint expected, List<SrtpProfile> profiles) {
        this.expected = expected;
        this.profiles = List.copyOf(profiles);
    }

    /// RFC 8122 section 6.2: the certificate is the one that the SDP told, or there is no call.
    void checkCertificate(@Nullable Certificate chain) throws IOException {
        if (chain == null || chain.isEmpty()) {
            throw refuse(DtlsResult.Reason.NO_CERTIFICATE, AlertDescription.handshake_failure);
        }
        Optional<CertificateHash> hash = CertificateHash.find(expected.hash());
        if (hash.isEmpty()) {
            throw refuse(DtlsResult.Reason.UNKNOWN_HASH, AlertDescription.bad_certificate);
        }
        if (!hash.get().matches(expected, chain.getCertificateAt(0).getEncoded())) {
            throw refuse(DtlsResult.Reason.FINGERPRINT_MISMATCH, AlertDescription.bad_certificate);
        }
        peerProven = true;
    }

    /// Our offer as client, best first.
    UseSRTPData offer() {
        int[] codes = profiles.stream().mapToInt(SrtpProfile::code).toArray();
        return new UseSRTPData(codes, TlsUtils.EMPTY_BYTES);
    }

    /// As server: the best of ours that the client offers.
    UseSRTPData choose(@Nullable UseSRTPData offered) throws IOException {
        int[] codes = offered == null ? new int[0] : offered.getProtectionProfiles();
        for (SrtpProfile ours : profiles) {
            if (Arrays.stream(codes).anyMatch(code -> code == ours.code())) {
                profile = ours;
                return new UseSRTPData(new int[] {ours.code()}, TlsUtils.EMPTY_BYTES);
            }
        }
        throw refuse(DtlsResult.Reason.NO_SRTP_PROFILE, AlertDescription.handshake_failure);
    }

    /// As client: what the server chose must be one of ours, alone and without MKI (RFC 5764 section 4.1.3).
    void accept(@Nullable UseSRTPData chosen) throws IOException {
        if (chosen != null && chosen.getProtectionProfiles().length == 1 && chosen.getMki().length == 0) {
            for (SrtpProfile ours : profiles) {
                if (ours.code() == chosen.getProtectionProfiles()[0]) {
                    profile = ours;
                    return;
                }
            }
        }
        throw refuse(DtlsResult.Reason.NO_SRTP_PROFILE, AlertDescription.illegal_parameter);
    }

    void export(TlsContext context) throws IOException {
        if (!peerProven) {
            throw refuse(DtlsResult.Reason.NO_CERTIFICATE, AlertDescription.handshake_failure);
        }
        if (profile == null) {
            throw refuse(DtlsResult.Reason.NO_SRTP_PROFILE, AlertDescription.handshake_failure);
        }
        int key = profile.keyLength();
        int salt = profile.saltLength();
        byte[] block = context.exportKeyingMaterial(EXPORTER, null, 2 * (key + salt));
        keys = new SrtpKeys(
                profile,
                Arrays.copyOfRange(block, 0, key),
                Arrays.copyOfRange(block, 2 * key, 2 * key + salt),
                Arrays.copyOfRange(block, key, 2 * key),
                Arrays.copyOfRange(block, 2 * key + salt, block.length));
        Arrays.fill(block, (byte) 0);
    }

    Optional<SrtpKeys> keys() {
        return Optional.ofNullable(keys);
    }

    Optional<DtlsResult.Reason> refusal() {
        return refusal;
    }

    /// A fatal alert or close_notify ends the association; other warnings mean nothing.
    void onAlert(short level, short description) {
        closedByPeer |= level == AlertLevel.fatal || description == AlertDescription.close_notify;
    }

    boolean isClosedByPeer() {
        return closedByPeer;
    }

    private TlsFatalAlert refuse(DtlsResult.Reason reason, short alert) {
        if (refusal.isEmpty()) {
            refusal = Optional.of(reason);
        }
        return new TlsFatalAlert(alert, reason.toString());
    }
}
