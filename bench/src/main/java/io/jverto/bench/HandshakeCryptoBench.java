package io.jverto.bench;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.DSADigestSigner;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.crypto.TlsAgreement;
import org.bouncycastle.tls.crypto.TlsCrypto;
import org.bouncycastle.tls.crypto.TlsECConfig;
import org.bouncycastle.tls.crypto.TlsECDomain;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The mathematics of one side of a DTLS handshake, by Bouncy Castle's own classes and by the JDK's (decision 0005): a key
/// agreement, a signature, and the check of one by a key that was never seen before.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class HandshakeCryptoBench {
    /// Peers that take turns: each has its key for one call.
    private static final int PEERS = 1_024;

    @Param({"bouncycastle", "jdk"})
    String by = "bouncycastle";

    private final SecureRandom random = new SecureRandom();
    private final byte[] message = new byte[256];
    private final byte[][] publicKeys = new byte[PEERS][];
    private final byte[][] signatures = new byte[PEERS][];
    private KeyPair own = pair();
    private TlsCrypto crypto = new BcTlsCrypto(random);
    private byte[] peerX25519 = {};
    private byte[] peerP256 = {};
    private int next;

    @Setup
    public void setUp() throws GeneralSecurityException, IOException {
        crypto = by.equals("jdk") ? new JcaTlsCryptoProvider().create(random) : new BcTlsCrypto(random);
        peerX25519 = domain(NamedGroup.x25519).createECDH().generateEphemeral();
        peerP256 = domain(NamedGroup.secp256r1).createECDH().generateEphemeral();
        for (int i = 0; i < PEERS; i++) {
            KeyPair peer = pair();
            publicKeys[i] = peer.getPublic().getEncoded();
            signatures[i] = jdkSignature(peer);
        }
        own = pair();
    }

    @Benchmark
    public byte[] agreeX25519() throws IOException {
        return agree(NamedGroup.x25519, peerX25519);
    }

    @Benchmark
    public byte[] agreeP256() throws IOException {
        return agree(NamedGroup.secp256r1, peerP256);
    }

    @Benchmark
    public byte[] sign() throws GeneralSecurityException, IOException {
        if (by.equals("jdk")) {
            return jdkSignature(own);
        }
        AsymmetricKeyParameter key = PrivateKeyFactory.createKey(own.getPrivate().getEncoded());
        DSADigestSigner signer = new DSADigestSigner(new ECDSASigner(), new SHA256Digest());
        signer.init(true, new ParametersWithRandom(key, random));
        signer.update(message, 0, message.length);
        return signer.generateSignature();
    }

    @Benchmark
    public boolean verify() throws GeneralSecurityException, IOException {
        next = (next + 1) % PEERS;
        if (by.equals("jdk")) {
            Signature check = Signature.getInstance("SHA256withECDSA");
            check.initVerify(KeyFactory.getInstance("EC")
                    .generatePublic(new X509EncodedKeySpec(publicKeys[next])));
            check.update(message);
            return check.verify(signatures[next]);
        }
        DSADigestSigner check = new DSADigestSigner(new ECDSASigner(), new SHA256Digest());
        check.init(false, PublicKeyFactory.createKey(publicKeys[next]));
        check.update(message, 0, message.length);
        return check.verifySignature(signatures[next]);
    }

    private byte[] agree(int group, byte[] peer) throws IOException {
        TlsAgreement agreement = domain(group).createECDH();
        byte[] ours = agreement.generateEphemeral();
        agreement.receivePeerValue(peer);
        agreement.calculateSecret().destroy();
        return ours;
    }

    private TlsECDomain domain(int group) {
        return crypto.createECDomain(new TlsECConfig(group));
    }

    private byte[] jdkSignature(KeyPair pair) throws GeneralSecurityException {
        Signature signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(pair.getPrivate(), random);
        signer.update(message);
        return signer.sign();
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("no P-256", missing);
        }
    }
}
