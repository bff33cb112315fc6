package io.jverto.bench.load;

import io.jverto.media.plan.AudioCodec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// The other end of the calls: rings and answers at once, and lets the server hang up.
final class SipCallees implements AutoCloseable {
    private final SipSocket socket;
    private final AudioCodec codec;
    private final Optional<RtpStreams> rtp;
    private final Map<String, Answered> calls = new ConcurrentHashMap<>();
    private final AtomicLong count = new AtomicLong();

    private record Answered(String ok, Optional<RtpStreams.Stream> stream) {}

    SipCallees(InetSocketAddress at, AudioCodec codec, Optional<RtpStreams> rtp) throws IOException {
        this.codec = codec;
        this.rtp = rtp;
        this.socket = new SipSocket(at, this::received);
    }

    private void received(SipText message, InetSocketAddress from) {
        if (message.isResponse()) {
            return;
        }
        String id = message.callId();
        switch (message.method()) {
            case "INVITE" -> onInvite(message, id, from);
            case "ACK" -> socket.answered(id);
            default -> {
                socket.send(message.response("200 OK", "load", "", ""), from);
                if (message.method().equals("BYE")) {
                    Optional.ofNullable(calls.remove(id)).flatMap(Answered::stream).ifPresent(RtpStreams.Stream::close);
                }
            }
        }
    }

    private void onInvite(SipText invite, String id, InetSocketAddress from) {
        Answered known = calls.get(id);
        if (known != null) {
            socket.send(known.ok, from);
            return;
        }
        count.incrementAndGet();
        int type = Sdp.payloadType(codec, invite.text());
        Optional<RtpStreams.Stream> stream = rtp.map(streams -> streams.open(codec, type));
        stream.ifPresent(one -> one.sendTo(invite.mediaAddress()));
        String contact = "Contact: <sip:load@" + socket.name() + ">\r\n";
        String ok = invite.response("200 OK", "load", contact, Sdp.of(codec, type, socket.address(), stream.map(RtpStreams.Stream::port).orElse(9)));
        calls.put(id, new Answered(ok, stream));
        socket.send(invite.response("180 Ringing", "load", contact, ""), from);
        socket.insist(id, ok, from);
    }

    /// @return calls that came
    long count() {
        return count.get();
    }

    @Override
    public void close() {
        socket.close();
    }
}
