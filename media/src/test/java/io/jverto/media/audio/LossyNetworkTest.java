package io.jverto.media.audio;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.codec.AudioCodecs;
import io.jverto.media.codec.AudioDecoder;
import io.jverto.media.codec.AudioEncoder;
import io.jverto.media.file.ArrayBytes;
import io.jverto.media.file.OggOpus;
import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.JitterBounds;
import io.jverto.media.plan.OpusSettings;
import io.jverto.media.rtp.PeerLoss;
import io.jverto.media.rtp.RtpPacket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// How much of speech is left of packets that are lost or come late: real Opus packets of a prompt, an impaired way, a port at a mixer, and
/// what the room hears of it. Writes the figures to `target/lossy-network.md`.
class LossyNetworkTest {
    private static final Path PROMPT = Path.of("..", "sounds", "en", "us", "jverto", "ivr", "ivr-demo_menu.opus");
    private static final long TICK_NANOS = 20_000_000;
    private static final long BEGIN = 7_000_000_000L;
    private static final int FRAME = Intelligibility.FRAME;
    /// By which what is heard may be late: twice the jitter, and the buffer at its start.
    private static final int LATE_FRAMES = 15;
    private static final int TURNS = 2;
    /// What a buffer that does not adapt would have.
    private static final long FIXED_NANOS = 60_000_000;
    private static final OpusSettings WITH_FEC = OpusSettings.DEFAULT;
    private static final OpusSettings WITHOUT_FEC = OpusSettings.DEFAULT.withoutFec();

    /// What makes the packets.
    private interface Maker {
        AudioEncoder encoder();
    }

    private static short[] speech = new short[0];

    /// Of some runs with other packets lost, the mean.
    ///
    /// @param concealed frames of which nothing was there, percent of those that were sent; negative when nobody counts
    /// @param late milliseconds from when a packet was sent to when it was mixed, less what a way without trouble takes
    private record Score(double stoi, double snr, double concealed, double late) {
        static final Score NONE = new Score(0, 0, 0, 0);

        Score plus(Score other) {
            return new Score(stoi + other.stoi, snr + other.snr, concealed + other.concealed, late + other.late);
        }

        Score over(int runs) {
            return new Score(stoi / runs, snr / runs, concealed / runs, late / runs);
        }
    }

    /// What the room hears.
    private record Heard(short[] pcm, long concealed) {}

    /// When a packet comes, nanoseconds from when it was sent; negative when it never does.
    private interface Way {
        long delay(Random random);
    }

    @BeforeAll
    static void readsAPrompt() throws IOException {
        byte[] bytes = Files.readAllBytes(PROMPT);
        OggOpus stream = ((OggOpus.Result.Ok) OggOpus.open(new ArrayBytes(bytes))).stream();
        byte[] packet = new byte[OggOpus.MAX_PACKET];
        short[] pcm = new short[AudioDecoder.MAX_SAMPLES * stream.channels()];
        short[] all = new short[48_000 * 60];
        int samples = 0;
        try (AudioDecoder decoder = AudioCodecs.decoder(AudioCodec.OPUS, stream.channels())) {
            for (int length = stream.next(packet); length != OggOpus.END; length = stream.next(packet)) {
                int count = decoder.decode(packet, 0, length, pcm);
                System.arraycopy(pcm, 0, all, samples, count);
                samples += count;
            }
        }
        assertThat(stream.channels()).isEqualTo(1);
        speech = Arrays.copyOf(all, samples / FRAME * FRAME);
        assertThat(speech.length).as("seconds of speech").isGreaterThan(8 * 48_000);
    }

    @Test
    void concealmentAndForwardErrorCorrectionKeepSpeechIntelligible() throws IOException {
        List<String> lines = new ArrayList<>(List.of("| Way | Of it | STOI | Segmental SNR | Made up | Later |", "| --- | --- | --- | --- | --- | --- |"));
        for (int percent : new int[] {10, 20}) {
            Way lossy = random -> random.nextInt(100) < percent ? -1 : 0;
            Score both = score(WITH_FEC, lossy);
            Score concealed = score(WITHOUT_FEC, lossy);
            Score unreported = score(() -> AudioCodecs.liveEncoder(AudioCodec.OPUS, 1, WITHOUT_FEC, 48_000), lossy);
            Score bare = withoutAnything(lossy);
            lines.add(line(percent + " % lost", "FEC and concealment", both));
            lines.add(line("", "concealment alone", concealed));
            lines.add(line("", "concealment alone, of what we send before we know of loss", unreported));
            lines.add(line("", "neither", bare));

            assertThat(both.stoi).as("%d %%: with FEC", percent).isGreaterThan(percent == 10 ? 0.97 : 0.94);
            assertThat(both.stoi - concealed.stoi).as("%d %%: what FEC adds", percent).isGreaterThan(0.05);
            assertThat(concealed.stoi - bare.stoi).as("%d %%: what concealment adds", percent).isGreaterThan(0.03);
            assertThat(both.snr - concealed.snr).isGreaterThan(4);
            assertThat(unreported.stoi - concealed.stoi).as("%d %%: frames that do not depend on others", percent).isGreaterThan(0.04);
        }
        Way jittery = random -> random.nextLong(100_000_000);
        Score adaptive = score(WITH_FEC, jittery);
        Score fixed = withoutAnything(random -> jittery.delay(random) > FIXED_NANOS ? -1 : 0);
        lines.add(line("0 to 100 ms late", "adaptive jitter buffer", adaptive));
        lines.add(line("", "a buffer of 60 ms, for which the rest is lost", fixed));
        Files.write(Path.of("target", "lossy-network.md"), lines);

        assertThat(adaptive.stoi).isGreaterThan(0.97);
        assertThat(adaptive.concealed).as("percent of frames made up").isLessThan(6);
        assertThat(adaptive.late).as("milliseconds that the buffer adds").isBetween(20.0, 140.0);
        assertThat(adaptive.stoi - fixed.stoi).as("what the buffer adds").isGreaterThan(0.2);
    }

    private static String line(String way, String with, Score score) {
        return String.format(Locale.ROOT, "| %s | %s | %.3f | %.1f dB | %s | %.0f ms |", way, with, score.stoi, score.snr,
                score.concealed < 0 ? "" : String.format(Locale.ROOT, "%.1f %%", score.concealed), score.late);
    }

    private static Score score(OpusSettings settings, Way way) {
        return score(() -> AudioCodecs.encoder(AudioCodec.OPUS, 1, settings, 48_000), way);
    }

    private static Score score(Maker maker, Way way) {
        List<byte[]> packets = packets(maker);
        Heard whole = heard(packets, random -> 0, 0);
        Score sum = Score.NONE;
        for (int turn = 0; turn < TURNS; turn++) {
            Heard some = heard(packets, way, turn);
            Intelligibility.Aligned beside = Intelligibility.aligned(Arrays.copyOf(whole.pcm, speech.length), some.pcm, LATE_FRAMES);
            sum = sum.plus(compare(Arrays.copyOf(whole.pcm, speech.length), beside.sound(),
                    100.0 * some.concealed / packets.size(), beside.lateFrames() * 20));
        }
        return sum.over(TURNS);
    }

    private static Score compare(short[] whole, short[] heard, double concealed, double late) {
        return new Score(Intelligibility.stoi(whole, heard), Intelligibility.segmentalSnr(whole, heard), concealed, late);
    }

    /// Each lost frame is silence.
    private static Score withoutAnything(Way way) {
        Score sum = Score.NONE;
        for (int turn = 0; turn < TURNS; turn++) {
            Random random = new Random(turn);
            short[] whole = new short[speech.length];
            short[] heard = new short[speech.length];
            short[] pcm = new short[AudioDecoder.MAX_SAMPLES];
            try (AudioDecoder all = AudioCodecs.decoder(AudioCodec.OPUS, 1); AudioDecoder some = AudioCodecs.decoder(AudioCodec.OPUS, 1)) {
                int at = 0;
                for (byte[] packet : packets(() -> AudioCodecs.encoder(AudioCodec.OPUS, 1, WITHOUT_FEC, 48_000))) {
                    all.decode(packet, RtpPacket.FIXED_HEADER, packet.length - RtpPacket.FIXED_HEADER, pcm);
                    System.arraycopy(pcm, 0, whole, at, FRAME);
                    if (way.delay(random) >= 0) {
                        some.decode(packet, RtpPacket.FIXED_HEADER, packet.length - RtpPacket.FIXED_HEADER, pcm);
                        System.arraycopy(pcm, 0, heard, at, FRAME);
                    }
                    at += FRAME;
                }
            }
            sum = sum.plus(compare(whole, heard, -1, 0));
        }
        return sum.over(TURNS);
    }

    private static List<byte[]> packets(Maker maker) {
        List<byte[]> packets = new ArrayList<>();
        byte[] packet = new byte[1_500];
        try (AudioEncoder encoder = maker.encoder()) {
            for (int i = 0; i < speech.length / FRAME; i++) {
                RtpPacket.writeHeader(packet, 0, i == 0, 111, i + 1, i * FRAME, 0x77);
                int length = encoder.encode(Arrays.copyOfRange(speech, i * FRAME, (i + 1) * FRAME), FRAME, packet, RtpPacket.FIXED_HEADER);
                packets.add(Arrays.copyOf(packet, RtpPacket.FIXED_HEADER + length));
            }
        }
        return packets;
    }

    private record Arrival(long nanos, byte[] packet) {}

    /// @return what the room hears of the speaker, tick by tick
    private static Heard heard(List<byte[]> packets, Way way, int seed) {
        Random random = new Random(seed);
        List<Arrival> arrivals = new ArrayList<>();
        for (int i = 0; i < packets.size(); i++) {
            long delay = way.delay(random);
            if (delay >= 0) {
                arrivals.add(new Arrival(BEGIN + i * TICK_NANOS + 3_000_000 + delay, packets.get(i)));
            }
        }
        arrivals.sort(Comparator.comparingLong(Arrival::nanos));
        Caller speaker = Caller.opus();
        Caller listener = Caller.opus();
        AudioCounters counters = new AudioCounters();
        AudioMixer mixer = new AudioMixer(48_000, 1, 0, 0, counters);
        mixer.add(new PortSetup("speaker", speaker.plan, new JitterLimits(JitterBounds.DEFAULT), new PlayoutFigures(), new PeerLoss(), speaker.rx, speaker.tx, () -> { }, speaker, speaker.inserts, false), speaker);
        mixer.add(listener.setup("listener"), listener);
        int ticks = packets.size() + LATE_FRAMES;
        PcmRing ring = new PcmRing(ticks + 1, 1);
        mixer.tap(new RoomTap(new RecordTarget(ring, () -> { }), new Endless(), counters));
        Wakes wakes = new Wakes();
        int next = 0;
        for (int i = 1; i <= ticks; i++) {
            long now = BEGIN + i * TICK_NANOS;
            for (; next < arrivals.size() && arrivals.get(next).nanos <= now; next++) {
                speaker.rx.offer(arrivals.get(next).nanos, arrivals.get(next).packet, 0, arrivals.get(next).packet.length);
            }
            mixer.tick(now, wakes);
            wakes.runAll();
            speaker.hear();
            listener.hear();
        }
        short[] all = new short[ticks * FRAME];
        short[] frame = new short[FRAME];
        for (int i = 0; ring.poll(frame); i++) {
            System.arraycopy(frame, 0, all, i * FRAME, FRAME);
        }
        mixer.close();
        speaker.close();
        listener.close();
        return new Heard(all, counters.audio().get(AudioCount.FRAMES_CONCEALED));
    }
}
