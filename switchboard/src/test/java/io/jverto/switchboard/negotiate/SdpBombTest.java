package io.jverto.switchboard.negotiate;

import static io.jverto.switchboard.negotiate.Descriptions.answer;
import static io.jverto.switchboard.negotiate.Descriptions.offer;
import static io.jverto.switchboard.negotiate.Descriptions.plan;
import static io.jverto.switchboard.negotiate.Descriptions.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.jverto.switchboard.negotiate.Negotiation.Agreed;
import io.jverto.switchboard.negotiate.Negotiation.Refused;
import io.jverto.wire.sdp.SdpText;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Attack S15: descriptions made to cost much. What is beyond the limits is refused with a reason, what is within costs no more than
/// in proportion to its length. Work is told by the bytes it allocates, which do not depend on how busy the machine is.
class SdpBombTest {
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /// By name, a description with that many of something.
    private static final Map<String, IntFunction<String>> BOMBS = Map.of(
            "media", count -> offer() + repeat(count, i -> "m=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:" + i + "\r\n"),
            "attributes", count -> offer() + repeat(count, i -> "a=x" + i + ":y\r\n"),
            "candidates", count -> offer() + repeat(count, i -> "a=candidate:1 1 udp 1 10.0." + i / 250 + "." + i % 250 + " 5000 typ host\r\n"),
            "formats", count -> offer().replace(" 111 0 8 ", " 111 0 8 " + repeat(count, i -> i % 128 + " ")),
            "codecs", count -> offer() + repeat(count, i -> "a=rtpmap:111 opus/48000/2\r\na=rtpmap:" + i % 128 + " PCMU/8000\r\n"),
            "fmtp", count -> offer() + repeat(count, i -> "a=fmtp:111 minptime=10;stereo=1;x" + i + "=" + "y".repeat(i % 40) + "\r\n"),
            "parameters", count -> offer() + "a=fmtp:111 " + repeat(count, i -> "p" + i + "=1;") + "\r\n",
            "fingerprints", count -> offer() + repeat(count, i -> "a=fingerprint:sha-256 " + Descriptions.THEIR_HASH + "\r\n"),
            "groups", count -> offer().replace("t=0 0", "t=0 0\r\na=group:BUNDLE " + repeat(count, i -> i + " ")),
            "sources", count -> offer() + repeat(count, i -> "a=ssrc:" + i + " cname:x\r\na=ssrc-group:FID " + i + " " + i + "\r\n"));

    static java.util.stream.Stream<String> bombs() {
        return BOMBS.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void s15TooManyOfAnythingAreRefusedWithAReason(String bomb) {
        for (int count : new int[] {10_000, 1_000_000 / 8}) {
            assertThat(reason(answer(BOMBS.get(bomb).apply(count)))).startsWith("the offer cannot be read: line ");
        }
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void s15WorkGrowsNoFasterThanTheText(String bomb) {
        assumeTrue(threads.isThreadAllocatedMemorySupported(), "this JVM does not count allocated bytes");
        int most = largestThatIsRead(bomb);
        String small = BOMBS.get(bomb).apply(most / 4);
        String large = BOMBS.get(bomb).apply(most);

        double growth = (double) large.length() / small.length();
        assertThat(work(large)).as("%d characters after %d", large.length(), small.length())
                .isLessThan((long) (2 * growth * work(small)));
        assertThat(work(large)).as("bytes for each character").isLessThan(200L * large.length());
    }

    @Test
    void s15OneGiantLineIsRefused() {
        assertThat(reason(answer(offer("a=fmtp:111 " + "x".repeat(900_000))))).contains("line");
        assertThat(reason(answer(offer("a=fmtp:111 " + "x=1;".repeat(1_000))))).contains("line");
        assertThat(reason(answer("v=0 " + "x".repeat(900_000)))).contains("line");
        assertThat(reason(answer(offer() + "\r\n".repeat(400_000)))).contains("line");
        assertThat(reason(answer(offer().replace("a=ice-ufrag:abcd", "a=ice-ufrag:" + "x".repeat(7_000))))).contains("ice-ufrag");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "65536", "99999999999999999999", "0x9", "9/0", "9/-1", "9/99999999999999999999", "+9", "9/2/3", "\u0669", ""})
    void s15APortThatIsNoneIsRefused(String port) {
        assertThat(answer(offer().replace("m=audio 9", "m=audio " + port))).isInstanceOf(Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "a=rtpmap:111 opus/999999999999/2", "a=rtpmap:111 opus/-48000/2", "a=rtpmap:111 opus/48000/99999999999", "a=rtpmap:999999999999 opus/48000/2",
        "a=rtpmap:-1 opus/48000/2", "a=rtpmap:111", "a=rtpmap:", "a=fmtp:111", "a=fmtp:111 =;=;;==", "a=fmtp:111 maxaveragebitrate=99999999999999999999",
        "a=fmtp:111 maxplaybackrate=-1;maxptime=0;ptime=-20", "a=ptime:-1", "a=ptime:99999999999999999999", "a=maxptime:0", "a=candidate:",
        "a=candidate:1 1 udp 99999999999999999999 192.0.2.1 5000 typ host", "a=setup:", "a=fingerprint:sha-256", "a=fingerprint: ", "a=mid:", "a=ssrc:x"
    })
    void s15AnAttributeThatMakesNoSenseIsPassedOverOrRefused(String attribute) {
        switch (answer(offer().replace("a=rtcp-mux", attribute + "\r\na=rtcp-mux"))) {
            case Agreed(var agreed, SdpText ours) -> {
                assertThat(agreed.audio().ptimeMillis()).isBetween(1, 120);
                assertThat(agreed.audio().payloadType()).isBetween(0, 127);
                assertThat(ours.value()).doesNotContain("999999", "-1");
            }
            case Refused(String reason) -> assertThat(reason).isNotBlank();
        }
    }

    @Test
    void s15TheSameCodecManyTimesIsOneCodec() {
        String duplicates = offer(IntStream.range(0, 60).mapToObj(i -> "a=rtpmap:111 opus/48000/2").toArray(String[]::new))
                .replace(" 111 0 8 ", " 111 111 111 0 0 8 8 ");

        assertThat(plan(answer(duplicates)).audio().payloadType()).isEqualTo(111);
    }

    private static int largestThatIsRead(String bomb) {
        int most = 8;
        while (most < 10_000 && answer(BOMBS.get(bomb).apply(most * 5 / 4)) instanceof Agreed) {
            most = most * 5 / 4;
        }
        return most;
    }

    /// The least of several rounds: compilation and other disturbances only add.
    private long work(String offer) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            answer(offer);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    private static String repeat(int count, IntFunction<String> part) {
        return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining());
    }
}
