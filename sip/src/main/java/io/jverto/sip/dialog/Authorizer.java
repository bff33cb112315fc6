package io.jverto.sip.dialog;

import io.jverto.sip.message.Header;
import io.jverto.sip.message.SipMethod;
import io.jverto.sip.message.SipResponse;
import io.jverto.sip.message.Uri;
import java.util.Optional;

/// Answers challenges to the requests of one call; see [io.jverto.sip.digest.DigestClient].
@FunctionalInterface
public interface Authorizer {
    /// For a call without account.
    Authorizer NONE = (_, _, _, _) -> Optional.empty();

    /// @param response 401 or 407
    /// @param answered whether the request had an answer in it already
    /// @return the header to add to the request; empty to give up
    Optional<Header> answer(SipResponse response, SipMethod method, Uri uri, boolean answered);
}
