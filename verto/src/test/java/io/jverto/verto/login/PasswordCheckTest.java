package io.jverto.verto.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.config.ConfigNode;
import io.jverto.base.config.ConfigNode.Origin;
import io.jverto.switchboard.directory.Directory;
import io.jverto.switchboard.directory.DirectoryUser;
import io.jverto.switchboard.port.UserId;
import java.security.MessageDigest;
import java.security.MessageDigestSpi;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Attack S6: how long the check takes tells nothing, because it does the same work for everybody. The work is counted, not timed:
/// a provider of digests in front of all others writes down what is asked of it.
class PasswordCheckTest {
    private static final UserId ADA = new UserId("ada", "test");

    private final List<String> digests = new ArrayList<>();

    @BeforeEach
    void countDigests() {
        Security.insertProviderAt(new CountingProvider(digests), 1);
    }

    @AfterEach
    void countNoMore() {
        Security.removeProvider(CountingProvider.NAME);
    }

    @Test
    void s6AUserWhoDoesNotExistCostsAsMuchAsAWrongPassword() {
        List<String> unknown = work(Optional.empty(), "some password");

        assertThat(work(user("password", "1234"), "some password")).isEqualTo(unknown);
        assertThat(work(user("password", "1234"), "1234")).isEqualTo(unknown);
        assertThat(work(user("jsonrpc-password", "1234"), "some password")).isEqualTo(unknown);
        assertThat(work(user("a1-hash", "f8166809cc95148fc00576aea17ad3d1"), "some password")).isEqualTo(unknown);
        assertThat(work(user("caller-id-name", "has no password"), "some password")).isEqualTo(unknown);
        assertThat(unknown).containsExactly("MD5", "SHA-256", "SHA-256");
    }

    @Test
    void s6TheLengthOfAPasswordIsNotSeenEither() {
        assertThat(PasswordCheck.same("x".repeat(50), "x".repeat(49))).isFalse();
        assertThat(PasswordCheck.same("x".repeat(50), "x".repeat(50))).isTrue();
        assertThat(digests).containsOnly("SHA-256").hasSize(4);
    }

    private List<String> work(Optional<DirectoryUser> user, String password) {
        digests.clear();
        PasswordCheck.matches(user, ADA, password);
        return List.copyOf(digests);
    }

    private static Optional<DirectoryUser> user(String param, String value) {
        ConfigNode params = node("params", List.of(node("param", List.of(), "name", param, "value", value)));
        ConfigNode users = node("users", List.of(node("user", List.of(params), "id", "ada")));
        ConfigNode section = node("section", List.of(node("domain", List.of(users), "name", "test")), "name", "directory");
        return Directory.read(section, problem -> {
            throw new AssertionError(problem.toString());
        }).find(ADA);
    }

    private static ConfigNode node(String name, List<ConfigNode> children, String... attributes) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < attributes.length; i += 2) {
            map.put(attributes[i], attributes[i + 1]);
        }
        return new ConfigNode(name, map, children, "", new Origin("test.xml", 1));
    }

    private static final class CountingProvider extends Provider {
        static final String NAME = "counting";

        private CountingProvider(List<String> digests) {
            super(NAME, "1", "counts digests");
            for (String algorithm : List.of("MD5", "SHA-256")) {
                putService(new Service(this, "MessageDigest", algorithm, Counting.class.getName(), List.of(), Map.of()) {
                    @Override
                    public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
                        digests.add(algorithm);
                        return new Counting(MessageDigest.getInstance(algorithm, Security.getProvider("SUN")));
                    }
                });
            }
        }
    }

    private static final class Counting extends MessageDigestSpi {
        private final MessageDigest real;

        Counting(MessageDigest real) {
            this.real = real;
        }

        @Override
        protected void engineUpdate(byte input) {
            real.update(input);
        }

        @Override
        protected void engineUpdate(byte[] input, int offset, int length) {
            real.update(input, offset, length);
        }

        @Override
        protected byte[] engineDigest() {
            return real.digest();
        }

        @Override
        protected void engineReset() {
            real.reset();
        }
    }
}
