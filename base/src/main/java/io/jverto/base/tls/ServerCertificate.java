package io.jverto.base.tls;

import io.jverto.base.Program;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What a server shows, and its key.
///
/// @param chain its own certificate, then whoever issued the one before
/// @param unused certificates of the files that are not in the chain
public record ServerCertificate(PrivateKey key, List<X509Certificate> chain, List<X509Certificate> unused) {
    public ServerCertificate {
        chain = List.copyOf(chain);
        unused = List.copyOf(unused);
    }

    /// Puts together what is in some files, in whatever order it is there.
    ///
    /// @param certificates with the server's own, and perhaps the key
    /// @param keys where the key is, perhaps the same file
    /// @param more those who issued it, as far as they are not there already
    /// @throws CertificateProblem when there is no key, or no certificate that it belongs to
    public static ServerCertificate of(PemFile certificates, PemFile keys, PemFile more) throws CertificateProblem {
        if (certificates.certificates().isEmpty() && certificates.keys().isEmpty()) {
            throw new CertificateProblem("no usable certificate and key in " + files(certificates, keys)
                    + ": " + certificates.name() + " holds no PEM; put the certificate there as text, from -----BEGIN CERTIFICATE----- on");
        }
        if (certificates.certificates().isEmpty()) {
            throw new CertificateProblem("there is no certificate in " + certificates.name() + ", only a key; add the certificate that goes with it");
        }
        if (keys.keys().isEmpty()) {
            throw new CertificateProblem("there is no private key in " + keys.name() + "; add the one that the certificate was made with");
        }
        for (PrivateKey key : keys.keys()) {
            X509Certificate own = certificates.certificateOf(key).orElse(null);
            if (own != null) {
                return of(key, own, Stream.concat(certificates.certificates().stream(), more.certificates().stream()).distinct().toList());
            }
        }
        throw new CertificateProblem("the key in " + keys.name() + " is not that of the certificate"
                + (keys.name().equals(certificates.name()) ? " there" : " in " + certificates.name())
                + "; put the two together that were made together, or make both anew: " + Program.command("cert init"));
    }

    public X509Certificate own() {
        return chain.getFirst();
    }

    /// Whether nobody but itself vouches for it.
    public boolean isSelfSigned() {
        return isIssuer(own(), own());
    }

    private static ServerCertificate of(PrivateKey key, X509Certificate own, List<X509Certificate> all) {
        List<X509Certificate> chain = new ArrayList<>(List.of(own));
        List<X509Certificate> rest = new ArrayList<>(all);
        rest.remove(own);
        while (!isIssuer(chain.getLast(), chain.getLast())) {
            X509Certificate last = chain.getLast();
            X509Certificate issuer = rest.stream().filter(one -> isIssuer(one, last)).findFirst().orElse(null);
            if (issuer == null) {
                break;
            }
            chain.add(issuer);
            rest.remove(issuer);
        }
        return new ServerCertificate(key, chain, rest);
    }

    /// Whether the one signed the other.
    public static boolean isIssuer(X509Certificate issuer, X509Certificate signed) {
        if (!issuer.getSubjectX500Principal().equals(signed.getIssuerX500Principal())) {
            return false;
        }
        try {
            signed.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException another) {
            return false;
        }
    }

    private static String files(PemFile certificates, PemFile keys) {
        return certificates.name().equals(keys.name()) ? certificates.name() : certificates.name() + " and " + keys.name();
    }
}
