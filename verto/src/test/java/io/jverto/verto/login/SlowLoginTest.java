package io.jverto.verto.login;

import io.jverto.switchboard.directory.LoginThrottle;
import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigNode.Origin;
import io.jverto.base.count.Counters;
import io.jverto.switchboard.directory.Directory;
import io.jverto.switchboard.directory.PasswordHash;
import io.jverto.testkit.time.VirtualTime;
import io.jverto.verto.count.VertoCount;
import io.jverto.verto.login.Gate.Verdict;
import io.jverto.verto.profile.VertoProfile;
import io.jverto.wire.verto.LoginParams;
import java.net.InetAddress;
import java.security.Provider;
import java.security.Security;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.SecretKeyFactorySpi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Logins of users whose password is kept as a hash. The slow work is counted, not timed: a provider of it in front of all others counts.
class SlowLoginTest {
    private static final String HASH = PasswordHash.of("right", new Random(1));
    private static final InetAddress FROM = InetAddress.ofLiteral("192.0.2.1");

    private final AtomicInteger hashed = new AtomicInteger();
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicLong most = new AtomicLong();
    private final VirtualTime time = new VirtualTime();
    private final Counters<VertoCount> counters = new Counters<>(VertoCount.class);

    @BeforeEach
    void countsHashes() {
        Security.insertProviderAt(new CountingProvider(), 1);
    }

    @AfterEach
    void countsNoMore() {
        Security.removeProvider(CountingProvider.NAME);
    }

    @Test
    void theRightPasswordIsAdmittedAndCostsNothingTheSecondTime() {
        Gate gate = gate(true);

        assertThat(login(gate, "ada", "right")).isTrue();
        assertThat(login(gate, "ada", "right")).isTrue();
        assertThat(hashed).hasValue(1);
        assertThat(login(gate, "ada", "wrong")).isFalse();
        assertThat(login(gate, "ada", HASH)).as("the hash itself is no password").isFalse();
    }

    @Test
    void s6AUserWithAHashAndOneWithoutAndNobodyCostTheSameToRefuse() {
        Gate gate = gate(true);

        for (String user : List.of("ada", "bob", "nobody")) {
            hashed.set(0);
            assertThat(login(gate, user, "wrong")).isFalse();
            assertThat(hashed).as(user).hasValue(1);
        }
    }

    @Test
    void whereNobodyHasAHashNothingIsSlow() {
        Gate gate = gate(false);

        assertThat(login(gate, "bob", "wrong")).isFalse();
        assertThat(login(gate, "nobody", "wrong")).isFalse();
        assertThat(login(gate, "bob", "1234")).isTrue();
        assertThat(hashed).hasValue(0);
    }

    @Test
    void s6WhoHasToWaitCostsNoHash() {
        Gate gate = gate(true);
        for (int i = 0; i < 6; i++) {
            login(gate, "ada", "wrong");
        }
        hashed.set(0);

        assertThat(login(gate, "ada", "right")).isFalse();
        assertThat(hashed).hasValue(0);
    }

    @Test
    void s6ManyGuessesAtTheSameTimeAreNoMoreThanOneAfterTheOther() throws InterruptedException {
        Gate gate = gate(true);
        List<Thread> guesses = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String guess = "guess " + i;
            guesses.add(Thread.ofVirtual().start(() -> login(gate, "ada", guess)));
        }
        for (Thread guess : guesses) {
            guess.join();
        }

        assertThat(hashed.get()).isBetween(LoginThrottle.FREE_FOR_USER + 1, LoginThrottle.FREE_FOR_USER + 3);
        assertThat(most.get()).as("at once").isLessThanOrEqualTo(2);
        assertThat(counters.get(VertoCount.LOGINS_FAILED) + counters.get(VertoCount.LOGINS_BUSY) + counters.get(VertoCount.LOGINS_THROTTLED))
                .isEqualTo(40);
    }

    private boolean login(Gate gate, String user, String password) {
        LoginParams params = new LoginParams(true, user + "@test", password, "", Map.of(), Map.of(), List.of());
        return gate.check(params, FROM) instanceof Verdict.Admitted;
    }

    /// Bob has a password in clear.
    private Gate gate(boolean adaHasAHash) {
        List<ConfigNode> users = new ArrayList<>(List.of(user("bob", "password", "1234")));
        if (adaHasAHash) {
            users.add(user("ada", PasswordHash.PARAM, HASH));
        }
        ConfigNode section = node("section", List.of(node("domain", List.of(node("users", users)), "name", "test")));
        Directory directory = Directory.read(section, problem -> {
            throw new AssertionError(problem.toString());
        });
        VertoProfile.Auth auth = new VertoProfile.Auth("true", "", false, true, "", false);
        return new Gate(auth, () -> directory, new LoginThrottle(), new SlowCheck(new Random(1), 2), Optional.empty(), time, counters);
    }

    private static ConfigNode user(String id, String param, String value) {
        return node("user", List.of(node("params", List.of(node("param", List.of(), "name", param, "value", value)))), "id", id);
    }

    private static ConfigNode node(String name, List<ConfigNode> children, String... attributes) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < attributes.length; i += 2) {
            map.put(attributes[i], attributes[i + 1]);
        }
        return new ConfigNode(name, map, children, "", new Origin("test.xml", 1));
    }

    private final class CountingProvider extends Provider {
        static final String NAME = "counting hashes";
        private static final String ALGORITHM = "PBKDF2WithHmacSHA512";

        private CountingProvider() {
            super(NAME, "1", "counts slow hashes");
            putService(new Service(this, "SecretKeyFactory", ALGORITHM, Counting.class.getName(), List.of(), Map.of()) {
                @Override
                public Object newInstance(Object parameter) {
                    return new Counting();
                }
            });
        }
    }

    private final class Counting extends SecretKeyFactorySpi {
        @Override
        protected SecretKey engineGenerateSecret(KeySpec spec) throws InvalidKeySpecException {
            hashed.incrementAndGet();
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            try {
                return SecretKeyFactory.getInstance(CountingProvider.ALGORITHM, Security.getProvider("SunJCE")).generateSecret(spec);
            } catch (java.security.NoSuchAlgorithmException missing) {
                throw new AssertionError(missing);
            } finally {
                now.decrementAndGet();
            }
        }

        @Override
        protected KeySpec engineGetKeySpec(SecretKey key, Class<?> type) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected SecretKey engineTranslateKey(SecretKey key) {
            throw new UnsupportedOperationException();
        }
    }
}
