package io.jverto.media.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.plan.GalleryLine;
import io.jverto.media.plan.VideoCodec;
import io.jverto.media.plan.VideoFormat;
import io.jverto.media.plan.VideoPlan;
import io.jverto.media.rtp.RtcpReader;
import io.jverto.media.rtp.RtcpWriter;
import io.jverto.media.rtp.RtpPacket;
import io.jverto.media.srtp.SrtpSession;
import io.jverto.media.video.ArrivalLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// One who sends video, one or two who watch, in virtual time; what they get and what they ask for.
class VideoStreamTest {
    private static final long MILLIS = 1_000_000L;
    private static final int VIDEO_SSRC = Leg.OUR_SSRC + 1;
    private static final int RTX_SSRC = Leg.OUR_SSRC + 2;
    private static final int CAMERA = 0x5151;

    private final Leg sender = new Leg(Leg.shared(), Leg.opus(111, -1));
    private final Leg viewer = new Leg(Leg.shared(), Leg.opus(109, -1));
    private final VideoStream camera = sender.video(plan(96, 97, new VideoPlan.Extensions(4, 2, 9)));
    private final VideoStream screen = viewer.video(plan(120, 124, new VideoPlan.Extensions(0, 3, 5)));

    private static VideoPlan plan(int type, int rtx, VideoPlan.Extensions extensions) {
        return new VideoPlan(new VideoFormat(VideoCodec.VP8, type), rtx, VideoPlan.Feedback.ALL, extensions, "1", 0, 3_072, true, true);
    }

    private VideoLink watch(long millis, VideoStream source) {
        VideoLink link = VideoLink.outside(viewer.transport(), () -> { });
        source.receiver().add(link);
        screen.sender().source(millis * MILLIS, link);
        return link;
    }

    /// A picture of one packet.
    private static byte[] vp8(boolean key, int number) {
        return new byte[] {0x10, (byte) (key ? 0 : 1), (byte) (number >> 8), (byte) number};
    }

    private void send(long millis, int sequence, boolean key) {
        send(sender, camera, millis, CAMERA, 96, sequence, vp8(key, sequence));
    }

    private void send(Leg from, VideoStream stream, long millis, int ssrc, int type, int sequence, byte[] payload) {
        byte[] packet = new byte[RtpPacket.FIXED_HEADER + 8 + payload.length + SrtpSession.MAX_GROWTH];
        RtpPacket.writeHeader(packet, 0, true, type, sequence, 3_000 * sequence, ssrc);
        RtpPacket.announceExtension(packet, 0);
        byte[] extension = {(byte) 0xbe, (byte) 0xde, 0, 1, 0x41, (byte) (sequence >> 8), (byte) sequence, 0};
        System.arraycopy(extension, 0, packet, RtpPacket.FIXED_HEADER, extension.length);
        System.arraycopy(payload, 0, packet, RtpPacket.FIXED_HEADER + 8, payload.length);
        from.opened(packet, RtpPacket.FIXED_HEADER + 8 + payload.length)
                .ifPresent(bytes -> stream.receiver().onRtp(millis * MILLIS, bytes, 0, bytes.length));
        screen.sender().onFed(millis * MILLIS);
    }

    /// What a compound packet says, in order.
    private static List<String> said(List<byte[]> compounds) {
        List<String> said = new ArrayList<>();
        compounds.forEach(bytes -> assertThat(RtcpReader.read(bytes, 0, bytes.length, new RtcpReader.Handler() {
            @Override
            public void onSenderReport(int ssrc, long ntp, int timestamp) {
                said.add("sent " + Integer.toHexString(ssrc));
            }

            @Override
            public void onReportBlock(int source, int fractionLost, int cumulativeLost, int lastReport, int delay) {
                said.add("received " + Integer.toHexString(source));
            }

            @Override
            public void onCname(int ssrc, byte[] name, int offset, int length) {}

            @Override
            public void onBye(int ssrc) {}

            @Override
            public void onNack(int source, int first, int following) {
                said.add("nack " + first + "+" + Integer.toHexString(following));
            }

            @Override
            public void onKeyFrameWanted(int source) {
                said.add("key " + Integer.toHexString(source));
            }

            @Override
            public void onBandwidth(long bitsPerSecond) {
                said.add("bandwidth " + bitsPerSecond / 1_000);
            }
        })).isTrue());
        return said;
    }

    private List<String> asked(long millis) {
        camera.onTimeout(millis * MILLIS, 0, sender.out);
        return said(sender.gotRtcp());
    }

    private void viewerSays(long millis, java.util.function.Consumer<RtcpWriter> what) {
        RtcpWriter writer = new RtcpWriter(512);
        writer.receiverReport(Leg.PEER_SSRC);
        what.accept(writer);
        viewer.receiveRtcp(millis, java.util.Arrays.copyOf(writer.bytes(), writer.length()));
    }

    @Test
    void passesOnFromTheFirstKeyFrameUnderItsOwnNames() {
        watch(0, camera);
        send(0, 500, false);
        assertThat(viewer.got()).isEmpty();
        send(10, 501, true);
        send(43, 502, false);

        List<Leg.Got> got = viewer.got();
        assertThat(got).extracting(Leg.Got::type).containsExactly(120, 120);
        assertThat(got).extracting(Leg.Got::ssrc).containsOnly(VIDEO_SSRC);
        assertThat(got.get(1).sequence() - got.get(0).sequence()).isEqualTo(1);
        assertThat(got.get(1).timestamp() - got.get(0).timestamp()).isEqualTo(3_000);
        assertThat(got).extracting(Leg.Got::marker).containsOnly(true);
        assertThat(got.get(0).payload()).isEqualTo(vp8(true, 501));
        assertThat(got.get(0).extension()).as("send time and mid").startsWith((byte) 0x32).contains((byte) 0x50, (byte) '1');
    }

    @Test
    void asksForAKeyFrameAtOnceAndOnlyOnceForAll() {
        watch(0, camera);
        send(0, 1, false);
        assertThat(asked(1)).contains("key " + Integer.toHexString(CAMERA));

        for (int i = 0; i < 50; i++) {
            watch(2 + i, camera);
        }
        assertThat(asked(60)).doesNotContain("key " + Integer.toHexString(CAMERA));
        send(70, 2, true);
        assertThat(asked(2_000)).doesNotContain("key " + Integer.toHexString(CAMERA));
    }

    @Test
    void aNewSourceTakesOverWithItsNextKeyFrameAndTheOldOneGoesOnUntilThen() {
        Leg other = new Leg(Leg.shared(), Leg.opus(111, -1));
        VideoStream second = other.video(plan(96, 97, new VideoPlan.Extensions(0, 0, 0)));
        VideoLink first = watch(0, camera);
        send(0, 1, true);
        watch(5, second);
        send(33, 2, false);
        send(other, second, 40, 77, 96, 9_000, vp8(false, 1));
        send(other, second, 50, 77, 96, 9_001, vp8(true, 2));
        send(66, 3, false);
        send(other, second, 83, 77, 96, 9_002, vp8(false, 3));

        List<Leg.Got> got = viewer.got();
        assertThat(got).extracting(one -> one.payload()[1] + "/" + one.payload()[3]).containsExactly("0/1", "1/2", "0/2", "1/3");
        for (int i = 1; i < got.size(); i++) {
            assertThat(got.get(i).sequence() - got.get(i - 1).sequence()).isEqualTo(1);
            assertThat(got.get(i).timestamp() - got.get(i - 1).timestamp()).isPositive();
        }
        assertThat(first.isClosed()).isTrue();
        assertThat(got).extracting(Leg.Got::marker).as("only the ends of pictures").containsOnly(true);
    }

    @Test
    void aSourceThatBeginsAnewNearItsOldNumbersGoesOn() {
        watch(0, camera);
        send(0, 2_000, true);
        send(sender, camera, 100, 0x7777, 96, 1_900, vp8(true, 1));
        send(sender, camera, 133, 0x7777, 96, 1_901, vp8(false, 2));

        List<Leg.Got> got = viewer.got();
        assertThat(got).hasSize(3);
        assertThat(got.get(2).sequence() - got.get(0).sequence()).isEqualTo(2);
    }

    @Test
    void whatIsLostIsAskedForAndWhatComesAfterAllTakesItsPlace() {
        watch(0, camera);
        send(0, 1, true);
        send(33, 2, false);
        send(66, 5, false);
        assertThat(asked(72)).contains("nack 3+1");

        byte[] again = {0, 3, 0x10, 1, 0, 3};
        send(sender, camera, 80, 0x6161, 97, 900, again);
        send(sender, camera, 81, 0x6161, 97, 901, new byte[] {0, 4}); // only to measure the way

        List<Leg.Got> got = viewer.got();
        int base = got.get(0).sequence();
        assertThat(got).extracting(one -> one.sequence() - base).containsExactly(0, 1, 4, 2);
        assertThat(got.get(3).payload()).isEqualTo(vp8(false, 3));
        assertThat(asked(120)).contains("nack 4+0");
        assertThat(sender.count(TransportCount.VIDEO_REPAIRED)).isEqualTo(1);
    }

    @Test
    void whatTheViewerMissesIsSentAgainUnderOtherNames() {
        watch(0, camera);
        send(0, 1, true);
        send(33, 2, false);
        int missed = viewer.got().get(1).sequence();

        viewerSays(60, report -> report.nack(Leg.PEER_SSRC, VIDEO_SSRC, new int[] {missed, missed + 9}, 2));

        List<Leg.Got> again = viewer.got();
        assertThat(again).hasSize(1);
        assertThat(again.get(0).ssrc()).isEqualTo(RTX_SSRC);
        assertThat(again.get(0).type()).isEqualTo(124);
        byte[] payload = again.get(0).payload();
        assertThat((payload[0] & 0xff) << 8 | payload[1] & 0xff).isEqualTo(missed);
        assertThat(java.util.Arrays.copyOfRange(payload, 2, payload.length)).isEqualTo(vp8(false, 2));
        assertThat(viewer.count(TransportCount.VIDEO_NOT_KEPT)).isEqualTo(1);
    }

    @Test
    void aViewersWishesAreMergedAndPaced() {
        watch(0, camera);
        send(0, 1, true);
        asked(1);
        for (int i = 0; i < 1_000; i++) {
            viewerSays(1_000 + i, report -> report.pictureLoss(Leg.PEER_SSRC, VIDEO_SSRC));
            viewerSays(1_000 + i, report -> report.fullIntra(Leg.PEER_SSRC, VIDEO_SSRC, 1));
        }
        int asked = 0;
        for (int now = 1_000; now < 2_500; now += 20) {
            asked += asked(now).contains("key " + Integer.toHexString(CAMERA)) ? 1 : 0;
            send(now, 2 + now, true);
        }

        assertThat(asked).isBetween(1, 2);
        assertThat(viewer.count(TransportCount.VIDEO_KEY_WISHES_MERGED)).isGreaterThan(1_900);
    }

    @Test
    void theSenderIsToldWhatTheViewerCanTake() {
        watch(0, camera);
        send(0, 1, true);
        assertThat(asked(1)).contains("bandwidth 3072");

        viewerSays(100, report -> report.bandwidth(Leg.PEER_SSRC, VIDEO_SSRC, 400_000));
        assertThat(asked(140)).as("less, at once").contains("bandwidth 400");
        viewerSays(200, report -> report.bandwidth(Leg.PEER_SSRC, VIDEO_SSRC, 9_000_000));
        assertThat(asked(300)).noneMatch(one -> one.startsWith("bandwidth"));
        assertThat(asked(1_200)).contains("bandwidth 3072");
    }

    @Test
    void theSenderIsToldWhenItsPacketsCame() {
        watch(0, camera);
        send(0, 1, true);
        asked(1);
        send(20, 2, false);
        camera.onTimeout(60 * MILLIS, 0, sender.out);

        assertThat(sender.gotRtcp()).anySatisfy(bytes -> {
            assertThat(bytes[9] & 0xff).isEqualTo(205);
            assertThat(bytes[8] & 0x1f).isEqualTo(15);
            assertThat(bytes.length).isLessThan(8 + 12 + ArrivalLog.MAX_BYTES);
        });
    }

    @Test
    void reportsTellTheSourcesClockInTheViewersTimeline() {
        watch(0, camera);
        send(0, 1, true);
        Leg.Got got = viewer.got().get(0);
        RtcpWriter writer = new RtcpWriter(512);
        // the source says that its timestamp 3000 is its second 1000
        writer.senderReport(CAMERA, 1_000L << 32, 3_000, 1, 1);
        sender.receiveRtcp(0, java.util.Arrays.copyOf(writer.bytes(), writer.length()));
        long ours = viewer.shared.ntp(0);

        int atNow = screen.sender().timestampAt(2_000 * MILLIS, viewer.shared.ntp(2_000 * MILLIS));

        assertThat(ours).isEqualTo(sender.shared.ntp(0));
        assertThat(atNow - got.timestamp()).isBetween(180_000 - 90, 180_000 + 90);
    }

    @Test
    void nothingIsSentToWhoWantsNothingNorTakenFromWhoSaysHeSendsNothing() {
        watch(0, camera);
        screen.apply(plan(120, 124, VideoPlan.Extensions.NONE).silent(), List.of(), null);
        send(0, 1, true);
        assertThat(viewer.got()).isEmpty();

        camera.apply(plan(96, 97, VideoPlan.Extensions.NONE).silent(), List.of(), null);
        send(10, 2, true);
        assertThat(sender.count(TransportCount.RTP_NOT_WANTED)).isEqualTo(1);
    }

    /// A camera that is off must not keep the loop awake.
    @Test
    void asksNothingOfWhoHasNotBegunToSend() {
        watch(0, camera);

        assertThat(camera.onTimeout(MILLIS, 0, sender.out)).isEqualTo(21 * MILLIS);
        assertThat(sender.gotRtcp()).isEmpty();
        send(30, 1, false);
        assertThat(asked(30)).contains("key " + Integer.toHexString(CAMERA));
    }

    /// The viewer's line of a gallery.
    private VideoLink watchOn(long millis, int line, VideoStream source) {
        VideoLink link = VideoLink.across(viewer.transport(), viewer.transport(), line, () -> { });
        source.receiver().add(link);
        screen.source(millis * MILLIS, line, link);
        return link;
    }

    private static GalleryLine line(int number, String mid) {
        VideoPlan main = plan(120, 124, new VideoPlan.Extensions(0, 3, 5));
        return new GalleryLine(number, new VideoPlan(main.format(), 124, main.feedback(), main.extensions(), mid, 0, 0, true, false));
    }

    @Test
    void eachLineOfAGalleryIsAStreamOfItsOwnBesideTheFirst() {
        Leg other = new Leg(Leg.shared(), Leg.opus(111, -1));
        VideoStream second = other.video(plan(96, 97, new VideoPlan.Extensions(0, 0, 0)));
        screen.apply(plan(120, 124, new VideoPlan.Extensions(0, 3, 5)), List.of(line(0, "g"), line(3, "h")), null);
        watchOn(0, 0, camera);
        watchOn(0, 3, second);
        camera.onTimeout(0, 0, sender.out);
        second.onTimeout(0, 0, other.out);

        send(0, 500, true);
        send(other, second, 10, 77, 96, 900, vp8(true, 900));
        send(33, 501, false);
        screen.gallery().onFed(33 * MILLIS);

        List<Leg.Got> got = viewer.got();
        assertThat(got).extracting(Leg.Got::ssrc).containsExactlyInAnyOrder(VIDEO_SSRC + 2, VIDEO_SSRC + 2, VIDEO_SSRC + 8);
        assertThat(got).filteredOn(one -> one.ssrc() == VIDEO_SSRC + 8).singleElement()
                .satisfies(one -> assertThat(one.extension()).contains((byte) 0x50, (byte) 'h'));
        viewerSays(50, writer -> writer.pictureLoss(Leg.PEER_SSRC, VIDEO_SSRC + 8));
        second.onTimeout(60 * MILLIS, 0, other.out);
        assertThat(said(other.gotRtcp())).contains("key 4d");
        assertThat(asked(60)).doesNotContain("key " + Integer.toHexString(CAMERA));
    }

    @Test
    void aLineOfAGalleryGoesOnUnderItsNumbersWhoeverIsOnItAndSendsAgainWhatIsLost() {
        Leg other = new Leg(Leg.shared(), Leg.opus(111, -1));
        VideoStream second = other.video(plan(96, 97, new VideoPlan.Extensions(0, 0, 0)));
        screen.apply(plan(120, 124, new VideoPlan.Extensions(0, 3, 5)), List.of(line(0, "g")), null);
        VideoLink first = watchOn(0, 0, camera);
        send(0, 500, true);
        screen.gallery().onFed(0);
        watchOn(5, 0, second);
        send(other, second, 10, 77, 96, 900, vp8(true, 900));
        screen.gallery().onFed(10 * MILLIS);

        List<Leg.Got> got = viewer.got();
        assertThat(got.get(1).sequence() - got.get(0).sequence()).isEqualTo(1);
        assertThat(first.isClosed()).isTrue();
        viewerSays(20, writer -> writer.nack(Leg.PEER_SSRC, VIDEO_SSRC + 2, new int[] {got.get(0).sequence()}, 1));
        assertThat(viewer.got()).singleElement().satisfies(again -> {
            assertThat(again.ssrc()).isEqualTo(VIDEO_SSRC + 3);
            assertThat(again.type()).isEqualTo(124);
        });
    }

    @Test
    void whatTheViewerCanTakeIsSharedByAllItsStreams() {
        screen.apply(plan(120, 124, new VideoPlan.Extensions(0, 3, 5)), List.of(line(0, "g"), line(1, "h")), null);
        VideoLink one = watchOn(0, 0, camera);

        viewerSays(0, writer -> writer.bandwidth(Leg.PEER_SSRC, VIDEO_SSRC + 2, 900_000));
        assertThat(one.kbps()).isBetween(890, 900);
        VideoLink two = watchOn(10, 1, camera);
        VideoLink main = watch(20, camera);
        viewerSays(30, writer -> writer.bandwidth(Leg.PEER_SSRC, VIDEO_SSRC + 2, 900_000));

        assertThat(one.kbps()).isBetween(295, 300);
        assertThat(two.kbps()).isBetween(295, 300);
        assertThat(main.kbps()).isBetween(295, 300);
    }

    @Test
    void moreLinesThanThereMayBeAreNoLines() {
        List<GalleryLine> lines = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            lines.add(line(i, "m" + i));
        }
        screen.apply(plan(120, 124, new VideoPlan.Extensions(0, 3, 5)), lines, null);

        assertThat(watchOn(0, 12, camera).isClosed()).isFalse();
        assertThat(watchOn(0, 13, camera).isClosed()).as("nobody sends to it").isTrue();
    }

    /// A picture of one packet with an id of 15 bits, an index of base pictures and one of key frames.
    private static byte[] numbered(boolean key, int id, int base, int keys) {
        return new byte[] {(byte) 0x90, (byte) 0xf0, (byte) (0x80 | id >> 8), (byte) id, (byte) base, (byte) keys, (byte) (key ? 0 : 1), 1};
    }

    @Test
    void numbersOfPicturesRunOnWhenTheTalkerChangesAlsoInWhatIsSentAgain() {
        Leg other = new Leg(Leg.shared(), Leg.opus(111, -1));
        VideoStream second = other.video(plan(96, 97, new VideoPlan.Extensions(0, 0, 0)));
        watch(0, camera);
        send(sender, camera, 0, CAMERA, 96, 1, numbered(true, 0x7ffe, 254, 30));
        send(sender, camera, 33, CAMERA, 96, 2, numbered(false, 0x7fff, 255, 30));
        watch(40, second);
        send(other, second, 50, 77, 96, 700, numbered(true, 5, 9, 4));
        send(other, second, 83, 77, 96, 702, numbered(false, 7, 11, 4));
        send(other, second, 90, 77, 96, 701, numbered(false, 6, 10, 4));

        List<Leg.Got> got = viewer.got();
        assertThat(got).extracting(Leg.Got::payload).containsExactly(
                numbered(true, 0x7ffe, 254, 30), numbered(false, 0x7fff, 255, 30),
                numbered(true, 0, 0, 31), numbered(false, 2, 2, 31), numbered(false, 1, 1, 31));
        viewerSays(120, report -> report.nack(Leg.PEER_SSRC, VIDEO_SSRC, new int[] {got.get(2).sequence()}, 1));
        assertThat(viewer.got()).singleElement().satisfies(again ->
                assertThat(java.util.Arrays.copyOfRange(again.payload(), 2, again.payload().length)).isEqualTo(numbered(true, 0, 0, 31)));
    }

    @Test
    void whatOneViewerIsGivenUnderOtherNumbersIsNotChangedForOthers() {
        byte[] payload = numbered(true, 9, 9, 9);
        byte[] packet = new byte[RtpPacket.FIXED_HEADER + payload.length];
        RtpPacket.writeHeader(packet, 0, true, 96, 1, 1, CAMERA);
        System.arraycopy(payload, 0, packet, RtpPacket.FIXED_HEADER, payload.length);
        byte[] before = packet.clone();
        for (int i = 0; i < 2; i++) {
            VideoLink link = VideoLink.outside(viewer.transport(), () -> { });
            screen.sender().source(0, link);
            screen.sender().onPacket(0, link, true, packet, 0, packet.length);
        }

        assertThat(viewer.got()).extracting(Leg.Got::payload).containsExactly(payload, numbered(true, 10, 10, 10));
        assertThat(packet).isEqualTo(before);
    }

    @Test
    void aDescriptorThatIsCutOffIsCountedAndPassedOnAsItCame() {
        watch(0, camera);
        send(0, 1, true);
        byte[] broken = {(byte) 0x90, (byte) 0xf0, (byte) 0x80};
        send(sender, camera, 33, CAMERA, 96, 2, broken);

        assertThat(viewer.got().getLast().payload()).isEqualTo(broken);
        assertThat(viewer.count(TransportCount.VIDEO_DESCRIPTOR_BROKEN)).isEqualTo(1);
    }

    @Test
    void hostilePacketsEndNothing() {
        watch(0, camera);
        Random random = new Random(5);
        for (int i = 0; i < 5_000; i++) {
            byte[] payload = new byte[random.nextInt(40)];
            random.nextBytes(payload);
            send(sender, camera, i, i % 7 == 0 ? random.nextInt() : CAMERA, random.nextBoolean() ? 96 : 97, random.nextInt(1 << 16), payload);
            camera.onTimeout(i * MILLIS, 0, sender.out);
            sender.out.sent.clear();
            viewer.got();
        }
        send(6_000, 1, true);
        send(6_033, 2, false);

        assertThat(viewer.got()).isNotEmpty();
    }
}
