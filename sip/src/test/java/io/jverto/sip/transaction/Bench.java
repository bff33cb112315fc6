package io.jverto.sip.transaction;

import io.jverto.base.count.Counters;
import io.jverto.sip.message.Body;
import io.jverto.sip.message.CSeq;
import io.jverto.sip.message.Envelope;
import io.jverto.sip.message.Headers;
import io.jverto.sip.message.HostPort;
import io.jverto.sip.message.NameAddr;
import io.jverto.sip.message.SipMessage;
import io.jverto.sip.message.SipMethod;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipResponse;
import io.jverto.sip.message.SipTransport;
import io.jverto.sip.message.SipUri;
import io.jverto.sip.message.Via;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/// Transactions in virtual time, and all that they want done, as words with their millisecond.
final class Bench implements TransactionOutput {
    static final HostPort US = new HostPort("192.0.2.1", 5060);
    static final HostPort PEER = new HostPort("192.0.2.2", 5060);

    final Counters<TransactionCounter> counters = new Counters<>(TransactionCounter.class);
    final Transactions transactions;
    final List<String> log = new ArrayList<>();
    final List<SipMessage> sent = new ArrayList<>();
    final List<Hop> hops = new ArrayList<>();
    final List<ServerId> requests = new ArrayList<>();
    final List<SipRequest> received = new ArrayList<>();
    final Hop hop;
    long nowNanos = 1_000_000_000L;
    long deadline = Long.MAX_VALUE;
    private final long startNanos = nowNanos;

    Bench(SipTransport transport) {
        this(transport, Transactions.MAX);
    }

    Bench(SipTransport transport, int most) {
        this.hop = new Hop(transport, new InetSocketAddress("192.0.2.2", 5060));
        this.transactions = new Transactions(SipTimers.STANDARD, counters, most);
    }

    static SipRequest request(SipMethod method, String branch, SipTransport transport, HostPort sentBy) {
        Envelope envelope = new Envelope(
                List.of(Via.of(transport, sentBy, branch)),
                NameAddr.of(SipUri.of("us", US)).withParam("tag", "f" + branch.replace("*", "")),
                NameAddr.of(SipUri.of("peer", PEER)),
                "call-" + branch,
                new CSeq(7, method));
        return new SipRequest(method, SipUri.of("peer", PEER), envelope, Headers.NONE.with("Max-Forwards", "70"), Body.NONE);
    }

    ClientId start(SipMethod method) {
        SipRequest request = request(method, Via.COOKIE + "c", hop.transport(), US);
        deadline = transactions.start(nowNanos, request, hop, this);
        return Transactions.idOf(request);
    }

    void receive(SipMessage message) {
        deadline = transactions.onMessage(nowNanos, message, hop, this);
    }

    /// A response of the peer's to our last request of that method.
    void answer(SipMethod method, int status) {
        SipRequest last = (SipRequest) sent.stream()
                .filter(one -> one instanceof SipRequest request && request.is(method))
                .reduce((_, b) -> b)
                .orElseThrow();
        receive(last.reply(status).withToTag("t"));
    }

    void respond(SipRequest request, int status) {
        SipResponse response = request.reply(status).withToTag("t");
        deadline = transactions.respond(nowNanos, requests.getLast(), response, this);
    }

    /// Lets time pass, deadline by deadline.
    void pass(long millis) {
        long until = nowNanos + millis * 1_000_000L;
        while (deadline <= until) {
            nowNanos = deadline;
            deadline = transactions.onTimeout(nowNanos, this);
        }
        nowNanos = until;
    }

    String at() {
        return (nowNanos - startNanos) / 1_000_000L + " ";
    }

    /// @return what happened since the last call
    List<String> take() {
        List<String> taken = List.copyOf(log);
        log.clear();
        return taken;
    }

    @Override
    public void send(Hop to, SipMessage message) {
        sent.add(message);
        hops.add(to);
        log.add(at() + "send " + word(message));
    }

    private static String word(SipMessage message) {
        return switch (message) {
            case SipRequest request -> request.method().name();
            case SipResponse response -> Integer.toString(response.status());
        };
    }

    @Override
    public void request(ServerId id, SipRequest request, Hop from) {
        requests.add(id);
        received.add(request);
        log.add(at() + "request " + request.method());
    }

    @Override
    public void ack(SipRequest ack, Hop from) {
        log.add(at() + "ack");
    }

    @Override
    public void cancelled(ServerId invite, SipRequest cancel) {
        log.add(at() + "cancelled");
    }

    @Override
    public void unacknowledged(ServerId invite) {
        log.add(at() + "unacknowledged");
    }

    @Override
    public void response(ClientId id, SipResponse response, Hop from) {
        log.add(at() + "response " + response.status());
    }

    @Override
    public void failed(ClientId id, ClientFailure why) {
        log.add(at() + "failed " + why);
    }
}
