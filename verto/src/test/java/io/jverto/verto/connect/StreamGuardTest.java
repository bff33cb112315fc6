package io.jverto.verto.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.count.Counters;
import io.jverto.verto.count.VertoCount;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultChannelId;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.local.LocalServerChannel;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// The deadlines of HTTP/2, in Netty's own virtual time.
class StreamGuardTest {
    private static final String PREFACE = "505249202a20485454502f322e300d0a0d0a534d0d0a0d0a";
    private static final String SETTINGS = "000000040000000000";
    /// `GET https://x/` on stream 1; its flags, to be filled in: 5 when it has ended, 4 when it has not.
    private static final String REQUEST = "00000601%s00000001828784010178";
    private static final int DATA = 0;
    private static final int RESET = 3;
    private static final int GOODBYE = 7;

    private final Counters<VertoCount> counters = new Counters<>(VertoCount.class);

    /// One frame that the server has sent.
    private record Frame(int type, int length) {}

    @Test
    void s1AConnectionThatAsksForNothingIsClosedAfterTenSeconds() {
        EmbeddedChannel channel = open(0);
        pass(channel, 9_900);
        assertThat(channel.isOpen()).isTrue();

        pass(channel, 1_300);

        assertThat(channel.isOpen()).isFalse();
        assertThat(frames(channel)).extracting(Frame::type).contains(GOODBYE);
    }

    @Test
    void s1ARequestThatDoesNotEndIsBrokenOffAndThenTheConnection() {
        EmbeddedChannel channel = open(0);
        write(channel, REQUEST.formatted("04"));
        pass(channel, 9_900);
        assertThat(frames(channel)).extracting(Frame::type).doesNotContain(RESET);

        pass(channel, 200);
        assertThat(frames(channel)).extracting(Frame::type).contains(RESET);
        assertThat(counters.get(VertoCount.HANDSHAKES_FAILED)).isEqualTo(1);

        pass(channel, 11_200);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void s1WhoDoesNotTakeAnAnswerIsBrokenOff() {
        EmbeddedChannel channel = open(100_000);
        write(channel, REQUEST.formatted("05"));
        pass(channel, 9_900);
        List<Frame> begun = frames(channel);
        assertThat(begun.stream().filter(frame -> frame.type() == DATA).mapToInt(Frame::length).sum()).isEqualTo(65_535); // RFC 9113 section 6.9.2
        assertThat(begun).extracting(Frame::type).doesNotContain(RESET);

        pass(channel, 200);

        assertThat(frames(channel)).extracting(Frame::type).contains(RESET);
    }

    @Test
    void aConnectionThatAsksAgainAndAgainStaysOpen() {
        EmbeddedChannel channel = open(10);
        for (int i = 0; i < 5; i++) {
            write(channel, "000006010500000%03x828784010178".formatted(2 * i + 1));
            pass(channel, 8_000);
            assertThat(frames(channel)).extracting(Frame::type).contains(DATA).doesNotContain(GOODBYE, RESET);
        }
        assertThat(channel.isOpen()).isTrue();
        assertThat(counters.get(VertoCount.HANDSHAKES_FAILED)).isZero();
    }

    private EmbeddedChannel open(int length) {
        // By its parent Netty tells servers from clients.
        EmbeddedChannel channel = new EmbeddedChannel(new LocalServerChannel(), DefaultChannelId.newInstance(), true, false);
        channel.freezeTime();
        StreamGuard.add(channel.pipeline(), HandshakeTest.listener(counters, length));
        write(channel, PREFACE + SETTINGS);
        return channel;
    }

    private static void write(EmbeddedChannel channel, String hex) {
        channel.writeInbound(Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex)));
        channel.runPendingTasks();
    }

    private static void pass(EmbeddedChannel channel, long millis) {
        for (long left = millis; left > 0; left -= 100) { // a task may begin another one
            channel.advanceTimeBy(100, TimeUnit.MILLISECONDS);
            channel.runPendingTasks();
        }
    }

    /// What was sent since the last time.
    private static List<Frame> frames(EmbeddedChannel channel) {
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            all.writeBytes(part);
            part.release();
        }
        List<Frame> frames = new ArrayList<>();
        while (all.isReadable()) {
            int length = all.readMedium();
            frames.add(new Frame(all.readUnsignedByte(), length));
            all.skipBytes(1 + Integer.BYTES + length);
        }
        return frames;
    }
}
