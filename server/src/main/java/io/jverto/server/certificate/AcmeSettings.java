package io.jverto.server.certificate;

import io.jverto.base.Program;
import io.jverto.base.tls.CertificateProblem;
import io.jverto.server.startup.SecretFile;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/// How a certificate was got by ACME, and is got again.
///
/// @param directory of the authority (RFC 8555 section 7.1.1)
/// @param authorities PEM file with those whom its own https certificate may come from; empty for those that Java knows
/// @param email where it writes when something is wrong; empty for nowhere
/// @param hosts first the one by which people come
public record AcmeSettings(URI directory, Optional<Path> authorities, String email, List<String> hosts, AcmeProof proof) {
    private static final String FILE = "acme.properties";
    private static final String HTTP_PORT = "http-port";
    private static final String TLS_PORT = "tls-port";
    private static final String DNS_HOOK = "dns-hook";
    private static final String DNS_WAIT = "dns-wait";

    public AcmeSettings {
        hosts = List.copyOf(hosts);
    }

    /// @return what a folder says; empty when nothing was got by ACME there
    static Optional<AcmeSettings> read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties values = new Properties();
        values.load(new StringReader(Files.readString(file)));
        try {
            String authorities = values.getProperty("authorities", "");
            return Optional.of(new AcmeSettings(
                    URI.create(values.getProperty("directory", "")),
                    authorities.isEmpty() ? Optional.empty() : Optional.of(Path.of(authorities)),
                    values.getProperty("email", ""),
                    List.of(values.getProperty("hosts", "").split(" +")),
                    proof(values)));
        } catch (IllegalArgumentException damaged) {
            throw new CertificateProblem(file + " cannot be understood (" + damaged.getMessage() + "); run " + Program.command("cert acme") + " anew", damaged);
        }
    }

    private static AcmeProof proof(Properties values) {
        if (values.containsKey(DNS_HOOK)) {
            return new AcmeProof.Dns01(Path.of(values.getProperty(DNS_HOOK)), Duration.ofSeconds(Integer.parseInt(values.getProperty(DNS_WAIT, "0"))));
        }
        return values.containsKey(TLS_PORT)
                ? new AcmeProof.TlsAlpn01(Integer.parseInt(values.getProperty(TLS_PORT)))
                : new AcmeProof.Http01(Integer.parseInt(values.getProperty(HTTP_PORT, "80")));
    }

    void write(Path folder) throws IOException {
        Properties values = new Properties();
        values.setProperty("directory", directory.toString());
        values.setProperty("authorities", authorities.map(Path::toString).orElse(""));
        values.setProperty("email", email);
        values.setProperty("hosts", String.join(" ", hosts));
        switch (proof) {
            case AcmeProof.Http01(int port) -> values.setProperty(HTTP_PORT, Integer.toString(port));
            case AcmeProof.TlsAlpn01(int port) -> values.setProperty(TLS_PORT, Integer.toString(port));
            case AcmeProof.Dns01(Path hook, Duration settling) -> {
                values.setProperty(DNS_HOOK, hook.toString());
                values.setProperty(DNS_WAIT, Long.toString(settling.toSeconds()));
            }
        }
        StringWriter text = new StringWriter();
        values.store(text, "How the certificate is got by ACME");
        SecretFile.write(folder.resolve(FILE), text.toString());
    }

    static void forget(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(FILE));
    }
}
