package io.jverto.sip.dialog;

import io.jverto.sip.message.Body;
import io.jverto.sip.message.CSeq;
import io.jverto.sip.message.Envelope;
import io.jverto.sip.message.Headers;
import io.jverto.sip.message.NameAddr;
import io.jverto.sip.message.SipMessage;
import io.jverto.sip.message.SipMethod;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipResponse;
import io.jverto.sip.message.SipUri;
import io.jverto.sip.message.Uri;
import io.jverto.sip.message.Via;
import io.jverto.sip.transaction.Hop;
import java.util.ArrayList;
import java.util.List;

/// What two user agents remember of each other (RFC 3261 section 12.1): identities, the way, the order of requests.
public final class Dialog {
    private final String callId;
    private final NameAddr local;
    private final NameAddr remote;
    private final Hop usual;
    private List<NameAddr> routes;
    private Uri target;
    private long localSeq;
    private long remoteSeq;

    private Dialog(String callId, NameAddr local, NameAddr remote, Hop usual, List<NameAddr> routes, Uri target, long localSeq, long remoteSeq) {
        this.callId = callId;
        this.local = local;
        this.remote = remote;
        this.usual = usual;
        this.routes = routes;
        this.target = target;
        this.localSeq = localSeq;
        this.remoteSeq = remoteSeq;
    }

    /// Of a caller, by the first response that has a tag.
    static Dialog ofCaller(SipRequest invite, SipResponse response, Hop hop) {
        Envelope envelope = response.envelope();
        Dialog dialog = new Dialog(
                envelope.callId(), envelope.from(), envelope.to(), hop, List.of(), invite.uri(), invite.envelope().cseq().number(), -1);
        dialog.take(response);
        return dialog;
    }

    /// Of a callee, or of who is subscribed to.
    public static Dialog ofCallee(SipRequest invite, String tag, Hop from) {
        Envelope envelope = invite.envelope();
        Uri target = invite.contact().map(NameAddr::uri).orElse(envelope.from().uri());
        return new Dialog(
                envelope.callId(), envelope.to().withParam("tag", tag), envelope.from(), from, invite.headers().addresses("Record-Route"),
                bare(target), 0, envelope.cseq().number());
    }

    private static Uri bare(Uri uri) {
        return uri instanceof SipUri sip ? sip.withoutHeaders() : uri;
    }

    /// What tells this dialog from all others, seen from here.
    public String key() {
        return key(callId, local, remote);
    }

    public static String keyOfRequest(Envelope envelope) {
        return key(envelope.callId(), envelope.to(), envelope.from());
    }

    private static String key(String callId, NameAddr local, NameAddr remote) {
        return key(callId, local.tag().orElse(""), remote.tag().orElse(""));
    }

    static String key(String callId, String localTag, String remoteTag) {
        return callId + "\n" + localTag + "\n" + remoteTag;
    }

    String callId() {
        return callId;
    }

    /// The caller's dialog learns its way from each response until it is confirmed (RFC 3261 sections 12.1.2 and 13.2.2.4).
    void take(SipResponse response) {
        List<NameAddr> reversed = new ArrayList<>(response.headers().addresses("Record-Route"));
        java.util.Collections.reverse(reversed);
        routes = reversed;
        retarget(response);
    }

    /// Target refresh (RFC 3261 section 12.2).
    public void retarget(SipMessage message) {
        message.contact().ifPresent(contact -> target = bare(contact.uri()));
    }

    /// @return false when the request is older than one before: it must not be served (RFC 3261 section 12.2.2)
    public boolean takeSeq(SipRequest request) {
        long seq = request.envelope().cseq().number();
        if (seq <= remoteSeq) {
            return false;
        }
        remoteSeq = seq;
        return true;
    }

    public long nextSeq() {
        return ++localSeq;
    }

    /// The number that the last request of ours had when it was not made here.
    void sentSeq(long seq) {
        localSeq = Math.max(localSeq, seq);
    }

    /// RFC 3261 section 12.2.1.1.
    public SipRequest request(SipMethod method, long seq, Via via, Headers headers, Body body) {
        Envelope envelope = new Envelope(List.of(via), local, remote, callId, new CSeq(seq, method));
        List<NameAddr> way = new ArrayList<>(routes);
        Uri uri = target;
        if (!way.isEmpty() && way.getFirst().uri() instanceof SipUri first && !first.isLoose()) {
            way.removeFirst(); // a proxy of RFC 2543 finds itself in the request URI
            way.add(NameAddr.of(target));
            uri = first.withoutHeaders();
        }
        return new SipRequest(method, uri, envelope, Headers.NONE.and("Max-Forwards", "70").and("Route", way).and(headers), body);
    }

    Hop hop() {
        return NextHop.of(routes.isEmpty() ? target : routes.getFirst().uri(), usual);
    }
}
