package io.jverto.base.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that openssl made.
class PemFileTest {
    @TempDir
    private static Path folder;

    @BeforeAll
    static void make() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "there is no openssl");
        openssl("ecparam", "-name", "prime256v1", "-genkey", "-out", "ec-sec1.pem"); // with a block of EC PARAMETERS before the key
        openssl("ec", "-in", "ec-sec1.pem", "-out", "ec-bare.pem"); // the curve is in the key itself
        openssl("pkcs8", "-topk8", "-nocrypt", "-in", "ec-sec1.pem", "-out", "ec-pkcs8.pem");
        openssl("genrsa", "-traditional", "-out", "rsa-pkcs1.pem", "2048");
        openssl("pkcs8", "-topk8", "-nocrypt", "-in", "rsa-pkcs1.pem", "-out", "rsa-pkcs8.pem");
        openssl("genpkey", "-algorithm", "ED25519", "-out", "ed25519.pem");
        openssl("ecparam", "-name", "secp384r1", "-genkey", "-noout", "-out", "p384-bare.pem");
        for (String key : List.of("ec-sec1", "rsa-pkcs1", "ed25519", "p384-bare")) {
            openssl("req", "-x509", "-key", key + ".pem", "-subj", "/CN=" + key, "-days", "90", "-out", key + ".crt");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ec-sec1 ec-sec1", "ec-bare ec-sec1", "ec-pkcs8 ec-sec1", "rsa-pkcs1 rsa-pkcs1", "rsa-pkcs8 rsa-pkcs1",
        "ed25519 ed25519", "p384-bare p384-bare"})
    void everyUsualFormOfKeyIsReadInAnyOrder(String keyAndCertificate) throws IOException {
        String[] names = keyAndCertificate.split(" ");
        String key = text(names[0] + ".pem");
        String certificate = text(names[1] + ".crt");

        for (String combined : List.of(key + certificate, certificate + key, "some words\r\n" + certificate.replace("\n", "\r\n") + key)) {
            ServerCertificate read = combined(combined);
            assertThat(read.own().getSubjectX500Principal().getName()).isEqualTo("CN=" + names[1]);
            assertThat(read.isSelfSigned()).isTrue();
        }
    }

    @Test
    void aChainIsPutInOrderAndWhatDoesNotBelongToItIsLeftOut() throws Exception {
        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "root.key", "-subj", "/CN=root", "-out", "root.crt");
        signed("middle", "root", "basicConstraints=critical,CA:TRUE");
        signed("leaf", "middle", "subjectAltName=DNS:pbx.example");

        ServerCertificate read = combined(text("root.crt") + text("ed25519.crt") + text("middle.crt") + text("leaf.key") + text("leaf.crt"));

        assertThat(names(read.chain())).containsExactly("CN=leaf", "CN=middle", "CN=root");
        assertThat(names(read.unused())).containsExactly("CN=ed25519");
        assertThat(read.isSelfSigned()).isFalse();
    }

    @Test
    void anEncryptedKeyIsRefusedWithTheCommandThatDecryptsIt() throws Exception {
        openssl("pkcs8", "-topk8", "-in", "ec-sec1.pem", "-passout", "pass:secret", "-out", "locked8.pem");
        openssl("rsa", "-traditional", "-aes128", "-in", "rsa-pkcs1.pem", "-passout", "pass:secret", "-out", "locked1.pem");

        for (String locked : List.of("locked8.pem", "locked1.pem")) {
            Path file = folder.resolve(locked);
            assertThatThrownBy(() -> PemFile.read(file)).isInstanceOf(CertificateProblem.class)
                    .hasMessageContaining("the private key in " + file + ", line 1, is encrypted; decrypt it (openssl pkey -in " + file);
        }
    }

    @Test
    void aFileThatIsCutOffOrDamagedIsNamedWithItsLine() throws IOException {
        String whole = text("ec-sec1.crt");
        Path cut = write("cut.pem", whole.substring(0, whole.length() / 2));
        Path damaged = write("damaged.pem", whole.replaceFirst("\n....", "\n!!!!"));
        Path scrambled = write("scrambled.pem", whole.replaceFirst("\n....", "\nAAAA"));

        assertThatThrownBy(() -> PemFile.read(cut)).hasMessage("no usable certificate and key in " + cut
                + ": the CERTIFICATE that begins in line 1 has no end, the file is cut off; copy it there once more, whole");
        assertThatThrownBy(() -> PemFile.read(damaged)).hasMessageContaining(damaged + ": the CERTIFICATE in line 1 is damaged");
        assertThatThrownBy(() -> PemFile.read(scrambled)).hasMessageContaining(scrambled + ": the CERTIFICATE in line 1 is damaged");
        assertThatThrownBy(() -> PemFile.read(folder.resolve("none.pem"))).hasMessage("there is no file " + folder.resolve("none.pem"));
    }

    @Test
    void somebodyElsesKeyNoKeyNoCertificateAndNothingAtAllAreToldApart() {
        assertThatThrownBy(() -> combined(text("ec-sec1.crt") + text("p384-bare.pem"))).hasMessageContaining("is not that of the certificate there");
        assertThatThrownBy(() -> combined(text("ec-sec1.crt"))).hasMessageContaining("there is no private key in combined.pem");
        assertThatThrownBy(() -> combined(text("ec-sec1.pem"))).hasMessageContaining("there is no certificate in combined.pem");
        assertThatThrownBy(() -> combined("half a certificate")).hasMessageStartingWith("no usable certificate and key in combined.pem: ");
        assertThatThrownBy(() -> combined("-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n"))
                .hasMessageContaining("the PRIVATE KEY in combined.pem, line 1, is damaged or of a kind that is not known");
    }

    @Test
    void datesAndAnOpenKeyAreConcerns() throws IOException {
        Path file = write("dates.pem", text("ec-sec1.crt") + text("ec-sec1.pem"));
        ServerCertificate certificate = combined(Files.readString(file));
        Instant begin = certificate.own().getNotBefore().toInstant();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        assertThat(CertificateConcerns.of(certificate, file, file, begin.plus(Duration.ofDays(30)))).isEmpty();
        assertThat(CertificateConcerns.of(certificate, file, file, begin.plus(Duration.ofDays(80))))
                .singleElement().asString().startsWith("the certificate in " + file + " expires on ").endsWith("renew it: ./jverto cert renew");
        assertThat(CertificateConcerns.of(certificate, file, file, begin.plus(Duration.ofDays(91))))
                .singleElement().asString().startsWith("the certificate in " + file + " expired on ");
        assertThat(CertificateConcerns.of(certificate, file, file, begin.minus(Duration.ofDays(1))))
                .singleElement().asString().contains("counts from ").endsWith("is the clock of this machine right?");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(CertificateConcerns.of(certificate, file, file, begin.plus(Duration.ofDays(30)))).containsExactly(
                "everybody on this machine can read " + file + " with the private key in it; close it: chmod 600 " + file);
    }

    private static void signed(String name, String issuer, String extension) throws Exception {
        write(name + ".ext", extension);
        openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", name + ".key", "-subj", "/CN=" + name, "-out", name + ".csr");
        openssl("x509", "-req", "-in", name + ".csr", "-CA", issuer + ".crt", "-CAkey", issuer + ".key", "-CAcreateserial", "-days", "30",
                "-extfile", name + ".ext", "-out", name + ".crt");
    }

    private static ServerCertificate combined(String text) throws IOException {
        PemFile file = PemFile.decode("combined.pem", text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        return ServerCertificate.of(file, file, file);
    }

    private static List<String> names(List<X509Certificate> certificates) {
        return certificates.stream().map(one -> one.getSubjectX500Principal().getName()).toList();
    }

    private static String text(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    private static Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static void openssl(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(String.join(" ", command) + "\n" + output).isZero();
    }
}
