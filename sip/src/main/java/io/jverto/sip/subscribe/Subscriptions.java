package io.jverto.sip.subscribe;

import io.jverto.sip.dialog.Dialog;
import io.jverto.sip.message.Body;
import io.jverto.sip.message.Headers;
import io.jverto.sip.message.SipMethod;
import io.jverto.sip.message.SipRequest;
import io.jverto.sip.message.SipResponse;
import io.jverto.sip.transaction.Hop;
import io.jverto.switchboard.port.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// All subscriptions at one profile (RFC 6665). Not thread-safe: whoever owns it calls it.
/// Limits: [#MOST] subscriptions of all watchers, [#OF_WATCHER] of one; beyond them 503 and 403.
public final class Subscriptions {
    static final int MOST = 20_000;
    static final int OF_WATCHER = 200;
    private static final int DEFAULT_SECONDS = 3_600;
    /// Within which who has ended a subscription is told a last time.
    private static final int LAST_WORD_SECONDS = 5;
    private static final int LEAST_SECONDS = 30;
    private static final int LONGEST_SECONDS = 7_200;

    private final Map<String, Subscription> byDialog = new HashMap<>();
    private final Map<String, Set<Subscription>> byTopic = new HashMap<>();
    private final Map<UserId, Integer> ofWatcher = new HashMap<>();
    private final TreeSet<Subscription> ends = new TreeSet<>(
            Comparator.comparingLong((Subscription one) -> one.untilNanos).thenComparing(one -> one.dialog.key()));
    /// Those who have been answered, and not been told anything yet.
    private final List<Subscription> greeted = new ArrayList<>();

    private final Runnable refused;

    /// @param refused counts those that are over the limits
    public Subscriptions(Runnable refused) {
        this.refused = refused;
    }

    private static final class Subscription {
        final Dialog dialog;
        final Hop hop;
        final EventPackage what;
        final UserId whom;
        final UserId watcher;
        /// As the watcher writes it, with its id.
        final String event;
        String contact = "";
        long untilNanos;
        boolean over;
        /// Whether the answer to its SUBSCRIBE has not been followed by what there is to see.
        boolean hungry;

        Subscription(Dialog dialog, Hop hop, EventPackage what, UserId whom, UserId watcher, String event) {
            this.dialog = dialog;
            this.hop = hop;
            this.what = what;
            this.whom = whom;
            this.watcher = watcher;
            this.event = event;
        }
    }

    /// A new subscription. [#greet] follows when the response is sent.
    ///
    /// @param watcher who proved who he is
    /// @param whom he wants to watch
    /// @param tag for our side of the dialog
    /// @param contact where refreshes come to
    public SipResponse onSubscribe(
            long nowNanos, SipRequest request, Hop from, UserId watcher, UserId whom, String tag, String contact) {
        Optional<EventPackage> what = request.headers().first("Event").flatMap(EventPackage::of);
        if (what.isEmpty()) {
            return request.reply(489).withHeader("Allow-Events", EventPackage.tokens());
        } else if (request.contact().isEmpty()) {
            return request.reply(400, "Contact is missing");
        } else if (byDialog.size() >= MOST) {
            refused.run();
            return request.reply(503).withHeader("Retry-After", "60");
        } else if (ofWatcher.getOrDefault(watcher, 0) >= OF_WATCHER) {
            refused.run();
            return request.reply(403, "Too Many Subscriptions");
        } else if (what.get() == EventPackage.MESSAGE_SUMMARY && !watcher.toString().equalsIgnoreCase(whom.toString())) {
            return request.reply(403); // a mailbox is its owner's business
        }
        Subscription one = new Subscription(Dialog.ofCallee(request, tag, from), from, what.get(), whom, watcher,
                request.headers().first("Event").orElse("").strip());
        byDialog.put(one.dialog.key(), one);
        byTopic.computeIfAbsent(topic(one.what, one.whom), _ -> new LinkedHashSet<>()).add(one);
        ofWatcher.merge(watcher, 1, Integer::sum);
        return accepted(nowNanos, request.reply(200).withToTag(tag), one, request, contact);
    }

    /// A refresh, or the end (Expires 0).
    public SipResponse onRefresh(long nowNanos, SipRequest request, String contact) {
        Subscription one = byDialog.get(Dialog.keyOfRequest(request.envelope()));
        if (one == null) {
            return request.reply(481);
        } else if (!one.dialog.takeSeq(request)) {
            return request.reply(500, "CSeq Out Of Order");
        }
        one.dialog.retarget(request);
        return accepted(nowNanos, request.reply(200), one, request, contact);
    }

    private SipResponse accepted(long nowNanos, SipResponse response, Subscription one, SipRequest request, String contact) {
        long asked = request.headers().number("Expires").orElse(DEFAULT_SECONDS);
        long granted = asked == 0 ? 0 : Math.min(Math.max(asked, LEAST_SECONDS), LONGEST_SECONDS);
        ends.remove(one);
        one.contact = contact;
        one.over = granted == 0;
        one.untilNanos = nowNanos + Duration.ofSeconds(one.over ? LAST_WORD_SECONDS : granted).toNanos();
        ends.add(one);
        one.hungry = true;
        greeted.add(one);
        return response.withHeaders(Headers.NONE.with("Expires", Long.toString(granted)).with("Contact", contact));
    }

    /// Asks for what those who have just been answered are to see (RFC 6665 section 4.2.1.2: also who ends the subscription gets it once more).
    public void greet(SubscriptionOutput out) {
        List<Subscription> all = List.copyOf(greeted);
        greeted.clear();
        all.forEach(one -> out.wanted(one.what, one.whom));
    }

    /// What there is to see now.
    ///
    /// @param all whether each who watches is told, or only those for whom it was asked by [SubscriptionOutput#wanted]
    /// @param state given the version, which is one for each NOTIFY of a dialog (RFC 4235 section 4.1)
    public void show(long nowNanos, EventPackage what, UserId whom, boolean all, State state, SubscriptionOutput out) {
        for (Subscription one : List.copyOf(byTopic.getOrDefault(topic(what, whom), Set.of()))) {
            if (!all && !one.hungry) {
                continue;
            }
            one.hungry = false;
            boolean over = one.over || one.untilNanos <= nowNanos;
            tell(nowNanos, one, state, over ? "terminated;reason=timeout" : "active", out);
            if (over) {
                remove(one);
            }
        }
    }

    /// Writes a state for one NOTIFY.
    @FunctionalInterface
    public interface State {
        Body at(long version);
    }

    private void tell(long nowNanos, Subscription one, State state, String how, SubscriptionOutput out) {
        long seq = one.dialog.nextSeq();
        long left = Math.max(0, Duration.ofNanos(one.untilNanos - nowNanos).toSeconds());
        Body body = state.at(seq - 1);
        Headers headers = Headers.NONE.and("Event", one.event)
                .and("Subscription-State", how.equals("active") ? "active;expires=" + left : how)
                .and("Contact", one.contact)
                .and(body.isEmpty() ? Headers.NONE : Headers.NONE.and("Content-Type", one.what.type()));
        SipRequest request = one.dialog.request(SipMethod.NOTIFY, seq, out.via(one.hop), headers, body);
        out.notify(one.dialog.key(), request, one.hop);
    }

    /// @param status of the response to NOTIFY, 0 for none: who does not answer, or knows of nothing, watches no longer
    public void onNotified(String dialog, int status) {
        Subscription one = byDialog.get(dialog);
        if (one != null && (status < 200 || status >= 300)) {
            remove(one);
        }
    }

    public long deadline() {
        return ends.isEmpty() ? Long.MAX_VALUE : ends.first().untilNanos;
    }

    /// Those whose time is over are told so.
    public void onTimeout(long nowNanos, SubscriptionOutput out) {
        List<Subscription> late = new ArrayList<>();
        while (!ends.isEmpty() && ends.first().untilNanos <= nowNanos) {
            late.add(ends.pollFirst());
        }
        for (Subscription one : late) {
            tell(nowNanos, one, _ -> Body.NONE, "terminated;reason=timeout", out);
            remove(one);
        }
    }

    private void remove(Subscription one) {
        ends.remove(one);
        if (byDialog.remove(one.dialog.key()) != null) {
            ofWatcher.computeIfPresent(one.watcher, (_, count) -> count > 1 ? count - 1 : null);
            byTopic.computeIfPresent(topic(one.what, one.whom), (_, all) -> {
                all.remove(one);
                return all.isEmpty() ? null : all;
            });
        }
    }

    /// Whether anybody watches that.
    public boolean isWatched(EventPackage what, UserId whom) {
        return byTopic.containsKey(topic(what, whom));
    }

    public int size() {
        return byDialog.size();
    }

    private static String topic(EventPackage what, UserId whom) {
        return what + " " + whom.toString().toLowerCase(Locale.ROOT);
    }
}
