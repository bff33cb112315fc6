package io.jverto.base.tls;

import io.jverto.base.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/// What is wrong with a certificate that can be used all the same.
public final class CertificateConcerns {
    /// From here on it is time to renew.
    private static final Duration SOON = Duration.ofDays(14);

    private CertificateConcerns() {}

    /// @return sentences that name the file and what to do; none when all is well
    public static List<String> of(ServerCertificate certificate, Path file, Path key, Instant now) {
        List<String> concerns = new ArrayList<>(dates(certificate, file, now));
        if (isOpenToEverybody(key)) {
            concerns.add("everybody on this machine can read " + key + " with the private key in it; close it: chmod 600 " + key);
        }
        return concerns;
    }

    private static List<String> dates(ServerCertificate certificate, Path file, Instant now) {
        Instant from = certificate.own().getNotBefore().toInstant();
        Instant to = certificate.own().getNotAfter().toInstant();
        String what = "the certificate in " + file;
        if (now.isAfter(to)) {
            return List.of(what + " expired on " + day(to) + ", browsers refuse to connect; renew it: " + Program.command("cert renew"));
        }
        if (now.isBefore(from)) {
            return List.of(what + " counts from " + day(from) + " on only, browsers refuse to connect; is the clock of this machine right?");
        }
        return now.plus(SOON).isAfter(to)
                ? List.of(what + " expires on " + day(to) + ", then browsers refuse to connect; renew it: " + Program.command("cert renew"))
                : List.of();
    }

    private static String day(Instant time) {
        return time.atZone(ZoneOffset.UTC).toLocalDate().toString();
    }

    private static boolean isOpenToEverybody(Path key) {
        try {
            return Files.getPosixFilePermissions(key).contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }
}
