package io.jverto.sip.digest;

import io.jverto.base.id.Tokens;
import io.jverto.sip.digest.DigestAnswer.Answered;
import io.jverto.sip.digest.DigestAnswer.Reason;
import io.jverto.sip.digest.DigestAnswer.Refused;
import io.jverto.sip.message.SipMethod;
import io.jverto.sip.message.SipResponse;
import io.jverto.sip.message.Uri;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Answers the challenges to one account's requests (RFC 3261 section 22.2), and answers in advance while a nonce holds.
/// Never for another host or realm than configured: the answer lets who asked try passwords (S29, CVE-2021-41158).
public final class DigestClient {
    private static final int CNONCE = 22;
    /// Stale nonces one after the other before we take the peer for broken.
    private static final int MAX_STALE = 3;

    private final DigestAccount account;
    private final RandomGenerator random;
    private Optional<Challenge> current = Optional.empty();
    private boolean proxy;
    private String host = "";
    private int uses;
    private int staleInRow;

    public DigestClient(DigestAccount account, RandomGenerator random) {
        this.account = account;
        this.random = random;
    }

    /// @param response 401 or 407
    /// @param fromHost the host that the request was sent to, as it is configured
    /// @param uri the request's
    /// @param answered whether the request that was challenged had an answer of ours in it
    public DigestAnswer onChallenge(SipResponse response, String fromHost, SipMethod method, Uri uri, boolean answered) {
        proxy = response.status() == 407;
        List<Challenge> known = response.headers().lines(proxy ? "Proxy-Authenticate" : "WWW-Authenticate").stream()
                .flatMap(line -> Challenge.parse(line).stream())
                .toList();
        if (known.isEmpty()) {
            return new Refused(Reason.UNSUPPORTED);
        }
        Optional<Challenge> strongest = known.stream()
                .filter(challenge -> account.isOf(fromHost, challenge.realm()))
                .max(Comparator.comparing(Challenge::algorithm));
        if (strongest.isEmpty()) {
            return new Refused(Reason.STRANGER);
        }
        Challenge challenge = strongest.get();
        boolean sameNonce = current.filter(before -> before.nonce().equals(challenge.nonce())).isPresent();
        staleInRow = answered && challenge.stale() ? staleInRow + 1 : 0;
        if (answered && (!challenge.stale() || sameNonce || staleInRow > MAX_STALE)) {
            current = Optional.empty();
            return new Refused(Reason.WRONG_PASSWORD);
        }
        if (!sameNonce) {
            uses = 0;
        }
        current = Optional.of(challenge);
        host = fromHost;
        return answer(challenge, method, uri);
    }

    /// The answer to the challenge before, for one more request to the same host.
    ///
    /// @return empty while there was none
    public Optional<Answered> inAdvance(String toHost, SipMethod method, Uri uri) {
        return current.filter(challenge -> challenge.qop() && host.equals(toHost)).map(challenge -> answer(challenge, method, uri));
    }

    private Answered answer(Challenge challenge, SipMethod method, Uri uri) {
        uses++;
        boolean counted = challenge.qop();
        boolean wantsCnonce = counted || challenge.algorithm() == DigestAlgorithm.MD5_SESS;
        Credentials open = new Credentials(
                account.username(),
                challenge.realm(),
                challenge.nonce(),
                uri.toString(),
                "",
                challenge.algorithm(),
                wantsCnonce ? Tokens.alphanumeric(random, CNONCE) : "",
                counted ? String.format("%08x", uses) : "",
                counted ? "auth" : "",
                challenge.opaque());
        String ha1 = challenge.algorithm().ha1(account.username(), challenge.realm(), account.password());
        String proof = challenge.algorithm().response(ha1, method.name(), open, counted);
        return new Answered(proxy ? "Proxy-Authorization" : "Authorization", open.withResponse(proof).header());
    }
}
