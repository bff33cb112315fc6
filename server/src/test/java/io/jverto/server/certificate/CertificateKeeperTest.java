package io.jverto.server.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.tls.PemFile;
import io.jverto.testkit.time.VirtualTime;
import io.jverto.verto.profile.VertoProfile.TlsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of certificates in the course of time.
class CertificateKeeperTest {
    @TempDir
    Path temp;

    private final VirtualTime time = new VirtualTime();
    private final SecureRandom random = new SecureRandom();
    private CertificateStore store;
    private CertificateKeeper keeper;

    @AfterEach
    void ends() {
        keeper.close();
        time.settle();
    }

    @Test
    void aCertificateThatBecomesDueIsRenewedAtTheNextLookOfHalfADay() throws IOException {
        X509Certificate before = issuedSoThatItIsDueIn(Duration.ofHours(2));
        keep(Duration.ofHours(1));

        time.advance(Duration.ofHours(12));
        assertThat(own()).as("it was looked at after an hour, before it was due").isEqualTo(before);
        time.advance(Duration.ofHours(1));

        X509Certificate after = own();
        assertThat(after.getSerialNumber()).isNotEqualTo(before.getSerialNumber());
        assertThat(after.getNotBefore().toInstant()).isAfter(before.getNotBefore().toInstant());
        assertThat(CertificateStore.isDue(after, time.wallTime())).isFalse();
        time.advance(Duration.ofHours(13));
        assertThat(own()).as("once").isEqualTo(after);
    }

    @Test
    void oneThatIsDueAtTheStartIsRenewedAfterTenSeconds() throws IOException {
        X509Certificate before = issuedSoThatItIsDueIn(Duration.ofHours(-1));
        keep(Duration.ofSeconds(10));

        time.advance(Duration.ofSeconds(9));
        assertThat(own()).isEqualTo(before);
        time.advance(Duration.ofSeconds(1));

        assertThat(own()).isNotEqualTo(before);
    }

    @Test
    void whatCannotBeRenewedStaysAndIsTriedAgain() throws IOException {
        X509Certificate before = issuedSoThatItIsDueIn(Duration.ofHours(-1));
        String key = Files.readString(store.caKey());
        Files.writeString(store.caKey(), "no key");
        keep(Duration.ofHours(1));

        time.advance(Duration.ofHours(1));
        assertThat(own()).isEqualTo(before);
        Files.writeString(store.caKey(), key);
        time.advance(Duration.ofHours(12));

        assertThat(own()).isNotEqualTo(before);
    }

    @Test
    void anAuthorityThatComesIntoUseWhileTheServerRunsIsKnownAfterTenSeconds() throws IOException {
        store = store();
        keep(Duration.ofSeconds(10));
        assertThat(keeper.authority()).isEmpty();
        new Issuing(store, random).init(names(), false, time.wallTime());

        time.advance(Duration.ofSeconds(10));

        assertThat(keeper.authority()).contains(PemFile.read(store.caFile()).certificates().getFirst());
    }

    private void keep(Duration every) {
        keeper = new CertificateKeeper(List.of(store), random, time, every);
        keeper.open();
        time.settle();
    }

    /// By an authority that is due later.
    private X509Certificate issuedSoThatItIsDueIn(Duration left) throws IOException {
        store = store();
        Instant now = time.wallTime();
        new Issuing(store, random).init(names(), false, now);
        X509Certificate first = own();
        Duration life = Duration.between(first.getNotBefore().toInstant(), first.getNotAfter().toInstant());
        Duration untilDue = Duration.between(now, first.getNotAfter().toInstant().minus(life.dividedBy(3)));
        store.write(PrivateCa.read(store.caFile(), store.caKey(), random).issue(names(), now.minus(untilDue).plus(left)));
        return own();
    }

    private X509Certificate own() throws IOException {
        return store.read().orElseThrow().own();
    }

    private CertificateStore store() {
        String combined = temp.resolve("tls/wss.pem").toString();
        return new CertificateStore(temp.resolve("tls"), new TlsFiles(combined, combined, combined));
    }

    private static CertificateNames names() {
        return CertificateNames.of(List.of("pbx.test"));
    }
}
