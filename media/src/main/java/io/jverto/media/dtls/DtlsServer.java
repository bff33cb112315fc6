package io.jverto.media.dtls;

import java.io.IOException;
import java.util.Hashtable;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;

/// Our terms in the role of the DTLS server, as Bouncy Castle asks for them. The client has to show a certificate too.
final class DtlsServer extends DefaultTlsServer {
    private final BcTlsCrypto crypto;
    private final DtlsIdentity identity;
    private final DtlsAgreement agreement;
    private @Nullable UseSRTPData srtp;

    DtlsServer(BcTlsCrypto crypto, DtlsIdentity identity, DtlsAgreement agreement) {
        super(crypto);
        this.crypto = crypto;
        this.identity = identity;
        this.agreement = agreement;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return DtlsTerms.VERSIONS;
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return DtlsTerms.ECDSA_SUITES.clone();
    }

    @Override
    protected TlsCredentialedSigner getECDSASignerCredentials() throws IOException {
        return DtlsTerms.signer(context, crypto, identity);
    }

    @Override
    @SuppressWarnings("rawtypes") // Bouncy Castle's signature
    public void processClientExtensions(Hashtable extensions) throws IOException {
        super.processClientExtensions(extensions);
        srtp = agreement.choose(extensions == null ? null : TlsSRTPUtils.getUseSRTPExtension(extensions));
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public Hashtable getServerExtensions() throws IOException {
        Hashtable extensions = super.getServerExtensions();
        TlsSRTPUtils.addUseSRTPExtension(extensions, srtp);
        return extensions;
    }

    @Override
    public CertificateRequest getCertificateRequest() {
        short[] types = {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign};
        return new CertificateRequest(types, TlsUtils.getDefaultSupportedSignatureAlgorithms(context), null);
    }

    @Override
    public void notifyClientCertificate(Certificate shown) throws IOException {
        agreement.checkCertificate(shown);
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        agreement.export(context);
    }

    @Override
    public void notifyAlertReceived(short level, short description) {
        agreement.onAlert(level, description);
    }

    @Override
    public boolean requiresExtendedMasterSecret() {
        return true;
    }

    @Override
    public int getHandshakeTimeoutMillis() {
        return DtlsTerms.HANDSHAKE_MILLIS;
    }

    @Override
    public int getHandshakeResendTimeMillis() {
        return DtlsTerms.RESEND_MILLIS;
    }

    @Override
    public int getMaxHandshakeMessageSize() {
        return DtlsTerms.MAX_HANDSHAKE_MESSAGE;
    }

    @Override
    public int getMaxCertificateChainLength() {
        return DtlsTerms.MAX_CERTIFICATES;
    }
}
