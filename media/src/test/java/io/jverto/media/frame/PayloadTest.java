package io.jverto.media.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.count.Counters;
import io.jverto.media.frame.Sender.Packet;
import io.jverto.media.plan.VideoCodec;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Frames of all codecs, from packetizers through networks to assemblers.
class PayloadTest {
    private static final HexFormat HEX = HexFormat.of();
    /// Of 128x96 pixels.
    private static final byte[] SPS = HEX.parseHex("6742000af841a2");
    private static final byte[] PPS = HEX.parseHex("68ce3880");

    private final Counters<FrameCount> counters = new Counters<>(FrameCount.class);
    private final Random random = new Random(8);
    private final List<byte[]> frames = new ArrayList<>();
    private long now = 1;

    private final class Way {
        private final FrameAssembler assembler;
        private final Sender sender;

        Way(VideoCodec codec) {
            this.assembler = new FrameAssembler(codec, counters);
            this.sender = new Sender(codec, 65_500);
        }

        List<Packet> cut(byte[] frame) {
            return sender.send(frame);
        }

        void receive(Packet packet) {
            assembler.onPacket(now, packet.sequence(), packet.timestamp(), packet.marker(), packet.payload(), 0, packet.payload().length,
                    (bytes, length, _) -> frames.add(Arrays.copyOf(bytes, length)));
        }
    }

    private byte[] noise(int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        for (int i = 0; i < length; i++) {
            noise[i] |= 4; // nothing that looks like an emulation
        }
        return noise;
    }

    private byte[] frame(VideoCodec codec, boolean key, int length) {
        return switch (codec) {
            case VP8 -> join(key ? HEX.parseHex("1000009d012a80006000") : HEX.parseHex("110000"), noise(length));
            case VP9 -> join(key ? HEX.parseHex("8249834220 07f0 05f0".replace(" ", "")) : HEX.parseHex("86000002"), noise(length), new byte[] {1});
            case H264 -> key ? join(unit(SPS), unit(PPS), unit(join(new byte[] {0x65}, noise(length)))) : unit(join(new byte[] {0x41}, noise(length)));
            case AV1 -> key ? join(obu(1, sequenceHeader()), obu(6, noise(length)), obu(5, noise(7))) : obu(6, noise(length));
        };
    }

    private static byte[] unit(byte[] unit) {
        return join(new byte[] {(byte) (unit.length >> 24), (byte) (unit.length >> 16), (byte) (unit.length >> 8), (byte) unit.length}, unit);
    }

    private static byte[] obu(int type, byte[] content) {
        ByteArrayOutputStream obu = new ByteArrayOutputStream();
        obu.write(type << 3 | 2);
        int left = content.length;
        while (left >= 0x80) {
            obu.write(left | 0x80);
            left >>>= 7;
        }
        obu.write(left);
        obu.writeBytes(content);
        return obu.toByteArray();
    }

    /// Of 128x96 pixels: profile 0, one point of operation of level 4, seven bits for each side.
    private static byte[] sequenceHeader() {
        String bits = "000" + "0" + "0" + "0" + "0" + "00000" + "000000000000" + "00100" + "0110" + "0110" + "1111111" + "1011111" + "0000000000000";
        byte[] bytes = new byte[bits.length() / 8];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(bits.substring(8 * i, 8 * i + 8), 2);
        }
        return bytes;
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    @ParameterizedTest
    @EnumSource(VideoCodec.class)
    void whatWasCutComesTogetherAgain(VideoCodec codec) {
        Way way = new Way(codec);
        List<byte[]> sent = new ArrayList<>();
        for (int length : new int[] {3, 900, 1_130, 1_140, 1_150, 1_160, 2_300, 20_000, 200_000}) {
            sent.add(frame(codec, true, length));
            way.cut(sent.getLast()).forEach(way::receive);
            sent.add(frame(codec, false, length));
            way.cut(sent.getLast()).forEach(way::receive);
        }

        assertThat(frames).containsExactlyElementsOf(sent);
        assertThat(counters.get(FrameCount.FRAMES_BROKEN)).isZero();
    }

    @ParameterizedTest
    @EnumSource(VideoCodec.class)
    void packetsMayComeInAnyOrderAndTwice(VideoCodec codec) {
        Way way = new Way(codec);
        List<byte[]> sent = new ArrayList<>(List.of(frame(codec, true, 5_000)));
        way.cut(sent.getFirst()).forEach(way::receive);
        for (int round = 0; round < 200; round++) {
            List<Packet> packets = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                sent.add(frame(codec, random.nextInt(10) == 0, 1 + random.nextInt(4_000)));
                packets.addAll(way.cut(sent.getLast()));
            }
            packets.add(packets.get(random.nextInt(packets.size())));
            Collections.shuffle(packets, random);
            packets.forEach(way::receive);
        }

        assertThat(frames).containsExactlyElementsOf(sent);
        assertThat(way.assembler.needsKeyFrame()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(VideoCodec.class)
    void afterALossNothingComesOutUntilAWholeKeyFrame(VideoCodec codec) {
        Way way = new Way(codec);
        byte[] first = frame(codec, true, 3_000);
        way.cut(first).forEach(way::receive);
        List<Packet> torn = way.cut(frame(codec, false, 3_000));
        torn.remove(1);
        torn.forEach(way::receive);
        now += FrameAssembler.PATIENCE_NANOS + 1;
        for (int i = 0; i < 5; i++) {
            way.cut(frame(codec, false, 500)).forEach(way::receive);
        }
        assertThat(frames).containsExactly(first);
        assertThat(way.assembler.needsKeyFrame()).isTrue();

        byte[] key = frame(codec, true, 3_000);
        byte[] next = frame(codec, false, 30);
        way.cut(key).forEach(way::receive);
        way.cut(next).forEach(way::receive);

        assertThat(frames).containsExactly(first, key, next);
        assertThat(way.assembler.needsKeyFrame()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(VideoCodec.class)
    void whatComesOutIsAFrameWhateverWentIn(VideoCodec codec) {
        Way way = new Way(codec);
        for (int i = 0; i < 3_000; i++) {
            for (Packet packet : way.cut(frame(codec, random.nextInt(4) == 0, random.nextInt(3_000)))) {
                byte[] bytes = random.nextInt(5) == 0 ? Arrays.copyOf(packet.payload(), random.nextInt(packet.payload().length + 1)) : packet.payload();
                for (int hit = random.nextInt(3); hit > 0 && bytes.length > 0; hit--) {
                    bytes[random.nextInt(Math.min(bytes.length, 12))] ^= (byte) (1 << random.nextInt(8));
                }
                now += random.nextInt(100) == 0 ? TimeUnit.SECONDS.toNanos(1) : 1_000_000;
                if (random.nextInt(20) != 0) {
                    way.receive(new Packet(packet.sequence(), packet.timestamp(), packet.marker() ^ random.nextInt(20) == 0, bytes));
                }
            }
        }

        assertThat(frames).isNotEmpty().allSatisfy(frame -> assertThat(FrameHeader.parse(codec, frame, frame.length)).isNotNull());
        assertThat(counters.get(FrameCount.FRAMES_BROKEN)).isPositive();
    }

    @ParameterizedTest
    @EnumSource(VideoCodec.class)
    void theSizeOfAKeyFrameIsKnown(VideoCodec codec) {
        byte[] key = frame(codec, true, 100);
        byte[] other = frame(codec, false, 100);

        assertThat(FrameHeader.parse(codec, key, key.length)).isEqualTo(new FrameHeader(true, 128, 96));
        assertThat(FrameHeader.parse(codec, other, other.length)).isEqualTo(FrameHeader.DEPENDS);
        assertThat(FrameHeader.parse(codec, new byte[0], 0)).isNull();
    }

    /// Of VP9: with ids, layers, references and a structure in front (RFC 9628 section 4.2).
    @ParameterizedTest
    @CsvSource({"08,1", "8801,2", "888001,3", "a88001 0000,5", "b84005,3", "f8400502,4", "d8 40 0302,4", "0a18 00800060 00,7", "0a10 00800060,6", "0a08 01 00,4", "0a08 02 04 01 00,6"})
    void allKindsOfDescriptorsOfVp9AreRead(String hex, int length) {
        byte[] head = HEX.parseHex(hex.replace(" ", ""));

        assertThat(Vp9Payload.length(Arrays.copyOf(head, length + 3), 0, length + 3)).isEqualTo(length);
        assertThat(Vp9Payload.length(Arrays.copyOf(head, length), 0, length)).as("nothing behind it").isEqualTo(-1);
    }

    @Test
    void layersOfOnePictureOfVp9BecomeOneFrameWithAnIndex() {
        Way way = new Way(VideoCodec.VP9);
        byte[] low = frame(VideoCodec.VP9, true, 300);
        byte[] high = frame(VideoCodec.VP9, false, 700);
        way.receive(new Packet(1, 9, false, join(HEX.parseHex("2c 00 00".replace(" ", "")), low)));
        way.receive(new Packet(2, 9, true, join(HEX.parseHex("6c 03 00".replace(" ", "")), high)));

        byte[] whole = frames.getFirst();
        Vp9Frames parts = new Vp9Frames();
        parts.split(whole, whole.length);
        assertThat(parts.count()).isEqualTo(2);
        assertThat(Arrays.copyOfRange(whole, parts.begin(0), parts.end(0))).isEqualTo(low);
        assertThat(Arrays.copyOfRange(whole, parts.begin(1), parts.end(1))).isEqualTo(high);
    }

    /// Several units in one packet, and one in several (RFC 6184 sections 5.7 and 5.8).
    @Test
    void unitsOfH264InOnePacketAreTakenApart() {
        Way way = new Way(VideoCodec.H264);
        byte[] picture = join(new byte[] {0x65}, noise(2_000));
        way.receive(new Packet(1, 9, false, join(new byte[] {0x78, 0, (byte) SPS.length}, SPS, new byte[] {0, (byte) PPS.length}, PPS, new byte[] {0, 2, 9, 0x10})));
        way.receive(new Packet(2, 9, false, join(new byte[] {0x7c, (byte) 0x85}, Arrays.copyOfRange(picture, 1, 1_000))));
        way.receive(new Packet(3, 9, true, join(new byte[] {0x7c, 0x45}, Arrays.copyOfRange(picture, 1_000, picture.length))));

        assertThat(frames).as("without the delimiter").containsExactly(join(unit(SPS), unit(PPS), unit(picture)));
        byte[] setup = FrameHeader.setup(VideoCodec.H264, frames.getFirst(), frames.getFirst().length);
        assertThat(setup).isEqualTo(join(HEX.parseHex("0142000affe1"), new byte[] {0, (byte) SPS.length}, SPS, new byte[] {1, 0, (byte) PPS.length}, PPS));
    }

    @Test
    void keyFramesOfAFileThatKeepsTheirParametersBesideThemGetThem() {
        byte[] key = frame(VideoCodec.H264, true, 50);
        byte[] setup = FrameHeader.setup(VideoCodec.H264, key, key.length);
        byte[] bare = unit(join(new byte[] {0x65}, noise(50)));
        Way way = new Way(VideoCodec.H264);
        int[] sequence = {1};

        Packetizer.of(VideoCodec.H264, setup).send(bare, bare.length, (bytes, length, marker) ->
                way.receive(new Packet(sequence[0]++, 9, marker, Arrays.copyOf(bytes, length))));

        assertThat(frames).containsExactly(join(unit(SPS), unit(PPS), bare));
    }

    @Test
    void setupsOfFilesAreReadAsFarAsTheyMakeSense() {
        byte[] bare = unit(join(new byte[] {0x65}, noise(50)));
        for (int i = 0; i < 20_000; i++) {
            byte[] setup = new byte[random.nextInt(40)];
            random.nextBytes(setup);
            Packetizer.of(VideoCodec.H264, setup).send(bare, bare.length, (_, length, _) -> assertThat(length).isPositive());
        }
    }

    @Test
    void theSetupOfAv1IsItsSequenceHeaderBehindFourBytes() {
        byte[] key = frame(VideoCodec.AV1, true, 50);

        byte[] setup = Objects.requireNonNull(FrameHeader.setup(VideoCodec.AV1, key, key.length));

        assertThat(setup).isEqualTo(join(HEX.parseHex("81040c00"), obu(1, sequenceHeader())));
    }

    @Test
    void delimitersOfAv1AreLeftOut() {
        Way way = new Way(VideoCodec.AV1);
        byte[] key = frame(VideoCodec.AV1, true, 3_000);

        way.cut(join(obu(2, new byte[0]), key, obu(15, new byte[40]))).forEach(way::receive);

        assertThat(frames).containsExactly(key);
    }
}
