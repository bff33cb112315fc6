package io.jverto.medialoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.datagram.DatagramKind;
import io.jverto.media.plan.MediaNote;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.PacketCaptures;
import io.jverto.switchboard.port.PacketCaptures.Result;
import io.jverto.switchboard.port.PacketCaptures.Wish;
import io.jverto.testkit.time.VirtualTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What is in the file of a call's packets, and when it ends.
@Timeout(60)
class CaptureTest extends EngineHarness {
    private static final ChannelId CALL = new ChannelId("call");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final long LARGE = 10L << 20;
    private static final InetSocketAddress HERE = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 16_384);
    private static final InetSocketAddress THERE = new InetSocketAddress(InetAddress.ofLiteral("198.51.100.7"), 50_000);
    private static final byte[] SPOKEN = {1, 2, 3};

    @TempDir
    Path folder;

    @Test
    void hasThePacketsOfACallAsTheyWereOnTheWireWithItsAddresses() throws IOException {
        List<PcapReader.Packet> packets = captured(false);

        assertThat(kinds(packets)).containsExactlyInAnyOrder(DatagramKind.STUN, DatagramKind.DTLS, DatagramKind.RTP);
        assertThat(packets.stream().map(PcapReader.Packet::source).distinct()).hasSize(2);
        assertThat(packets).allMatch(packet -> packet.source().getPort() != packet.target().getPort());
        assertThat(packets.stream().filter(packet -> kind(packet) == DatagramKind.RTP)).allSatisfy(packet -> {
            assertThat(packet.payload()).as("header, three bytes and what authenticates them").hasSizeGreaterThan(12 + SPOKEN.length + 9);
            assertThat(Arrays.copyOfRange(packet.payload(), 12, 15)).isNotEqualTo(SPOKEN);
        });
        assertThat(packets).extracting(PcapReader.Packet::nanos).isSorted();
        assertThat(packets.getFirst().nanos()).isBetween((System.currentTimeMillis() - 60_000) * 1_000_000, System.currentTimeMillis() * 1_000_000);
    }

    @Test
    void hasThemWithoutTheirEncryptionWhereThatIsWanted() throws IOException {
        List<PcapReader.Packet> packets = captured(true);

        assertThat(kinds(packets)).contains(DatagramKind.STUN, DatagramKind.DTLS, DatagramKind.RTP);
        List<PcapReader.Packet> spoken = packets.stream().filter(packet -> kind(packet) == DatagramKind.RTP).toList();
        assertThat(spoken).allSatisfy(packet -> assertThat(Arrays.copyOfRange(packet.payload(), packet.payload().length - 3, packet.payload().length)).isEqualTo(SPOKEN));
        assertThat(spoken.stream().map(PcapReader.Packet::source).distinct()).as("both ways").hasSize(2);
    }

    private List<PcapReader.Packet> captured(boolean decrypted) throws IOException {
        MediaEngine engine = engine(1);
        Heard heard = new Heard();
        var media = open(engine, heard);
        Path file = folder.resolve("call.pcap");
        assertThat(engine.captures().start(CALL, wish(file, decrypted, LARGE))).isInstanceOf(Result.Started.class);
        assertThat(engine.captures().start(CALL, wish(folder.resolve("again.pcap"), decrypted, LARGE))).isEqualTo(new Result.Refused("its packets are written already"));
        MediaClient client = client();
        media.apply(client.planForServer(OPUS));
        client.connect(media.local(), OPUS);
        assertThat(heard.awaits("connected")).isTrue();
        assertThat(client.heard.awaits("connected")).isTrue();
        media.route(new AudioRoute.Echo());
        Call call = new Call(media, client, heard);

        converse(call, 111, call, 5);
        assertThat(engine.captures().stop(CALL)).isTrue();

        assertThat(await(() -> ended(heard) != null)).isTrue();
        assertThat(engine.captures().stop(CALL)).isFalse();
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        List<PcapReader.Packet> packets = PcapReader.read(file);
        assertThat(ended(heard)).isEqualTo(new MediaNote.CaptureEnded(file.toString(), packets.size(), 0, "by command"));
        assertThat(heard.noted).contains(new MediaNote.CaptureBegun(file.toString(), decrypted));
        return packets;
    }

    @Test
    void endsWithTheCall() {
        MediaEngine engine = engine(1);
        Heard heard = new Heard();
        var media = open(engine, heard);
        assertThat(engine.captures().start(CALL, wish(folder.resolve("short.pcap"), false, LARGE))).isInstanceOf(Result.Started.class);

        media.close();

        assertThat(await(() -> ended(heard) != null)).isTrue();
        assertThat(ended(heard).why()).isEqualTo("the call ended");
        assertThat(await(() -> engine.captures().start(CALL, wish(folder.resolve("late.pcap"), false, LARGE))
                .equals(new Result.Refused("there is no such call with packets of its own")))).isTrue();
    }

    @Test
    void aFileThatIsThereIsNeverWrittenOver() throws IOException {
        MediaEngine engine = engine(1);
        open(engine, new Heard());
        Path file = Files.writeString(folder.resolve("there.pcap"), "precious");

        assertThat(engine.captures().start(CALL, wish(file, false, LARGE))).isInstanceOf(Result.Refused.class);

        assertThat(file).hasContent("precious");
    }

    @Test
    void endsWhenItsTimeIsOver() throws IOException {
        VirtualTime time = new VirtualTime();
        List<MediaNote.CaptureEnded> ends = new ArrayList<>();
        Capture capture = new Capture(wish(folder.resolve("long.pcap"), false, LARGE), HERE, false, () -> 7);
        time.start("capture", CaptureFile.open(CALL, capture, time, ends::add));
        capture.onDatagram(THERE, new byte[] {0, 1, 0, 0}, 4);

        time.advance(MINUTE.minusSeconds(1));
        assertThat(ends).isEmpty();
        time.advance(Duration.ofSeconds(1));

        assertThat(ends).containsExactly(new MediaNote.CaptureEnded(folder.resolve("long.pcap").toString(), 1, 0, "its time is over"));
        capture.onDatagram(THERE, new byte[] {0, 1, 0, 0}, 4);
        assertThat(capture.lost()).as("what comes afterwards is not kept").isOne();
    }

    @Test
    void endsWhenTheFileIsFullAndCountsWhatDidNotFitIntoTheRing() throws IOException {
        VirtualTime time = new VirtualTime();
        List<MediaNote.CaptureEnded> ends = new ArrayList<>();
        Path file = folder.resolve("full.pcap");
        Capture capture = new Capture(wish(file, false, 24 + 10 * (16 + 28 + 100)), HERE, false, () -> 7);
        time.start("capture", CaptureFile.open(CALL, capture, time, ends::add));
        time.settle();
        for (int i = 0; i < 2_000; i++) {
            capture.onSent(THERE, false, new byte[100], 0, 100);
        }

        time.advance(Duration.ofMillis(50));

        assertThat(ends).containsExactly(new MediaNote.CaptureEnded(file.toString(), 10, 2_000 - 1_024, "the file is full"));
        assertThat(PcapReader.read(file)).hasSize(10).allMatch(packet -> packet.source().equals(HERE) && packet.target().equals(THERE));
    }

    @Test
    void writesBothFamiliesAndTheOtherPortOfRtcp() throws IOException {
        InetSocketAddress six = new InetSocketAddress(InetAddress.ofLiteral("2001:db8::7"), 40_000);
        byte[] packet = new byte[200];

        int length = Pcap.packet(packet, six, new InetSocketAddress(InetAddress.ofLiteral("2001:db8::1"), 16_384), new byte[] {9, 8, 7}, 0, 3);

        PcapReader.Packet read = PcapReader.packet(0, Arrays.copyOf(packet, length));
        assertThat(read.source()).isEqualTo(six);
        assertThat(read.payload()).containsExactly(9, 8, 7);

        Capture telephone = new Capture(wish(folder.resolve("sip.pcap"), false, LARGE), HERE, true, () -> 7);
        telephone.onDatagram(THERE, new byte[] {(byte) 0x80, (byte) 200, 0, 1}, 4);
        List<InetSocketAddress> targets = new ArrayList<>();
        telephone.ring().poll((_, bytes, size) -> targets.add(target(Arrays.copyOf(bytes, size))));
        assertThat(targets).containsExactly(new InetSocketAddress(HERE.getAddress(), 16_385));
    }

    @Test
    void onlyAFewCallsAreWrittenAtOnce() {
        MediaEngine engine = engine(1);
        PacketCaptures captures = engine.captures();
        for (int i = 0; i <= Captures.MOST; i++) {
            engine.open(new ChannelId("many" + i), java.util.Optional.of(InetAddress.getLoopbackAddress()), io.jverto.switchboard.port.MediaRules.DEFAULT, new Heard());
        }
        for (int i = 0; i < Captures.MOST; i++) {
            assertThat(captures.start(new ChannelId("many" + i), wish(folder.resolve(i + ".pcap"), false, LARGE))).isInstanceOf(Result.Started.class);
        }

        assertThat(captures.start(new ChannelId("many8"), wish(folder.resolve("8.pcap"), false, LARGE))).isInstanceOf(Result.Refused.class);
    }

    private static InetSocketAddress target(byte[] packet) {
        try {
            return PcapReader.packet(0, packet).target();
        } catch (IOException wrong) {
            throw new AssertionError(wrong);
        }
    }

    private static Wish wish(Path file, boolean decrypted, long bytes) {
        return new Wish(file, decrypted, MINUTE, bytes);
    }

    private static MediaNote.CaptureEnded ended(Heard heard) {
        return List.copyOf(heard.noted).stream().filter(MediaNote.CaptureEnded.class::isInstance).map(MediaNote.CaptureEnded.class::cast).findFirst().orElse(null);
    }

    private static Set<DatagramKind> kinds(List<PcapReader.Packet> packets) {
        return packets.stream().map(CaptureTest::kind).filter(kind -> kind != DatagramKind.RTCP).collect(Collectors.toSet());
    }

    private static DatagramKind kind(PcapReader.Packet packet) {
        return DatagramKind.of(packet.payload(), 0, packet.payload().length);
    }
}
