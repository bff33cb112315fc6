package io.jverto.media.dtls;

import static io.jverto.media.dtls.DtlsEnd.OURS;
import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.Fingerprint;
import io.jverto.media.plan.SrtpProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Peers that are not like us.
class DtlsForeignPeerTest {
    @ParameterizedTest
    @EnumSource
    void takesAnRsaCertificate(DtlsRole ours) {
        ForeignPeer peer = new ForeignPeer();
        DtlsEnd end = meet(ours, peer);

        DtlsResult result = end.await();

        assertThat(result).isInstanceOf(DtlsResult.Connected.class);
        end.handshake.abort();
        peer.awaitEnd();
    }

    @Test
    void s22RefusesAnRsaCertificateThatWasNotAgreed() {
        ForeignPeer peer = new ForeignPeer();
        DtlsEnd end = new DtlsEnd(OURS, DtlsRole.SERVER, OURS.fingerprint());

        peer.meet(end, DtlsRole.SERVER);

        assertThat(reason(end)).isEqualTo(DtlsResult.Reason.FINGERPRINT_MISMATCH);
        peer.awaitEnd();
    }

    @Test
    void s22RefusesAClientWithoutCertificate() {
        ForeignPeer peer = new ForeignPeer();
        peer.showsCertificate = false;
        DtlsEnd end = meet(DtlsRole.SERVER, peer);

        assertThat(reason(end)).isEqualTo(DtlsResult.Reason.NO_CERTIFICATE);
        peer.awaitEnd();
    }

    @ParameterizedTest
    @EnumSource
    void refusesAPeerWithoutSrtp(DtlsRole ours) {
        ForeignPeer peer = new ForeignPeer();
        peer.profiles = new int[0];
        DtlsEnd end = meet(ours, peer);

        assertThat(reason(end)).isEqualTo(DtlsResult.Reason.NO_SRTP_PROFILE);
        peer.awaitEnd();
    }

    @ParameterizedTest
    @EnumSource
    void takesTheOlderProfileWhenThePeerHasNoOther(DtlsRole ours) {
        ForeignPeer peer = new ForeignPeer();
        peer.profiles = new int[] {SrtpProfile.AES128_CM_HMAC_SHA1_80.code()};
        DtlsEnd end = meet(ours, peer);

        DtlsResult.Connected connected = (DtlsResult.Connected) end.await();

        assertThat(connected.keys().profile()).isEqualTo(SrtpProfile.AES128_CM_HMAC_SHA1_80);
        assertThat(connected.keys().serverSalt()).hasSize(14);
        end.handshake.abort();
        peer.awaitEnd();
    }

    @ParameterizedTest
    @EnumSource
    void choosesTheBetterProfileWhateverTheOrderOfTheOffer(SrtpProfile better) {
        ForeignPeer peer = new ForeignPeer();
        peer.profiles = new int[] {2, 1, 8, 7, 1};
        DtlsEnd end = meet(DtlsRole.SERVER, peer, better);

        DtlsResult.Connected connected = (DtlsResult.Connected) end.await();

        assertThat(connected.keys().profile()).isEqualTo(better);
        end.handshake.abort();
        peer.awaitEnd();
    }

    private static DtlsEnd meet(DtlsRole ours, ForeignPeer peer) {
        return meet(ours, peer, SrtpProfile.AEAD_AES_128_GCM);
    }

    private static DtlsEnd meet(DtlsRole ours, ForeignPeer peer, SrtpProfile best) {
        DtlsEnd end = new DtlsEnd(OURS, ours, new Fingerprint("sha-256", peer.fingerprint()), best);
        peer.meet(end, ours);
        return end;
    }

    private static DtlsResult.Reason reason(DtlsEnd end) {
        return ((DtlsResult.Failed) end.await()).reason();
    }
}
