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
import java.util.function.Predicate;
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
    /// Of what the nonce was made for.
    private static final int BOUND = 8;

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

    /// @param call what tells the call that is challenged from all others
    /// @return a challenge for each hash, in the order in which the headers go out (RFC 8760 section 2.4)
    public List<Challenge> challenge(long nowNanos, String realm, boolean stale, String call) {
        String nonce = nonce(nowNanos, random.nextLong(), realm, call);
        return offered.stream().map(algorithm -> new Challenge(realm, nonce, "", algorithm, true, stale)).toList();
    }

    /// Whether it is worth to look a user up: the nonce is one of ours, and perhaps a little older than what still holds. Costs no memory.
    public boolean isWorthALook(long nowNanos, String realm, Credentials credentials) {
        return credentials.realm().equals(realm) && isSealed(credentials.nonce(), realm)
                && nowNanos - stamp(credentials.nonce()) <= lifeNanos + LATE_NANOS;
    }

    /// Where a request came to.
    ///
    /// @param call as it was given to [#challenge]
    /// @param ours whether a host stands for this server
    public record Here(String call, Predicate<String> ours) {}

    /// @param ha1 the user's, by user name and hash; empty when there is no such user
    public DigestResult check(long nowNanos, SipRequest request, String realm, Credentials credentials, Here here, Ha1 ha1) {
        // The same work for everybody: time must not tell which users there are.
        Optional<String> known = ha1.of(credentials.username(), credentials.algorithm());
        String expected = credentials.algorithm().response(
                known.orElse("0".repeat(32)), request.method().name(), credentials, credentials.qop().equals("auth"));
        boolean proven = MessageDigest.isEqual(bytes(expected), bytes(credentials.response())) && known.isPresent();
        boolean ours = credentials.realm().equals(realm) && isSealed(credentials.nonce(), realm);
        Claim claim = claim(credentials.uri(), request.uri(), here);
        boolean agreed = offered.contains(credentials.algorithm()) && credentials.qop().equals("auth") && claim != Claim.ANOTHER;
        if (!ours || !agreed) {
            // A nonce of another process, perhaps ours before it was started anew: not the user's fault.
            return agreed && !ours && credentials.realm().equals(realm) ? new Stale() : new Refused();
        }
        if (!proven) {
            return new Refused();
        }
        if (claim == Claim.SERVER && !isBound(credentials.nonce(), here.call())) {
            return new Stale();
        }
        return isFresh(nowNanos, credentials) ? new Authentic(credentials.username()) : new Stale();
    }

    /// What an answer is for.
    private enum Claim {
        /// This request.
        SAME,
        /// Whatever is asked of this server.
        SERVER,
        ANOTHER
    }

    /// RFC 7616 section 3.4.6 leaves it to the server what is the same. Phones differ in what they repeat of scheme, port and parameters, and proxies write
    /// one name of this server in place of another: users have to agree, and hosts as far as they stand for the same. Some name the server alone,
    /// which proves little of the callee: that is good for the very call that was challenged.
    private static Claim claim(String claimed, Uri asked, Here here) {
        Optional<Uri> uri = Uri.parse(claimed);
        if (uri.isEmpty() || !(uri.get() instanceof SipUri one) || !(asked instanceof SipUri other)) {
            return uri.filter(asked::equals).isPresent() ? Claim.SAME : Claim.ANOTHER;
        }
        String host = one.hostPort().bareHost();
        boolean sameHost = host.equalsIgnoreCase(other.hostPort().bareHost()) || here.ours().test(host) && here.ours().test(other.hostPort().bareHost());
        if (!sameHost) {
            return Claim.ANOTHER;
        }
        return one.userText().equals(other.userText()) ? Claim.SAME : one.userText().isEmpty() ? Claim.SERVER : Claim.ANOTHER;
    }

    private boolean isBound(String nonce, String call) {
        ByteBuffer buffer = decode(nonce).orElseThrow(() -> new Broken("a nonce of ours"));
        byte[] expected = seal(buffer.getLong(), buffer.getLong(), call, BOUND);
        byte[] claimed = new byte[BOUND];
        buffer.get(STAMP + SALT + SEAL, claimed);
        return MessageDigest.isEqual(expected, claimed);
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

    private String nonce(long nowNanos, long salt, String realm, String call) {
        byte[] seal = seal(nowNanos, salt, realm, SEAL);
        byte[] all = ByteBuffer.allocate(STAMP + SALT + SEAL + BOUND).putLong(nowNanos).putLong(salt).put(seal).put(seal(nowNanos, salt, call, BOUND)).array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    }

    private boolean isSealed(String nonce, String realm) {
        Optional<ByteBuffer> decoded = decode(nonce);
        if (decoded.isEmpty()) {
            return false;
        }
        ByteBuffer buffer = decoded.get();
        byte[] expected = seal(buffer.getLong(), buffer.getLong(), realm, SEAL);
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
            return bytes.length == STAMP + SALT + SEAL + BOUND ? Optional.of(ByteBuffer.wrap(bytes)) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private byte[] seal(long stamp, long salt, String text, int length) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(ByteBuffer.allocate(STAMP + SALT).putLong(stamp).putLong(salt).array());
            return java.util.Arrays.copyOf(mac.doFinal(bytes(text)), length);
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
