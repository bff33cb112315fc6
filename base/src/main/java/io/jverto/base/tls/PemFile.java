package io.jverto.base.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A file with certificates and private keys, in any order: X.509 (RFC 5280), keys as PKCS #8, PKCS #1 (RSA) or SEC 1 (EC). Encrypted keys are
/// refused: nobody is there to type their password when the server starts.
///
/// @param name the file's, for messages
public record PemFile(String name, List<X509Certificate> certificates, List<PrivateKey> keys) {
    private static final long MAX_BYTES = 1_000_000;

    public PemFile {
        certificates = List.copyOf(certificates);
        keys = List.copyOf(keys);
    }

    /// @throws CertificateProblem when it cannot be read or something in it cannot be used
    public static PemFile read(Path file) throws CertificateProblem {
        return decode(file.toString(), bytes(file));
    }

    /// @throws CertificateProblem when there is no such file, it cannot be read, or is no certificate by its size
    public static byte[] bytes(Path file) throws CertificateProblem {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new CertificateProblem(file + " is too large for a certificate; name the PEM file itself");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException missing) {
            throw new CertificateProblem("there is no file " + file, missing);
        } catch (AccessDeniedException denied) {
            throw new CertificateProblem(file + " may not be read; let the user that runs jverto own it", denied);
        } catch (CertificateProblem told) {
            throw told;
        } catch (IOException wrong) {
            throw new CertificateProblem(file + " cannot be read (" + wrong.getMessage() + ")", wrong);
        }
    }

    /// @param name for messages
    /// @throws CertificateProblem when something in it cannot be used
    public static PemFile decode(String name, byte[] text) throws CertificateProblem {
        List<X509Certificate> certificates = new ArrayList<>();
        List<PrivateKey> keys = new ArrayList<>();
        byte[] curve = new byte[0];
        for (PemBlock block : PemBlock.read(name, text)) {
            if (block.label().equals("EC PARAMETERS")) {
                curve = block.der();
            } else if (PrivateKeys.isKey(block)) {
                keys.add(key(name, block, curve));
            } else if (block.label().matches("(X509 |TRUSTED )?CERTIFICATE")) {
                certificates.add(certificate(name, block));
            }
        }
        return new PemFile(name, certificates, keys);
    }

    /// @return the certificate whose key that is
    Optional<X509Certificate> certificateOf(PrivateKey key) {
        return certificates.stream().filter(one -> PrivateKeys.match(key, one.getPublicKey())).findFirst();
    }

    private static PrivateKey key(String name, PemBlock block, byte[] curve) throws CertificateProblem {
        if (block.encrypted()) {
            throw new CertificateProblem("the private key in " + name + ", line " + block.line() + ", is encrypted; decrypt it (openssl pkey -in "
                    + name + " -out key.pem) and let the user that runs jverto alone read it (chmod 600)");
        }
        return PrivateKeys.decode(block, curve).orElseThrow(() -> new CertificateProblem("the " + block.label() + " in " + name + ", line "
                + block.line() + ", is damaged or of a kind that is not known; take a key of RSA, EC (P-256, P-384, P-521) or Ed25519"));
    }

    private static X509Certificate certificate(String name, PemBlock block) throws CertificateProblem {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(block.der()));
        } catch (CertificateException damaged) {
            throw new CertificateProblem("no usable certificate and key in " + name + ": the " + block.label() + " in line " + block.line()
                    + " is damaged; copy the file there once more, whole", damaged);
        }
    }
}
