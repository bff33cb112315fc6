package io.jverto.verto.login;

import io.jverto.base.Broken;
import io.jverto.switchboard.directory.PasswordHash;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Compares passwords with hashes that are slow on purpose, a few at a time, so that logins leave the processors to calls. A password that
/// was right is known again at once while the server runs, by a digest under a key of this process: when a network comes back, everybody
/// logs in again. Thread-safe; whoever asks waits.
public final class SlowCheck {
    private static final int MAX_REMEMBERED = 10_000;
    /// Whoever has not had his turn by then is sent away.
    private static final int PATIENCE_SECONDS = 10;
    private static final String DIGEST = "HmacSHA256";
    private static final int KEY = 32;

    private final Semaphore places;
    private final SecretKeySpec key;
    /// Digest of hash and password, by hash: a changed password has another hash.
    private final Map<String, String> right = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    /// @param random for the key: a `SecureRandom` in production
    public SlowCheck(RandomGenerator random) {
        this(random, Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    }

    SlowCheck(RandomGenerator random, int atOnce) {
        byte[] secret = new byte[KEY];
        random.nextBytes(secret);
        key = new SecretKeySpec(secret, DIGEST);
        places = new Semaphore(atOnce, true);
    }

    /// What came of a check.
    enum Outcome {
        RIGHT,
        WRONG,
        /// Too many wait, or this one may no longer: nothing was compared.
        BUSY
    }

    /// @param hash [PasswordHash#NOBODY] for somebody who has none
    /// @param may asked when it is this one's turn: those who try many passwords at once have failed meanwhile
    Outcome check(String hash, String password, BooleanSupplier may) {
        String digest = digest(hash, password);
        synchronized (right) {
            if (digest.equals(right.get(hash))) {
                return Outcome.RIGHT;
            }
        }
        if (!entered()) {
            return Outcome.BUSY;
        }
        try {
            if (!may.getAsBoolean()) {
                return Outcome.BUSY;
            }
            if (!PasswordHash.matches(hash, password)) {
                return Outcome.WRONG;
            }
        } finally {
            places.release();
        }
        synchronized (right) {
            right.put(hash, digest);
        }
        return Outcome.RIGHT;
    }

    private boolean entered() {
        try {
            return places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private String digest(String hash, String password) {
        try {
            Mac mac = Mac.getInstance(DIGEST);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal((hash + "\n" + password).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException missing) {
            throw new Broken("every Java has " + DIGEST, missing);
        }
    }
}
