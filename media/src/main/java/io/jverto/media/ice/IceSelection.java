package io.jverto.media.ice;

import io.jverto.base.count.Counters;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The pair in use, the pair that somebody wants instead, and the peer's consent (RFC 7675).
final class IceSelection {
    private final RandomGenerator random;
    private final Counters<IceCounter> counters;

    private Optional<IcePair> selected = Optional.empty();
    /// Controlled: what the peer nominated last. Controlling: what we are nominating.
    private Optional<IcePair> wanted = Optional.empty();

    private Optional<InetSocketAddress> announced = Optional.empty();
    private long consentNanos = IcePair.NEVER;

    IceSelection(RandomGenerator random, Counters<IceCounter> counters) {
        this.random = random;
        this.counters = counters;
    }

    Optional<IcePair> pair() {
        return selected;
    }

    void clear() {
        selected = Optional.empty();
        consentNanos = IcePair.NEVER;
    }

    void forgetWishes() {
        wanted = Optional.empty();
    }

    /// The peer nominates a pair.
    ///
    /// @return true when it can be selected now; else it is, when it answers
    boolean onNominated(long nowNanos, IcePair pair) {
        boolean alternates = alternates(nowNanos, pair);
        pair.onNominated(nowNanos);
        if (selected.filter(pair::equals).isPresent()) {
            wanted = Optional.empty();
            return false;
        }
        if (alternates && pair.peerPriority() <= selected.map(IcePair::peerPriority).orElse(0L)) {
            return false;
        }
        wanted = Optional.of(pair);
        return pair.hasAnsweredSince(nowNanos - IceLimits.SILENT_NANOS);
    }

    /// Whether the peer keeps nominating both this pair and the selected one: then priority decides (RFC 5245 section
    /// 8.1.1.2), while of single nominations the last one holds.
    private boolean alternates(long nowNanos, IcePair pair) {
        return selected.filter(other -> other.checklist == pair.checklist
                        && pair.wasNominatedSince(nowNanos - IceLimits.AGGRESSIVE_NANOS)
                        && other.wasNominatedSince(pair.nominatedNanos() + 1))
                .isPresent();
    }

    /// Controlled: whether a pair that has just answered is to be selected.
    boolean wants(IcePair pair) {
        boolean unsettled = selected.filter(other -> other.checklist == pair.checklist).isEmpty();
        return pair.isNominated() && (unsettled || wanted.filter(pair::equals).isPresent());
    }

    void nominating(IcePair pair) {
        wanted = Optional.of(pair);
    }

    boolean isNominating() {
        return wanted.isPresent();
    }

    /// A check was sent as often as it may be.
    void onUnanswered(IcePair pair) {
        wanted = wanted.filter(other -> other != pair);
    }

    void select(long nowNanos, IcePair pair, IceOutput out) {
        wanted = wanted.filter(other -> other != pair);
        if (selected.filter(pair::equals).isPresent()) {
            return;
        }
        selected = Optional.of(pair);
        counters.increment(IceCounter.PAIR_SELECTED);
        planConsent(nowNanos);
        if (announced.filter(pair.remote::equals).isEmpty()) {
            announced = Optional.of(pair.remote);
            out.selected(pair.remote);
        }
    }

    boolean takeConsentDue(long nowNanos) {
        if (nowNanos < consentNanos) {
            return false;
        }
        planConsent(nowNanos);
        return true;
    }

    boolean isWithoutConsent(long nowNanos) {
        return selected.filter(pair -> !pair.hasAnsweredSince(nowNanos - IceLimits.CONSENT_LIFE_NANOS + 1)).isPresent();
    }

    boolean isSilent(long nowNanos) {
        return selected.filter(pair -> !pair.hasAnsweredSince(nowNanos - IceLimits.SILENT_NANOS + 1)).isPresent();
    }

    long deadline(long nowNanos) {
        long next = consentNanos;
        if (selected.isPresent()) {
            long answered = selected.get().answeredNanos();
            next = Math.min(next, answered + IceLimits.CONSENT_LIFE_NANOS);
            long silent = answered + IceLimits.SILENT_NANOS;
            next = silent > nowNanos ? Math.min(next, silent) : next;
        }
        return next;
    }

    private void planConsent(long nowNanos) {
        consentNanos = nowNanos + (long) (IceLimits.CONSENT_NANOS * (0.8 + 0.4 * random.nextDouble()));
    }
}
