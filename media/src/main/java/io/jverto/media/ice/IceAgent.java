package io.jverto.media.ice;

import io.jverto.base.count.Counters;
import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.plan.CandidateAcl;
import io.jverto.media.plan.IceCredentials;
import io.jverto.media.plan.MediaNote.IceTally;
import io.jverto.media.plan.RemoteCandidate;
import io.jverto.media.stun.StunClass;
import io.jverto.media.stun.StunKey;
import io.jverto.media.stun.StunMessage;
import io.jverto.media.stun.StunTransaction;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Finds the pair on which media may flow, and keeps it: a full agent with one component (RFC 8445), consent (RFC 7675).
/// Owner: MEDIA_LOOP. Answers every authenticated check from any address, and believes no address before it answered too.
/// Limits: UDP only, our candidates are host and peer-reflexive. DEVIATION ice-1: no frozen state, for there is one checklist.
@OwnedBy(Role.MEDIA_LOOP)
public final class IceAgent {
    private final RandomGenerator random;
    private final Counters<IceCounter> counters;
    private final long tieBreaker;
    private final StunMessage message = new StunMessage();
    private final IceMessages messages = new IceMessages();
    private final IceChecks checks = new IceChecks();
    private final StunLimit pairLimit = new StunLimit(IceLimits.REQUESTS_PER_SECOND, IceLimits.REQUEST_BURST);
    private final StunLimit strangerLimit = new StunLimit(IceLimits.REQUESTS_PER_SECOND, IceLimits.REQUEST_BURST);
    private final IceFilter filter;
    private final IceSelection selection;

    private IceChecklist current;
    /// The checklist before a restart, until the new one has a pair.
    private Optional<IceChecklist> previous = Optional.empty();

    private boolean controlling;
    private boolean heardPeer;
    private boolean failed;
    private boolean paced;
    private long paceNanos;
    /// Checks of addresses that never answered, but asked, for which the pace need not be kept.
    private int prompt = IceLimits.PROMPT_CHECKS;
    private long connectByNanos = IcePair.NEVER;
    private long sent;
    private long answered;
    private long asked;

    /// For a peer that may be anywhere.
    public IceAgent(
            IceCredentials local, boolean controlling, RandomGenerator random, Counters<IceCounter> counters) {
        this(local, controlling, CandidateAcl.ANY, random, counters);
    }

    /// @param controlling true when we made the offer
    /// @param acl the peer's addresses that may be used, named by it or not
    public IceAgent(
            IceCredentials local,
            boolean controlling,
            CandidateAcl acl,
            RandomGenerator random,
            Counters<IceCounter> counters) {
        this.filter = new IceFilter(acl, counters);
        this.random = random;
        this.counters = counters;
        this.tieBreaker = random.nextLong();
        this.controlling = controlling;
        this.current = new IceChecklist(local);
        this.selection = new IceSelection(random, counters);
    }

    /// The peer's side is known: checks begin. Called again with other credentials when the peer restarted.
    ///
    /// @param candidates IP literals, best first; those beyond the tenth of these credentials are not checked
    /// @return when [#onTimeout] is due
    public long remote(long nowNanos, IceCredentials remote, List<InetSocketAddress> candidates, IceOutput out) {
        if (current.hasPeer() && !current.hasPeer(remote)) {
            restart(nowNanos, current.local(), controlling);
        }
        if (!current.hasPeer()) {
            current.peer(remote);
            connectByNanos = nowNanos + IceLimits.CONNECT_NANOS;
        }
        take(nowNanos, candidates);
        return onTimeout(nowNanos, out);
    }

    /// More of what the peer can be reached at (RFC 8838 section 11), before or after its checks come.
    ///
    /// @return when [#onTimeout] is due
    public long candidates(long nowNanos, List<RemoteCandidate> candidates, IceOutput out) {
        List<InetSocketAddress> fresh = candidates.stream()
                .filter(candidate -> !failed && current.isOf(candidate.ufrag()))
                .map(RemoteCandidate::address)
                .toList();
        counters.add(IceCounter.CANDIDATE_STALE, candidates.size() - fresh.size());
        take(nowNanos, fresh);
        return onTimeout(nowNanos, out);
    }

    private void take(long nowNanos, List<InetSocketAddress> candidates) {
        for (InetSocketAddress candidate : filter.permitted(candidates)) {
            if (!IceChecklist.isCheckable(candidate) || current.find(candidate).isPresent()) {
                continue;
            }
            if (current.takeCandidate()) {
                begin(current.add(candidate, selection.pair()), false, nowNanos, false);
            } else {
                counters.increment(IceCounter.CANDIDATE_OVER_LIMIT);
            }
        }
    }

    /// We restart with new credentials. Media goes on over the old pair until [#remote] is called and a new pair works.
    ///
    /// @return when [#onTimeout] is due
    public long restart(long nowNanos, IceCredentials local, boolean nowControlling) {
        boolean inUse = !failed && selection.pair().isPresent();
        if (!inUse) {
            previous = Optional.empty();
            selection.clear();
        } else if (selection.pair().get().checklist == current) {
            previous = Optional.of(current);
        }
        current = new IceChecklist(local);
        controlling = nowControlling;
        heardPeer = false;
        failed = false;
        prompt = IceLimits.PROMPT_CHECKS;
        connectByNanos = IcePair.NEVER;
        selection.forgetWishes();
        return deadline(nowNanos);
    }

    /// @return when [#onTimeout] is due
    public long onStun(
            long nowNanos, InetSocketAddress from, byte[] bytes, int offset, int length, IceOutput out) {
        if (failed) {
            counters.increment(IceCounter.AFTER_FAILURE);
            return deadline(nowNanos);
        }
        if (!message.read(bytes, offset, length)) {
            counters.increment(IceCounter.MALFORMED);
            return onTimeout(nowNanos, out);
        }
        switch (message.messageClass()) {
            case REQUEST -> onRequest(nowNanos, from, out);
            case SUCCESS, ERROR -> onResponse(nowNanos, from, out);
            case INDICATION -> {} // RFC 8445 section 11: a keep-alive, which says nothing
        }
        return onTimeout(nowNanos, out);
    }

    /// @return when it is due again; `Long.MAX_VALUE` when there is nothing to wait for
    public long onTimeout(long nowNanos, IceOutput out) {
        if (!failed) {
            expire(nowNanos, out);
        }
        if (!failed) {
            settle(nowNanos, out);
            sendCheck(nowNanos, out);
            sendConsent(nowNanos, out);
        }
        return deadline(nowNanos);
    }

    /// @return checks since the start, those before restarts with them
    public IceTally tally() {
        return new IceTally(sent, answered, asked);
    }

    /// Addresses remembered.
    int pairs() {
        return current.pairs().size() + previous.map(checklist -> checklist.pairs().size()).orElse(0);
    }

    private void onRequest(long nowNanos, InetSocketAddress from, IceOutput out) {
        Optional<IceChecklist> addressed = message.username().flatMap(this::addressed);
        if (addressed.isEmpty()) {
            return;
        }
        IceChecklist checklist = addressed.get();
        // DEVIATION ice-4: a peer that is answered takes the pair for good, nominates it, and is never heard there.
        if (!filter.allows(from)) {
            counters.increment(IceCounter.REQUEST_DENIED);
            return;
        }
        // Those who flood from elsewhere must not use up what belongs to a pair that works.
        boolean known = checklist.find(from).filter(IcePair::isAnswered).isPresent();
        if (!(known ? pairLimit : strangerLimit).take(nowNanos)) {
            counters.increment(IceCounter.REQUEST_OVER_LIMIT);
            return;
        }
        StunKey key = checklist.localKey();
        if (!message.isAuthentic(key)) {
            counters.increment(IceCounter.REQUEST_WRONG_INTEGRITY);
            return;
        }
        StunTransaction transaction = message.transaction();
        if (message.unknownRequired() != 0) {
            counters.increment(IceCounter.REQUEST_UNKNOWN_ATTRIBUTE);
            messages.unknownAttribute(transaction, message.unknownRequired(), from, key, out);
            return;
        }
        if (!settleRoles()) {
            messages.roleConflict(transaction, from, key, out);
            return;
        }
        counters.increment(IceCounter.REQUEST_ANSWERED);
        asked++;
        messages.success(transaction, from, key, out);
        heardPeer = true;
        onCheckedBy(nowNanos, checklist, from, out);
    }

    /// Which exchange of credentials a request belongs to.
    private Optional<IceChecklist> addressed(String username) {
        if (current.isFor(username)) {
            return Optional.of(current);
        }
        Optional<IceChecklist> old = previous.filter(checklist -> checklist.isFor(username));
        if (old.isEmpty()) {
            counters.increment(current.isForUs(username) && !current.hasPeer()
                    ? IceCounter.REQUEST_PEER_UNKNOWN
                    : IceCounter.REQUEST_WRONG_USERNAME);
        }
        return old;
    }

    /// RFC 8445 section 7.3.1.1: the larger tie-breaker controls.
    ///
    /// @return false when the peer has to change its role
    private boolean settleRoles() {
        boolean conflict = controlling ? message.isControlling() : message.isControlled();
        if (!conflict) {
            return true;
        }
        counters.increment(IceCounter.ROLE_CONFLICT);
        boolean oursIsLarger = Long.compareUnsigned(tieBreaker, message.tieBreaker()) >= 0;
        if (controlling == oursIsLarger) {
            return false;
        }
        become(oursIsLarger);
        return true;
    }

    private void become(boolean nowControlling) {
        controlling = nowControlling;
        selection.forgetWishes();
    }

    private void onCheckedBy(long nowNanos, IceChecklist checklist, InetSocketAddress from, IceOutput out) {
        IcePair pair = checklist.find(from).orElseGet(() -> {
            counters.increment(IceCounter.PAIR_LEARNED);
            return checklist.add(from, selection.pair());
        });
        if (message.hasPriority()) {
            pair.peerPriority(message.priority());
        }
        boolean nominated = message.useCandidate() && !controlling && checklist == current;
        if (nominated && selection.onNominated(nowNanos, pair)) {
            select(nowNanos, pair, out);
        }
        // RFC 8445 section 7.3.1.4. What we asked before the peer first asked was probably lost: at its NAT, or before it knew us.
        // A pair in reserve is asked now and then too, so that it is known to live.
        boolean first = pair.isHeardFirst();
        if ((first || !pair.isChecking()) && !pair.hasAnsweredSince(nowNanos - IceLimits.CONSENT_NANOS)) {
            begin(pair, false, nowNanos, true);
        }
    }

    private void onResponse(long nowNanos, InetSocketAddress from, IceOutput out) {
        Optional<IceCheck> sent = checks.find(message.transaction());
        if (sent.isEmpty()) {
            counters.increment(IceCounter.RESPONSE_UNMATCHED);
            return;
        }
        IceCheck check = sent.get();
        // RFC 8445 section 7.2.5.2.1: the answer comes from where the question went.
        if (!check.pair().remote.equals(from)) {
            counters.increment(IceCounter.RESPONSE_WRONG_ADDRESS);
            return;
        }
        if (!check.pair().checklist.peerKey().map(message::isAuthentic).orElse(false)) {
            counters.increment(IceCounter.RESPONSE_WRONG_INTEGRITY);
            return;
        }
        checks.remove(check);
        if (message.messageClass() == StunClass.ERROR) {
            onRefused(nowNanos, check);
        } else {
            onAnswered(nowNanos, check, out);
        }
    }

    private void onRefused(long nowNanos, IceCheck check) {
        IcePair pair = check.pair();
        pair.onEnd(check);
        if (message.errorCode() != 487) {
            return;
        }
        counters.increment(IceCounter.ROLE_CONFLICT);
        // RFC 8445 section 7.2.5.1: change the role, unless that happened since the check was sent, and ask again.
        if (check.controlling() == controlling) {
            become(!controlling);
        }
        begin(pair, false, nowNanos, true);
    }

    private void onAnswered(long nowNanos, IceCheck check, IceOutput out) {
        IcePair pair = check.pair();
        pair.onAnswer(check, nowNanos);
        answered++;
        if (pair.checklist != current) {
            return;
        }
        if (!controlling) {
            if (selection.wants(pair)) {
                select(nowNanos, pair, out);
            }
        } else if (check.nominates()) {
            select(nowNanos, pair, out);
        }
    }

    /// Whether the pair in use belongs to the current credentials.
    private boolean isSettled() {
        return selection.pair().filter(pair -> pair.checklist == current).isPresent();
    }

    private void nominate(long nowNanos, IcePair pair) {
        selection.nominating(pair);
        begin(pair, true, nowNanos, true);
    }

    private void select(long nowNanos, IcePair pair, IceOutput out) {
        if (previous.isPresent()) {
            counters.increment(IceCounter.RESTARTED);
            previous = Optional.empty();
        }
        connectByNanos = IcePair.NEVER;
        selection.select(nowNanos, pair, out);
    }

    private void expire(long nowNanos, IceOutput out) {
        if (selection.isWithoutConsent(nowNanos)) {
            fail(IceCounter.CONSENT_LOST, out);
        } else if (nowNanos >= connectByNanos) {
            connectByNanos = IcePair.NEVER; // a restart that leads nowhere leaves the old pair, while it lasts
            if (selection.pair().isEmpty()) {
                fail(IceCounter.NEVER_CONNECTED, out);
            }
        }
    }

    private void fail(IceCounter why, IceOutput out) {
        counters.increment(why);
        failed = true;
        out.failed();
    }

    /// Nominates the first pair that works, and gets over a peer that does not nominate although it should.
    private void settle(long nowNanos, IceOutput out) {
        if (nowNanos >= takeOverNanos()) {
            // DEVIATION ice-3: an ice-lite peer never checks and never nominates (RFC 8445 section 6.1.1), whoever offered.
            become(true);
        }
        if (controlling && !isSettled() && !selection.isNominating()) {
            current.freshest(Optional.empty()).ifPresent(pair -> nominate(nowNanos, pair));
        }
        if (selection.isSilent(nowNanos)) {
            // DEVIATION ice-2: the peer's address changed and, for the peer, the pair did not: it will not nominate again.
            long since = selection.pair().map(IcePair::answeredNanos).orElse(nowNanos);
            Optional<IcePair> other = current.freshest(selection.pair()).filter(pair -> pair.answeredNanos() > since);
            if (other.isPresent() && !controlling) {
                select(nowNanos, other.get(), out);
            } else if (other.isPresent() && !selection.isNominating()) {
                nominate(nowNanos, other.get());
            }
        }
    }

    /// When a controlled agent that was never asked anything takes control.
    private long takeOverNanos() {
        if (controlling || heardPeer || isSettled()) {
            return IcePair.NEVER;
        }
        return current.freshest(Optional.empty())
                .map(pair -> pair.answeredNanos() + IceLimits.LITE_NANOS)
                .orElse(IcePair.NEVER);
    }

    private void sendCheck(long nowNanos, IceOutput out) {
        Optional<IcePair> due = current.due(nowNanos);
        if (paced && nowNanos < paceNanos) {
            due = due.filter(this::isPrompt);
        }
        while (due.isPresent()) {
            IceCheck check = due.get().send(nowNanos);
            if (check != null) {
                paced = true;
                paceNanos = nowNanos + IceLimits.PACE_NANOS;
                send(check, out);
                return;
            }
            selection.onUnanswered(due.get());
            due = current.due(nowNanos);
        }
    }

    /// The pace spares addresses that want nothing of us, and one that answers or asks is none. Media waits for these two checks.
    /// DEVIATION ice-5.
    private boolean isPrompt(IcePair pair) {
        return pair.isTriggered() && (pair.isAnswered() || prompt-- > 0);
    }

    private void sendConsent(long nowNanos, IceOutput out) {
        if (selection.takeConsentDue(nowNanos)) {
            selection.pair().ifPresent(pair -> send(newCheck(pair, false), out));
        }
    }

    private void begin(IcePair pair, boolean nominates, long nowNanos, boolean triggered) {
        if (pair.checklist.hasPeer()) {
            pair.begin(newCheck(pair, nominates), nowNanos, triggered);
        }
    }

    private IceCheck newCheck(IcePair pair, boolean nominates) {
        return new IceCheck(StunTransaction.random(random), pair, nominates, controlling);
    }

    private void send(IceCheck check, IceOutput out) {
        checks.add(check);
        counters.increment(IceCounter.CHECK_SENT);
        sent++;
        check.pair().checklist.peerKey().ifPresent(key -> messages.request(check, key, tieBreaker, out));
    }

    private long deadline(long nowNanos) {
        if (failed) {
            return Long.MAX_VALUE;
        }
        long check = current.nextSendNanos();
        if (check != IcePair.NEVER && paced) {
            check = Math.max(check, paceNanos);
        }
        long next = Math.min(Math.min(check, connectByNanos), Math.min(selection.deadline(nowNanos), takeOverNanos()));
        return Math.max(next, nowNanos + 1);
    }
}
