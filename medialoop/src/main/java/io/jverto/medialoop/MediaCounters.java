package io.jverto.medialoop;

import io.jverto.base.count.Counters;
import io.jverto.media.dtls.DtlsCounter;
import io.jverto.media.ice.IceCounter;
import io.jverto.media.srtp.SrtpCounter;
import io.jverto.media.transport.TransportCount;

/// All that is counted on the media path of one server, except at mixers.
public record MediaCounters(
        Counters<LoopCount> loop,
        Counters<TransportCount> transport,
        Counters<IceCounter> ice,
        Counters<DtlsCounter> dtls,
        Counters<SrtpCounter> srtp) {
    /// Counters that stand at zero.
    public static MediaCounters create() {
        return new MediaCounters(
                new Counters<>(LoopCount.class),
                new Counters<>(TransportCount.class),
                new Counters<>(IceCounter.class),
                new Counters<>(DtlsCounter.class),
                new Counters<>(SrtpCounter.class));
    }
}
