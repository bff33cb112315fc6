package io.jverto.media.dtls;

import io.jverto.base.count.Counters;
import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.Fingerprint;
import io.jverto.media.plan.SrtpKeys;
import io.jverto.media.plan.SrtpProfile;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Optional;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.TlsTimeoutException;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/// One DTLS association from its handshake to its end (RFC 5764). Bouncy Castle blocks and looks at the clock, so `run` needs
/// a (virtual) thread of its own, which lasts as long as the association: it repeats our last flight when the peer missed
/// it, and hears the peer's close_notify. The other methods may be called from any thread.
/// Only datagrams of the selected ICE pair, or of few sources that a peer without ICE may have, may come here: that is why there is no
/// cookie (RFC 6347 section 4.2.1).
public final class DtlsHandshake implements Runnable {
    /// How long one wait for a record after the handshake lasts; only a bound.
    private static final int LISTEN_MILLIS = 60_000;

    private final DtlsIdentity identity;
    private final DtlsRole role;
    private final SecureRandom random;
    private final Counters<DtlsCounter> counters;
    private final DtlsOutput out;
    private final DtlsPipe pipe;
    private final DtlsAgreement agreement;
    private volatile boolean aborted;

    /// @param remote the fingerprint in the peer's SDP
    /// @param best the SRTP profile that we like best; who is the server decides
    public DtlsHandshake(
            DtlsIdentity identity,
            DtlsRole role,
            Fingerprint remote,
            SrtpProfile best,
            SecureRandom random,
            Counters<DtlsCounter> counters,
            DtlsOutput out) {
        this.identity = identity;
        this.role = role;
        this.random = random;
        this.counters = counters;
        this.out = out;
        this.pipe = new DtlsPipe(
                counters, out, role == DtlsRole.SERVER ? new CipherSwitchGuard() : CipherSwitchGuard.alwaysOpen());
        this.agreement = new DtlsAgreement(remote, SrtpProfile.beginningWith(best));
    }

    @Override
    public void run() {
        DTLSTransport transport;
        try {
            transport = shakeHands();
        } catch (IOException | RuntimeException refused) { // Bouncy Castle's parsers throw both kinds on bad input
            pipe.close();
            fail(refused);
            return;
        }
        Optional<SrtpKeys> keys = agreement.keys();
        if (keys.isEmpty()) {
            closeQuietly(transport);
            fail(new IOException("no keys"));
            return;
        }
        counters.increment(DtlsCounter.CONNECTED);
        out.finished(new DtlsResult.Connected(keys.get()));
        listen(transport);
    }

    /// Takes a copy of a datagram. Never blocks; a full queue drops and counts.
    public void onDatagram(byte[] bytes, int offset, int length) {
        pipe.offer(bytes, offset, length);
    }

    /// Ends `run` soon, whatever it does. Says close_notify when there is an association.
    public void abort() {
        aborted = true;
        pipe.close();
    }

    private DTLSTransport shakeHands() throws IOException {
        BcTlsCrypto crypto = new BoundedCrypto(random, counters);
        return switch (role) {
            case CLIENT -> new DTLSClientProtocol().connect(new DtlsClient(crypto, identity, agreement), pipe);
            case SERVER -> new DTLSServerProtocol().accept(new DtlsServer(crypto, identity, agreement), pipe);
        };
    }

    /// Reads on: Bouncy Castle answers repeated handshake records inside `receive` (RFC 6347 section 4.2.4).
    private void listen(DTLSTransport transport) {
        byte[] buffer = new byte[DtlsPipe.MAX_DATAGRAM];
        try {
            while (!aborted && !agreement.isClosedByPeer()) {
                // Application data would be a data channel, which is never negotiated: it is dropped.
                transport.receive(buffer, 0, buffer.length, LISTEN_MILLIS);
            }
        } catch (IOException | RuntimeException end) {
            // Closed by either side, or of no more use. Media does not depend on it: SRTP has its keys.
            counters.increment(DtlsCounter.ENDED);
        }
        closeQuietly(transport);
        pipe.close();
        if (agreement.isClosedByPeer()) {
            counters.increment(DtlsCounter.CLOSED_BY_PEER);
            out.closed();
        }
    }

    private void fail(Exception cause) {
        DtlsResult.Reason reason = agreement.refusal().orElse(
                aborted
                        ? DtlsResult.Reason.ABORTED
                        : cause instanceof TlsTimeoutException
                                ? DtlsResult.Reason.TIMED_OUT
                                : DtlsResult.Reason.PROTOCOL);
        counters.increment(
                switch (reason) {
                    case FINGERPRINT_MISMATCH -> DtlsCounter.FINGERPRINT_MISMATCH;
                    case TIMED_OUT -> DtlsCounter.TIMED_OUT;
                    case ABORTED -> DtlsCounter.ABORTED;
                    case UNKNOWN_HASH, NO_CERTIFICATE, NO_SRTP_PROFILE, PROTOCOL -> DtlsCounter.FAILED;
                });
        out.finished(new DtlsResult.Failed(reason, String.valueOf(cause.getMessage())));
    }

    private void closeQuietly(DTLSTransport transport) {
        try {
            transport.close();
        } catch (IOException | RuntimeException gone) {
            counters.increment(DtlsCounter.ENDED);
        }
    }
}
