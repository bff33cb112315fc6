package io.jverto.sip.message;

import java.nio.charset.StandardCharsets;

/// Messages to bytes: one header a line, long names, Content-Length always.
public final class SipEncoder {
    private static final String END = "\r\n";

    private SipEncoder() {}

    public static byte[] encode(SipMessage message) {
        StringBuilder text = new StringBuilder(512);
        switch (message) {
            case SipRequest request -> text.append(request.method()).append(' ').append(request.uri()).append(" SIP/2.0");
            case SipResponse response -> text.append("SIP/2.0 ").append(response.status()).append(' ').append(response.reason());
        }
        text.append(END);
        Envelope envelope = message.envelope();
        envelope.vias().forEach(via -> line(text, "Via", via));
        line(text, "From", envelope.from());
        line(text, "To", envelope.to());
        line(text, "Call-ID", envelope.callId());
        line(text, "CSeq", envelope.cseq());
        message.headers().all().forEach(header -> line(text, header.name(), header.value()));
        line(text, "Content-Length", message.body().length());
        byte[] head = text.append(END).toString().getBytes(StandardCharsets.UTF_8);
        byte[] body = message.body().bytes();
        byte[] bytes = new byte[head.length + body.length];
        System.arraycopy(head, 0, bytes, 0, head.length);
        System.arraycopy(body, 0, bytes, head.length, body.length);
        return bytes;
    }

    private static void line(StringBuilder text, String name, Object value) {
        text.append(name).append(": ").append(value).append(END);
    }
}
