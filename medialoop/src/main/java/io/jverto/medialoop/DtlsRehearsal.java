package io.jverto.medialoop;

import io.jverto.base.count.Counters;
import io.jverto.base.time.TimeSource;
import io.jverto.media.dtls.DtlsCounter;
import io.jverto.media.dtls.DtlsHandshake;
import io.jverto.media.dtls.DtlsIdentity;
import io.jverto.media.dtls.DtlsOutput;
import io.jverto.media.dtls.DtlsResult;
import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.SrtpProfile;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicReference;

/// A handshake of the server with itself, in memory: the first of a client would else wait until Java has loaded and compiled what a handshake
/// needs, and a server that was started again meets all its clients at once.
final class DtlsRehearsal {
    private DtlsRehearsal() {}

    /// Begins it; nobody has to wait.
    ///
    /// @param identity that of the calls
    static void start(DtlsIdentity identity, SecureRandom random, TimeSource time) {
        Counters<DtlsCounter> counters = new Counters<>(DtlsCounter.class); // not those of calls
        AtomicReference<DtlsHandshake> client = new AtomicReference<>();
        DtlsHandshake server = new DtlsHandshake(identity, DtlsRole.SERVER, identity.fingerprint(), SrtpProfile.cheapest(false), random, counters, new Wire(client, false));
        client.set(new DtlsHandshake(identity, DtlsRole.CLIENT, identity.fingerprint(), SrtpProfile.cheapest(false), random, counters, new Wire(new AtomicReference<>(server), true)));
        time.start("dtls-rehearsal", server);
        time.start("dtls-rehearsal", client.get());
    }

    /// Leads to the other end.
    ///
    /// @param last whether this end has the last flight, so that both are done when it is
    private record Wire(AtomicReference<DtlsHandshake> other, boolean last) implements DtlsOutput {
        @Override
        public void send(byte[] bytes, int offset, int length) {
            other.get().onDatagram(bytes, offset, length);
        }

        @Override
        public void finished(DtlsResult result) {
            if (last || !(result instanceof DtlsResult.Connected)) {
                other.get().abort();
            }
        }

        @Override
        public void closed() {
            // the other end is the one that closed
        }
    }
}
