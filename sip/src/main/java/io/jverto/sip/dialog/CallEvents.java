package io.jverto.sip.dialog;

import io.jverto.sip.message.Body;
import io.jverto.sip.message.NameAddr;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipResponse;

/// What a [UserAgent] has to tell of calls that have begun. Each of these may call the user agent again.
public interface CallEvents {
    /// 101 to 199 from somebody whom we call; of several callees perhaps, told apart by the tag in To.
    void progress(CallId call, SipResponse response);

    /// The first 2xx from somebody whom we call.
    void answered(CallId call, SipResponse response);

    /// The peer acknowledged our 200; of an INVITE without an offer, the answer to ours is in it.
    void acknowledged(CallId call, Body body);

    /// The caller answers our offer, which went with a provisional response (RFC 3262 section 5); empty when it should have and does not.
    void agreed(CallId call, Body answer);

    /// The peer wants to change the session: answer or refuse. An empty body asks for an offer of ours. Before the call is answered only what
    /// was agreed by reliable responses can be changed so (RFC 3311).
    void offered(CallId call, Body offer);

    /// What became of an offer of ours in an answered call.
    ///
    /// @param answer empty unless the status is 2xx
    void settled(CallId call, int status, Body answer);

    /// The session was refreshed with the description that there is (RFC 4028).
    ///
    /// @param answer how the peer describes itself now
    void refreshed(CallId call, Body answer);

    /// INFO or MESSAGE within a call; answered with 200 already.
    void told(CallId call, SipRequest request);

    /// The peer wants us to call somebody in its place: accept or refuse.
    void referred(CallId call, ReferId refer, NameAddr to, SipRequest request);

    /// How far what we asked the peer to call has got.
    ///
    /// @param status of that call, as the peer tells; 0 when it does not tell any more
    /// @param over whether nothing more comes
    void referProgress(CallId call, int status, boolean over);

    /// Exactly once for each call.
    void ended(CallId call, CallEnd end);
}
