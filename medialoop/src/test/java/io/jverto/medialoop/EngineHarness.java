package io.jverto.medialoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.time.SystemTime;
import io.jverto.media.dtls.DtlsIdentity;
import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.OpusSettings;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.MediaRules;
import io.jverto.switchboard.port.MediaService.MediaRef;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;

/// Calls over a real media engine and loopback, with real threads; each wait is for something that happens, and bounded.
abstract class EngineHarness {
    static final SecureRandom RANDOM = new SecureRandom();
    static final DtlsIdentity SERVER = identity();
    static final DtlsIdentity CLIENT = identity();
    static final AudioPlan OPUS = plan(AudioCodec.OPUS, 111, 110, 48_000);
    static final AudioPlan OTHER_OPUS = plan(AudioCodec.OPUS, 96, 101, 48_000);
    static final AudioPlan PCMU = plan(AudioCodec.PCMU, 0, 101, 8_000);
    static final AudioPlan PCMA = plan(AudioCodec.PCMA, 8, 101, 8_000);
    static final long PATIENCE_NANOS = 20_000_000_000L;
    static final long STEP_NANOS = 20_000_000L;

    private final List<AutoCloseable> opened = new ArrayList<>();

    /// One call: our side and the client's.
    record Call(MediaRef media, MediaClient client, Heard heard) {}

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : opened.reversed()) {
            one.close();
        }
    }

    MediaEngine engine(int loops) {
        MediaConfig config = new MediaConfig(
                List.of(InetAddress.getLoopbackAddress()), Optional.empty(), any -> true, 16_384, 32_768, loops);
        return closing(new MediaEngine(config, SERVER, RANDOM, new SystemTime(), MediaCounters.create()));
    }

    MediaClient client() {
        return closing(new MediaClient(CLIENT, RANDOM));
    }

    static MediaRef open(MediaEngine engine, Heard heard) {
        return open(engine, MediaRules.DEFAULT, heard);
    }

    static MediaRef open(MediaEngine engine, MediaRules rules, Heard heard) {
        return engine.open(new ChannelId("call"), Optional.of(InetAddress.getLoopbackAddress()), rules, heard)
                .orElseThrow();
    }

    Call connected(MediaEngine engine, AudioPlan plan) {
        Heard heard = new Heard();
        MediaRef media = open(engine, heard);
        MediaClient client = client();
        media.apply(client.planForServer(plan));
        client.connect(media.local(), plan);
        assertThat(heard.awaits("connected")).isTrue();
        assertThat(client.heard.awaits("connected")).isTrue();
        return new Call(media, client, heard);
    }

    /// One client speaks, a packet each 20 ms, until the other got `packets`.
    List<MediaClient.Received> converse(Call from, int type, Call to, int packets) {
        List<MediaClient.Received> got = new ArrayList<>();
        boolean came = speakUntil(from, type, new byte[] {1, 2, 3}, () -> {
            collect(to, got::add);
            return got.size() >= packets;
        });
        assertThat(came).isTrue();
        return got;
    }

    /// @return whether the other client hears something when one speaks a loud G.711 tone
    static boolean hears(Call from, int type, Call to) {
        byte[] loud = new byte[160];
        for (int i = 0; i < loud.length; i++) {
            loud[i] = (byte) (i % 8 < 4 ? 0x95 : 0x15);
        }
        boolean[] heard = new boolean[1];
        return speakUntil(from, type, loud, () -> {
            collect(to, packet -> heard[0] |= varies(packet.payload()));
            return heard[0];
        });
    }

    static boolean varies(byte[] payload) {
        byte[] sorted = payload.clone();
        Arrays.sort(sorted);
        return sorted.length > 0 && sorted[sorted.length - 1] - sorted[0] > 100;
    }

    static boolean speakUntil(Call from, int type, byte[] payload, BooleanSupplier done) {
        int ticks = type == 0 || type == 8 ? 160 : 960;
        long begin = System.nanoTime();
        for (int i = 0; System.nanoTime() - begin < PATIENCE_NANOS; i++) {
            from.client().speak(type, i * ticks, payload);
            LockSupport.parkNanos(begin + (i + 1) * STEP_NANOS - System.nanoTime());
            if (done.getAsBoolean()) {
                return true;
            }
        }
        return false;
    }

    static void collect(Call call, Consumer<MediaClient.Received> action) {
        for (var next = call.client().poll(); next.isPresent(); next = call.client().poll()) {
            action.accept(next.get());
        }
    }

    static void drain(Call call) {
        collect(call, packet -> {});
    }

    static boolean await(BooleanSupplier done) {
        long begin = System.nanoTime();
        while (!done.getAsBoolean() && System.nanoTime() - begin < PATIENCE_NANOS) {
            LockSupport.parkNanos(1_000_000);
        }
        return done.getAsBoolean();
    }

    <T extends AutoCloseable> T closing(T one) {
        opened.add(one);
        return one;
    }

    static AudioPlan plan(AudioCodec codec, int type, int eventType, int eventClock) {
        return new AudioPlan(codec, type, 1, 1, 20, OpusSettings.DEFAULT, eventType, eventClock, true, true);
    }

    static DtlsIdentity identity() {
        return DtlsIdentity.generate(RANDOM, Instant.parse("2026-11-24T12:00:00Z"), Duration.ofDays(1));
    }
}
