package io.jverto.server.certificate;

import io.jverto.base.Broken;
import io.jverto.base.net.Addresses;
import io.jverto.base.time.TimeSource;
import io.jverto.base.tls.ServerCertificate;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.shredzone.acme4j.challenge.TlsAlpn01Challenge;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A port at which an authority is shown proofs over TLS (RFC 8737 section 3), while a certificate is being got and no server has it.
final class ProofListener implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ProofListener.class);
    private static final int HANDSHAKE_MILLIS = 10_000;
    /// An authority asks from a few places.
    private static final int MAX_AT_ONCE = 32;

    /// Without file descriptors, for instance, every attempt fails at once.
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final ServerSocket socket;
    private final Proofs proofs;
    private final TimeSource time;
    private final Semaphore places = new Semaphore(MAX_AT_ONCE);

    private ProofListener(ServerSocket socket, Proofs proofs, TimeSource time) {
        this.socket = socket;
        this.proofs = proofs;
        this.time = time;
    }

    /// @throws IOException when the port is taken, or may not be opened
    static ProofListener open(int port, TimeSource time) throws IOException {
        Proofs proofs = new Proofs();
        SSLServerSocket socket = (SSLServerSocket) context(proofs).getServerSocketFactory().createServerSocket(port);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {TlsAlpn01Challenge.ACME_TLS_1_PROTOCOL});
        socket.setSSLParameters(parameters);
        return listen(socket, proofs, time);
    }

    /// @param socket that is open
    static ProofListener of(ServerSocket socket, TimeSource time) {
        return listen(socket, new Proofs(), time);
    }

    private static ProofListener listen(ServerSocket socket, Proofs proofs, TimeSource time) {
        ProofListener listener = new ProofListener(socket, proofs, time);
        time.start("acme proofs", listener::accept);
        return listener;
    }

    void show(String host, ServerCertificate proof) {
        proofs.all.put(host, proof);
    }

    private void accept() {
        Duration pause = Duration.ZERO;
        while (!socket.isClosed()) {
            try {
                take(socket.accept());
                pause = Duration.ZERO;
            } catch (IOException refused) {
                if (!socket.isClosed()) {
                    pause = after(pause, refused);
                    time.mailbox(1).await(time.nanoTime() + pause.toNanos());
                }
            }
        }
    }

    private void take(Socket peer) throws IOException {
        if (places.tryAcquire()) {
            time.start("acme proof", () -> greet(peer));
        } else {
            peer.close();
        }
    }

    /// @return how long to wait after one that failed, if it was so long before
    private Duration after(Duration before, IOException refused) {
        if (before.isZero()) {
            log.warn("port {} takes nobody at the moment ({}): an authority that looks for a proof there sees none; we go on trying", socket.getLocalPort(), refused.getMessage());
            return SHORTEST_PAUSE;
        }
        Duration longer = before.multipliedBy(2);
        return longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    }

    private void greet(Socket peer) {
        try (peer) {
            peer.setSoTimeout(HANDSHAKE_MILLIS);
            ((SSLSocket) peer).startHandshake();
        } catch (IOException stranger) {
            log.debug("no proof for {}: {}", Addresses.text(peer.getRemoteSocketAddress()), stranger.getMessage());
        } finally {
            places.release();
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException stays) {
            log.warn("port {} cannot be closed: {}", socket.getLocalPort(), stays.getMessage());
        }
    }

    private static SSLContext context(Proofs proofs) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {proofs}, null, null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new Broken("every Java has TLS", impossible);
        }
    }

    /// By the name that the authority asks for.
    private static final class Proofs extends X509ExtendedKeyManager {
        private final Map<String, ServerCertificate> all = new ConcurrentHashMap<>();

        @Override
        public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, Socket socket) {
            return ((SSLSocket) socket).getHandshakeSession() instanceof ExtendedSSLSession session
                    ? session.getRequestedServerNames().stream()
                            .filter(SNIHostName.class::isInstance)
                            .map(name -> ((SNIHostName) name).getAsciiName().toLowerCase(Locale.ROOT))
                            .filter(all::containsKey)
                            .findFirst().orElse(null)
                    : null;
        }

        @Override
        public X509Certificate @Nullable [] getCertificateChain(String alias) {
            ServerCertificate proof = all.get(alias);
            return proof == null ? null : proof.chain().toArray(X509Certificate[]::new);
        }

        @Override
        public @Nullable PrivateKey getPrivateKey(String alias) {
            ServerCertificate proof = all.get(alias);
            return proof == null ? null : proof.key();
        }

        @Override
        public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseClientAlias(String[] keyTypes, Principal @Nullable [] issuers, Socket socket) {
            return null;
        }
    }
}
