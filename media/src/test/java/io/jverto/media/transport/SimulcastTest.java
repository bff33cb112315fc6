package io.jverto.media.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.GalleryLine;
import io.jverto.media.plan.SimulcastPlan;
import io.jverto.media.plan.VideoCodec;
import io.jverto.media.plan.VideoFormat;
import io.jverto.media.plan.VideoPlan;
import io.jverto.media.rtp.RtcpReader;
import io.jverto.media.rtp.RtcpWriter;
import io.jverto.media.rtp.RtpPacket;
import io.jverto.media.srtp.SrtpSession;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// A camera in three sizes, and one who watches it in a place of his gallery, in virtual time (RFC 8853).
class SimulcastTest {
    private static final long MILLIS = 1_000_000L;
    private static final int RID = 10;
    private static final int REPAIRED = 11;
    private static final List<String> RIDS = List.of("q", "h", "f");
    private static final int[] HEIGHTS = {180, 360, 720};
    /// Bytes of a picture in each size, 25 in a second: 100, 300 and 1,000 kbit/s.
    private static final int[] BYTES = {500, 1_500, 5_000};
    private static final int PART = 1_000;

    private final Leg sender = new Leg(Leg.shared(), Leg.opus(111, -1));
    private final Leg viewer = new Leg(Leg.shared(), Leg.opus(109, -1));
    private final VideoStream camera = sender.video(plan("1", true, true));
    private final VideoStream screen = viewer.video(plan("1", true, true));
    private final VideoLink link = VideoLink.across(viewer.transport(), viewer.transport(), 0, () -> { });
    private final int[] sequences = {100, 20_000, 40_000};
    private final List<String> asked = new ArrayList<>();
    private int frame;

    private static VideoPlan plan(String mid, boolean sending, boolean receiving) {
        return new VideoPlan(new VideoFormat(VideoCodec.VP8, 96), 97, VideoPlan.Feedback.ALL, new VideoPlan.Extensions(4, 3, 5), mid, 0, 3_072, sending, receiving);
    }

    private void begin() {
        camera.apply(plan("1", true, true), List.of(), new SimulcastPlan("7", RIDS, RID, REPAIRED));
        screen.apply(plan("1", true, true), List.of(new GalleryLine(0, plan("2", true, false))), null);
        camera.receiver().add(link);
        screen.source(0, 0, link);
    }

    private static int ssrc(int layer) {
        return 0x5000 + layer;
    }

    /// One packet; its name of a size is left out where that is empty.
    private void packet(long millis, int type, int ssrc, int sequence, int timestamp, int extension, String rid, byte[] payload) {
        int words = rid.isEmpty() ? 0 : (1 + rid.length() + 3) / 4;
        int header = RtpPacket.FIXED_HEADER + (words == 0 ? 0 : 4 + 4 * words);
        byte[] bytes = new byte[header + payload.length + SrtpSession.MAX_GROWTH];
        RtpPacket.writeHeader(bytes, 0, true, type, sequence, timestamp, ssrc);
        if (words > 0) {
            RtpPacket.announceExtension(bytes, 0);
            bytes[12] = (byte) 0xbe;
            bytes[13] = (byte) 0xde;
            bytes[15] = (byte) words;
            bytes[16] = (byte) (extension << 4 | rid.length() - 1);
            System.arraycopy(rid.getBytes(StandardCharsets.US_ASCII), 0, bytes, 17, rid.length());
        }
        System.arraycopy(payload, 0, bytes, header, payload.length);
        sender.opened(bytes, header + payload.length).ifPresent(opened -> camera.receiver().onRtp(millis * MILLIS, opened, 0, opened.length));
    }

    private static byte[] part(boolean start, boolean key, int layer, int bytes) {
        byte[] payload = new byte[Math.max(12, bytes)];
        payload[0] = (byte) (start ? 0x10 : 0);
        payload[1] = (byte) (key ? 0 : 1);
        byte[] size = {(byte) 0x9d, 1, 0x2a, 0x40, 1, (byte) HEIGHTS[layer], (byte) (HEIGHTS[layer] >> 8)};
        System.arraycopy(size, 0, payload, 4, key ? size.length : 0);
        payload[11] = (byte) layer;
        return payload;
    }

    /// A picture in one size.
    private void picture(long millis, int layer, boolean key) {
        for (int left = BYTES[layer]; left > 0; left -= PART) {
            packet(millis, 96, ssrc(layer), sequences[layer]++ & 0xffff, 3_600 * frame, RID, RIDS.get(layer), part(left == BYTES[layer], key, layer, Math.min(PART, left)));
        }
    }

    /// The camera runs, answers every wish with a key frame in that size, and the viewer gets what it gets.
    ///
    /// @param sizes that the camera sends
    /// @return which sizes came to the viewer in the last second, as they were sent
    private TreeSet<Integer> run(long fromMillis, long toMillis, int... sizes) {
        TreeSet<Integer> last = new TreeSet<>();
        for (long millis = fromMillis; millis < toMillis; millis += 40, frame++) {
            camera.onTimeout(millis * MILLIS, 0, sender.out);
            screen.onTimeout(millis * MILLIS, 0, viewer.out);
            List<String> wishes = wishes();
            asked.addAll(wishes);
            for (int size : sizes) {
                picture(millis, size, frame == 0 || wishes.contains(Integer.toHexString(ssrc(size))));
            }
            screen.onFed(millis * MILLIS);
            List<Leg.Got> got = viewer.got();
            if (millis >= toMillis - 1_000) {
                got.forEach(one -> last.add((int) one.payload()[11]));
            }
        }
        return last;
    }

    /// SSRCs whose key frame the server has asked for.
    private List<String> wishes() {
        List<String> wishes = new ArrayList<>();
        sender.gotRtcp().forEach(bytes -> RtcpReader.read(bytes, 0, bytes.length, new RtcpReader.Handler() {
            @Override
            public void onSenderReport(int ssrc, long ntp, int timestamp) {}

            @Override
            public void onReportBlock(int source, int fractionLost, int cumulativeLost, int lastReport, int delay) {}

            @Override
            public void onCname(int ssrc, byte[] name, int offset, int length) {}

            @Override
            public void onBye(int ssrc) {}

            @Override
            public void onKeyFrameWanted(int source) {
                wishes.add(Integer.toHexString(source));
            }
        }));
        return wishes;
    }

    private void viewerCanTake(long millis, int kbps) {
        RtcpWriter writer = new RtcpWriter(512);
        writer.receiverReport(Leg.PEER_SSRC);
        writer.bandwidth(Leg.PEER_SSRC, Leg.OUR_SSRC + 3, 1_000L * kbps);
        viewer.receiveRtcp(millis, Arrays.copyOf(writer.bytes(), writer.length()));
    }

    @Test
    void aSmallPlaceGetsTheSmallSizeAndALargeOneTheLarge() {
        begin();
        link.height(150);
        assertThat(run(0, 4_000, 0, 1, 2)).containsExactly(0);

        link.height(360);
        assertThat(run(4_000, 8_000, 0, 1, 2)).containsExactly(1);
        link.height(1_080);
        assertThat(run(8_000, 12_000, 0, 1, 2)).containsExactly(2);
        link.height(100);
        assertThat(run(12_000, 16_000, 0, 1, 2)).containsExactly(0);
    }

    @Test
    void theViewerSeesOneStreamWithoutGapsWhateverItsSize() {
        begin();
        List<Leg.Got> all = new ArrayList<>();
        for (int second = 0; second < 12; second++) {
            link.height(second % 4 < 2 ? 100 : 720);
            for (long millis = 1_000L * second; millis < 1_000L * second + 1_000; millis += 40, frame++) {
                camera.onTimeout(millis * MILLIS, 0, sender.out);
                screen.onTimeout(millis * MILLIS, 0, viewer.out);
                List<String> wishes = wishes();
                for (int size = 0; size < 3; size++) {
                    picture(millis, size, frame == 0 || wishes.contains(Integer.toHexString(ssrc(size))));
                }
                screen.onFed(millis * MILLIS);
                all.addAll(viewer.got());
            }
        }

        assertThat(all).extracting(Leg.Got::ssrc).containsOnly(Leg.OUR_SSRC + 3);
        for (int i = 1; i < all.size(); i++) {
            assertThat((all.get(i).sequence() - all.get(i - 1).sequence()) & 0xffff).isEqualTo(1);
            assertThat(all.get(i).timestamp() - all.get(i - 1).timestamp()).isNotNegative();
            if (all.get(i).payload()[11] != all.get(i - 1).payload()[11]) {
                assertThat(all.get(i).payload()[1]).as("another size begins with a key frame").isZero();
            }
        }
        assertThat(all).extracting(one -> (int) one.payload()[11]).contains(0, 2);
    }

    @Test
    void aSizeThatTheCameraLeavesOutIsReplacedByTheNextSmallerOne() {
        begin();
        link.height(720);
        assertThat(run(0, 4_000, 0, 1, 2)).containsExactly(2);

        assertThat(run(4_000, 6_500, 0, 1)).as("for want of bandwidth").containsExactly(1);
        assertThat(run(6_500, 10_000, 0, 1, 2)).as("it is back").containsExactly(2);
    }

    @Test
    void whereTheSmallestSizeIsLeftOutTheSmallestThatComesIsSeen() {
        begin();
        link.height(100);
        assertThat(run(0, 3_000, 1, 2)).containsExactly(1);

        assertThat(run(3_000, 6_000, 0, 1, 2)).as("it comes after all").containsExactly(0);
        assertThat(run(6_000, 9_000, 2)).containsExactly(2);
    }

    @Test
    void sizesAreChosenAsPacketsComeAndNoViewerIsWokenForIt() {
        begin();
        link.height(720);
        run(0, 3_000, 0, 1, 2);

        assertThat(screen.onTimeout(3_000 * MILLIS, 0, viewer.out)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aViewerWithLittleBandwidthGetsASmallerSizeAndNotLessOfALargeOne() {
        begin();
        link.height(720);
        assertThat(run(0, 4_000, 0, 1, 2)).containsExactly(2);
        for (int i = 0; i < 10; i++) {
            viewerCanTake(4_000 + 100 * i, 400);
            run(4_000 + 100L * i, 4_100 + 100L * i, 0, 1, 2);
        }

        assertThat(run(5_000, 8_000, 0, 1, 2)).containsExactly(1);
    }

    @Test
    void keyFramesAreAskedForOfTheSizeThatIsWantedAndNotOftenerThanTheyCome() {
        begin();
        link.height(100);
        run(0, 3_000, 0, 1, 2);
        asked.clear();
        for (int i = 0; i < 20; i++) {
            link.height(i % 2 == 0 ? 720 : 360);
            run(3_000 + 40L * i, 3_040 + 40L * i, 0, 1, 2);
        }

        assertThat(asked).hasSizeLessThan(10).doesNotContain(Integer.toHexString(ssrc(0)));
    }

    @Test
    void packetsWithoutTheNameOfASizeAreKnownByTheStreamThatHadOne() {
        begin();
        link.height(100);
        run(0, 1_000, 0, 1, 2);
        packet(1_000, 96, ssrc(0), sequences[0]++, 3_600 * frame, RID, "", part(true, false, 0, 100));
        screen.onFed(1_000 * MILLIS);

        assertThat(viewer.got()).hasSize(1);
        packet(1_010, 96, 0x7777, 1, 1, RID, "", part(true, true, 0, 100));
        packet(1_020, 96, 0x7777, 2, 1, RID, "x", part(true, true, 0, 100));
        packet(1_030, 96, 0x7777, 3, 1, RID, "qqqqqqqqqqqqqqqq", part(true, true, 0, 100));
        screen.onFed(1_030 * MILLIS);
        assertThat(viewer.got()).isEmpty();
        assertThat(sender.count(TransportCount.VIDEO_UNKNOWN_SIZE)).isEqualTo(3);
    }

    @Test
    void whatIsSentAgainGoesToTheSizeThatItNames() {
        begin();
        link.height(100);
        run(0, 1_000, 0, 1, 2);
        int lost = sequences[0]++;
        picture(1_000, 0, false);
        screen.onFed(1_000 * MILLIS);
        viewer.got();
        byte[] again = part(true, false, 0, 100);
        byte[] payload = new byte[again.length + 2];
        payload[0] = (byte) (lost >> 8);
        payload[1] = (byte) lost;
        System.arraycopy(again, 0, payload, 2, again.length);

        packet(1_020, 97, 0x6000, 5, 3_600 * frame, REPAIRED, "q", payload);
        screen.onFed(1_020 * MILLIS);

        assertThat(viewer.got()).hasSize(1);
        assertThat(sender.count(TransportCount.VIDEO_REPAIRED)).isEqualTo(1);
    }

    @Test
    void hostileNamesAndSizesEndNothingAndGrowNothing() {
        begin();
        Random random = new Random(11);
        for (int i = 0; i < 5_000; i++) {
            byte[] payload = new byte[random.nextInt(40)];
            random.nextBytes(payload);
            String rid = RIDS.get(random.nextInt(3)).repeat(1 + random.nextInt(3));
            packet(i, random.nextBoolean() ? 96 : 97, 0x7000 + random.nextInt(20), random.nextInt(1 << 16), random.nextInt(), random.nextInt(1, 15), rid, payload);
            camera.onTimeout(i * MILLIS, 0, sender.out);
            screen.onTimeout(i * MILLIS, 0, viewer.out);
            screen.onFed(i * MILLIS);
            sender.out.sent.clear();
            viewer.got();
        }
        link.height(100);

        assertThat(run(6_000, 10_000, 0, 1, 2)).containsExactly(0);
    }

    @Test
    void aCameraThatGoesBackToOneSizeIsSeenInThat() {
        begin();
        link.height(720);
        run(0, 3_000, 0, 1, 2);
        camera.apply(plan("1", true, true), List.of(), null);
        for (int i = 0; i < 50; i++, frame++) {
            camera.onTimeout((3_000 + 40L * i) * MILLIS, 0, sender.out);
            packet(3_000 + 40L * i, 96, 0x9000, 7 + i, 3_600 * frame, RID, "", part(true, wishes().contains("9000") || i == 0, 0, 300));
            screen.onFed((3_000 + 40L * i) * MILLIS);
        }

        assertThat(viewer.got()).hasSizeGreaterThan(30);
    }
}
