package io.jverto.sip.dialog;

import io.jverto.sip.digest.DigestAccount;
import io.jverto.sip.digest.DigestAnswer.Answered;
import io.jverto.sip.digest.DigestClient;
import io.jverto.sip.message.Header;
import io.jverto.sip.message.SipMethod;
import io.jverto.sip.message.SipResponse;
import io.jverto.sip.message.Uri;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Answers challenges to the requests of one call; see [DigestClient].
@FunctionalInterface
public interface Authorizer {
    /// For a call without account.
    Authorizer NONE = (_, _, _, _) -> Optional.empty();

    /// @param host where the requests go, as it is configured (S29)
    /// @return answers to challenges of one call
    static Authorizer of(DigestAccount account, String host, RandomGenerator random) {
        DigestClient digest = new DigestClient(account, random);
        return (response, method, uri, answered) ->
                digest.onChallenge(response, host, method, uri, answered) instanceof Answered(String name, String value)
                        ? Optional.of(new Header(name, value))
                        : Optional.empty();
    }

    /// @param response 401 or 407
    /// @param answered whether the request had an answer in it already
    /// @return the header to add to the request; empty to give up
    Optional<Header> answer(SipResponse response, SipMethod method, Uri uri, boolean answered);
}
