package io.jverto.server.certificate;

import io.jverto.base.tls.CertificateProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Identifier;
import org.shredzone.acme4j.challenge.Challenge;

/// Lets an authority see what it asks for, and takes that away at the end.
interface Challenges extends AutoCloseable {
    /// As the authority calls this kind.
    String kind();

    /// Makes what it will look for.
    ///
    /// @return what it is then asked to look at
    /// @throws IOException when it offers no such proof, or nothing can be made; the message is for a person
    Challenge prepare(Authorization authorization) throws IOException;

    /// Waits until all that was made can be seen.
    default void settle() throws InterruptedException {}

    /// @return what has to be so for the name to be proved: the end of a sentence
    String remedy();

    @Override
    void close();

    /// @param folder from which a server that runs shows what is there
    static Challenges open(AcmeProof proof, Path folder, SecureRandom random) throws IOException {
        return switch (proof) {
            case AcmeProof.Http01(int port) -> new HttpChallenges(new ChallengeFiles(folder), port);
            case AcmeProof.TlsAlpn01(int port) -> new TlsChallenges(new ChallengeFiles(folder), port, random);
            case AcmeProof.Dns01 dns -> new DnsChallenges(dns, folder);
        };
    }

    /// @return the challenge of a kind that an authority offers
    static <C extends Challenge> C find(Authorization authorization, Class<C> type, String kind) throws IOException {
        Identifier name = authorization.getIdentifier();
        return authorization.findChallenge(type).orElseThrow(() -> new CertificateProblem("the authority does not prove " + name.getDomain() + " by " + kind
                + (authorization.isWildcard() ? ", as names with * are proved by dns-01 alone: --dns-hook PROGRAM" : "; it offers " + authorization.getChallenges().stream()
                        .map(Challenge::getType).toList())));
    }
}
