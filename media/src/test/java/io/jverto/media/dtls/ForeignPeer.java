package io.jverto.media.dtls;

import io.jverto.base.count.Counters;
import io.jverto.media.plan.DtlsRole;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Hashtable;
import java.util.concurrent.CompletableFuture;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.bc.BcX509v3CertificateBuilder;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.RSAKeyPairGenerator;
import org.bouncycastle.crypto.params.RSAKeyGenerationParameters;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcRSAContentSignerBuilder;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;

/// An old peer: an RSA certificate, any SRTP profiles or none, and it believes whatever certificate it is shown.
final class ForeignPeer {
    private static final AsymmetricCipherKeyPair PAIR = pair();
    private static final byte[] CERTIFICATE = certificate();

    private final BcTlsCrypto crypto = new LyingCrypto();
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
    boolean showsCertificate = true;
    /// Says that its last message is 16 MiB long.
    boolean liesAboutItsFinished;
    int[] profiles = {1, 7};
    /// As client; empty for Bouncy Castle's own.
    int[] suites = {};

    String fingerprint() {
        return CertificateHash.SHA_256.fingerprint(CERTIFICATE).value();
    }

    /// Runs until its handshake is over, and starts the other end.
    void meet(DtlsEnd end, DtlsRole roleOfEnd) {
        DtlsPipe pipe = new DtlsPipe(
                new Counters<>(DtlsCounter.class), new Wire(end), CipherSwitchGuard.alwaysOpen());
        end.wire = datagram -> pipe.offer(datagram, 0, datagram.length);
        Thread.ofVirtual().start(() -> {
            try {
                if (roleOfEnd == DtlsRole.SERVER) {
                    new DTLSClientProtocol().connect(new Client(), pipe);
                } else {
                    new DTLSServerProtocol().accept(new Server(), pipe);
                }
            } catch (IOException refused) {
                // The end under test tells why.
            } finally {
                ended.complete(true);
            }
        });
        end.start();
    }

    void awaitEnd() {
        DtlsEnd.get(ended);
    }

    private record Wire(DtlsEnd end) implements DtlsOutput {
        @Override
        public void send(byte[] bytes, int offset, int length) {
            end.handshake.onDatagram(bytes, offset, length);
        }

        @Override
        public void finished(DtlsResult result) {}

        @Override
        public void closed() {}
    }

    private TlsCredentialedSigner signer(TlsContext context) throws IOException {
        return new BcDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context),
                crypto,
                PAIR.getPrivate(),
                new Certificate(new TlsCertificate[] {crypto.createCertificate(CERTIFICATE)}),
                new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.rsa));
    }

    private UseSRTPData srtp() {
        return new UseSRTPData(profiles, TlsUtils.EMPTY_BYTES);
    }

    private final class Client extends DefaultTlsClient {
        Client() {
            super(crypto);
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return DtlsTerms.VERSIONS;
        }

        @Override
        protected int[] getSupportedCipherSuites() {
            return suites.length > 0 ? suites : super.getSupportedCipherSuites();
        }

        @Override
        @SuppressWarnings({"unchecked", "rawtypes"}) // Bouncy Castle's signature
        public Hashtable getClientExtensions() throws IOException {
            Hashtable extensions = super.getClientExtensions();
            if (profiles.length > 0) {
                TlsSRTPUtils.addUseSRTPExtension(extensions, srtp());
            }
            return extensions;
        }

        @Override
        public TlsAuthentication getAuthentication() {
            return new TlsAuthentication() {
                @Override
                public void notifyServerCertificate(TlsServerCertificate shown) {}

                @Override
                public @Nullable TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
                    return showsCertificate ? signer(context) : null;
                }
            };
        }
    }

    private final class Server extends DefaultTlsServer {
        Server() {
            super(crypto);
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return DtlsTerms.VERSIONS;
        }

        @Override
        protected int[] getSupportedCipherSuites() {
            return Arrays.stream(DtlsTerms.CLIENT_SUITES).filter(suite -> !isEcdsa(suite)).toArray();
        }

        private static boolean isEcdsa(int suite) {
            return Arrays.stream(DtlsTerms.ECDSA_SUITES).anyMatch(ecdsa -> ecdsa == suite);
        }

        @Override
        protected TlsCredentialedSigner getRSASignerCredentials() throws IOException {
            return signer(context);
        }

        @Override
        @SuppressWarnings({"unchecked", "rawtypes"})
        public Hashtable getServerExtensions() throws IOException {
            Hashtable extensions = super.getServerExtensions();
            if (profiles.length > 0) {
                int[] chosen = {profiles[0]};
                TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(chosen, TlsUtils.EMPTY_BYTES));
            }
            return extensions;
        }

        @Override
        public CertificateRequest getCertificateRequest() {
            short[] types = {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign};
            return new CertificateRequest(types, TlsUtils.getDefaultSupportedSignatureAlgorithms(context), null);
        }

        @Override
        public void notifyClientCertificate(Certificate shown) {}
    }

    /// Changes what a message says of itself just before it is encrypted.
    private final class LyingCrypto extends BcTlsCrypto {
        private static final int FINISHED = 20;

        LyingCrypto() {
            super(DtlsEnd.RANDOM);
        }

        @Override
        public TlsCipher createCipher(TlsCryptoParameters parameters, int encryptionAlgorithm, int macAlgorithm) throws IOException {
            TlsCipher cipher = super.createCipher(parameters, encryptionAlgorithm, macAlgorithm);
            return (TlsCipher) Proxy.newProxyInstance(
                    ForeignPeer.class.getClassLoader(), new Class<?>[] {TlsCipher.class}, (_, method, arguments) -> {
                        if (method.getName().equals("encodePlaintext") && liesAboutItsFinished) {
                            byte[] bytes = (byte[]) arguments[4];
                            int offset = (int) arguments[5];
                            if ((short) arguments[1] == ContentType.handshake && bytes[offset] == FINISHED) {
                                Arrays.fill(bytes, offset + 1, offset + 4, (byte) 0xff);
                            }
                        }
                        return method.invoke(cipher, arguments);
                    });
        }
    }

    private static AsymmetricCipherKeyPair pair() {
        RSAKeyPairGenerator generator = new RSAKeyPairGenerator();
        generator.init(new RSAKeyGenerationParameters(BigInteger.valueOf(65_537), DtlsEnd.RANDOM, 2048, 80));
        return generator.generateKeyPair();
    }

    private static byte[] certificate() {
        var signature = new DefaultSignatureAlgorithmIdentifierFinder().find("SHA256WITHRSA");
        var digest = new DefaultDigestAlgorithmIdentifierFinder().find(signature);
        X500Name name = new X500Name("CN=old");
        Date from = Date.from(Instant.parse("2026-01-01T00:00:00Z"));
        Date to = Date.from(Instant.parse("2027-01-01T00:00:00Z"));
        try {
            return new BcX509v3CertificateBuilder(name, BigInteger.TEN, from, to, name, PAIR.getPublic())
                    .build(new BcRSAContentSignerBuilder(signature, digest).build(PAIR.getPrivate()))
                    .getEncoded();
        } catch (IOException | OperatorCreationException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
