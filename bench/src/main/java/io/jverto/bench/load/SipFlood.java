package io.jverto.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/// Somebody who sends requests of one method, each a new one, and does not care for what comes back.
final class SipFlood {
    private SipFlood() {}

    /// @param answered responses that came, of any status
    record Result(long sent, long answered) {}

    static Result run(String method, InetAddress from, InetSocketAddress to, String user, double rate, double seconds) throws IOException {
        AtomicLong answered = new AtomicLong();
        long number = Math.round(rate * seconds);
        try (SipSocket socket = new SipSocket(new InetSocketAddress(from, 0), (_, _) -> answered.incrementAndGet())) {
            long begin = System.nanoTime();
            String run = Long.toHexString(ThreadLocalRandom.current().nextLong());
            for (long i = 0; i < number; i++) {
                Pace.sleepUntil(begin + (long) (i * 1e9 / rate));
                socket.send(request(method, run + i, socket.name(), to, user), to);
            }
        }
        return new Result(number, answered.get());
    }

    private static String request(String method, String id, String own, InetSocketAddress to, String user) {
        String uri = "sip:" + user + "@" + to.getAddress().getHostAddress() + ":" + to.getPort();
        return method + " " + uri + " SIP/2.0\r\nVia: SIP/2.0/UDP " + own + ";branch=z9hG4bK" + id + ";rport\r\nMax-Forwards: 70\r\nFrom: <sip:eve" + id + "@" + own
                + ">;tag=" + id + "\r\nTo: <" + uri + ">\r\nCall-ID: " + id + "\r\nCSeq: 1 " + method + "\r\nContact: <sip:eve@" + own
                + ">\r\nEvent: dialog\r\n" + SipText.body("");
    }
}
