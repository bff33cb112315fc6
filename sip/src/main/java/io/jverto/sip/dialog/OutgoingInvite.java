package io.jverto.sip.dialog;

import io.jverto.sip.message.Body;
import io.jverto.sip.message.Headers;
import io.jverto.sip.message.NameAddr;
import io.jverto.sip.message.Uri;
import io.jverto.sip.transaction.Hop;
import java.util.List;

/// A call to be made.
///
/// @param from who calls; the tag is added
/// @param contact where requests of the callee come to
/// @param routes proxies to go by, the first first
/// @param headers more headers
/// @param offer SDP
/// @param hop where the INVITE goes
/// @param authorizer for its challenges
public record OutgoingInvite(
        Uri uri, NameAddr from, NameAddr to, NameAddr contact, List<NameAddr> routes, Headers headers, Body offer, Hop hop, Authorizer authorizer) {
    public OutgoingInvite {
        routes = List.copyOf(routes);
    }
}
