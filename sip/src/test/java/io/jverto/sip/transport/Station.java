package io.jverto.sip.transport;

import io.jverto.base.count.Counters;
import io.jverto.base.time.SystemTime;
import io.jverto.sip.dialog.Authorizer;
import io.jverto.sip.dialog.CallCounter;
import io.jverto.sip.dialog.CallEnd;
import io.jverto.sip.dialog.CallId;
import io.jverto.sip.dialog.CallOutput;
import io.jverto.sip.dialog.OutgoingInvite;
import io.jverto.sip.dialog.ReferId;
import io.jverto.sip.dialog.SessionRules;
import io.jverto.sip.dialog.UserAgent;
import io.jverto.sip.dialog.UserAgentConfig;
import io.jverto.sip.message.Body;
import io.jverto.sip.message.CSeq;
import io.jverto.sip.message.Envelope;
import io.jverto.sip.message.Headers;
import io.jverto.sip.message.HostPort;
import io.jverto.sip.message.NameAddr;
import io.jverto.sip.message.SipEncoder;
import io.jverto.sip.message.SipMessage;
import io.jverto.sip.message.SipMethod;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipResponse;
import io.jverto.sip.message.SipTransport;
import io.jverto.sip.message.SipUri;
import io.jverto.sip.transaction.ClientFailure;
import io.jverto.sip.transaction.ClientId;
import io.jverto.sip.transaction.Hop;
import io.jverto.sip.transaction.ServerId;
import io.jverto.sip.transaction.SipTimers;
import io.jverto.sip.transaction.TransactionCounter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// A user agent with true sockets on the loopback: answers every call and request.
final class Station implements CallOutput, AutoCloseable {
    static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    final Counters<TransportCounter> counters = new Counters<>(TransportCounter.class);
    final BlockingQueue<String> log = new LinkedBlockingQueue<>();
    final BlockingQueue<CallId> calls = new LinkedBlockingQueue<>();
    final SipDriver driver;
    final SipListeners listeners;
    private int port;

    Station(TransportConfig config, SourceLimits limits) {
        UserAgentConfig agent = new UserAgentConfig("test", _ -> new HostPort("127.0.0.1", port), false, SessionRules.of(0, 90), 100);
        SecureRandom random = new SecureRandom();
        UserAgent core = new UserAgent(
                agent, SipTimers.STANDARD, random, new Counters<>(CallCounter.class), new Counters<>(TransactionCounter.class));
        this.driver = new SipDriver(new SystemTime(), core, this, counters);
        this.listeners = new SipListeners(config, new SystemTime(), limits, counters, driver);
        driver.start("sip-test");
    }

    static SourceLimits unlimited() {
        Predicate<InetAddress> all = _ -> true;
        return new SourceLimits(1, 1, all);
    }

    int listen(SipTransport transport) {
        port = listeners.listen(transport, new InetSocketAddress(LOOPBACK, 0));
        return port;
    }

    Hop hop(SipTransport transport) {
        return new Hop(transport, new InetSocketAddress(LOOPBACK, port));
    }

    NameAddr self(SipTransport transport) {
        String name = transport.name().toLowerCase(java.util.Locale.ROOT);
        return NameAddr.of(SipUri.of("u", new HostPort("127.0.0.1", port)).withParam("transport", name));
    }

    void request(SipMethod method, Hop to) {
        driver.tell((nowNanos, core) -> {
            Envelope envelope = new Envelope(
                    List.of(core.via(to)), self(to.transport()).withParam("tag", core.newTag()), self(to.transport()), core.newCallId(),
                    new CSeq(1, method));
            core.request(nowNanos, new SipRequest(method, SipUri.of(to.hostPort()), envelope, Headers.NONE, Body.NONE), to, this);
        });
    }

    void call(Hop to) {
        driver.tell((nowNanos, core) -> {
            CallId id = core.newCall();
            calls.add(id);
            SipUri uri = SipUri.of("1000", to.hostPort());
            NameAddr self = self(to.transport());
            OutgoingInvite invite =
                    new OutgoingInvite(uri, self, NameAddr.of(uri), self, List.of(), Headers.NONE, Body.of("offer"), to, Authorizer.NONE);
            core.call(nowNanos, id, invite, this);
        });
    }

    void hangUp(CallId id) {
        driver.tell((nowNanos, core) -> core.hangUp(nowNanos, id, 603, Headers.NONE, this));
    }

    /// Waits for the next thing that is told.
    String next() throws InterruptedException {
        String line = log.poll(20, TimeUnit.SECONDS);
        return line == null ? "nothing" : line;
    }

    @Override
    public void close() {
        listeners.close();
        driver.close();
    }

    @Override
    public void send(Hop to, SipMessage message) {
        listeners.send(to, SipEncoder.encode(message));
    }

    @Override
    public void incoming(CallId call, SipRequest invite, Hop from) {
        log.add("incoming");
        calls.add(call);
        driver.tell((nowNanos, core) -> core.accept(nowNanos, call, Body.of("answer"), this));
    }

    @Override
    public void progress(CallId call, SipResponse response) {
        log.add("progress");
    }

    @Override
    public void answered(CallId call, SipResponse response) {
        log.add("answered");
    }

    @Override
    public void acknowledged(CallId call, Body body) {
        log.add("acknowledged");
    }

    @Override
    public void offered(CallId call, Body offer) {
        log.add("offered");
    }

    @Override
    public void settled(CallId call, int status, Body answer) {
        log.add("settled");
    }

    @Override
    public void agreed(CallId call, Body answer) {}

    @Override
    public void refreshed(CallId call, Body answer) {}

    @Override
    public void told(CallId call, SipRequest request) {
        log.add("told");
    }

    @Override
    public void referred(CallId call, ReferId refer, NameAddr to, SipRequest request) {
        log.add("referred");
    }

    @Override
    public void referProgress(CallId call, int status, boolean over) {
        log.add("refer");
    }

    @Override
    public void ended(CallId call, CallEnd end) {
        log.add("ended " + end.kind());
    }

    @Override
    public void request(ServerId id, SipRequest request, Hop from) {
        log.add("request " + request.method());
        driver.tell((nowNanos, core) -> core.respond(nowNanos, id, request.reply(200), this));
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
