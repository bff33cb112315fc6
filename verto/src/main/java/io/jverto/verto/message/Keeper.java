package io.jverto.verto.message;

import io.jverto.base.count.Counters;
import io.jverto.base.time.Mailbox;
import io.jverto.base.time.TimeSource;
import io.jverto.switchboard.port.ChatMessage;
import io.jverto.switchboard.port.MessageStore;
import io.jverto.switchboard.port.MessageStore.Kept;
import io.jverto.switchboard.port.UserId;
import io.jverto.verto.count.VertoCount;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/// Keeps messages until their users come. One thread of its own does so, in the order in which it is told; it alone uses the store,
/// which may be slow. How many wait for whom is known in memory, so that a login costs the store nothing when there are none. What the
/// store does not take waits in memory, [Held], and is tried again.
final class Keeper {
    /// Messages that wait for one user.
    static final int MAX_FOR_USER = 100;
    /// Messages that wait for all users.
    static final int MAX_IN_ALL = 10_000;
    /// Characters of a message with all its fields: [#MAX_FOR_USER] of them are less than what a client may leave unread.
    static final int MAX_LENGTH = 8_192;
    static final Duration MAX_AGE = Duration.ofDays(7);
    /// When a kept message was written, beside its other fields.
    private static final String SENT_AT = "sent_at";
    private static final int MAX_TASKS = 2_048;
    private static final Duration LOOK = Duration.ofHours(1);
    static final Duration TRY_AGAIN = Duration.ofSeconds(30);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final MessageStore store;
    private final BiPredicate<UserId, ChatMessage> online;
    private final Counters<VertoCount> counters;
    private final TimeSource time;
    private final Mailbox<Task> tasks;
    private final Mailbox<Boolean> ended;
    private final AtomicBoolean running = new AtomicBoolean();
    /// Tasks under way for a user: what else is sent to him meanwhile goes behind them.
    private final Map<UserId, Integer> underWay = new ConcurrentHashMap<>();
    /// Messages that wait, by user; written by the keeper's thread.
    private final Map<UserId, Integer> waiting = new ConcurrentHashMap<>();
    private final AtomicInteger inAll = new AtomicInteger();
    private final Held held = new Held();
    private long tryAgainNanos;
    private volatile boolean counted;

    /// @param online delivers to the sessions that a user has now; says whether there was any
    Keeper(MessageStore store, BiPredicate<UserId, ChatMessage> online, Counters<VertoCount> counters, TimeSource time) {
        this.store = store;
        this.online = online;
        this.counters = counters;
        this.time = time;
        this.tasks = time.mailbox(MAX_TASKS);
        this.ended = time.mailbox(1);
    }

    private sealed interface Task {
        record Take(UserId user, ChatMessage message) implements Task {}

        record Welcome(UserId user, Predicate<ChatMessage> client) implements Task {}

        record Stop() implements Task {}
    }

    void open() {
        running.set(true);
        time.start("kept messages", this::run);
    }

    /// Ends the thread and the store.
    void close() {
        if (running.compareAndSet(true, false) && tasks.tell(new Task.Stop())) {
            ended.await(time.nanoTime() + CLOSE.toNanos());
        }
        tasks.close();
    }

    /// Whether something is to reach the user before anything new does.
    boolean holds(UserId user) {
        return underWay.containsKey(user) || waiting.containsKey(user) || held.count(user) > 0;
    }

    /// Delivers or keeps a message.
    void take(UserId user, ChatMessage message) {
        if (message.length() > MAX_LENGTH) {
            if (!online.test(user, message)) {
                counters.increment(VertoCount.CHATS_LOST);
            }
        } else if (!post(user, new Task.Take(user, message))) {
            counters.increment(VertoCount.CHATS_LOST);
        }
    }

    /// Gives what waits for a user to a client of his.
    ///
    /// @param client false when it is gone
    void welcome(UserId user, Predicate<ChatMessage> client) {
        if (!counted || holds(user)) {
            post(user, new Task.Welcome(user, client)); // if there is no room, it waits for the next login
        }
    }

    private boolean post(UserId user, Task task) {
        underWay.merge(user, 1, Integer::sum);
        boolean posted = tasks.tell(task);
        if (!posted) {
            done(user);
        }
        return posted;
    }

    private void done(UserId user) {
        underWay.computeIfPresent(user, (_, count) -> count > 1 ? count - 1 : null);
    }

    private void run() {
        count();
        boolean goesOn = true;
        while (goesOn) {
            boolean trouble = !counted || held.size() > 0;
            Optional<Task> task = tasks.await(trouble ? tryAgainNanos : time.nanoTime() + LOOK.toNanos());
            boolean due = trouble && time.nanoTime() >= tryAgainNanos;
            if (task.isEmpty()) {
                count();
            }
            if (due) {
                putAway();
            }
            if (task.isPresent()) {
                goesOn = onTask(task.get());
            }
        }
        putAway();
        counters.add(VertoCount.CHATS_LOST, held.size());
        store.close();
        ended.tell(true);
    }

    private boolean onTask(Task task) {
        switch (task) {
            case Task.Take(UserId user, ChatMessage message) -> {
                deliver(user, kept -> online.test(user, kept));
                if (!online.test(user, message)) {
                    keep(user, message);
                }
                done(user);
            }
            case Task.Welcome(UserId user, Predicate<ChatMessage> client) -> {
                if (!counted) {
                    count();
                }
                deliver(user, client);
                done(user);
            }
            case Task.Stop() -> {
                return false;
            }
        }
        return true;
    }

    /// Asks the store what it has; what is too old goes.
    private void count() {
        Optional<Map<UserId, Integer>> found = store.waiting(oldest());
        found.ifPresent(counts -> {
            waiting.keySet().retainAll(counts.keySet());
            waiting.putAll(counts);
            inAll.set(counts.values().stream().mapToInt(Integer::intValue).sum());
        });
        tryAgainNanos = time.nanoTime() + TRY_AGAIN.toNanos();
        counted = found.isPresent(); // last: whoever sees it relies on what waits
    }

    private Instant oldest() {
        return time.wallTime().minus(MAX_AGE);
    }

    private void keep(UserId user, ChatMessage text) {
        if (!counted) {
            count();
        }
        Held.Message message = new Held.Message(time.wallTime(), text);
        boolean room = waiting.getOrDefault(user, 0) + held.count(user) < MAX_FOR_USER && inAll.get() + held.size() < MAX_IN_ALL;
        if (room && held.count(user) == 0 && isStored(user, message)) {
            return;
        }
        if (held.size() == 0) {
            tryAgainNanos = time.nanoTime() + TRY_AGAIN.toNanos();
        }
        if (!room || !held.add(user, message)) {
            counters.increment(VertoCount.CHATS_LOST);
        }
    }

    private boolean isStored(UserId user, Held.Message message) {
        boolean stored = counted && store.keep(user, message.at(), message.text());
        if (stored) {
            waiting.merge(user, 1, Integer::sum);
            inAll.incrementAndGet();
            counters.increment(VertoCount.CHATS_KEPT);
        }
        return stored;
    }

    /// Gives the store what it did not take.
    private void putAway() {
        tryAgainNanos = time.nanoTime() + TRY_AGAIN.toNanos();
        if (!counted) {
            count();
        }
        for (UserId user : held.users()) {
            for (Held.Message message : held.of(user)) {
                if (!isStored(user, message)) {
                    return;
                }
                held.remove(user);
            }
        }
    }

    /// In order, until the client is gone; what it has got is forgotten.
    private void deliver(UserId user, Predicate<ChatMessage> client) {
        if (deliverStored(user, client)) {
            for (Held.Message message : held.of(user)) {
                if (!client.test(dated(message.at(), message.text()))) {
                    return;
                }
                counters.increment(VertoCount.CHATS_DELIVERED_LATE);
                held.remove(user);
            }
        }
    }

    /// @return whether nothing is left that is older than what is held
    private boolean deliverStored(UserId user, Predicate<ChatMessage> client) {
        if (!waiting.containsKey(user)) {
            return true;
        }
        List<Kept> all = store.of(user);
        long last = -1;
        int delivered = 0;
        boolean whole = !all.isEmpty(); // else the store cannot be asked
        for (Kept kept : all) {
            boolean fresh = !kept.at().isBefore(oldest());
            if (fresh && !client.test(dated(kept.at(), kept.message()))) {
                whole = false;
                break;
            }
            delivered += fresh ? 1 : 0;
            last = kept.number();
        }
        if (last >= 0) {
            counters.add(VertoCount.CHATS_DELIVERED_LATE, delivered);
            store.forget(user, last);
            count();
        }
        return whole;
    }

    private static ChatMessage dated(Instant at, ChatMessage message) {
        Map<String, String> fields = new LinkedHashMap<>(message.fields());
        fields.put(SENT_AT, at.truncatedTo(ChronoUnit.SECONDS).toString());
        return new ChatMessage(fields);
    }
}
