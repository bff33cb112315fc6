package io.jverto.medialoop.tick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jverto.base.bytes.PacketRing;
import io.jverto.media.audio.MixSource;
import io.jverto.media.file.Webm;
import io.jverto.media.plan.Recording;
import io.jverto.media.plan.Sound;
import io.jverto.media.plan.VideoCodec;
import io.jverto.medialoop.file.FilmReel;
import io.jverto.medialoop.file.Reel;
import io.jverto.medialoop.file.Screen;
import io.jverto.medialoop.file.WebmOnDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Films that others made, in all codecs of calls: they play, and what a screen gets of them is recorded and read by others again.
class FilmCodecsTest {
    private static final int FRAMES = 24;

    @TempDir Path folder;

    private final AudioTicks ticks = AudioTicks.manual();
    private long nowNanos;

    @AfterEach
    void noFileIsLeftOpen() {
        ticks.close();
        assertThat(ticks.openFiles()).isZero();
    }

    /// Shows a film, and gives what it gets on to a recording, as a browser would that sends it back.
    private static final class Mirror implements Screen, Reel {
        final PacketRing ring = new PacketRing(1_024, 1_300);
        final VideoCodec codec;
        final List<VideoCodec> told = new ArrayList<>();

        Mirror(VideoCodec codec) {
            this.codec = codec;
        }

        /// @return how many packets came
        int take() {
            int count = 0;
            while (ring.poll((_, _, _) -> { })) {
                count++;
            }
            return count;
        }

        @Override
        public boolean takes(VideoCodec other) {
            told.add(other);
            return other == codec;
        }

        @Override
        public VideoCodec codec() {
            return codec;
        }

        @Override
        public PacketRing ring() {
            return ring;
        }

        @Override
        public void came() {
            // the recording looks by itself
        }

        @Override
        public boolean takeKeyFrameWish() {
            return false;
        }

        @Override
        public void wantKeyFrame() {
            // the file has one at its beginning
        }

        @Override
        public void close() {
            // another one has it still
        }
    }

    private RoomSoundRef play(Path film) {
        TickMixerRef mixer = ticks.openMixer("b", 48_000, 2);
        return ticks.play(mixer, new Sound.File(film, 0), new MixSource.How("", false, 1, Optional.empty()), _ -> { }).orElseThrow();
    }

    private void tick(int count) {
        for (int i = 0; i < count; i++) {
            nowNanos += 20_000_000;
            ticks.tick(nowNanos);
        }
    }

    @ParameterizedTest
    @CsvSource({"VP8,libvpx,webm,webm", "VP9,libvpx-vp9,webm,webm", "AV1,libaom-av1,mkv,webm", "H264,libx264,mkv,mkv"})
    void aFilmOfOthersIsPlayedAndRecordedForOthers(VideoCodec codec, String encoder, String ending, String recorded) throws Exception {
        Path film = folder.resolve("made." + ending);
        assumeTrue(run("ffmpeg", "-loglevel", "error", "-f", "lavfi", "-i", "testsrc=size=160x120:rate=25:duration=0.96", "-f", "lavfi", "-i",
                "sine=frequency=440:duration=0.96", "-c:v", encoder, "-pix_fmt", "yuv420p", "-b:v", "300k", "-g", "12", "-bf", "0", "-cpu-used", "8",
                "-c:a", "libopus", film.toString()).isPresent(), "ffmpeg with " + encoder + " is not installed (on Debian: apt-get install ffmpeg)");
        Path copy = folder.resolve("copy." + recorded);
        Mirror mirror = new Mirror(codec);
        TickMixerRef mixer = ticks.openMixer("a", 48_000, 2);
        RoomSoundRef recording = ticks.record(mixer, new Recording(copy, false, 0, Recording.Silence.NEVER), "", 48_000, (_, _, _) -> { }).orElseThrow();
        recording.film().show(mirror);
        play(film).projector().onto(mirror);

        tick(70);
        recording.stop();
        tick(3);

        assertThat(mirror.told).containsExactly(codec);
        String seen = run("ffprobe", "-v", "error", "-count_frames", "-select_streams", "v", "-show_entries", "stream=codec_name,width,height,nb_read_frames",
                "-of", "csv=p=0", copy.toString()).orElseThrow();
        assertThat(seen.strip()).isEqualTo(codec.name().toLowerCase(java.util.Locale.ROOT) + ",160,120," + FRAMES);
        assertThat(run("ffmpeg", "-v", "error", "-i", copy.toString(), "-f", "null", "-").orElseThrow()).as("nothing to complain of").isEmpty();
    }

    @Test
    void aFilmThatPlaysGoesIntoARecording() throws Exception {
        Path film = folder.resolve("made.webm");
        assumeTrue(made(film), "ffmpeg is not installed (on Debian: apt-get install ffmpeg)");
        RoomSoundRef recording = record("copy.webm");
        FilmReel reel = new FilmReel(recording.film());
        RoomSoundRef sound = play(film);
        sound.projector().also(reel);

        tick(70);
        recording.stop();
        tick(3);

        List<Boolean> keys = WebmOnDisk.read(folder.resolve("copy.webm"), webm -> {
            List<Boolean> pictures = new ArrayList<>();
            for (Webm.Kind kind = webm.next(); kind != Webm.Kind.END; kind = webm.next()) {
                if (kind == Webm.Kind.PICTURE) {
                    pictures.add(webm.isKey());
                }
            }
            return pictures;
        });
        assertThat(keys).hasSizeBetween(FRAMES - 2, FRAMES);
        assertThat(keys.getFirst()).isTrue();
    }

    private static boolean made(Path film) throws InterruptedException {
        return run("ffmpeg", "-loglevel", "error", "-f", "lavfi", "-i", "testsrc=size=160x120:rate=25:duration=0.96", "-c:v", "libvpx", "-deadline", "realtime",
                film.toString()).isPresent();
    }

    @Test
    void aScreenOfAnotherCodecGetsNothingAndSeveralGetTheSame() throws Exception {
        Path film = folder.resolve("made.webm");
        assumeTrue(made(film), "ffmpeg is not installed (on Debian: apt-get install ffmpeg)");
        Mirror other = new Mirror(VideoCodec.H264);
        List<Mirror> same = List.of(new Mirror(VideoCodec.VP8), new Mirror(VideoCodec.VP8));
        RoomSoundRef sound = play(film);
        sound.projector().also(other);
        same.forEach(sound.projector()::also);

        tick(30);
        Mirror gone = same.getLast();
        sound.projector().off(gone);
        int before = gone.take();
        tick(40);

        assertThat(other.told).containsExactly(VideoCodec.VP8);
        assertThat(other.take()).isZero();
        assertThat(before).isPositive();
        assertThat(gone.take()).as("it is off").isZero();
        assertThat(same.getFirst().take()).isGreaterThan(before);
    }

    /// @return what it said; empty where it is not there or failed
    private static Optional<String> run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.of(said) : Optional.empty();
        } catch (IOException notThere) {
            return Optional.empty();
        }
    }

    @ParameterizedTest
    @EnumSource(VideoCodec.class)
    void h264IsInNoWebmFile(VideoCodec codec) {
        RoomSoundRef webm = record("a.webm");
        RoomSoundRef matroska = record("a.mkv");

        assertThat(webm.film().takes(codec)).isEqualTo(codec != VideoCodec.H264);
        assertThat(matroska.film().takes(codec)).isTrue();
        tick(2);
        webm.stop();
        matroska.stop();
        tick(3);
    }

    private RoomSoundRef record(String name) {
        TickMixerRef mixer = ticks.openMixer(name, 48_000, 2);
        return ticks.record(mixer, new Recording(folder.resolve(name), false, 0, Recording.Silence.NEVER), "", 48_000, (_, _, _) -> { }).orElseThrow();
    }
}
