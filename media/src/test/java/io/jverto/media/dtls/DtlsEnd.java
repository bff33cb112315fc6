package io.jverto.media.dtls;

import io.jverto.base.count.Counters;
import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.Fingerprint;
import io.jverto.media.plan.SrtpProfile;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// One end of an association on a thread of its own, and the wire to the other end.
final class DtlsEnd implements DtlsOutput {
    static final SecureRandom RANDOM = new SecureRandom();
    static final DtlsIdentity OURS = identity();
    static final DtlsIdentity THEIRS = identity();

    final Counters<DtlsCounter> counters = new Counters<>(DtlsCounter.class);
    final CompletableFuture<DtlsResult> result = new CompletableFuture<>();
    final CompletableFuture<Boolean> closed = new CompletableFuture<>();
    final DtlsHandshake handshake;
    volatile Consumer<byte[]> wire = datagram -> {};
    volatile Predicate<byte[]> lets = datagram -> true;
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();

    DtlsEnd(DtlsIdentity identity, DtlsRole role, Fingerprint expected) {
        this(identity, role, expected, SrtpProfile.AEAD_AES_128_GCM);
    }

    DtlsEnd(DtlsIdentity identity, DtlsRole role, Fingerprint expected, SrtpProfile best) {
        this.handshake = new DtlsHandshake(identity, role, expected, best, RANDOM, counters, this);
    }

    static DtlsIdentity identity() {
        return DtlsIdentity.generate(RANDOM, Instant.parse("2026-01-01T00:00:00Z"), Duration.ofDays(365));
    }

    static void join(DtlsEnd one, DtlsEnd other) {
        one.wire = datagram -> other.handshake.onDatagram(datagram, 0, datagram.length);
        other.wire = datagram -> one.handshake.onDatagram(datagram, 0, datagram.length);
    }

    DtlsEnd start() {
        Thread.ofVirtual().start(() -> {
            try {
                handshake.run();
            } finally {
                ended.complete(true);
            }
        });
        return this;
    }

    DtlsResult await() {
        return get(result);
    }

    void awaitEnd() {
        get(ended);
    }

    boolean isRunning() {
        return !ended.isDone();
    }

    static <T> T get(CompletableFuture<T> future) {
        return future.orTimeout(40, TimeUnit.SECONDS).join();
    }

    @Override
    public void send(byte[] bytes, int offset, int length) {
        byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
        if (lets.test(copy)) {
            wire.accept(copy);
        }
    }

    @Override
    public void finished(DtlsResult how) {
        if (!result.complete(how)) {
            throw new AssertionError("finished twice");
        }
    }

    @Override
    public void closed() {
        closed.complete(true);
    }
}
