package io.jverto.sip.dialog;

import io.jverto.sip.message.Body;
import io.jverto.sip.message.Headers;
import io.jverto.sip.message.NameAddr;
import io.jverto.sip.message.SipMethod;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipResponse;
import io.jverto.sip.message.StatusText;
import io.jverto.sip.transaction.ClientFailure;
import io.jverto.sip.transaction.ServerId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Transfers in both directions within a call, and the subscriptions that tell how far they have got (RFC 3515).
final class Refers {
    /// Of the peer's in one call at the same time.
    static final int MAX = 4;
    private static final int SECONDS = 180;
    private static final long LIFE_NANOS = Duration.ofSeconds(SECONDS).toNanos();
    private static final Pattern FRAGMENT = Pattern.compile("\\s*SIP/2\\.0 ([1-6]\\d\\d)\\b.*", Pattern.DOTALL);

    private final Call call;
    private final Session session;
    /// The peer's that are not over.
    private final Map<ReferId, Incoming> incoming = new HashMap<>();
    /// Until when something is to be heard of ours.
    private long heardByNanos = Timers.NEVER;

    private static final class Incoming {
        final ServerId server;
        final SipRequest request;
        boolean accepted;
        final long overNanos;

        Incoming(ServerId server, SipRequest request, long overNanos) {
            this.server = server;
            this.request = request;
            this.overNanos = overNanos;
        }
    }

    Refers(Call call, Session session) {
        this.call = call;
        this.session = session;
    }

    void onRefer(Turn turn, ServerId id, SipRequest request) {
        List<NameAddr> to = request.headers().addresses("Refer-To");
        ReferId refer = new ReferId(request.envelope().cseq().number());
        if (to.size() != 1) {
            turn.respond(id, request.reply(400, "Refer-To is missing"));
        } else if (incoming.size() >= MAX) {
            turn.agent().count(CallCounter.REFER_OVER_LIMIT);
            turn.respond(id, request.reply(503).withHeader("Retry-After", "10"));
        } else {
            incoming.put(refer, new Incoming(id, request, turn.nowNanos() + LIFE_NANOS));
            turn.out().referred(call.id, refer, to.getFirst(), request);
        }
    }

    /// 202, and a first notification at once (RFC 3515 section 2.4.4).
    void accept(Turn turn, ReferId id) {
        Incoming refer = incoming.get(id);
        if (refer != null && !refer.accepted) {
            refer.accepted = true;
            turn.respond(refer.server, refer.request.reply(202).withHeaders(turn.agent().stamp(Headers.NONE)));
            notify(turn, id, 100, false);
        }
    }

    void refuse(Turn turn, ReferId id, int status) {
        Incoming refer = incoming.get(id);
        if (refer != null && !refer.accepted) {
            incoming.remove(id);
            turn.respond(refer.server, refer.request.reply(status));
        }
    }

    /// Tells how far an accepted transfer has got.
    void notify(Turn turn, ReferId id, int status, boolean over) {
        Incoming refer = incoming.get(id);
        if (refer == null || !refer.accepted) {
            return;
        }
        if (over) {
            incoming.remove(id);
        }
        Headers headers = Headers.NONE
                .with("Event", "refer;id=" + id.number())
                .with("Subscription-State", over ? "terminated;reason=noresource" : "active;expires=" + SECONDS)
                .with("Content-Type", "message/sipfrag;version=2.0");
        session.send(turn, SipMethod.NOTIFY, headers, Body.of("SIP/2.0 " + status + " " + StatusText.of(status) + "\r\n"), Responses.NONE);
    }

    /// Asks the peer to call somebody.
    ///
    /// @return false while the one before is not over
    boolean refer(Turn turn, Headers headers) {
        if (heardByNanos != Timers.NEVER) {
            return false;
        }
        heardByNanos = turn.nowNanos() + turn.agent().transactions().timers().giveUp(); // RFC 6665 section 4.1.2.4, timer N
        session.send(turn, SipMethod.REFER, headers, Body.NONE, new Responses() {
            @Override
            public void onResponse(Turn later, SipResponse response) {
                if (response.isFinal() && !response.isSuccess()) {
                    over(later, response.status());
                }
            }

            @Override
            public void onFailed(Turn later, ClientFailure why) {
                over(later, why == ClientFailure.TIMEOUT ? 408 : 503);
            }
        });
        return true;
    }

    private void over(Turn turn, int status) {
        if (heardByNanos != Timers.NEVER && !session.isClosed()) {
            heardByNanos = Timers.NEVER;
            turn.out().referProgress(call.id, status, true);
        }
    }

    void onNotify(Turn turn, ServerId id, SipRequest request) {
        String event = request.headers().first("Event").orElse("").toLowerCase(Locale.ROOT);
        String state = request.headers().first("Subscription-State").orElse("").toLowerCase(Locale.ROOT);
        if (!event.startsWith("refer")) {
            turn.respond(id, request.reply(489));
        } else if (heardByNanos == Timers.NEVER) {
            turn.respond(id, request.reply(481));
        } else {
            turn.respond(id, request.reply(200));
            int status = status(request.body()).orElse(0);
            if (state.startsWith("terminated") || status >= 200) {
                over(turn, status);
            } else {
                heardByNanos = turn.nowNanos() + LIFE_NANOS;
                turn.out().referProgress(call.id, status, false);
            }
        }
    }

    private static Optional<Integer> status(Body fragment) {
        Matcher line = FRAGMENT.matcher(fragment.text());
        return line.matches() ? Optional.of(Integer.valueOf(line.group(1))) : Optional.empty();
    }

    void stop() {
        incoming.clear();
        heardByNanos = Timers.NEVER;
    }

    void onTimeout(Turn turn) {
        if (turn.nowNanos() >= heardByNanos) {
            over(turn, 0);
        }
        for (Map.Entry<ReferId, Incoming> entry : Map.copyOf(incoming).entrySet()) {
            if (turn.nowNanos() >= entry.getValue().overNanos) {
                expire(turn, entry.getKey(), entry.getValue());
            }
        }
    }

    private void expire(Turn turn, ReferId id, Incoming refer) {
        if (refer.accepted) {
            notify(turn, id, 408, true);
        } else {
            refuse(turn, id, 603);
        }
    }

    long deadline() {
        return Math.min(heardByNanos, incoming.values().stream().mapToLong(refer -> refer.overNanos).min().orElse(Timers.NEVER));
    }
}
