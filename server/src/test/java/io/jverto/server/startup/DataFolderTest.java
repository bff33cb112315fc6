package io.jverto.server.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    private static final LocalNames NAMES =
            new LocalNames("box.example", "192.0.2.7", "2001:db8::7", List.of("127.0.0.1", "::1", "192.0.2.7", "2001:db8::7"));
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @TempDir
    Path temp;

    @Test
    void aSecondStartChangesNothing() throws IOException {
        Path folder = temp.resolve("data");
        String password = generateAll(folder);
        Map<String, String> first = contents(folder);

        String again = generateAll(folder);

        assertThat(again).isEqualTo(password);
        assertThat(contents(folder)).isEqualTo(first).hasSize(3);
    }

    @Test
    void aSecondServerIsRefusedUntilTheFirstIsGone() throws Exception {
        Path folder = temp.resolve("data");
        AutoCloseable first = open(folder).lock();

        assertThatThrownBy(() -> open(folder).lock()).isInstanceOf(CannotStart.class).hasMessage("another server runs with the data folder " + folder.toRealPath()
                + " (process " + ProcessHandle.current().pid() + "); stop it, or name another folder with --data DIR");

        first.close();
        open(folder).lock().close();
    }

    @Test
    void aFullDiskIsToldAndNothingIsMade() throws Exception {
        Path disk = Files.createDirectory(temp.resolve("disk"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()), "no file system can be mounted here");
        try {
            assertThatThrownBy(() -> open(disk.resolve("data"))).isInstanceOf(CannotStart.class)
                    .hasMessageContaining("the disk of the data folder " + disk.resolve("data") + " is full: ").hasMessageContaining("make room, or name a folder on another disk");
            assertThat(disk.resolve("data/tls")).isEmptyDirectory();
        } finally {
            assertThat(run("umount", disk.toString())).isTrue();
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    }

    @Test
    void s37SecretsAreReadableByTheirOwnerAlone() throws IOException {
        Path folder = temp.resolve("data");
        generateAll(folder);

        for (String secret : List.of("default_password", "tls/wss.pem", "tls/dtls-srtp.pem")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(secret)))).isEqualTo("rw-------");
        }
    }

    @Test
    void s37ThePasswordCanBeReadAndTypedAndIsAnotherInEachFolder() {
        String one = open(temp.resolve("one")).password();
        String other = open(temp.resolve("other")).password();

        assertThat(one).matches("[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}").isNotEqualTo(other);
    }

    @Test
    void theCertificateIsGoodForAllNamesOfTheMachine() throws Exception {
        String pem = Files.readString(open(temp).certificate(NAMES));

        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));

        certificate.verify(certificate.getPublicKey());
        assertThat(certificate.getPublicKey().getAlgorithm()).isEqualTo("EC");
        assertThat(certificate.getSubjectAlternativeNames().stream().map(name -> name.get(1).toString()))
                .containsExactly("localhost", "box.example", "127.0.0.1", "0:0:0:0:0:0:0:1", "192.0.2.7", "2001:db8:0:0:0:0:0:7");
        assertThat(certificate.getNotBefore().toInstant()).isBefore(NOW);
        assertThat(certificate.getNotAfter().toInstant()).isAfter(NOW.plus(java.time.Duration.ofDays(800)));
        assertThat(pem).contains("-----BEGIN PRIVATE KEY-----");
    }

    @Test
    void saysThatAFolderCannotBeWrittenTo() throws IOException {
        Path file = Files.createFile(temp.resolve("file"));

        assertThatThrownBy(() -> open(file.resolve("data")))
                .isInstanceOf(CannotStart.class)
                .hasMessageContainingAll(file + "/data", "--data DIR");
    }

    @Test
    void saysThatADtlsCertificateIsBroken() throws IOException {
        DataFolder folder = open(temp);
        Files.writeString(temp.resolve("tls/dtls-srtp.pem"), "rubbish");

        assertThatThrownBy(folder::dtlsIdentity).isInstanceOf(CannotStart.class).hasMessageContaining("delete it");
    }

    private static DataFolder open(Path folder) {
        return DataFolder.open(folder, new SecureRandom(), NOW);
    }

    private static String generateAll(Path path) {
        DataFolder folder = open(path);
        folder.certificate(NAMES);
        folder.dtlsIdentity();
        return folder.password();
    }

    private static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                contents.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return contents;
    }
}
