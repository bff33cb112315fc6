package io.jverto.sip.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Messages of every shape that the records allow.
final class RandomMessages {
    private static final List<String> WORDS = List.of("a", "INVITE", "x-y.z", "0", "1000", "z9hG4bK77", "~tok'en!", "lr", "tag");
    private static final List<String> TEXTS =
            List.of("", "plain", "two words", "quote \" and \\ slash", "comma, semicolon; <angle> @:?", "ümläut 漢字", "100%", "  edges ");

    private RandomMessages() {}

    static SipMessage message(Random random) {
        SipMethod method = new SipMethod(pick(random, List.of("INVITE", "BYE", "x!Y%z")));
        Envelope envelope = new Envelope(
                list(random, 1, RandomMessages::via), address(random), address(random), pick(random, WORDS) + "@" + pick(random, WORDS),
                new CSeq(random.nextInt(Integer.MAX_VALUE), method));
        Headers headers = headers(random);
        Body body = Body.of(pick(random, TEXTS).repeat(random.nextInt(40)));
        return random.nextBoolean()
                ? new SipRequest(method, uri(random), envelope, headers, body)
                : new SipResponse(100 + random.nextInt(600), pick(random, TEXTS), envelope, headers, body);
    }

    private static Headers headers(Random random) {
        Headers headers = Headers.NONE;
        for (int i = random.nextInt(8); i > 0; i--) {
            headers = switch (random.nextInt(4)) {
                case 0 -> headers.with("Max-Forwards", Integer.toString(random.nextInt(256)));
                case 1 -> headers.and("Contact", address(random).toString());
                case 2 -> headers.and("Route", list(random, 0, RandomMessages::address));
                default -> headers.and("X-" + pick(random, WORDS), pick(random, TEXTS));
            };
        }
        return headers;
    }

    private static Via via(Random random) {
        return new Via(pick(random, List.of("UDP", "tcp", "TLS-SCTP")), hostPort(random), params(random, true));
    }

    private static NameAddr address(Random random) {
        return new NameAddr(pick(random, TEXTS), uri(random), params(random, true));
    }

    private static Uri uri(Random random) {
        if (random.nextInt(5) == 0) {
            return new OtherUri("tel", "+49;" + pick(random, WORDS));
        }
        String user = SipUri.escape(pick(random, TEXTS));
        String password = user.isEmpty() || random.nextBoolean() ? "" : "pass:word";
        return new SipUri(random.nextBoolean(), user, password, hostPort(random), params(random, false), random.nextBoolean() ? "" : "a=b&c=%20");
    }

    private static HostPort hostPort(Random random) {
        return new HostPort(pick(random, List.of("example.org", "192.0.2.7", "[2001:db8::7]", "a_b")), random.nextInt(3) * 5060);
    }

    private static Params params(Random random, boolean quoted) {
        Params params = Params.NONE;
        for (int i = random.nextInt(4); i > 0; i--) {
            String value = random.nextBoolean() || !quoted ? pick(random, WORDS) : Cursor.quote(pick(random, TEXTS));
            params = params.with(pick(random, WORDS), random.nextInt(3) == 0 ? "" : value);
        }
        return params;
    }

    private static <T> List<T> list(Random random, int least, java.util.function.Function<Random, T> one) {
        List<T> all = new ArrayList<>();
        for (int i = least + random.nextInt(3); i > 0; i--) {
            all.add(one.apply(random));
        }
        return all;
    }

    private static String pick(Random random, List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
