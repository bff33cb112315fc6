package io.jverto.medialoop.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.count.Counters;
import io.jverto.media.audio.AudioCount;
import io.jverto.media.audio.AudioCounters;
import io.jverto.media.audio.FeedSource;
import io.jverto.media.frame.FrameCount;
import io.jverto.media.plan.Recording;
import io.jverto.media.plan.Sound;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoundFilesTest {
    private static final double FULL = 32_767 * Wav.AMPLITUDE;
    private static final int MAX_FRAMES = 50 * 60;

    @TempDir Path folder;

    private final AudioCounters counters = new AudioCounters();
    private final SoundFiles files = new SoundFiles(FileThreads.manual(), counters, new Counters<>(FrameCount.class), new SecureRandom(), Disk.FILES);
    private final List<String> ends = new ArrayList<>();

    @Test
    void playsEachEncoding() throws IOException {
        for (Wav wav : List.of(new Wav(1, 8, 8_000, 440), new Wav(1, 16, 16_000, 440), new Wav(1, 24, 48_000, 440), new Wav(1, 32, 44_100, 440),
                new Wav(3, 32, 96_000, 440), new Wav(3, 64, 22_050, 440), new Wav(6, 8, 8_000, 440), new Wav(7, 8, 8_000, 440))) {
            short[] heard = play(new Sound.File(wav.write(folder.resolve("a.wav"), 1.5), 0), 1);

            assertThat(heard.length).as("samples of %s", wav).isBetween(72_000, 73_000);
            assertThat(Pitch.amplitude(heard, 1, 0, 9_600, 440)).as("level of %s", wav).isBetween(FULL * 0.97, FULL * 1.03);
        }
        assertThat(files.size()).isZero();
    }

    @Test
    void playsEachRate() throws IOException {
        for (int rate : new int[] {8_000, 11_025, 16_000, 22_050, 32_000, 44_100, 48_000, 88_200, 96_000, 192_000}) {
            short[] heard = play(new Sound.File(new Wav(1, 16, rate, 1_000).write(folder.resolve("a.wav"), 1.5), 0), 1);

            assertThat(heard.length).isBetween(72_000, 73_000);
            assertThat(Pitch.amplitude(heard, 1, 0, 9_600, 1_000)).as("%d Hz", rate).isBetween(FULL * 0.98, FULL * 1.02);
        }
    }

    @Test
    void keepsLeftAndRightApart() throws IOException {
        for (int rate : new int[] {16_000, 44_100, 48_000}) {
            short[] heard = play(new Sound.File(new Wav(1, 16, rate, 440, 1_300).write(folder.resolve("a.wav"), 1.5), 0), 2);

            assertThat(Pitch.decibels(Pitch.amplitude(heard, 2, 0, 9_600, 440), Pitch.amplitude(heard, 2, 1, 9_600, 440))).isGreaterThan(60);
            assertThat(Pitch.decibels(Pitch.amplitude(heard, 2, 1, 9_600, 1_300), Pitch.amplitude(heard, 2, 0, 9_600, 1_300))).isGreaterThan(60);
        }
    }

    @Test
    void mixesStereoForAListenerWithOneEar() throws IOException {
        short[] heard = play(new Sound.File(new Wav(1, 16, 48_000, 440, 1_300).write(folder.resolve("a.wav"), 1.5), 0), 1);

        assertThat(Pitch.amplitude(heard, 1, 0, 9_600, 440)).isBetween(FULL * 0.48, FULL * 0.52);
        assertThat(Pitch.amplitude(heard, 1, 0, 9_600, 1_300)).isBetween(FULL * 0.48, FULL * 0.52);
    }

    @Test
    void playsOneAfterTheOtherAndRepeats() throws IOException {
        Path low = new Wav(1, 16, 16_000, 400).write(folder.resolve("low.wav"), 1);
        Path high = new Wav(1, 16, 44_100, 900).write(folder.resolve("high.wav"), 1);
        Sound list = new Sound.Sequence(List.of(new Sound.File(low, 0), new Sound.Silence(500), new Sound.File(high, 0)), 2);

        short[] heard = play(list, 1);

        assertThat(heard.length).isBetween(240_000 - 960, 240_000 + 960);
        for (int lap = 0; lap < 2; lap++) {
            int begin = lap * 120_000;
            assertThat(Pitch.amplitude(Arrays.copyOfRange(heard, begin, begin + 48_000), 1, 0, 0, 400)).isGreaterThan(FULL * 0.95);
            assertThat(Arrays.copyOfRange(heard, begin + 48_500, begin + 71_500)).containsOnly((short) 0);
            assertThat(Pitch.amplitude(Arrays.copyOfRange(heard, begin + 72_000, begin + 120_000), 1, 0, 0, 900)).isGreaterThan(FULL * 0.95);
        }
    }

    @Test
    void beginsWhereItIsTold() throws IOException {
        Path file = new Wav(1, 16, 16_000, 400).write(folder.resolve("a.wav"), 2);

        assertThat(play(new Sound.File(file, 72_000), 1).length).isBetween(24_000, 24_960);
        assertThat(play(new Sound.File(file, 1_000_000), 1)).isEmpty();
    }

    @Test
    void leavesOutAPartThatIsMissing() throws IOException {
        Path file = new Wav(1, 16, 16_000, 400).write(folder.resolve("a.wav"), 1);
        FeedSource source = open(new Sound.Sequence(List.of(new Sound.File(folder.resolve("none.wav"), 0), new Sound.File(file, 0)), 1), 1);

        assertThat(hear(source, MAX_FRAMES).length).isBetween(48_000, 48_960);
        assertThat(source.failed()).isFalse();
    }

    @Test
    void aBrokenFileFailsAtOnceHoweverOftenItIsToBePlayed() throws IOException {
        Path text = Files.writeString(folder.resolve("text.wav"), "this is no sound");
        Path empty = Files.createFile(folder.resolve("empty.wav"));
        for (Path broken : List.of(text, empty, folder, folder.resolve("none.wav"))) {
            FeedSource source = open(new Sound.Sequence(List.of(new Sound.File(broken, 0)), -1), 1);

            assertThat(hear(source, MAX_FRAMES)).isEmpty();
            assertThat(source.failed()).isTrue();
        }
        assertThat(files.size()).isZero();
    }

    @Test
    void aFileWithoutSoundDoesNotTurnForEver() throws IOException {
        Path silent = new Wav(1, 16, 16_000, 400).write(folder.resolve("a.wav"), 0);

        assertThat(play(new Sound.Sequence(List.of(new Sound.File(silent, 0)), -1), 1)).isEmpty();
    }

    @Test
    void aCutFilePlaysAsFarAsItGoes() throws IOException {
        Path file = new Wav(1, 16, 48_000, 400).write(folder.resolve("a.wav"), 2);
        try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
            cut.setLength(44 + 48_000 * 2 + 1);
        }

        assertThat(play(new Sound.File(file, 0), 1).length).isBetween(48_000, 48_960);
    }

    @Test
    void readsNoFurtherAheadThanItsRing() throws IOException {
        Path file = new Wav(1, 16, 48_000, 400).write(folder.resolve("a.wav"), 10);
        SoundFiles.Playing playing = files.play("a", new Sound.File(file, 0), 1);
        files.runAll();
        files.runAll();

        short[] frame = new short[960];
        for (int i = 0; i < 32; i++) {
            playing.source().fill(frame);
        }
        assertThat(counters.audio().get(AudioCount.FILES_UNDERRUN)).isZero();
        playing.source().fill(frame);
        assertThat(counters.audio().get(AudioCount.FILES_UNDERRUN)).isEqualTo(1);

        playing.stop().run();
        files.runAll();
        assertThat(files.size()).isZero();
    }

    @Test
    void aStationPlaysTheFilesOfItsFolderByNameWithoutEnd() throws IOException {
        new Wav(1, 16, 48_000, 900).write(folder.resolve("b.wav"), 1);
        new Wav(1, 16, 48_000, 400).write(folder.resolve("a.wav"), 1);
        Files.writeString(folder.resolve("c.wav"), "no sound");
        Files.writeString(folder.resolve("notes.txt"), "no sound");

        short[] heard = hear(open(new Sound.Station("moh", folder, false), 1), 5 * 50);

        for (int second = 0; second < 5; second++) {
            double pitch = second % 2 == 0 ? 400 : 900;
            assertThat(Pitch.amplitude(heard, 1, 0, second * 48_000, pitch)).isGreaterThan(FULL * 0.95);
        }
    }

    @Test
    void aStationsMusicGivesWayToItsChimesAndGoesOn() throws IOException {
        Path music = Files.createDirectory(folder.resolve("music"));
        new Wav(1, 16, 48_000, 400).write(music.resolve("a.wav"), 3);
        new Wav(1, 16, 48_000, 700).write(music.resolve("b.wav"), 2);
        Path first = new Wav(1, 16, 48_000, 1_100).write(folder.resolve("first.wav"), 1);
        Path second = new Wav(1, 16, 48_000, 1_500).write(folder.resolve("second.wav"), 5);
        Sound.Chimes chimes = new Sound.Chimes(List.of(first, folder.resolve("nowhere.wav"), second), 2, 1);

        short[] heard = hear(open(new Sound.Station("moh", music, false, chimes), 1), 10 * 50);

        // music, chime, music with a chime that is not there, music, chime cut short, music
        double[] pitches = {400, 400, 1_100, 400, 700, 700, 400, 1_500, 400, 400};
        for (int at = 0; at < pitches.length; at++) {
            assertThat(Pitch.amplitude(heard, 1, 0, at * 48_000, pitches[at])).as("second %d", at).isGreaterThan(FULL * 0.95);
        }
    }

    @Test
    void aStationWithoutFilesWaitsForSome() throws IOException {
        FeedSource source = open(new Sound.Station("moh", folder, true), 1);
        assertThat(hear(source, 50)).containsOnly((short) 0);

        new Wav(1, 16, 48_000, 400).write(folder.resolve("a.wav"), 3);

        assertThat(Pitch.amplitude(hear(source, 100), 1, 0, 40_000, 400)).isGreaterThan(FULL * 0.95);
    }

    @Test
    void playsOpusToTheVeryLastSample() throws IOException {
        Path file = Ogg.write(folder.resolve("a.opus"), 72_000, 0, 100, 440, 1_300);

        short[] heard = play(new Sound.File(file, 0), 2);

        assertThat(heard.length / 2).isEqualTo(72_000);
        assertThat(Pitch.amplitude(heard, 2, 0, 9_600, 440)).isBetween(9_500.0, 10_500.0);
        assertThat(Pitch.decibels(Pitch.amplitude(heard, 2, 0, 9_600, 440), Pitch.amplitude(heard, 2, 1, 9_600, 440))).isGreaterThan(40);
        assertThat(Pitch.decibels(Pitch.amplitude(heard, 2, 1, 9_600, 1_300), Pitch.amplitude(heard, 2, 0, 9_600, 1_300))).isGreaterThan(40);
        assertThat(play(new Sound.File(file, 48_000), 2).length / 2).isEqualTo(24_000);
    }

    @Test
    void playsOpusWithAGainAndAPictureInItsTags() throws IOException {
        Path file = Ogg.write(folder.resolve("a.ogg"), 72_000, -6 * 256, 300_000, 440);

        short[] heard = play(new Sound.File(file, 0), 1);

        assertThat(heard.length).isEqualTo(72_000);
        assertThat(Pitch.amplitude(heard, 1, 0, 9_600, 440)).isBetween(4_700.0, 5_300.0);
    }

    @Test
    void playsWhatIsLeftOfADamagedOpusFile() throws IOException {
        Path file = Ogg.write(folder.resolve("a.opus"), 96_000, 0, 100, 440);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertThat(play(new Sound.File(file, 0), 1).length).isBetween(96_000 - 10 * 960 - 960, 96_000 - 9 * 960 + 960);

        Files.write(file, Arrays.copyOf(bytes, bytes.length / 3));
        assertThat(play(new Sound.File(file, 0), 1).length).isBetween(9_600, 40_000);

        FeedSource source = open(new Sound.File(Files.write(file, Arrays.copyOf(bytes, 40)), 0), 1);
        assertThat(hear(source, 10)).isEmpty();
        assertThat(source.failed()).isTrue();
    }

    @Test
    void whatIsRecordedCanBePlayed() throws IOException {
        for (int rate : new int[] {8_000, 16_000, 44_100, 48_000}) {
            Path file = folder.resolve("r.wav");
            SoundFiles.Writing writing = files.record("a", new Recording(file, false, 0, Recording.Silence.NEVER), 2, rate, this::ended);

            speak(writing, 100, 440, 1_300);
            writing.stop().run();
            files.runAll();

            short[] heard = play(new Sound.File(file, 0), 2);
            assertThat(heard.length / 2).isBetween(96_000 - 10, 96_960);
            assertThat(Pitch.amplitude(heard, 2, 0, 24_000, 440)).as("at %d Hz", rate).isBetween(9_800.0, 10_200.0);
            assertThat(Pitch.amplitude(heard, 2, 1, 24_000, 1_300)).isBetween(9_800.0, 10_200.0);
            assertThat(Pitch.decibels(10_000, Pitch.amplitude(heard, 2, 0, 24_000, 1_300))).isGreaterThan(60);
            assertThat(ends.getLast()).startsWith("STOPPED 2000 ms ");
        }
        assertThat(ends).last().isEqualTo("STOPPED 2000 ms 96000 samples");
    }

    @Test
    void opusIsRecordedToTheSampleInMonoAndInStereo() throws IOException {
        for (int channels = 1; channels <= 2; channels++) {
            Path file = folder.resolve("r" + channels + ".ogg");
            SoundFiles.Writing writing =
                    files.record("a", new Recording(file, false, 0, Recording.Silence.NEVER), channels, 8_000, this::ended);
            speak(writing, 151, channels == 1 ? new double[] {440} : new double[] {440, 1_300});
            writing.stop().run();
            files.runAll();

            short[] heard = play(new Sound.File(file, 0), channels);
            assertThat(ends).last().isEqualTo("STOPPED 3020 ms 144960 samples");
            assertThat(heard).hasSize(151 * 960 * channels);
            assertThat(Pitch.amplitude(heard, channels, 0, 24_000, 440)).isBetween(9_700.0, 10_300.0);
            assertThat(inPhase(heard, channels, 440)).as("shifted by less than 0.2 ms").isGreaterThan(0.9);
            if (channels == 2) {
                assertThat(Pitch.amplitude(heard, 2, 1, 24_000, 1_300)).isBetween(9_700.0, 10_300.0);
                assertThat(Pitch.decibels(10_000, Pitch.amplitude(heard, 2, 0, 24_000, 1_300))).isGreaterThan(40);
                assertThat(Pitch.decibels(10_000, Pitch.amplitude(heard, 2, 1, 24_000, 440))).isGreaterThan(40);
            }
        }
    }

    /// @return correlation of the left channel with what was said
    private static double inPhase(short[] heard, int channels, double hertz) {
        double both = 0;
        double square = 0;
        for (int i = 24_000; i < 72_000; i++) {
            both += heard[i * channels] * Math.sin(2 * Math.PI * hertz * i / 48_000);
            square += (double) heard[i * channels] * heard[i * channels];
        }
        return both / Math.sqrt(square * 24_000);
    }

    @Test
    void anOpusRecordingWhoseWriterDiesCanBePlayed() throws IOException {
        Path file = folder.resolve("r.opus");
        SoundFiles.Writing writing = files.record("a", new Recording(file, false, 0, Recording.Silence.NEVER), 1, 48_000, this::ended);

        speak(writing, 170, 440);

        assertThat(play(new Sound.File(file, 0), 1).length).isBetween(120 * 960, 170 * 960);
        assertThat(ends).isEmpty();
    }

    @Test
    void aDiskThatFillsUpKeepsWhatWasWritten() throws IOException {
        for (RecordedFile format : List.of(new WavFile(48_000, 1, Recording.Tags.NONE), new OggFile(7, 1, Recording.Tags.NONE))) {
            Path file = folder.resolve(format.getClass().getSimpleName() + (format instanceof WavFile ? ".wav" : ".ogg"));
            short[] frame = new short[960];
            for (int i = 0; i < frame.length; i++) {
                frame[i] = (short) (10_000 * Math.sin(2 * Math.PI * 400 * i / 48_000));
            }
            int frames = 0;
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                FileOut small = (bytes, at) -> {
                    if (at + bytes.remaining() > (format instanceof WavFile ? 200_000 : 20_000)) {
                        throw new IOException("No space left on device");
                    }
                    channel.write(bytes, at);
                };
                format.begin(small);
                boolean full = false;
                for (; !full && frames < 10_000; frames++) {
                    try {
                        format.write(frame, small);
                    } catch (IOException expected) {
                        full = true;
                    }
                }
                if (format instanceof WavFile) {
                    format.repair(small);
                }
            }
            format.close();

            assertThat(frames).as(file.toString()).isBetween(100, 9_999);
            assertThat(play(new Sound.File(file, 0), 1).length).as(file.toString()).isBetween((frames - 60) * 960, frames * 960);
        }
    }

    @Test
    void aFileSaysOfItselfWhatItIs() throws IOException {
        Recording.Tags tags = new Recording.Tags("Sitzung f\u00fcr\u0007 alle", "x".repeat(999), "mine", "a switch", "short", "2026-11-26");
        assertThat(tags.artist()).hasSize(256);
        for (String name : List.of("tags.wav", "tags.ogg")) {
            Path file = folder.resolve(name);
            SoundFiles.Writing writing =
                    files.record("a", new Recording(file, false, 0, Recording.Silence.NEVER).tagged(tags), 1, 48_000, this::ended);
            speak(writing, 100, 440);
            writing.stop().run();
            files.runAll();

            assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).as(name)
                    .contains(new String("Sitzung f\u00fcr alle".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1), tags.artist())
                    .contains(name.endsWith("ogg") ? List.of("COPYRIGHT=mine", "SOFTWARE=a switch", "COMMENT=short", "DATE=2026-11-26")
                            : List.of("ICOP\u0005\0\0\0mine", "ISFT\u0009\0\0\0a switch", "ICMT\u0006\0\0\0short", "ICRD\u000b\0\0\0" + "2026-11-26"));
            assertThat(play(new Sound.File(file, 0), 1)).as("%s plays its sound, and nothing else", name).hasSize(100 * 960);
        }
    }

    @Test
    void aRecordingGoesOnWithTheFileThatIsThere() throws IOException {
        Path file = folder.resolve("day.wav");
        Recording.Tags tags = new Recording.Tags("The whole day", "");
        Recording recording = new Recording(file, false, 0, Recording.Silence.NEVER, 0, 3_000).tagged(tags).appended();
        for (int hertz : List.of(440, 1_300)) {
            SoundFiles.Writing writing = files.record("a", recording, 1, 48_000, this::ended);
            speak(writing, hertz == 440 ? 200 : 100, hertz); // the second is shorter than what is deleted otherwise
            writing.stop().run();
            files.runAll();
        }

        short[] heard = play(new Sound.File(file, 0), 1);
        assertThat(heard).hasSize(300 * 960);
        assertThat(Pitch.amplitude(heard, 1, 0, 9_600, 440)).isGreaterThan(9_000);
        assertThat(Pitch.amplitude(heard, 1, 0, 210 * 960, 1_300)).isGreaterThan(9_000);
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).containsOnlyOnce("The whole day");
        assertThat(ends).containsExactly("STOPPED 4000 ms 192000 samples", "STOPPED 2000 ms 96000 samples");
    }

    @Test
    void aFileThatCannotBeGoneOnWithStaysAsItIs() throws IOException {
        Path other = new Wav(1, 16, 8_000, 440).write(folder.resolve("other.wav"), 1);
        Path text = Files.writeString(folder.resolve("text.wav"), "no sound");
        Path ogg = Files.writeString(folder.resolve("old.ogg"), "OggS and so on");
        for (Path file : List.of(other, text, ogg)) {
            byte[] before = Files.readAllBytes(file);
            SoundFiles.Writing writing =
                    files.record("a", new Recording(file, false, 0, Recording.Silence.NEVER).appended(), 1, 48_000, this::ended);
            speak(writing, 10, 440);
            writing.stop().run();
            files.runAll();

            assertThat(Files.readAllBytes(file)).as(file.toString()).isEqualTo(before);
        }
        assertThat(ends).hasSize(3).allMatch(end -> end.startsWith("FAILED 0 ms"));
    }

    @Test
    void aRecordingWhoseWriterDiesCanBePlayed() throws IOException {
        Path file = folder.resolve("r.wav");
        SoundFiles.Writing writing = files.record("a", new Recording(file, false, 0, Recording.Silence.NEVER), 1, 48_000, this::ended);

        speak(writing, 20, 440);
        assertThat(play(new Sound.File(file, 0), 1).length).isEqualTo(20 * 960);
        speak(writing, 130, 440);
        assertThat(play(new Sound.File(file, 0), 1).length).isBetween(100 * 960, 150 * 960);
        assertThat(ends).isEmpty();
    }

    @Test
    void aFullDiskEndsTheRecordingAndSaysSo() {
        SoundFiles.Writing writing = files.record("a", new Recording(Path.of("/dev/full"), true, 0, Recording.Silence.NEVER), 1, 48_000, this::ended);

        speak(writing, 10, 440);

        assertThat(ends).containsExactly("FAILED 0 ms 0 samples");
        assertThat(writing.target().ring().ended()).isTrue();
        assertThat(files.size()).isZero();
    }

    @Test
    void aLinkIsNotFollowedWhereItIsNotTrusted() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "keep me");
        Path link = Files.createSymbolicLink(folder.resolve("r.wav"), secret);

        SoundFiles.Writing writing = files.record("a", new Recording(link, false, 0, Recording.Silence.NEVER), 1, 48_000, this::ended);
        speak(writing, 10, 440);

        assertThat(ends).containsExactly("FAILED 0 ms 0 samples");
        assertThat(secret).hasContent("keep me");
    }

    private void ended(RecordingEvents.End how, long millis, long samples) {
        ends.add(how + " " + millis + " ms " + samples + " samples");
    }

    private void speak(SoundFiles.Writing writing, int frames, double... hertz) {
        short[] frame = new short[960 * hertz.length];
        for (int i = 0; i < frames; i++) {
            for (int sample = 0; sample < 960; sample++) {
                for (int c = 0; c < hertz.length; c++) {
                    frame[sample * hertz.length + c] = (short) Math.round(10_000 * Math.sin(2 * Math.PI * hertz[c] * (i * 960 + sample) / 48_000));
                }
            }
            writing.target().ring().offer(frame);
            files.runAll();
        }
    }

    private FeedSource open(Sound sound, int channels) {
        return files.play("a", sound, channels).source();
    }

    private short[] play(Sound sound, int channels) {
        return hear(open(sound, channels), MAX_FRAMES);
    }

    private short[] hear(FeedSource source, int frames) {
        short[] all = new short[frames * 960 * source.channels()];
        short[] frame = new short[960 * source.channels()];
        int heard = 0;
        for (int i = 0; i < frames; i++) {
            files.runAll();
            if (!source.fill(frame)) {
                return Arrays.copyOf(all, heard);
            }
            System.arraycopy(frame, 0, all, heard, frame.length);
            heard += frame.length;
        }
        return all;
    }
}
