package io.jverto.server.startup;

import io.jverto.media.dtls.DtlsIdentity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;

/// The folder that the server writes to. What is missing in it is generated; what is there is never changed.
public final class DataFolder {
    /// Less, and the database cannot be opened.
    private static final long LEAST_ROOM = 32L << 20;
    private static final String PASSWORD = "default_password";
    private static final String EVENT_SOCKET_PASSWORD = "event_socket_password";
    private static final String TOKEN_KEY = "token_key";
    private static final int TOKEN_KEY_BYTES = 32;
    private static final String CERTIFICATE = "wss.pem";
    private static final String DTLS = "dtls-srtp.pem";
    /// Apple's browsers accept no longer life (825 days); the others ask for less.
    private static final Duration CERTIFICATE_LIFE = Duration.ofDays(824);
    private static final Duration DTLS_LIFE = Duration.ofDays(3650);

    private final Path folder;
    private final SecureRandom random;
    private final Instant now;

    private DataFolder(Path folder, SecureRandom random, Instant now) {
        this.folder = folder;
        this.random = random;
        this.now = now;
    }

    /// Makes the folder if there is none.
    ///
    /// @throws CannotStart when it cannot be written to
    public static DataFolder open(Path folder, SecureRandom random, Instant now) {
        try {
            Files.createDirectories(folder.resolve("tls"));
            Path real = folder.toRealPath();
            Files.delete(Files.createTempFile(real, ".try", ""));
            long free = Files.getFileStore(real).getUsableSpace();
            if (free < LEAST_ROOM) {
                throw new CannotStart("the disk of the data folder " + folder + " is full: " + (free >> 10) + " kB are left, "
                        + (LEAST_ROOM >> 20) + " MB are needed at least; make room, or name a folder on another disk with --data DIR");
            }
            return new DataFolder(real, random, now);
        } catch (IOException wrong) {
            throw new CannotStart("the data folder " + folder + " cannot be written to (" + wrong.getClass().getSimpleName()
                    + "); make it writable or name another with --data DIR", wrong);
        }
    }

    /// Takes the folder for this process alone, until it is closed or ends.
    ///
    /// @throws CannotStart when another server has it
    public AutoCloseable lock() {
        Path file = folder.resolve("run").resolve("lock");
        try {
            Files.createDirectories(file.getParent());
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!isLocked(channel)) {
                String holder = Files.readString(file).strip();
                channel.close();
                throw new CannotStart("another server runs with the data folder " + folder + (holder.isEmpty() ? "" : " (process " + holder + ")")
                        + "; stop it, or name another folder with --data DIR");
            }
            channel.truncate(0).write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
            return channel;
        } catch (IOException wrong) {
            throw new CannotStart(file + " cannot be written (" + wrong.getClass().getSimpleName() + "); let the user that runs jverto own the folder", wrong);
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException ours) {
            return false; // by another server of this process
        }
    }

    public Path path() {
        return folder;
    }

    /// @return the folder of certificates and keys
    public Path certificates() {
        return folder.resolve("tls");
    }

    /// @return the folder of the embedded database, made when that is first used
    public Path database() {
        return folder.resolve("db");
    }

    /// @return the folder of call records that are on their way to the database, made when the first one is
    public Path spool() {
        return folder.resolve("spool").resolve("records");
    }

    /// @return the password of the default users, generated at the first start
    public String password() {
        return keep(folder.resolve(PASSWORD), () -> Passwords.generate(random) + "\n").strip();
    }

    /// @return the password of the event socket, generated at the first start
    public String eventSocketPassword() {
        return keep(folder.resolve(EVENT_SOCKET_PASSWORD), () -> Passwords.generate(random) + "-" + Passwords.generate(random) + "\n").strip();
    }

    /// @return the key that signs tokens, generated at the first start; another one, and all tokens of before are no longer any
    public byte[] tokenKey() {
        Path file = folder.resolve(TOKEN_KEY);
        String hex = keep(file, () -> {
            byte[] key = new byte[TOKEN_KEY_BYTES];
            random.nextBytes(key);
            return HexFormat.of().formatHex(key) + "\n";
        }).strip();
        if (!hex.matches("([0-9a-fA-F]{2}){" + TOKEN_KEY_BYTES + ",}")) {
            throw new CannotStart(file + " is no key: " + TOKEN_KEY_BYTES + " bytes or more in hexadecimal digits; delete it, and the next start makes a new one");
        }
        return HexFormat.of().parseHex(hex);
    }

    /// Where the event socket of the server that runs listens, for its console.
    public record Console(String host, int port, String password) {
        private static final String FILE = "run/event_socket";

        /// @param data the folder that a server writes to
        /// @return empty when none runs there, or one without event socket
        public static Optional<Console> find(Path data) throws IOException {
            Path file = data.resolve(FILE);
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            List<String> lines = Files.readAllLines(file);
            return lines.size() == 3 && lines.get(1).matches("[0-9]{1,5}")
                    ? Optional.of(new Console(lines.getFirst(), Integer.parseInt(lines.get(1)), lines.get(2)))
                    : Optional.empty();
        }

        @Override
        public String toString() {
            return "Console[" + host + ":" + port + "]";
        }
    }

    /// Notes how the console gets in, for whoever may read the server's secrets.
    public void console(Console console) {
        try {
            Files.createDirectories(folder.resolve("run"));
            SecretFile.write(folder.resolve(Console.FILE), console.host() + "\n" + console.port() + "\n" + console.password() + "\n");
        } catch (IOException wrong) {
            throw new CannotStart(folder.resolve(Console.FILE) + " cannot be written (" + wrong.getClass().getSimpleName()
                    + "); let the user that runs jverto own the folder", wrong);
        }
    }

    /// No console gets in.
    public void forgetConsole() {
        try {
            Files.deleteIfExists(folder.resolve(Console.FILE));
        } catch (IOException wrong) {
            throw new CannotStart(folder.resolve(Console.FILE) + " cannot be deleted (" + wrong.getClass().getSimpleName() + ")", wrong);
        }
    }

    /// @return the file with certificate and key for the page, generated at the first start
    public Path certificate(LocalNames names) {
        Path file = certificates().resolve(CERTIFICATE);
        keep(file, () -> SelfSigned.pem(names, random, now, CERTIFICATE_LIFE));
        return file;
    }

    /// @return the certificate of media, generated at the first start
    public DtlsIdentity dtlsIdentity() {
        Path file = certificates().resolve(DTLS);
        String pem = keep(file, () -> DtlsIdentity.generate(random, now.minus(Duration.ofDays(1)), DTLS_LIFE).toPem());
        return DtlsIdentity.fromPem(pem).orElseThrow(() -> new CannotStart(
                file + " is not a certificate with its private key; delete it, and the next start makes a new one"));
    }

    private String keep(Path file, Supplier<String> missing) {
        try {
            if (!Files.exists(file)) {
                SecretFile.write(file, missing.get());
            }
            return Files.readString(file);
        } catch (IOException wrong) {
            throw new CannotStart(file + " cannot be read or written (" + wrong.getClass().getSimpleName()
                    + "); let the user that runs jverto own the folder", wrong);
        }
    }
}
