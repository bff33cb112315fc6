package io.jverto.bench.load;

import io.jverto.media.plan.AudioCodec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Calls a number over SIP: INVITE, with credentials when it is asked for them, ACK, BYE. From any thread.
final class SipCallers implements AutoCloseable {
    private static final String END = "\r\n";

    private final SipSocket socket;
    private final InetSocketAddress server;
    private final String user;
    private final String password;
    private final Optional<RtpStreams> rtp;
    private final AudioCodec codec;
    private final Latencies answer = new Latencies();
    private final Latencies bye = new Latencies();
    private final Map<String, SipCall> calls = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();

    /// @param rtp empty for signalling alone
    SipCallers(InetSocketAddress server, InetAddress own, String user, String password, AudioCodec codec, Optional<RtpStreams> rtp) throws IOException {
        this.server = server;
        this.user = user;
        this.password = password;
        this.codec = codec;
        this.rtp = rtp;
        this.socket = new SipSocket(new InetSocketAddress(own, 0), this::received);
    }

    /// One call of ours.
    final class SipCall {
        private final String id;
        private final String uri;
        private final String number;
        private final CompletableFuture<Void> up = new CompletableFuture<>();
        private final CompletableFuture<Void> over = new CompletableFuture<>();
        private final Optional<RtpStreams.Stream> stream;
        private final long begin = System.nanoTime();
        private long ended;
        private int sequence;
        private int invited;
        private String to;
        private String target;
        private String routes = "";

        private SipCall(String number) {
            this.number = number;
            this.id = count.incrementAndGet() + "-" + Long.toHexString(begin) + "@" + socket.address();
            this.uri = "sip:" + number + "@" + host();
            this.target = uri;
            this.to = "<" + uri + ">";
            this.stream = rtp.map(streams -> streams.open(codec, Sdp.payloadType(codec)));
        }

        /// @return done when it is answered; failed when it is refused
        CompletableFuture<Void> up() {
            return up;
        }

        /// @return done when its BYE is answered
        CompletableFuture<Void> over() {
            return over;
        }

        private void invite(String credentials) {
            invited = ++sequence;
            socket.insist(id, request("INVITE", uri, credentials, Sdp.of(codec, Sdp.payloadType(codec), socket.address(), stream.map(RtpStreams.Stream::port).orElse(9))), server);
        }

        private String request(String method, String at, String more, String sdp) {
            int number = method.equals("ACK") ? invited : sequence;
            return method + " " + at + " SIP/2.0" + END + "Via: SIP/2.0/UDP " + socket.name() + ";branch=z9hG4bK" + id + number + (method.equals("ACK") ? "a" : "") + ";rport" + END
                    + "Max-Forwards: 70" + END + "From: <sip:" + user + "@" + host() + ">;tag=load" + END + "To: " + to + END + "Call-ID: " + id + END
                    + "CSeq: " + number + " " + method + END + "Contact: <sip:" + user + "@" + socket.name() + ">" + END + routes + more + SipText.body(sdp);
        }

        /// Gives up what was not answered, or hangs up.
        void hangUp() {
            ended = System.nanoTime();
            sequence++;
            socket.insist(id, request("BYE", target, "", ""), server);
        }

        private void onResponse(SipText response) {
            if (response.about().equals("BYE")) {
                if (response.status() >= 200 && calls.remove(id) != null) {
                    bye.add(System.nanoTime() - ended);
                    leave();
                    over.complete(null);
                }
            } else if (response.about().equals("INVITE")) {
                onInvited(response);
            }
        }

        private void onInvited(SipText response) {
            socket.answered(id);
            if (response.status() >= 300) {
                onRefused(response);
            } else if (response.status() >= 200) {
                boolean again = up.isDone();
                to = response.header("To", "t");
                target = response.target(uri);
                routes = response.lines("Record-Route").replace("Record-Route:", "Route:");
                socket.send(request("ACK", target, "", ""), server);
                if (!again) {
                    answer.add(System.nanoTime() - begin);
                    stream.ifPresent(one -> one.sendTo(response.mediaAddress()));
                    up.complete(null);
                }
            }
        }

        private void onRefused(SipText response) {
            // RFC 3261 section 17.1.1.3: of the same branch.
            socket.send(request("ACK", uri, "", "").replace(invited + "a;rport", invited + ";rport").replace("To: " + to, "To: " + response.header("To", "t")), server);
            String credentials = sequence == 1 && (response.status() == 401 || response.status() == 407) ? response.credentials(user, password, "INVITE", uri) : "";
            if (!credentials.isEmpty()) {
                invite(credentials);
            } else if (calls.remove(id) != null) {
                leave();
                up.completeExceptionally(new CannotLoad("INVITE of " + number + " is refused: " + response.text().lines().findFirst().orElse("")));
            }
        }

        private void leave() {
            socket.answered(id);
            stream.ifPresent(RtpStreams.Stream::close);
        }

        private String host() {
            return server.getAddress().getHostAddress() + ":" + server.getPort();
        }
    }

    SipCall call(String number) {
        SipCall call = new SipCall(number);
        calls.put(call.id, call);
        call.invite("");
        return call;
    }

    private void received(SipText message, InetSocketAddress from) {
        Optional<SipCall> call = Optional.ofNullable(calls.get(message.callId()));
        if (message.isResponse()) {
            call.ifPresent(one -> one.onResponse(message));
        } else if (!message.method().equals("ACK")) {
            socket.send(message.response("200 OK", "load", "", ""), from);
            if (message.method().equals("BYE") && call.isPresent() && calls.remove(call.get().id) != null) {
                call.get().leave();
                call.get().over.completeExceptionally(new CannotLoad("the server ended a call: " + message.header("Reason", "")));
            }
        }
    }

    Latencies answerTimes() {
        return answer;
    }

    Latencies byeTimes() {
        return bye;
    }

    void forgetTimes() {
        answer.forget();
        bye.forget();
    }

    long repeated() {
        return socket.repeated();
    }

    @Override
    public void close() {
        socket.close();
    }
}
