package io.jverto.sip.profile;

import io.jverto.sip.digest.DigestAccount;
import io.jverto.sip.digest.DigestAnswer.Answered;
import io.jverto.sip.digest.DigestClient;
import io.jverto.sip.message.Body;
import io.jverto.sip.message.CSeq;
import io.jverto.sip.message.Envelope;
import io.jverto.sip.message.Headers;
import io.jverto.sip.message.HostPort;
import io.jverto.sip.message.NameAddr;
import io.jverto.sip.message.Params;
import io.jverto.sip.message.SipMessage;
import io.jverto.sip.message.SipMethod;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipResponse;
import io.jverto.sip.message.SipTransport;
import io.jverto.sip.message.SipUri;
import io.jverto.sip.message.Via;
import io.jverto.sip.transaction.Hop;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// A telephone at an address of the fake network. Answers every request with 200, or what the test says.
final class TestPhone {
    static final String DOMAIN = "pbx.test";

    final Hop hop;
    final String user;
    final List<SipResponse> responses = new ArrayList<>();
    final List<SipRequest> requests = new ArrayList<>();
    final String callId;
    int says = 200;
    private final TestWorld world;
    private final DigestClient digest;
    private final Random random;
    private long seq;

    TestPhone(TestWorld world, String user, String password, int number) {
        this(world, user, password, new Hop(SipTransport.UDP, new InetSocketAddress("192.0.2." + number, 5060)));
    }

    TestPhone(TestWorld world, String user, String password, Hop hop) {
        this.world = world;
        this.user = user;
        this.hop = hop;
        this.random = new Random(world.phones++);
        this.callId = "call-" + world.phones;
        this.digest = new DigestClient(new DigestAccount(user, password, "", Set.of(DOMAIN)), random);
        world.network.peers.put(hop, this::onMessage);
    }

    private void onMessage(SipMessage message) {
        switch (message) {
            case SipResponse response -> responses.add(response);
            case SipRequest request -> {
                requests.add(request);
                if (says > 0 && !request.is(SipMethod.ACK)) {
                    world.network.deliver(hop, request.reply(says).withToTag("phone"));
                }
            }
        }
    }

    String contact() {
        return "<sip:" + user + "@" + hop.hostPort() + ">";
    }

    /// @return the status of the last response
    int register(int expires) {
        return register(contact(), expires);
    }

    int register(String contact, int expires) {
        return proven(request(SipMethod.REGISTER, SipUri.of(new HostPort(DOMAIN, 0)), user, Headers.NONE
                .and("Contact", contact).and("Expires", Integer.toString(expires)), Body.NONE));
    }

    /// Sends a request, answers the challenge, and waits.
    int proven(SipRequest request) {
        int first = plain(request);
        return first == 401 || first == 407 ? plain(proof(request)) : first;
    }

    /// @return the same with the answer to the last challenge
    SipRequest proof(SipRequest request) {
        SipRequest again = request(request.method(), (SipUri) request.uri(), to(request), request.headers(), request.body());
        Answered answer = (Answered) digest.onChallenge(responses.getLast(), DOMAIN, request.method(), request.uri(), false);
        return again.withHeaders(again.headers().with(answer.name(), answer.value()));
    }

    private static String to(SipRequest request) {
        return ((SipUri) request.envelope().to().uri()).userText();
    }

    /// @return the status of the response; 0 for none
    int plain(SipRequest request) {
        int before = responses.size();
        world.network.deliver(hop, request);
        world.time.settle();
        return responses.size() > before ? responses.getLast().status() : 0;
    }

    SipRequest request(SipMethod method, SipUri uri, String to, Headers headers, Body body) {
        NameAddr self = NameAddr.of(SipUri.of(user, new HostPort(DOMAIN, 0)));
        Via via = new Via(hop.transport().name(), hop.hostPort(), Params.NONE.with("branch", Via.COOKIE + random.nextLong()).with("rport", ""));
        Envelope envelope = new Envelope(
                List.of(via), self.withParam("tag", "t" + user), NameAddr.of(SipUri.of(to, new HostPort(DOMAIN, 0))), callId, new CSeq(++seq, method));
        return new SipRequest(method, uri, envelope, headers, body);
    }

    SipResponse last() {
        return responses.getLast();
    }

    List<String> taken(SipMethod method) {
        return requests.stream().filter(request -> request.is(method)).map(request -> request.body().text()).toList();
    }
}
