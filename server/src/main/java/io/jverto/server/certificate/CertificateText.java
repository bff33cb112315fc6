package io.jverto.server.certificate;

import io.jverto.base.Broken;
import io.jverto.base.tls.ServerCertificate;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HexFormat;
import java.util.Locale;

/// A certificate for a person to read.
public final class CertificateText {
    private CertificateText() {}

    /// Some lines.
    public static String of(CertificateStore store, ServerCertificate certificate) {
        X509Certificate own = certificate.own();
        StringBuilder text = new StringBuilder();
        line(text, "file", store.certificate() + (store.key().equals(store.certificate()) ? "" : ", key in " + store.key()));
        line(text, "names", String.join(", ", CertificateNames.of(own).all()));
        line(text, "issuer", certificate.isSelfSigned() ? "itself: browsers warn of it" : own.getIssuerX500Principal().getName());
        line(text, "valid", day(own.getNotBefore()) + " to " + day(own.getNotAfter()));
        line(text, "key", key(own) + ", " + own.getSigAlgName());
        line(text, "chain", certificate.chain().size() == 1 ? "none" : Integer.toString(certificate.chain().size()) + " certificates");
        line(text, "SHA-256", fingerprint(own));
        return text.toString();
    }

    /// SHA-256 of a certificate, in pairs of digits with colons between them.
    public static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException impossible) {
            throw new Broken("every Java has SHA-256", impossible);
        }
    }

    /// Year, month, day.
    public static String day(Date time) {
        return time.toInstant().atZone(ZoneOffset.UTC).toLocalDate().toString();
    }

    private static String key(X509Certificate certificate) {
        return switch (certificate.getPublicKey()) {
            case RSAPublicKey rsa -> "RSA " + rsa.getModulus().bitLength();
            case ECPublicKey ec -> "EC P-" + ec.getParams().getOrder().bitLength();
            default -> certificate.getPublicKey().getAlgorithm().toUpperCase(Locale.ROOT);
        };
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(String.format("%-8s %s%n", name, value));
    }
}
