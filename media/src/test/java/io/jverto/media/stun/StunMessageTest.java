package io.jverto.media.stun;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StunMessageTest {
    private static final StunKey KEY = StunKey.ofPassword("a password of 24 letters");

    private final StunWriter writer = new StunWriter();
    private final StunMessage message = new StunMessage();
    private final Random random = new Random(5);

    @Test
    void readsWhatTheWriterWrote() {
        StunTransaction transaction = StunTransaction.random(random);
        int length = writer.begin(StunClass.REQUEST, transaction)
                .username("ours:theirs")
                .priority(0xfedc_ba98L)
                .role(true, -2)
                .useCandidate()
                .finish(KEY);

        assertThat(message.read(writer.bytes(), 0, length)).isTrue();

        assertThat(message.transaction()).isEqualTo(transaction);
        assertThat(message.username()).contains("ours:theirs");
        assertThat(message.priority()).isEqualTo(0xfedc_ba98L);
        assertThat(message.isControlling()).isTrue();
        assertThat(message.tieBreaker()).isEqualTo(-2);
        assertThat(message.useCandidate()).isTrue();
        assertThat(message.isAuthentic(KEY)).isTrue();
        assertThat(message.isAuthentic(StunKey.ofPassword("another"))).isFalse();
    }

    @Test
    void readsErrorsAndAddresses() {
        InetSocketAddress mapped = new InetSocketAddress("198.51.100.7", 50_000);
        int length = writer.begin(StunClass.SUCCESS, StunTransaction.random(random)).mappedAddress(mapped).finish(KEY);
        assertThat(message.read(writer.bytes(), 0, length)).isTrue();
        assertThat(message.mappedAddress()).contains(mapped);

        length = writer.begin(StunClass.ERROR, StunTransaction.random(random)).error(487, "Role Conflict").finish(KEY);
        assertThat(message.read(writer.bytes(), 0, length)).isTrue();
        assertThat(message.errorCode()).isEqualTo(487);
        assertThat(message.mappedAddress()).isEmpty();
    }

    @Test
    void namesAnAttributeThatItMustUnderstandAndDoesNot() {
        int length = writer.begin(StunClass.REQUEST, StunTransaction.random(random))
                .attribute(0x8fff, new byte[5])
                .attribute(0x7fff, new byte[3])
                .finish(KEY);

        assertThat(message.read(writer.bytes(), 0, length)).isTrue();

        assertThat(message.unknownRequired()).isEqualTo(0x7fff);
    }

    @Test
    void s17IgnoresWhatFollowsTheIntegrity() {
        int signed = writer.begin(StunClass.REQUEST, StunTransaction.random(random)).username("a:b").finish(KEY) - 8;
        byte[] longer = Arrays.copyOf(writer.bytes(), signed + 4);
        longer[signed] = 0; // USE-CANDIDATE, empty
        longer[signed + 1] = 0x25;
        longer[signed + 3] = 0;
        longer[3] = (byte) (longer.length - 20);

        assertThat(message.read(longer, 0, longer.length)).isTrue();

        assertThat(message.isAuthentic(KEY)).isTrue();
        assertThat(message.useCandidate()).isFalse();
    }

    @Test
    void s17NeverTrustsAMessageWithOneBitChanged() {
        int length = writer.begin(StunClass.REQUEST, StunTransaction.random(random))
                .username("ours:theirs")
                .role(false, 7)
                .finish(KEY);
        byte[] bytes = Arrays.copyOf(writer.bytes(), length);
        for (int bit = 0; bit < 8 * (length - 8); bit++) { // without FINGERPRINT, which adds nothing to the integrity
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(message.read(bytes, 0, length) && message.isAuthentic(KEY)).as("bit %d", bit).isFalse();
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
        }
    }

    @Test
    void s17RefusesEveryOtherLength() {
        int length = writer.begin(StunClass.REQUEST, StunTransaction.random(random)).username("a:b").finish(KEY);
        byte[] bytes = Arrays.copyOf(writer.bytes(), length + 8);

        for (int other = 0; other <= bytes.length; other++) {
            assertThat(message.read(bytes, 0, other)).isEqualTo(other == length);
        }
    }

    @Test
    void s17SurvivesNoise() {
        for (int i = 0; i < 20_000; i++) {
            byte[] noise = new byte[random.nextInt(120)];
            random.nextBytes(noise);
            if (noise.length >= 20 && random.nextBoolean()) {
                noise[0] = 0;
                noise[1] = 1;
                noise[2] = 0;
                noise[3] = (byte) (noise.length - 20);
                System.arraycopy(new byte[] {0x21, 0x12, (byte) 0xa4, 0x42}, 0, noise, 4, 4);
            }
            if (message.read(noise, 0, noise.length)) {
                message.username();
                message.mappedAddress();
                message.isAuthentic(KEY);
            }
            StunUsername.localUfrag(noise, 0, noise.length);
        }
    }
}
