package io.jverto.server.eventsocket;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.server.log.LogStream.Line;
import io.jverto.switchboard.event.CoreEvent;
import io.jverto.wire.jsonrpc.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// What goes to a client, as bytes. Foreign text can end no header: it stands in bodies, or is percent-encoded, or made harmless.
final class Frames {
    private static final String CALLER = "Caller-";
    private static final String UNRESERVED = "-_.~:/@,;()!*'";

    private Frames() {}

    static byte[] authRequest() {
        return bytes("Content-Type: auth/request\n\n");
    }

    static byte[] reply(String text) {
        return reply(text, Map.of());
    }

    /// @param more headers whose values are known to be harmless
    static byte[] reply(String text, Map<String, String> more) {
        StringBuilder out = new StringBuilder("Content-Type: command/reply\nReply-Text: ").append(harmless(text)).append('\n');
        more.forEach((name, value) -> out.append(name).append(": ").append(value).append('\n'));
        return bytes(out.append('\n').toString());
    }

    static byte[] apiResponse(String body) {
        return withBody("Content-Type: api/response\n", body.isEmpty() ? "-ERR no reply\n" : body);
    }

    static byte[] goodbye(String text) {
        return withBody("Content-Type: text/disconnect-notice\n", text);
    }

    /// For a program that steers a call.
    static byte[] goodbye(String call, String text) {
        return withBody("Content-Type: text/disconnect-notice\nControlled-Session-UUID: " + harmless(call) + "\nContent-Disposition: disconnect\n", text);
    }

    /// The call is over, but the connection is not.
    static byte[] lingers(String call, String seconds) {
        return withBody("Content-Type: text/disconnect-notice\nControlled-Session-UUID: " + harmless(call)
                + "\nContent-Disposition: linger\nLinger-Time: " + seconds + "\n", "");
    }

    /// The reply to `connect`.
    ///
    /// @param facts of the call; those of its caller are repeated under the names of the field's older programs
    static byte[] callData(Map<String, String> facts, boolean async, boolean full) {
        StringBuilder out = new StringBuilder("Content-Type: command/reply\nReply-Text: ").append(facts.isEmpty() ? "-ERR the call is over" : "+OK")
                .append("\nSocket-Mode: ").append(async ? "async" : "static")
                .append("\nControl: ").append(full ? "full" : "single-channel").append("\nEvent-Name: CHANNEL_DATA\n");
        Map<String, String> all = new LinkedHashMap<>(facts);
        facts.forEach((name, value) -> {
            if (name.startsWith(CALLER)) {
                all.putIfAbsent("Channel-" + name.substring(CALLER.length()), value);
            }
        });
        all.forEach((name, value) -> out.append(name(name)).append(": ").append(encoded(value)).append('\n'));
        return bytes(out.append('\n').toString());
    }

    static byte[] rejection(String text) {
        return withBody("Content-Type: text/rude-rejection\n", text);
    }

    static byte[] log(Line line) {
        return withBody("Content-Type: log/data\nLog-Level: " + line.level() + "\nText-Channel: 0\nLog-File: " + harmless(line.logger())
                + "\nLog-Func: -\nLog-Line: 0\nUser-Data: \n", line.text());
    }

    static byte[] event(CoreEvent event, Subscription.Format format) {
        return switch (format) {
            case PLAIN -> withBody("Content-Type: text/event-plain\n", plain(event));
            case JSON -> withBody("Content-Type: text/event-json\n", json(event));
        };
    }

    private static String plain(CoreEvent event) {
        StringBuilder out = new StringBuilder();
        event.headers().forEach((name, value) -> out.append(name(name)).append(": ").append(encoded(value)).append('\n'));
        if (!event.body().isEmpty()) {
            out.append("Content-Length: ").append(bytes(event.body()).length).append('\n');
        }
        return out.append('\n').append(event.body()).toString();
    }

    private static String json(CoreEvent event) {
        JsonObjectBuilder out = new JsonObjectBuilder().putAll(event.headers());
        if (!event.body().isEmpty()) {
            out.put("Content-Length", String.valueOf(bytes(event.body()).length)).put("_body", event.body());
        }
        return JsonText.write(out.build());
    }

    private static byte[] withBody(String headers, String body) {
        byte[] content = bytes(body);
        byte[] head = bytes(headers + "Content-Length: " + content.length + "\n\n");
        byte[] all = new byte[head.length + content.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(content, 0, all, head.length, content.length);
        return all;
    }

    /// A variable may have any name.
    private static String name(String name) {
        StringBuilder out = new StringBuilder(name.length());
        name.chars().forEach(c -> out.append(c > ' ' && c < 0x7f && c != ':' && c != '%' ? (char) c : '_'));
        return out.toString();
    }

    private static String encoded(String value) {
        StringBuilder out = new StringBuilder(value.length() + 16);
        for (byte one : bytes(value)) {
            char c = (char) (one & 0xff);
            if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || UNRESERVED.indexOf(c) >= 0) {
                out.append(c);
            } else {
                out.append('%').append(Character.toUpperCase(Character.forDigit(c >> 4, 16))).append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return out.toString();
    }

    /// Clients take a `%` for the beginning of an encoded character.
    private static String harmless(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.chars().limit(1_000).forEach(c -> out.append(c >= ' ' && c < 0x7f && c != '%' ? (char) c : '?'));
        return out.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
