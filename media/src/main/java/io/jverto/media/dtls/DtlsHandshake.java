package io.jverto.media.dtls;

import io.jverto.base.Broken;
import io.jverto.base.count.Counters;
import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.Fingerprint;
import java.security.SecureRandom;

/// One DTLS association, from its handshake to its end. `run` blocks: give it a (virtual) thread of its own.
public final class DtlsHandshake implements Runnable {
    public DtlsHandshake(
            DtlsIdentity identity,
            DtlsRole role,
            Fingerprint remote,
            SecureRandom random,
            Counters<DtlsCounter> counters,
            DtlsOutput out) {}

    @Override
    public void run() {
        throw new Broken("being written");
    }

    /// Takes a copy of a datagram, from any thread. Never blocks; a full queue drops and counts.
    public void onDatagram(byte[] bytes, int offset, int length) {
        throw new Broken("being written");
    }

    /// Ends `run` soon, from any thread, whatever it does. Sends close_notify when there is an association.
    public void abort() {
        throw new Broken("being written");
    }
}
