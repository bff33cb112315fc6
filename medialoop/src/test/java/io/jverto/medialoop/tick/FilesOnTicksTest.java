package io.jverto.medialoop.tick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.jverto.base.bytes.PacketRing;
import io.jverto.media.audio.Inserts;
import io.jverto.media.audio.JitterLimits;
import io.jverto.media.audio.PlayoutFigures;
import io.jverto.media.audio.MixSource;
import io.jverto.media.audio.PortListener;
import io.jverto.media.audio.PortSetup;
import io.jverto.media.audio.SoundCleaning;
import io.jverto.media.codec.AudioCodecs;
import io.jverto.media.codec.AudioDecoder;
import io.jverto.media.codec.AudioEncoder;
import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.Cleaning;
import io.jverto.media.plan.JitterBounds;
import io.jverto.media.plan.OpusSettings;
import io.jverto.media.plan.Recording;
import io.jverto.media.plan.Recording.Sides;
import io.jverto.media.plan.Sound;
import io.jverto.media.plan.Way;
import io.jverto.media.rtp.RtpPacket;
import io.jverto.media.speex.SpeexLibrary;
import io.jverto.medialoop.file.Pitch;
import io.jverto.medialoop.file.Wav;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files from the disk to the packets of a call and back, in virtual time.
class FilesOnTicksTest {
    private static final MixSource.How TO_ALL = new MixSource.How("", false, 1, Optional.empty());
    private static final double FULL = 32_767 * Wav.AMPLITUDE;

    @TempDir Path folder;

    private final AudioTicks ticks = AudioTicks.manual();
    private final List<String> ends = new ArrayList<>();
    private long nowNanos;
    private int spoken;

    @AfterEach
    void noFileIsLeftOpen() {
        ticks.close();
        assertThat(ticks.openFiles()).isZero();
    }

    @Test
    void aStereoFileReachesBothEarsApart() throws IOException {
        for (double[] pitches : new double[][] {{440, 1_300}, {500, 1_250}, {1_000, 3_000}}) {
            apart(pitches[0], pitches[1]);
        }
    }

    private void apart(double low, double high) throws IOException {
        Path file = new Wav(1, 16, 44_100, low, high).write(folder.resolve("a.wav"), 3);
        Leg leg = new Leg(AudioCodec.OPUS, 2);
        play(new Sound.File(file, 0), leg);

        tick(160, leg);

        short[] heard = leg.heard();
        assertThat(leg.ends).containsExactly(PortListener.End.FINISHED);
        assertThat(Pitch.amplitude(heard, 2, 0, 48_000, low)).isBetween(FULL * 0.9, FULL * 1.1);
        assertThat(Pitch.amplitude(heard, 2, 1, 48_000, high)).isBetween(FULL * 0.9, FULL * 1.1);
        assertThat(Pitch.decibels(Pitch.amplitude(heard, 2, 0, 48_000, low), Pitch.amplitude(heard, 2, 1, 48_000, low))).isGreaterThan(40);
        assertThat(Pitch.decibels(Pitch.amplitude(heard, 2, 1, 48_000, high), Pitch.amplitude(heard, 2, 0, 48_000, high))).isGreaterThan(40);
    }

    @Test
    void aFileIsHeardInTelephoneQualityToo() throws IOException {
        Path file = new Wav(1, 24, 96_000, 1_000).write(folder.resolve("a.wav"), 3);
        Leg leg = new Leg(AudioCodec.PCMA, 1);
        play(new Sound.File(file, 0), leg);

        tick(160, leg);

        assertThat(Pitch.amplitude(leg.heard(), 1, 0, 48_000, 1_000)).isBetween(FULL * 0.9, FULL * 1.1);
    }

    @Test
    void aBrokenFileIsToldApartFromOneThatWasPlayed() throws IOException {
        Path file = Files.writeString(folder.resolve("a.wav"), "not a sound");
        Leg leg = new Leg(AudioCodec.OPUS, 1);
        play(new Sound.File(file, 0), leg);

        tick(3, leg);

        assertThat(leg.ends).containsExactly(PortListener.End.BROKEN);
    }

    @Test
    void whoComesBackHearsAFileOnFromWhereItWas() throws IOException {
        Path low = new Wav(1, 16, 48_000, 400).write(folder.resolve("low.wav"), 2);
        Path high = new Wav(1, 16, 48_000, 900).write(folder.resolve("high.wav"), 2);
        Leg first = new Leg(AudioCodec.OPUS, 1);
        PlayResult.Playing playing = play(new Sound.Sequence(List.of(new Sound.File(low, 0), new Sound.File(high, 0)), 1), first);
        tick(75, first);

        playing.port().detach();
        tick(500, first);
        Leg second = new Leg(AudioCodec.PCMU, 1);
        assertThat(playing.playback().join(second.setup())).isPresent();
        tick(130, second);

        assertThat(first.packets).isEqualTo(75);
        assertThat(second.packets).isEqualTo(125);
        assertThat(second.ends).containsExactly(PortListener.End.FINISHED);
        assertThat(Pitch.amplitude(Arrays.copyOf(second.heard(), 24_000), 1, 0, 0, 400)).isGreaterThan(FULL * 0.8);
        assertThat(Pitch.amplitude(second.heard(), 1, 0, 60_000, 900)).isGreaterThan(FULL * 0.9);
    }

    @Test
    void aSoundThatIsStoppedClosesItsFile() throws IOException {
        Path file = new Wav(1, 16, 48_000, 400).write(folder.resolve("a.wav"), 10);
        Leg leg = new Leg(AudioCodec.OPUS, 1);
        PlayResult.Playing playing = play(new Sound.Sequence(List.of(new Sound.File(file, 0)), -1), leg);
        tick(10, leg);
        assertThat(ticks.openFiles()).isEqualTo(1);

        playing.port().detach();
        playing.playback().stop();
        tick(2, leg);

        assertThat(ticks.openFiles()).isZero();
    }

    @Test
    void everybodyHearsAStationFromWhereItIs() throws IOException {
        new Wav(1, 16, 48_000, 400).write(folder.resolve("1.wav"), 2);
        new Wav(1, 16, 48_000, 900).write(folder.resolve("2.wav"), 2);
        Sound.Station station = new Sound.Station("moh", folder, false);
        Leg first = new Leg(AudioCodec.OPUS, 1);
        Leg second = new Leg(AudioCodec.OPUS, 1);
        play(station, first);
        tick(110, first, second);

        play(station, second);
        tick(60, first, second);

        assertThat(ticks.openFiles()).isEqualTo(1);
        assertThat(second.packets).isEqualTo(60);
        assertThat(Pitch.amplitude(second.heard(), 1, 0, 9_600, 900)).isGreaterThan(FULL * 0.9);
        assertThat(Pitch.amplitude(first.heard(), 1, 0, 9_600, 400)).isGreaterThan(FULL * 0.9);
    }

    @Test
    void whatACallerSaysInStereoIsRecordedAndPlayedInStereo() throws IOException {
        Path file = folder.resolve("r.wav");
        Leg caller = new Leg(AudioCodec.OPUS, 2);
        RecordingRef recording = record(new Recording(file, false, 0, Recording.Silence.NEVER), caller, 48_000);
        PortRef port = recording.join(caller.setup()).orElseThrow();
        say(caller, 150, 440, 1_300);
        port.detach();
        recording.stop();
        tick(2);
        assertThat(ends).containsExactly("STOPPED");

        Leg listener = new Leg(AudioCodec.OPUS, 2);
        play(new Sound.File(file, 0), listener);
        tick(170, listener);

        short[] heard = listener.heard();
        assertThat(heard.length / 2).isGreaterThan(130 * 960);
        assertThat(Pitch.amplitude(heard, 2, 0, 60_000, 440)).isBetween(9_000.0, 11_000.0);
        assertThat(Pitch.decibels(Pitch.amplitude(heard, 2, 0, 60_000, 440), Pitch.amplitude(heard, 2, 1, 60_000, 440))).isGreaterThan(40);
        assertThat(Pitch.decibels(Pitch.amplitude(heard, 2, 1, 60_000, 1_300), Pitch.amplitude(heard, 2, 0, 60_000, 1_300))).isGreaterThan(40);
    }

    @Test
    void aRecordingEndsWithTheSilenceThatItWaitsFor() {
        Path file = folder.resolve("r.wav");
        Leg caller = new Leg(AudioCodec.PCMU, 1);
        RecordingRef recording = record(new Recording(file, false, 0, new Recording.Silence(200, 2_000)), caller, 8_000);
        recording.join(caller.setup());

        say(caller, 100, 440);
        assertThat(caller.ends).isEmpty();
        tick(120, caller);

        assertThat(caller.ends).containsExactly(PortListener.End.FINISHED);
    }

    @Test
    void bothSidesOfABridgeAreRecordedApartOrTogether() throws IOException {
        for (Sides sides : Sides.values()) {
            Path file = folder.resolve(sides + ".wav");
            SessionRecordingRef recording = ticks.record("a", new Recording(file, false, 0, Recording.Silence.NEVER), sides, 48_000,
                    (how, millis, samples) -> ends.add(how.name()));
            TickMixerRef mixer = ticks.openMixer("bridge", 48_000, 1, 0);
            Leg one = new Leg(AudioCodec.OPUS, 1);
            Leg other = new Leg(AudioCodec.PCMA, 1);
            one.inserts.add(recording.insert());
            mixer.attach(one.setup(), false, false);
            mixer.attach(other.setup(), false, false);

            for (int i = 0; i < 130; i++) {
                one.say(i, nowNanos, 440);
                other.say(i, nowNanos, 1_300);
                tick(1, one, other);
            }
            mixer.close();
            recording.stop();
            tick(2);

            assertThat(ends.removeLast()).isEqualTo("STOPPED");
            Leg listener = new Leg(AudioCodec.OPUS, sides.channels());
            play(new Sound.File(file, 0), listener);
            tick(140, listener);
            short[] heard = listener.heard();
            int ownChannel = sides == Sides.OWN_RIGHT ? 1 : 0;
            int otherChannel = sides == Sides.OWN_LEFT ? 1 : 0;
            double own = Pitch.amplitude(heard, sides.channels(), ownChannel, 48_000, 440);
            double theirs = Pitch.amplitude(heard, sides.channels(), otherChannel, 48_000, 1_300);
            assertThat(own).as("%s: own", sides).satisfies(level -> assertThat(level > 8_000).isEqualTo(sides != Sides.OTHER));
            assertThat(theirs).as("%s: other", sides).satisfies(level -> assertThat(level > 8_000).isEqualTo(sides != Sides.OWN));
            if (sides.channels() == 2) {
                assertThat(Pitch.decibels(own, Pitch.amplitude(heard, 2, otherChannel, 48_000, 440))).isGreaterThan(40);
                assertThat(Pitch.decibels(theirs, Pitch.amplitude(heard, 2, ownChannel, 48_000, 1_300))).isGreaterThan(40);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(AudioCodec.class)
    void aNoisyFileThatIsCleanedOnACallersLineIsRecordedWithItsTonesAndLessNoise(AudioCodec codec) throws IOException {
        assumeThat(SpeexLibrary.obstacle()).as("libspeexdsp of Debian").isEmpty();
        Path noisy = Wav.write(folder.resolve("noisy.wav"), codec.sampleRate(), noisyBursts(codec.sampleRate(), 5));
        Path file = folder.resolve("clean.wav");
        Leg player = new Leg(codec, 1);
        Leg caller = new Leg(codec, 1);
        SoundCleaning cleaning = new SoundCleaning();
        cleaning.wish(Way.SAID, Cleaning.USUAL, codec.sampleRate());
        caller.inserts.add(cleaning);
        SessionRecordingRef recording = ticks.record("a", new Recording(file, false, 0, Recording.Silence.NEVER), Sides.OWN, 48_000, (_, _, _) -> { });
        caller.inserts.add(recording.insert());
        PortRef port = ((PlayResult.Playing) ticks.line(false, caller.setup())).port();
        play(new Sound.File(noisy, 0), player);
        for (int i = 0; i < 250; i++) {
            ticks.tick(nowNanos += 20_000_000);
            player.handOver(caller);
        }
        port.detach();
        cleaning.close();
        recording.stop();
        tick(2);

        Leg listener = new Leg(AudioCodec.OPUS, 1);
        play(new Sound.File(file, 0), listener);
        tick(250, listener);
        short[] heard = listener.heard();
        double tone = 0;
        double noise = Double.MAX_VALUE;
        for (int from = 96_000; from < 4 * 48_000; from += 4_800) {
            short[] part = Arrays.copyOfRange(heard, from, from + 9_600);
            tone = Math.max(tone, Pitch.amplitude(part, 1, 0, 0, 440));
            noise = Math.min(noise, rms(part));
        }
        assertThat(Pitch.decibels(tone, 6_000)).as("the tone").isBetween(-3.0, 1.5);
        assertThat(Pitch.decibels(noise, 500)).as("the noise").isLessThan(-6);
    }

    /// A noise, and a tone that comes and goes: what stays is a noise.
    private static short[] noisyBursts(int rate, int seconds) {
        Random random = new Random(5);
        short[] pcm = new short[rate * seconds];
        for (int i = 0; i < pcm.length; i++) {
            boolean sounds = i * 10L / rate % 10 < 3;
            pcm[i] = (short) (random.nextGaussian() * 500 + (sounds ? 6_000 * Math.sin(2 * Math.PI * 440 * i / rate) : 0));
        }
        return pcm;
    }

    private static double rms(short[] pcm) {
        double sum = 0;
        for (short value : pcm) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum / pcm.length);
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000})
    void leftAndRightStayApartFromFileToFileAtEveryRate(int rate) throws IOException {
        Path file = new Wav(1, 16, rate, 440, 1_300).write(folder.resolve("a.wav"), 3);
        Path copy = folder.resolve("copy.wav");
        Path packed = folder.resolve("copy.ogg");
        Leg caller = new Leg(AudioCodec.OPUS, 2);
        for (Path to : List.of(copy, packed)) {
            Leg player = new Leg(AudioCodec.OPUS, 2);
            RecordingRef recording = record(new Recording(to, false, rate, Recording.Silence.NEVER), caller, rate);
            PortRef port = recording.join(caller.setup()).orElseThrow();
            play(new Sound.File(file, 0), player);
            for (int i = 0; i < 160; i++) {
                ticks.tick(nowNanos += 20_000_000);
                player.handOver(caller);
            }
            port.detach();
            recording.stop();
            tick(2);
            Leg listener = new Leg(AudioCodec.OPUS, 2);
            play(new Sound.File(to, 0), listener);
            tick(170, listener);

            short[] heard = listener.heard();
            double left = Pitch.amplitude(heard, 2, 0, 48_000, 440);
            double right = Pitch.amplitude(heard, 2, 1, 48_000, 1_300);
            assertThat(left).as("left at %d Hz", rate).isBetween(FULL * 0.85, FULL * 1.1);
            assertThat(right).as("right at %d Hz", rate).isBetween(FULL * 0.85, FULL * 1.1);
            assertThat(Pitch.decibels(left, Pitch.amplitude(heard, 2, 1, 48_000, 440))).as("at %d Hz", rate).isGreaterThan(40);
            assertThat(Pitch.decibels(right, Pitch.amplitude(heard, 2, 0, 48_000, 1_300))).as("at %d Hz", rate).isGreaterThan(40);
        }
    }

    @Test
    void aSessionIsRecordedFromOneThingToTheNext() throws IOException {
        Path file = folder.resolve("s.wav");
        Path played = new Wav(1, 16, 48_000, 900).write(folder.resolve("p.wav"), 10);
        SessionRecordingRef recording = ticks.record("a", new Recording(file, false, 0, Recording.Silence.NEVER), Sides.OWN_LEFT, 48_000,
                (how, millis, samples) -> ends.add(how.name()));
        Leg leg = new Leg(AudioCodec.OPUS, 1);
        leg.inserts.add(recording.insert());

        leave(((PlayResult.Playing) ticks.line(true, leg.setup())).port(), leg);
        leave(play(new Sound.File(played, 0), leg).port(), leg);
        leave(((PlayResult.Playing) ticks.play(new Sound.Music(), leg.setup())).port(), leg);
        leave(ticks.openMixer("room", 48_000, 1, 0).attach(leg.setup(), false, false).orElseThrow(), leg);
        recording.insert().setMasked(true);
        leave(((PlayResult.Playing) ticks.line(true, leg.setup())).port(), leg);
        recording.insert().setPaused(true);
        leave(((PlayResult.Playing) ticks.line(true, leg.setup())).port(), leg);
        recording.insert().setPaused(false);
        recording.insert().setMasked(false);
        leave(((PlayResult.Playing) ticks.line(false, leg.setup())).port(), leg);
        recording.stop();
        tick(2);

        assertThat(ends).containsExactly("STOPPED");
        Leg listener = new Leg(AudioCodec.OPUS, 2);
        play(new Sound.File(file, 0), listener);
        tick(900, listener);
        short[] heard = listener.heard();
        int part = 100 * 960;
        assertThat(heard.length / 2).isBetween(6 * part - 6 * 960, 6 * part + 3 * 960);
        for (int i = 0; i < 6; i++) {
            assertThat(Pitch.amplitude(heard, 2, 0, i * part + 24_000, 440) > 8_000).as("its own in part %d", i).isEqualTo(i != 4);
        }
        assertThat(Pitch.amplitude(heard, 2, 1, 24_000, 440)).as("its echo").isGreaterThan(8_000);
        assertThat(Pitch.amplitude(heard, 2, 1, part + 24_000, 900)).as("what was played").isGreaterThan(FULL * 0.8);
        assertThat(loudest(heard, 2 * part + 24_000)).as("music").isGreaterThan(1_000);
        assertThat(loudest(heard, 3 * part + 24_000)).as("an empty room").isLessThan(50);
        assertThat(loudest(heard, 4 * part + 24_000)).as("masked").isLessThan(50);
        assertThat(loudest(heard, 5 * part + 24_000)).as("nothing").isLessThan(50);
    }

    /// Two seconds at a port.
    private void leave(PortRef port, Leg leg) {
        for (int i = 0; i < 100; i++) {
            leg.say(spoken++, nowNanos, 440);
            tick(1, leg);
        }
        port.detach();
    }

    /// @return of the right channel, over a second
    private static int loudest(short[] heard, int from) {
        int peak = 0;
        for (int i = from; i < from + 48_000; i++) {
            peak = Math.max(peak, Math.abs(heard[2 * i + 1]));
        }
        return peak;
    }

    @Test
    void aRecordingEndsAtItsLimitAndAShortOneIsDeleted() {
        Path file = folder.resolve("r.wav");
        Leg caller = new Leg(AudioCodec.PCMU, 1);
        RecordingRef limited = record(new Recording(file, false, 0, Recording.Silence.NEVER, 1_000, 0), caller, 8_000);
        limited.join(caller.setup());
        tick(60, caller);
        assertThat(ends).containsExactly("STOPPED");
        assertThat(caller.ends).containsExactly(PortListener.End.FINISHED);
        assertThat(file).hasSize(44 + 16_000);

        RecordingRef brief = record(new Recording(file, false, 0, Recording.Silence.NEVER, 0, 3_000), caller, 8_000);
        brief.join(caller.setup());
        tick(100, caller);
        brief.stop();
        tick(1, caller);
        assertThat(file).doesNotExist();
    }

    @Test
    void aFileThatPlaysInARoomIsHeardAndRecordedInStereoUntilTheRoomEnds() throws IOException {
        Path played = new Wav(1, 16, 44_100, 440, 1_300).write(folder.resolve("a.wav"), 3);
        Path recorded = folder.resolve("r.wav");
        Leg leg = new Leg(AudioCodec.OPUS, 2);
        TickMixerRef mixer = ticks.openMixer("room", 48_000, 2);
        mixer.attach(leg.setup(), false, false);
        RoomSoundRef recording = ticks.record(mixer, new Recording(recorded, false, 0, Recording.Silence.NEVER), "", 48_000,
                (how, millis, samples) -> ends.add(how.name())).orElseThrow();
        RoomSoundRef sound = ticks.play(mixer, new Sound.File(played, 0), TO_ALL, end -> ends.add(end.name())).orElseThrow();

        tick(160, leg);
        mixer.close();
        tick(2, leg);

        assertThat(ends).containsExactlyInAnyOrder("FINISHED", "STOPPED");
        assertThat(sound.millis()).isBetween(2_900, 3_100);
        assertThat(recording.millis()).isEqualTo(3_200);
        assertThat(recorded).hasSize(44 + 3_200 * 48 * 4);
        assertThat(Pitch.amplitude(leg.heard(), 2, 0, 48_000, 440)).isGreaterThan(FULL * 0.8);
        Leg listener = new Leg(AudioCodec.OPUS, 2);
        play(new Sound.File(recorded, 0), listener);
        tick(165, listener);
        double left = Pitch.amplitude(listener.heard(), 2, 0, 48_000, 440);
        assertThat(left).isGreaterThan(FULL * 0.8);
        assertThat(Pitch.decibels(left, Pitch.amplitude(listener.heard(), 2, 1, 48_000, 440))).isGreaterThan(40);
    }

    @Test
    void aSoundCannotBePlayedIntoARoomThatIsClosed() {
        TickMixerRef mixer = ticks.openMixer("room", 48_000, 1);
        mixer.close();

        assertThat(ticks.play(mixer, new Sound.Music(), TO_ALL, end -> ends.add(end.name()))).isEmpty();
        assertThat(ticks.play(ticks.openMixer("room", 48_000, 1), new Sound.Tone("nonsense("), TO_ALL, end -> ends.add(end.name()))).isEmpty();
        tick(2);
        assertThat(ends).isEmpty();
    }

    private PlayResult.Playing play(Sound sound, Leg leg) {
        return (PlayResult.Playing) ticks.play(sound, leg.setup());
    }

    private RecordingRef record(Recording recording, Leg leg, int rate) {
        return ticks.record("a", recording, leg.channels, rate, (how, millis, samples) -> ends.add(how.name()));
    }

    private void tick(int count, Leg... legs) {
        for (int i = 0; i < count; i++) {
            nowNanos += 20_000_000;
            ticks.tick(nowNanos);
            for (Leg leg : legs) {
                leg.hear();
            }
        }
    }

    private void say(Leg leg, int frames, double... hertz) {
        for (int i = 0; i < frames; i++) {
            leg.say(i, nowNanos, hertz);
            tick(1, leg);
        }
    }

    private static final class Leg implements PortListener {
        final PacketRing rx = new PacketRing(64, 1_500);
        final PacketRing tx = new PacketRing(64, 1_500);
        final List<End> ends = new ArrayList<>();
        final Inserts inserts = new Inserts();
        final int channels;
        private final AudioPlan plan;
        private final AudioEncoder encoder;
        private final AudioDecoder decoder;
        private final RtpPacket view = new RtpPacket();
        private final short[] decoded = new short[AudioDecoder.MAX_SAMPLES * 2];
        private short[] heard = new short[48_000 * 2 * 20];
        private int values;
        private int packets;

        Leg(AudioCodec codec, int channels) {
            OpusSettings clear = new OpusSettings(false, false, false, 128_000, 48_000);
            this.channels = channels;
            this.plan = new AudioPlan(codec, codec == AudioCodec.OPUS ? 111 : codec.staticPayloadType(), channels, channels, 20, OpusSettings.DEFAULT, -1, 0, true, true);
            this.encoder = AudioCodecs.encoder(codec, channels, clear, 48_000);
            this.decoder = AudioCodecs.decoder(codec, channels);
        }

        PortSetup setup() {
            return new PortSetup("leg", plan, new JitterLimits(JitterBounds.DEFAULT), new PlayoutFigures(), rx, tx, () -> {}, this, inserts, false);
        }

        void say(int frame, long nowNanos, double... hertz) {
            short[] pcm = new short[960 * channels];
            for (int i = 0; i < pcm.length; i++) {
                pcm[i] = (short) Math.round(10_000 * Math.sin(2 * Math.PI * hertz[i % channels] * (frame * 960 + i / channels) / 48_000));
            }
            byte[] packet = new byte[1_500];
            RtpPacket.writeHeader(packet, 0, false, plan.payloadType(), 100 + frame, frame * plan.codec().rtpClock() / 50, 0x1234);
            rx.offer(nowNanos, packet, 0, 12 + encoder.encode(pcm, 960, packet, 12));
        }

        /// What it hears is what the other one says, packet by packet.
        void handOver(Leg to) {
            while (tx.poll((tag, bytes, length) -> {
                bytes[2] = (byte) (packets >> 8); // a transport would number them
                bytes[3] = (byte) packets;
                to.rx.offer(tag, bytes, 0, length);
            })) {
                packets++;
            }
        }

        void hear() {
            while (tx.poll(this::onPacket)) {
                packets++;
            }
        }

        short[] heard() {
            return Arrays.copyOf(heard, values);
        }

        private void onPacket(long tag, byte[] bytes, int length) {
            view.read(bytes, 0, length);
            int samples = decoder.decode(bytes, view.payloadOffset(), view.payloadLength(), decoded);
            System.arraycopy(decoded, 0, heard, values, samples * channels);
            values += samples * channels;
        }

        @Override
        public void onTalking(boolean talking) {
            // not asked here
        }

        @Override
        public void onClosed(End end) {
            ends.add(end);
        }
    }
}
