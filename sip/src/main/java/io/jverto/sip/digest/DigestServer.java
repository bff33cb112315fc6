package io.jverto.sip.digest;

import io.jverto.base.Broken;
import io.jverto.sip.digest.DigestResult.Authentic;
import io.jverto.sip.digest.DigestResult.Refused;
import io.jverto.sip.digest.DigestResult.Stale;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipUri;
import io.jverto.sip.message.Uri;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Challenges requests to us and checks the answers (RFC 7616 section 3). A nonce carries its time and a seal, so that a challenge costs no memory;
/// what is remembered of one that was used is the highest count. Not thread-safe.
/// Limits: [#MAX_NONCES] nonces in use; beyond it the oldest become stale. DEVIATION sip-1: RFC 2069 clients, without qop, are refused.
public final class DigestServer {
    static final int MAX_NONCES = 20_000;
    /// So long a request may be sent again (RFC 3261 section 17).
    private static final long LATE_NANOS = Duration.ofSeconds(32).toNanos();
    private static final int SEAL = 16;
    private static final int SALT = 8;
    private static final int STAMP = 8;

    private final byte[] key;
    private final long lifeNanos;
    private final List<DigestAlgorithm> offered;
    private final RandomGenerator random;
    /// Highest count by nonce, in the order of first use.
    private final Map<String, Long> counts = new LinkedHashMap<>();
    /// Nonces made up to then are stale, whatever their age: their counts are forgotten.
    private long forgottenNanos = Long.MIN_VALUE;

    /// @param key of this process; 32 random bytes
    /// @param life how long a nonce holds
    /// @param offered the hashes that are taken, the preferred one first
    public DigestServer(byte[] key, Duration life, List<DigestAlgorithm> offered, RandomGenerator random) {
        this.key = key.clone();
        this.lifeNanos = life.toNanos();
        this.offered = List.copyOf(offered);
        this.random = random;
    }

    /// @return a challenge for each hash, in the order in which the headers go out (RFC 8760 section 2.4)
    public List<Challenge> challenge(long nowNanos, String realm, boolean stale) {
        String nonce = nonce(nowNanos, random.nextLong(), realm);
        return offered.stream().map(algorithm -> new Challenge(realm, nonce, "", algorithm, true, stale)).toList();
    }

    /// Whether it is worth to look a user up: the nonce is one of ours, and perhaps a little older than what still holds. Costs no memory.
    public boolean isWorthALook(long nowNanos, String realm, Credentials credentials) {
        return credentials.realm().equals(realm) && isSealed(credentials.nonce(), realm)
                && nowNanos - stamp(credentials.nonce()) <= lifeNanos + LATE_NANOS;
    }

    /// @param ha1 the user's, by user name and hash; empty when there is no such user
    public DigestResult check(long nowNanos, SipRequest request, String realm, Credentials credentials, Ha1 ha1) {
        // The same work for everybody: time must not tell which users there are.
        Optional<String> known = ha1.of(credentials.username(), credentials.algorithm());
        String expected = credentials.algorithm().response(
                known.orElse("0".repeat(32)), request.method().name(), credentials, credentials.qop().equals("auth"));
        boolean proven = MessageDigest.isEqual(bytes(expected), bytes(credentials.response())) && known.isPresent();
        boolean ours = credentials.realm().equals(realm) && isSealed(credentials.nonce(), realm);
        boolean agreed = offered.contains(credentials.algorithm()) && credentials.qop().equals("auth") && isSame(credentials.uri(), request.uri());
        if (!ours || !agreed) {
            // A nonce of another process, perhaps ours before it was started anew: not the user's fault.
            return agreed && !ours && credentials.realm().equals(realm) ? new Stale() : new Refused();
        }
        if (!proven) {
            return new Refused();
        }
        return isFresh(nowNanos, credentials) ? new Authentic(credentials.username()) : new Stale();
    }

    /// Phones differ in what parameters they repeat; user and host have to agree.
    private static boolean isSame(String claimed, Uri asked) {
        Optional<Uri> uri = Uri.parse(claimed);
        if (uri.isEmpty()) {
            return false;
        }
        if (uri.get() instanceof SipUri one && asked instanceof SipUri other) {
            return one.userText().equals(other.userText()) && one.hostPort().host().equals(other.hostPort().host());
        }
        return uri.get().equals(asked);
    }

    private boolean isFresh(long nowNanos, Credentials credentials) {
        long madeNanos = stamp(credentials.nonce());
        if (nowNanos - madeNanos > lifeNanos || madeNanos <= forgottenNanos) {
            return false;
        }
        long count = Long.parseLong(credentials.nc(), 16);
        if (count <= counts.getOrDefault(credentials.nonce(), 0L)) {
            return false;
        }
        counts.put(credentials.nonce(), count);
        forget(nowNanos);
        return true;
    }

    private void forget(long nowNanos) {
        Iterator<String> oldest = counts.keySet().iterator();
        while (oldest.hasNext()) {
            long madeNanos = stamp(oldest.next());
            boolean over = nowNanos - madeNanos > lifeNanos;
            if (!over && counts.size() <= MAX_NONCES) {
                return;
            }
            if (!over) {
                forgottenNanos = Math.max(forgottenNanos, madeNanos);
            }
            oldest.remove();
        }
    }

    private String nonce(long nowNanos, long salt, String realm) {
        byte[] seal = seal(nowNanos, salt, realm);
        byte[] all = ByteBuffer.allocate(STAMP + SALT + SEAL).putLong(nowNanos).putLong(salt).put(seal).array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    }

    private boolean isSealed(String nonce, String realm) {
        Optional<ByteBuffer> decoded = decode(nonce);
        if (decoded.isEmpty()) {
            return false;
        }
        ByteBuffer buffer = decoded.get();
        byte[] expected = seal(buffer.getLong(), buffer.getLong(), realm);
        byte[] claimed = new byte[SEAL];
        buffer.get(claimed);
        return MessageDigest.isEqual(expected, claimed);
    }

    /// @param nonce one whose seal is right
    private static long stamp(String nonce) {
        return decode(nonce).map(ByteBuffer::getLong).orElseThrow(() -> new Broken("a nonce of ours"));
    }

    private static Optional<ByteBuffer> decode(String nonce) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(nonce);
            return bytes.length == STAMP + SALT + SEAL ? Optional.of(ByteBuffer.wrap(bytes)) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private byte[] seal(long stamp, long salt, String realm) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(ByteBuffer.allocate(STAMP + SALT).putLong(stamp).putLong(salt).array());
            return java.util.Arrays.copyOf(mac.doFinal(bytes(realm)), SEAL);
        } catch (GeneralSecurityException missing) {
            throw new Broken("every Java platform has HmacSHA256", missing);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Nonces remembered.
    int remembered() {
        return counts.size();
    }

    /// Where passwords are.
    @FunctionalInterface
    public interface Ha1 {
        /// @return what [DigestAlgorithm#ha1] gives for this user; empty when there is none
        Optional<String> of(String username, DigestAlgorithm algorithm);
    }
}
