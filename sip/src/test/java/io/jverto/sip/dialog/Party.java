package io.jverto.sip.dialog;

import io.jverto.base.count.Counters;
import io.jverto.sip.message.Body;
import io.jverto.sip.message.Headers;
import io.jverto.sip.message.NameAddr;
import io.jverto.sip.message.SipMessage;
import io.jverto.sip.message.SipMethod;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipResponse;
import io.jverto.sip.message.SipUri;
import io.jverto.sip.transaction.ClientFailure;
import io.jverto.sip.transaction.ClientId;
import io.jverto.sip.transaction.Hop;
import io.jverto.sip.transaction.ServerId;
import io.jverto.sip.transaction.SipTimers;
import io.jverto.sip.transaction.TransactionCounter;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;

/// One user agent in a [Net], and what it told.
class Party implements CallOutput {
    final Net net;
    final Hop hop;
    final UserAgent agent;
    final Counters<CallCounter> counters = new Counters<>(CallCounter.class);
    final List<String> log = new ArrayList<>();
    final List<CallId> incoming = new ArrayList<>();
    final List<SipRequest> invites = new ArrayList<>();
    final Map<CallId, CallEnd> ends = new HashMap<>();
    final Map<CallId, ReferId> refers = new HashMap<>();
    final List<SipMessage> sent = new ArrayList<>();
    final List<SipMessage> received = new ArrayList<>();
    BiConsumer<CallId, SipRequest> onIncoming = (_, _) -> {};
    boolean answersOffers = true;
    long deadline = Long.MAX_VALUE;

    Party(Net net, int number) {
        this(net, number, new UserAgentConfig("test", _ -> Net.hostPort(number), false, SessionRules.of(0, 90), 100));
    }

    Party(Net net, int number, UserAgentConfig config) {
        this.net = net;
        this.hop = Net.hop(number);
        this.agent = new UserAgent(
                config, SipTimers.STANDARD, new Random(net.random.nextLong()), counters, new Counters<>(TransactionCounter.class));
        net.join(this);
    }

    InetSocketAddress address() {
        return hop.remote();
    }

    NameAddr self() {
        return NameAddr.of(SipUri.of("u", Net.hostPort(hop.remote().getAddress().getAddress()[3])));
    }

    CallId call(Party other) {
        return call(other, Headers.NONE, Authorizer.NONE);
    }

    CallId call(Party other, Headers headers, Authorizer authorizer) {
        CallId id = agent.newCall();
        OutgoingInvite invite = new OutgoingInvite(
                other.self().uri(), self(), other.self(), self(), List.of(), headers, Body.of("offer"), other.hop, authorizer);
        deadline = agent.call(now(), id, invite, this);
        return id;
    }

    void progress(CallId id, int status, String sdp) {
        deadline = agent.progress(now(), id, status, Body.of(sdp), this);
    }

    void accept(CallId id) {
        deadline = agent.accept(now(), id, Body.of("answer"), this);
    }

    void hangUp(CallId id) {
        deadline = agent.hangUp(now(), id, 486, Headers.NONE, this);
    }

    void offer(CallId id, String sdp) {
        deadline = agent.offer(now(), id, Body.of(sdp), this);
    }

    void tell(CallId id, SipMethod method) {
        deadline = agent.tell(now(), id, method, Headers.NONE, Body.of("x"), this);
    }

    void refer(CallId id) {
        deadline = agent.refer(now(), id, Headers.NONE.with("Refer-To", "<sip:third@192.0.2.3>"), this);
    }

    long now() {
        return net.nowNanos;
    }

    void receive(SipMessage message, Hop from) {
        received.add(message);
        deadline = agent.onMessage(now(), message, from, this);
    }

    void onTimeout() {
        deadline = agent.onTimeout(now(), this);
        if (deadline <= now()) {
            throw new AssertionError("a deadline in the past");
        }
    }

    /// @return what was told since the last call
    List<String> take() {
        List<String> taken = List.copyOf(log);
        log.clear();
        return taken;
    }

    List<String> sentWords() {
        return sent.stream().map(message -> switch (message) {
            case SipRequest request -> request.method().name();
            case SipResponse response -> response.status() + " " + response.envelope().cseq().method();
        }).toList();
    }

    @Override
    public void send(Hop to, SipMessage message) {
        sent.add(message);
        net.send(address(), to, message);
    }

    @Override
    public void incoming(CallId call, SipRequest invite, Hop from) {
        incoming.add(call);
        invites.add(invite);
        log.add("incoming");
        onIncoming.accept(call, invite);
    }

    @Override
    public void progress(CallId call, SipResponse response) {
        log.add("progress " + response.status() + (response.body().isEmpty() ? "" : " " + response.body().text()));
    }

    @Override
    public void answered(CallId call, SipResponse response) {
        log.add("answered " + response.body().text());
    }

    @Override
    public void acknowledged(CallId call, Body body) {
        log.add("acknowledged" + (body.isEmpty() ? "" : " " + body.text()));
    }

    @Override
    public void offered(CallId call, Body offer) {
        log.add("offered " + offer.text());
        if (answersOffers) {
            deadline = agent.answer(now(), call, Body.of("answer to " + offer.text()), this);
        }
    }

    @Override
    public void settled(CallId call, int status, Body answer) {
        log.add("settled " + status + (answer.isEmpty() ? "" : " " + answer.text()));
    }

    @Override
    public void agreed(CallId call, Body answer) {
        log.add("agreed " + answer.text());
    }

    @Override
    public void refreshed(CallId call, Body answer) {
        log.add("refreshed " + answer.text());
    }

    @Override
    public void told(CallId call, SipRequest request) {
        log.add("told " + request.method());
    }

    @Override
    public void referred(CallId call, ReferId refer, NameAddr to, SipRequest request) {
        log.add("referred " + to.uri());
        refers.put(call, refer);
        deadline = agent.acceptRefer(now(), call, refer, this);
    }

    @Override
    public void referProgress(CallId call, int status, boolean over) {
        log.add("refer " + status + (over ? " over" : ""));
    }

    @Override
    public void ended(CallId call, CallEnd end) {
        if (ends.put(call, end) != null) {
            throw new AssertionError("ended twice");
        }
        log.add("ended " + end.kind() + (end.status() == 0 ? "" : " " + end.status()));
    }

    @Override
    public void request(ServerId id, SipRequest request, Hop from) {
        log.add("request " + request.method());
        deadline = agent.respond(now(), id, request.reply(200), this);
    }

    @Override
    public void response(ClientId id, SipResponse response, Hop from) {
        log.add("response " + response.status());
    }

    @Override
    public void failed(ClientId id, ClientFailure why) {
        log.add("failed " + why);
    }
}
