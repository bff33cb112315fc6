package io.jverto.medialoop.tick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jverto.base.bytes.PacketRing;
import io.jverto.base.count.Counters;
import io.jverto.media.audio.AudioCounters;
import io.jverto.media.audio.MixSource;
import io.jverto.media.audio.PortListener;
import io.jverto.media.file.Webm;
import io.jverto.media.frame.FrameAssembler;
import io.jverto.media.frame.FrameCount;
import io.jverto.media.frame.Packetizer;
import io.jverto.media.plan.Recording;
import io.jverto.media.plan.Sound;
import io.jverto.media.plan.VideoCodec;
import io.jverto.media.rtp.RtpPacket;
import io.jverto.medialoop.file.Disk;
import io.jverto.medialoop.file.FileThreads;
import io.jverto.medialoop.file.Reel;
import io.jverto.medialoop.file.Screen;
import io.jverto.medialoop.file.SoundFiles;
import io.jverto.medialoop.file.WebmOnDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Recordings with pictures, from packets to the file, in virtual time.
class FilmTest {
    private static final int TICKS_OF_A_FRAME = 1_800;

    @TempDir Path folder;

    private AudioTicks ticks = AudioTicks.manual();
    private final List<String> ends = new ArrayList<>();
    private long nowNanos;

    @AfterEach
    void noFileIsLeftOpen() {
        ticks.close();
        assertThat(ticks.openFiles()).isZero();
    }

    /// Sends a picture every 40 ms, of which only those are key frames that were asked for.
    private static final class Camera implements Reel {
        final PacketRing ring = new PacketRing(1_024, 1_300);
        final int ssrc;
        final int width;
        int wishes;
        int early;
        boolean closed;
        private boolean wanted;
        private int sequence = 65_500;
        private int timestamp = 0x7fff_0000;
        /// Packets to come that are lost.
        int losing;

        Camera(int ssrc, int width) {
            this.ssrc = ssrc;
            this.width = width;
        }

        @Override
        public VideoCodec codec() {
            return VideoCodec.VP8;
        }

        @Override
        public PacketRing ring() {
            return ring;
        }

        @Override
        public void wantKeyFrame() {
            wanted = true;
            wishes++;
        }

        @Override
        public void close() {
            closed = true;
        }

        @Override
        public int earlyMillis() {
            return early;
        }

        void shoot() {
            byte[] frame = new byte[wanted ? 3_000 : 500];
            frame[0] = (byte) (wanted ? 0x10 : 0x11);
            if (wanted) {
                byte[] key = {(byte) 0x9d, 1, 0x2a, (byte) width, (byte) (width >> 8), (byte) 180, 0};
                System.arraycopy(key, 0, frame, 3, key.length);
            }
            wanted = false;
            Packetizer.of(VideoCodec.VP8).send(frame, frame.length, this::packet);
            pass(1);
        }

        private void packet(byte[] payload, int length, boolean marker) {
            byte[] packet = new byte[RtpPacket.FIXED_HEADER + length];
            RtpPacket.writeHeader(packet, 0, marker, 96, sequence, timestamp, ssrc);
            System.arraycopy(payload, 0, packet, RtpPacket.FIXED_HEADER, length);
            sequence = sequence + 1 & 0xffff;
            if (losing > 0) {
                losing--;
            } else {
                assertThat(ring.offer(0, packet, 0, packet.length)).isTrue();
            }
        }

        /// @param frames of 40 ms that nothing is sent for
        void pass(int frames) {
            timestamp += 2 * frames * TICKS_OF_A_FRAME;
        }
    }

    private record Cut(long millis, boolean key, int width) {}

    private record Seen(List<Cut> pictures, int sounds, Webm webm) {}

    private RoomSoundRef record(Path file) {
        TickMixerRef mixer = ticks.openMixer("a", 48_000, 2);
        ticks.play(mixer, new Sound.Tone("%(10000,0,440)"), new MixSource.How("", false, 1, Optional.empty()), _ -> { });
        RoomSoundRef made = ticks.record(mixer, new Recording(file, false, 0, Recording.Silence.NEVER), "", 48_000,
                (how, millis, samples) -> ends.add(how + " " + millis)).orElseThrow();
        return made;
    }

    private void tick(int count, Camera... cameras) {
        for (int i = 0; i < count; i++) {
            if (i % 2 == 0) {
                for (Camera camera : cameras) {
                    camera.shoot();
                }
            }
            nowNanos += 20_000_000;
            ticks.tick(nowNanos);
        }
    }

    private static Seen read(Path file) throws IOException {
        return WebmOnDisk.read(file, FilmTest::read);
    }

    private static Seen read(Webm webm) {
        List<Cut> pictures = new ArrayList<>();
        int sounds = 0;
        byte[] block = new byte[Webm.MAX_BLOCK];
        for (Webm.Kind kind = webm.next(); kind != Webm.Kind.END; kind = webm.next()) {
            assertThat(webm.copy(block)).isTrue();
            if (kind == Webm.Kind.SOUND) {
                sounds++;
            } else {
                pictures.add(new Cut(webm.millis(), webm.isKey(), webm.isKey() ? block[6] & 0xff | (block[7] & 0xff) << 8 : 0));
            }
        }
        return new Seen(pictures, sounds, webm);
    }

    @Test
    void picturesLieBesideTheSoundThatWasHeardWithThem() throws IOException {
        Path file = folder.resolve("a.webm");
        Camera camera = new Camera(1, 320);
        RoomSoundRef recording = record(file);
        recording.film().show(camera);

        tick(600, camera);
        recording.stop();
        tick(3);

        Seen seen = read(file);
        assertThat(ends).containsExactly("STOPPED 12000");
        assertThat(seen.webm().channels()).isEqualTo(2);
        assertThat(seen.webm().durationMillis()).isEqualTo(12_000);
        assertThat(seen.sounds()).isEqualTo(600);
        assertThat(seen.pictures()).first().isEqualTo(new Cut(seen.pictures().getFirst().millis(), true, 320));
        assertThat(seen.pictures().getFirst().millis()).isLessThan(100);
        assertThat(seen.pictures()).hasSizeBetween(295, 300);
        for (int i = 1; i < seen.pictures().size(); i++) {
            assertThat(seen.pictures().get(i).millis() - seen.pictures().get(i - 1).millis()).isBetween(38L, 42L);
        }
        // one at the beginning, and one to seek to
        assertThat(seen.pictures().stream().filter(Cut::key)).hasSize(2);
        assertThat(camera.closed).isTrue();
    }

    @Test
    void picturesThatComeBeforeTheirSoundWaitForIt() throws IOException {
        Path file = folder.resolve("a.webm");
        Camera camera = new Camera(1, 320);
        camera.early = 80;
        RoomSoundRef recording = record(file);
        recording.film().show(camera);
        tick(100, camera);
        camera.wantKeyFrame();
        tick(50, camera);
        recording.stop();
        tick(3);

        List<Long> keys = read(file).pictures().stream().filter(Cut::key).map(Cut::millis).toList();
        assertThat(keys.getFirst()).isBetween(80L, 160L);
        assertThat(keys.getLast()).isBetween(2_060L, 2_120L);
    }

    @Test
    void aPauseIsLeftOutOfBoth() throws IOException {
        Path file = folder.resolve("a.webm");
        Camera camera = new Camera(1, 320);
        RoomSoundRef recording = record(file);
        recording.film().show(camera);
        tick(100, camera);
        recording.pause(true);
        tick(200, camera);
        recording.pause(false);
        tick(100, camera);
        recording.stop();
        tick(3);

        Seen seen = read(file);
        assertThat(seen.webm().durationMillis()).isBetween(3_940L, 4_020L);
        List<Long> keys = seen.pictures().stream().filter(Cut::key).map(Cut::millis).toList();
        assertThat(keys).hasSize(2);
        assertThat(keys.getLast()).as("after the pause a key frame comes first").isBetween(1_980L, 2_120L);
        assertThat(seen.pictures()).hasSizeBetween(94, 101);
    }

    @Test
    void afterALossAKeyFrameIsAskedForAndWaitedFor() throws IOException {
        Path file = folder.resolve("a.webm");
        Camera camera = new Camera(1, 320);
        RoomSoundRef recording = record(file);
        recording.film().show(camera);
        tick(100, camera);
        int before = camera.wishes;
        camera.losing = 2;
        tick(100, camera);
        recording.stop();
        tick(3);

        List<Cut> pictures = read(file).pictures();
        Cut next = pictures.stream().filter(one -> one.millis() > 1_970).findFirst().orElseThrow();
        assertThat(next.key()).isTrue();
        assertThat(next.millis()).isLessThan(2_400);
        assertThat(camera.wishes - before).as("wishes are paced").isBetween(1, 3);
    }

    @Test
    void anotherSourceTakesOverWithItsFirstKeyFrame() throws IOException {
        Path file = folder.resolve("a.webm");
        Camera one = new Camera(1, 320);
        Camera other = new Camera(2, 640);
        RoomSoundRef recording = record(file);
        recording.film().show(one);
        tick(100, one);
        recording.film().show(other);
        tick(100, other);
        recording.film().show(null);
        tick(100);
        recording.stop();
        tick(3);

        assertThat(one.closed).isTrue();
        assertThat(other.closed).isTrue();
        Seen seen = read(file);
        assertThat(seen.pictures().stream().filter(Cut::key).map(Cut::width)).containsExactly(320, 640);
        assertThat(seen.pictures().getLast().millis()).isBetween(3_900L, 4_040L);
        assertThat(seen.webm().durationMillis()).isBetween(5_940L, 6_000L);
    }

    @Test
    void aFileThatIsStillWrittenPlaysAsFarAsItGoes() throws IOException {
        Path file = folder.resolve("a.webm");
        Camera camera = new Camera(1, 320);
        RoomSoundRef recording = record(file);
        recording.film().show(camera);

        tick(500, camera);

        Seen seen = read(file);
        assertThat(seen.webm().durationMillis()).isBetween(8_500L, 10_000L);
        assertThat(seen.pictures()).hasSizeBetween(210, 250);
        recording.stop();
        tick(3);
    }

    @Test
    void aFullDiskEndsTheFilmAndKeepsWhatWasWritten() throws IOException {
        Path file = folder.resolve("a.webm");
        ticks.close();
        ticks = AudioTicks.manual((path, options) -> {
            Disk.OpenFile whole = Disk.FILES.open(path, options);
            return new Disk.OpenFile() {
                @Override
                public void write(java.nio.ByteBuffer bytes, long at) throws IOException {
                    if (at + bytes.remaining() > 100_000) {
                        throw new IOException("No space left on device");
                    }
                    whole.write(bytes, at);
                }

                @Override
                public void close() throws IOException {
                    whole.close();
                }
            };
        });
        Camera camera = new Camera(1, 320);
        record(file).film().show(camera);

        tick(600, camera);

        assertThat(ends).hasSize(1).first().asString().startsWith("FAILED");
        assertThat(camera.closed).isTrue();
        assertThat(read(file).sounds()).isGreaterThanOrEqualTo(150);
    }

    /// Notes when pictures come.
    private final class Wall implements Screen, FrameAssembler.Sink {
        final PacketRing ring = new PacketRing(1_024, 1_300);
        final List<Cut> seen = new ArrayList<>();
        private final FrameAssembler assembler = new FrameAssembler(VideoCodec.VP8, new Counters<>(FrameCount.class));
        private final RtpPacket packet = new RtpPacket();
        private int lastTimestamp;
        boolean wish;
        boolean closed;

        void look() {
            while (ring.poll((tag, bytes, length) -> {
                assertThat(packet.read(bytes, 0, length)).isTrue();
                assembler.onPacket(nowNanos, packet.sequence(), packet.timestamp(), packet.marker(), bytes, packet.payloadOffset(), packet.payloadLength(), this);
            })) {
                // the packet was taken
            }
        }

        @Override
        public void onFrame(byte[] bytes, int length, int timestamp) {
            assertThat(timestamp - lastTimestamp).isPositive();
            lastTimestamp = timestamp;
            seen.add(new Cut(nowNanos / 1_000_000, (bytes[0] & 1) == 0, length));
        }

        @Override
        public boolean takes(VideoCodec codec) {
            return codec == VideoCodec.VP8;
        }

        @Override
        public PacketRing ring() {
            return ring;
        }

        @Override
        public void came() {
            // it looks at each tick
        }

        @Override
        public boolean takeKeyFrameWish() {
            boolean wanted = wish;
            wish = false;
            return wanted;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /// A film of ten seconds.
    private Path film() {
        Path file = folder.resolve("film.webm");
        Camera camera = new Camera(1, 320);
        RoomSoundRef recording = record(file);
        recording.film().show(camera);
        tick(500, camera);
        recording.stop();
        tick(3);
        return file;
    }

    private RoomSoundRef play(Path file, long start, List<PortListener.End> over) {
        TickMixerRef mixer = ticks.openMixer("b", 48_000, 2);
        return ticks.play(mixer, new Sound.File(file, start), new MixSource.How("", false, 1, Optional.empty()), over::add).orElseThrow();
    }

    @Test
    void aFilmIsSeenAsItIsHeardAndItsScreenIsFreedAtTheEnd() {
        Path file = film();
        List<PortListener.End> over = new ArrayList<>();
        long begin = nowNanos / 1_000_000;
        RoomSoundRef sound = play(file, 0, over);
        Wall wall = new Wall();
        sound.projector().onto(wall);
        for (int i = 0; i < 520; i++) {
            tick(1);
            wall.look();
        }

        assertThat(over).containsExactly(PortListener.End.FINISHED);
        assertThat(wall.closed).isTrue();
        assertThat(wall.seen).hasSizeBetween(245, 250);
        for (int i = 0; i < wall.seen.size(); i++) {
            assertThat(wall.seen.get(i).millis() - begin).as("picture %d", i).isBetween(40L * i, 40L * i + 160);
        }
    }

    @Test
    void aScreenThatComesLaterOrHasLostSomethingGetsAllSinceTheLastKeyFrame() {
        Path file = film();
        RoomSoundRef sound = play(file, 0, new ArrayList<>());
        tick(100);
        Wall wall = new Wall();
        sound.projector().onto(wall);
        tick(2);
        wall.look();

        assertThat(wall.seen.getFirst().key()).isTrue();
        assertThat(wall.seen).hasSizeBetween(46, 52);
        wall.wish = true;
        tick(60);
        wall.look();
        assertThat(wall.seen.stream().filter(Cut::key)).hasSize(2);
        Wall other = new Wall();
        sound.projector().onto(other);
        assertThat(wall.closed).isTrue();
        sound.stop();
        tick(2);
        assertThat(other.closed).isTrue();
    }

    /// @return ticks until it was over, or `most`
    private int plays(RoomSoundRef sound, Wall wall, List<PortListener.End> over, int most) {
        sound.projector().onto(wall);
        int ticks = 0;
        while (over.isEmpty() && ticks < most) {
            tick(1);
            wall.look();
            ticks++;
        }
        return ticks;
    }

    @Test
    void aFilmIsPlayedFromAMomentOnInStereo() {
        Path file = film();
        List<PortListener.End> over = new ArrayList<>();
        RoomSoundRef sound = play(file, 6 * 48_000, over);
        Wall wall = new Wall();
        int ticksHeard = plays(sound, wall, over, 500);

        assertThat(ticksHeard).isBetween(198, 206);
        assertThat(wall.seen.stream().filter(Cut::key)).hasSize(1);
        assertThat(wall.seen).as("those before the moment too: they are needed").hasSizeBetween(240, 250);
    }

    @Test
    void aBeepAndAPictureOfOneMomentLieTogetherInTheFile() throws IOException {
        Path file = folder.resolve("a.webm");
        TickMixerRef mixer = ticks.openMixer("a", 48_000, 1);
        RoomSoundRef recording = ticks.record(mixer, new Recording(file, false, 0, Recording.Silence.NEVER), "", 48_000, (_, _, _) -> { }).orElseThrow();
        Camera camera = new Camera(1, 320);
        recording.film().show(camera);
        tick(150, camera);
        ticks.play(mixer, new Sound.Tone("%(100,0,1000)"), new MixSource.How("", false, 1, Optional.empty()), _ -> { });
        camera.wantKeyFrame();
        tick(100, camera);
        recording.stop();
        tick(3);

        long flash = read(file).pictures().stream().filter(Cut::key).toList().get(1).millis();
        SoundFiles files = new SoundFiles(FileThreads.manual(), new AudioCounters(), new Counters<>(FrameCount.class), new SecureRandom(), Disk.FILES);
        SoundFiles.Playing playing = files.play("a", new Sound.File(file, 0), 1);
        short[] frame = new short[960];
        int frames = 0;
        long beep = -1;
        files.runAll();
        while (playing.source().fill(frame)) {
            int at = frames++;
            for (int i = 0; beep < 0 && i < frame.length; i++) {
                beep = Math.abs(frame[i]) > 1_000 ? at * 20 + i / 48 : -1;
            }
            files.runAll();
        }
        assertThat(frames).isBetween(250, 253);
        assertThat(beep - flash).isBetween(-60L, 60L);
    }

    @Test
    void aFilmThatFfmpegMadePlays() throws Exception {
        Path file = folder.resolve("ffmpeg.webm");
        assumeTrue(made(file), "ffmpeg with VP8 and Opus is not installed (on Debian: apt-get install ffmpeg)");
        List<PortListener.End> over = new ArrayList<>();
        RoomSoundRef sound = play(file, 0, over);
        Wall wall = new Wall();
        int ticksHeard = plays(sound, wall, over, 300);

        assertThat(ticksHeard).isBetween(99, 106);
        assertThat(wall.seen).hasSize(50);
        assertThat(wall.seen.getFirst().key()).isTrue();
    }

    private static boolean made(Path file) throws InterruptedException {
        try {
            return new ProcessBuilder("ffmpeg", "-loglevel", "error", "-f", "lavfi", "-i", "testsrc=size=320x240:rate=25:duration=2", "-f", "lavfi", "-i",
                    "sine=frequency=440:duration=2", "-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libopus", file.toString())
                    .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException notThere) {
            return false;
        }
    }
}
