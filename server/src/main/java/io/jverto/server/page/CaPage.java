package io.jverto.server.page;

import io.jverto.base.Broken;
import io.jverto.base.Program;
import io.jverto.base.tls.PemText;
import io.jverto.server.certificate.CertificateText;
import io.jverto.verto.connect.PageHandler;
import io.jverto.verto.site.SiteReply;
import io.jverto.verto.site.SiteRequest;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// `/ca`: the certificate of the private authority for devices that are to trust it, and how each kind of them is told to. Nothing is there while
/// the server's certificate is somebody else's. Thread-safe.
public final class CaPage implements PageHandler {
    public static final String PATH = "/ca";

    private final PageHandler next;
    private final Supplier<Optional<X509Certificate>> authority;

    /// @param authority empty while none is in use; must not block
    public CaPage(PageHandler next, Supplier<Optional<X509Certificate>> authority) {
        this.next = next;
        this.authority = authority;
    }

    @Override
    public PageResponse handle(PageRequest request) {
        boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
        Optional<X509Certificate> ca = reads && request.path().startsWith(PATH) ? authority.get() : Optional.empty();
        if (ca.isEmpty()) {
            return next.handle(request);
        }
        byte[] der = der(ca.get());
        return switch (request.path()) {
            case PATH -> answer("text/html; charset=utf-8", "", page(ca.get()).getBytes(StandardCharsets.UTF_8));
            case PATH + ".css" -> answer("text/css; charset=utf-8", "", STYLE.getBytes(StandardCharsets.UTF_8));
            // iPhones and Android offer to install what has this type (RFC 5280 does not name it; browsers do).
            case PATH + ".crt" -> answer("application/x-x509-ca-cert", "", der);
            case PATH + ".pem" -> answer("application/x-pem-file", "jverto-ca.pem", PemText.of("CERTIFICATE", der).getBytes(StandardCharsets.US_ASCII));
            default -> next.handle(request);
        };
    }

    @Override
    public boolean isFile(String path) {
        return next.isFile(path);
    }

    @Override
    public SiteReply file(SiteRequest request) {
        return next.file(request);
    }

    private static PageResponse answer(String type, String name, byte[] body) {
        Map<String, String> headers = PageFiles.headers(type, "no-store");
        if (!name.isEmpty()) {
            headers.put("content-disposition", "attachment; filename=\"" + name + "\"");
        }
        return new PageResponse(200, headers, body);
    }

    private static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException impossible) {
            throw new Broken("a certificate that was read can be written", impossible);
        }
    }

    private static String page(X509Certificate ca) {
        return PAGE.replace("{fingerprint}", CertificateText.fingerprint(ca)).replace("{end}", CertificateText.day(ca.getNotAfter()))
                .replace("{show}", Program.command("cert show"));
    }

    /// Links are relative, so that the page works below a path of a proxy too.
    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Trust this server</title>
            <link rel="stylesheet" href="ca.css">
            </head>
            <body>
            <main>
            <h1>Trust this server</h1>
            <p>This server has a certificate of its owner's private authority. A device that has the authority opens the page without a warning, and
            telephones and browsers may use microphone and camera there.</p>
            <p><a class="button" href="ca.crt">Fetch the certificate</a> <a href="ca.pem">as PEM</a></p>
            <p>Compare before you trust it: whoever runs the server sees the same by <code>{show}</code>.</p>
            <p class="fingerprint">SHA-256 {fingerprint}</p>
            <p>It counts until {end}.</p>
            <h2>iPhone and iPad</h2>
            <ol><li>Open this page in Safari and fetch the certificate; allow the profile.</li>
            <li>Settings, <b>Profile Downloaded</b>, Install.</li>
            <li>Settings, General, About, <b>Certificate Trust Settings</b>: switch it on.</li></ol>
            <h2>Android</h2>
            <ol><li>Fetch the certificate.</li>
            <li>Settings, Security, More, Encryption &amp; credentials, <b>Install a certificate, CA certificate</b>; choose the file.</li></ol>
            <h2>Windows</h2>
            <ol><li>Open the file, <b>Install Certificate</b>, Local Machine.</li>
            <li>Place it in <b>Trusted Root Certification Authorities</b>. Firefox takes it from there as well.</li></ol>
            <h2>macOS</h2>
            <ol><li>Open the file; Keychain Access adds it.</li>
            <li>Double-click it there, open Trust, <b>Always Trust</b>.</li></ol>
            <h2>Linux</h2>
            <ol><li>Chromium: <code>certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n jverto -i jverto-ca.pem</code></li>
            <li>Firefox: Settings, Privacy &amp; Security, View Certificates, Authorities, <b>Import</b>.</li>
            <li>Programs: copy it to <code>/usr/local/share/ca-certificates/jverto.crt</code> as PEM, then <code>update-ca-certificates</code>.</li></ol>
            </main>
            </body>
            </html>
            """;

    private static final String STYLE = """
            :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
            body { margin: 0; }
            main { max-width: 42rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
            h1 { font-size: 1.6rem; }
            h2 { font-size: 1.1rem; margin-top: 2rem; }
            .button { display: inline-block; padding: 0.6rem 1rem; border-radius: 0.5rem; background: #0b57d0; color: #fff; text-decoration: none; }
            .fingerprint { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
            code { overflow-wrap: anywhere; }
            """;
}
