package io.jverto.server.certificate;

import io.jverto.base.time.SystemTime;
import io.jverto.base.time.TimeSource;
import io.jverto.base.tls.CertificateProblem;
import io.jverto.server.program.OutsideProgram;
import io.jverto.server.startup.SecretFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.challenge.Challenge;
import org.shredzone.acme4j.challenge.Dns01Challenge;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Records in the DNS by which an authority sees that a name is ours. A program of the operator makes them, called as those of other clients are:
/// `present NAME VALUE`, and `cleanup NAME VALUE` at the end; NAME is that of the TXT record, with a dot behind it.
final class DnsChallenges implements Challenges {
    private static final Logger log = LoggerFactory.getLogger(DnsChallenges.class);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final long MAX_OUTPUT = 1 << 20;

    private final AcmeProof.Dns01 proof;
    private final Path folder;
    private final TimeSource time = new SystemTime();
    private final List<TextRecord> made = new ArrayList<>();

    private record TextRecord(String name, String value) {}

    DnsChallenges(AcmeProof.Dns01 proof, Path folder) throws IOException {
        if (!Files.isExecutable(proof.hook()) || Files.isDirectory(proof.hook())) {
            throw new CertificateProblem("the program " + proof.hook() + " of --dns-hook cannot be run; name a program by its path, and let this user run it (chmod +x)");
        }
        SecretFile.folder(folder);
        this.proof = proof;
        this.folder = folder;
    }

    @Override
    public String kind() {
        return Dns01Challenge.TYPE;
    }

    @Override
    public Challenge prepare(Authorization authorization) throws IOException {
        Dns01Challenge challenge = Challenges.find(authorization, Dns01Challenge.class, kind());
        TextRecord wanted = new TextRecord(challenge.getRRName(authorization.getIdentifier()), challenge.getDigest());
        made.add(wanted); // it may have been made even by a program that failed
        run("present", wanted);
        return challenge;
    }

    @Override
    public void settle() throws InterruptedException {
        if (!made.isEmpty()) {
            Thread.sleep(proof.settling());
        }
    }

    @Override
    public String remedy() {
        return "the TXT record that " + proof.hook() + " makes must be on all servers of the domain after " + proof.settling().toSeconds() + " s (--dns-wait)";
    }

    @Override
    public void close() {
        for (TextRecord one : made) {
            try {
                run("cleanup", one);
            } catch (IOException stays) {
                log.warn("the TXT record {} may be left: {}", one.name, stays.getMessage());
            }
        }
    }

    private void run(String what, TextRecord one) throws IOException {
        Path output = Files.createTempFile(folder, ".hook", ".txt");
        try {
            OutsideProgram program = new OutsideProgram("ACME hook", List.of(proof.hook().toString(), what, one.name, one.value), folder, Map.of());
            var end = program.run("", output, new OutsideProgram.Limits(PATIENCE, List.of(output), MAX_OUTPUT, () -> true), time);
            String why = switch (end) {
                case OutsideProgram.End.Exited(int status) -> status == 0 ? "" : "ended with " + status;
                case OutsideProgram.End.Stopped(String reason) -> reason;
            };
            if (!why.isEmpty()) {
                throw new CertificateProblem(proof.hook() + " " + what + " " + one.name + " " + why + OutsideProgram.said(output));
            }
        } finally {
            Files.deleteIfExists(output);
        }
    }
}
