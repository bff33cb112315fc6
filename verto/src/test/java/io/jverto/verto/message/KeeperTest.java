package io.jverto.verto.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.count.Counters;
import io.jverto.switchboard.message.PassingMessages;
import io.jverto.switchboard.port.ChatMessage;
import io.jverto.switchboard.port.MessageStore;
import io.jverto.switchboard.port.UserId;
import io.jverto.testkit.time.VirtualTime;
import io.jverto.verto.count.VertoCount;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeeperTest {
    private static final UserId ADA = new UserId("ada", "test");
    private static final UserId BOB = new UserId("bob", "test");

    private final VirtualTime time = new VirtualTime();
    private final Counters<VertoCount> counters = new Counters<>(VertoCount.class);
    private final Shelf shelf = new Shelf();
    private final Set<UserId> online = ConcurrentHashMap.newKeySet();
    private final List<String> got = new CopyOnWriteArrayList<>();
    private Keeper keeper = keeper();

    @BeforeEach
    void opens() {
        keeper.open();
        time.settle();
    }

    @AfterEach
    void closes() {
        keeper.close();
        keeper.close();
        assertThat(shelf.closed).isTrue();
    }

    @Test
    void whatWaitsComesInOrderAndOnce() {
        write("one");
        time.advance(Duration.ofMinutes(1));
        write("two");

        assertThat(login(2)).containsExactly("one 2026-01-01T00:00:00Z", "two 2026-01-01T00:01:00Z");
        assertThat(login(2)).isEmpty();
        assertThat(counters.get(VertoCount.CHATS_KEPT)).isEqualTo(2);
        assertThat(counters.get(VertoCount.CHATS_DELIVERED_LATE)).isEqualTo(2);
        assertThat(keeper.holds(ADA)).isFalse();
    }

    @Test
    void whatWaitsForOneUserIsNotForAnother() {
        write("for Ada");

        keeper.welcome(BOB, this::get);
        time.settle();

        assertThat(got).isEmpty();
        assertThat(login(1)).hasSize(1);
    }

    @Test
    void itOutlivesTheKeeper() {
        write("one");
        keeper.close();

        keeper = keeper();
        shelf.closed = false;
        keeper.open();

        assertThat(login(1)).hasSize(1);
    }

    @Test
    void aClientThatGoesAwayMeanwhileLeavesTheRestWaiting() {
        write("one");
        write("two");
        write("three");

        assertThat(login(1)).containsExactly("one 2026-01-01T00:00:00Z");
        assertThat(login(5)).containsExactly("two 2026-01-01T00:00:00Z", "three 2026-01-01T00:00:00Z");
    }

    @Test
    void whoCameWhileAMessageWasUnderWayGetsItBehindWhatWaited() {
        write("old");
        online.add(ADA);

        assertThat(keeper.holds(ADA)).isTrue();
        keeper.take(ADA, message("new"));
        time.settle();

        assertThat(got).containsExactly("old 2026-01-01T00:00:00Z", "new now");
        assertThat(login(5)).isEmpty();
    }

    @Test
    void s39AUserHasRoomForAHundred() {
        for (int i = 0; i < Keeper.MAX_FOR_USER + 3; i++) {
            write("m");
        }
        keeper.take(BOB, message("another user has his own"));

        assertThat(login(1_000)).hasSize(Keeper.MAX_FOR_USER);
        assertThat(counters.get(VertoCount.CHATS_LOST)).isEqualTo(3);
        assertThat(counters.get(VertoCount.CHATS_KEPT)).isEqualTo(Keeper.MAX_FOR_USER + 1);
    }

    @Test
    void s39AllUsersTogetherHaveRoomForTenThousand() {
        for (int i = 0; i < Keeper.MAX_IN_ALL + 2; i++) {
            keeper.take(new UserId("u" + i / 50, "test"), message("m"));
            time.settle();
        }

        assertThat(counters.get(VertoCount.CHATS_KEPT)).isEqualTo(Keeper.MAX_IN_ALL);
        assertThat(counters.get(VertoCount.CHATS_LOST)).isEqualTo(2);
    }

    @Test
    void aMessageThatIsTooLongReachesOnlyWhoIsThere() {
        ChatMessage book = message("x".repeat(Keeper.MAX_LENGTH));

        keeper.take(ADA, book);
        time.settle();
        assertThat(counters.get(VertoCount.CHATS_LOST)).isEqualTo(1);

        online.add(ADA);
        keeper.take(ADA, book);
        assertThat(got).hasSize(1);
    }

    @Test
    void aMessageWaitsSevenDays() {
        write("old");
        time.advance(Duration.ofDays(1));
        write("young");

        time.advance(Duration.ofDays(6).plusSeconds(1));

        assertThat(login(5)).containsExactly("young 2026-01-02T00:00:00Z");
        assertThat(shelf.of(ADA)).isEmpty();
    }

    @Test
    void whatNobodyTakesIsForgottenByItself() {
        write("old");

        time.advance(Duration.ofDays(7).plusHours(1));

        assertThat(shelf.of(ADA)).isEmpty();
        assertThat(keeper.holds(ADA)).isFalse();
    }

    @Test
    void whatAStoreDoesNotTakeWaitsInMemoryUntilItDoes() {
        online.add(BOB);
        write("before");
        shelf.broken = true;
        write("held");
        keeper.take(BOB, message("heard"));
        time.advance(Duration.ofMinutes(5));
        assertThat(got).containsExactly("heard now");
        assertThat(counters.get(VertoCount.CHATS_KEPT)).isEqualTo(1);

        shelf.broken = false;
        write("behind it");
        time.advance(Keeper.TRY_AGAIN);

        assertThat(counters.get(VertoCount.CHATS_KEPT)).isEqualTo(3);
        assertThat(counters.get(VertoCount.CHATS_LOST)).isZero();
        got.clear();
        assertThat(login(5)).containsExactly("before 2026-01-01T00:00:00Z", "held 2026-01-01T00:00:00Z", "behind it 2026-01-01T00:05:00Z");
        assertThat(login(5)).isEmpty();
        assertThat(keeper.holds(ADA)).isFalse();
    }

    @Test
    void whoComesMeanwhileGetsWhatIsHeldButNotBeforeWhatIsOlder() {
        shelf.broken = true;
        write("one");
        write("two");
        assertThat(login(1)).containsExactly("one 2026-01-01T00:00:00Z");
        assertThat(login(5)).containsExactly("two 2026-01-01T00:00:00Z");

        shelf.broken = false;
        write("three");
        shelf.broken = true;
        write("four");
        assertThat(login(5)).isEmpty();
        shelf.broken = false;
        assertThat(login(5)).containsExactly("three 2026-01-01T00:00:00Z", "four 2026-01-01T00:00:00Z");
        time.advance(Keeper.TRY_AGAIN);
        assertThat(login(5)).isEmpty();
    }

    @Test
    void memoryHoldsSoManyForAUserAndForAllAndTheNewestAreLost() {
        shelf.broken = true;
        for (int i = 0; i < Keeper.MAX_FOR_USER + 3; i++) {
            write("m");
        }
        assertThat(counters.get(VertoCount.CHATS_LOST)).isEqualTo(3);
        for (int i = 0; i < Held.MAX_MESSAGES; i++) {
            keeper.take(new UserId("u" + i, "test"), message("m"));
            time.settle();
        }

        assertThat(counters.get(VertoCount.CHATS_LOST)).isEqualTo(3 + Keeper.MAX_FOR_USER);
    }

    @Test
    void whatIsHeldAtTheEndGoesToTheStoreOrIsCounted() {
        shelf.broken = true;
        write("one");
        shelf.broken = false;
        keeper.close();
        assertThat(shelf.of(ADA)).hasSize(1);

        keeper = keeper();
        keeper.open();
        time.settle();
        shelf.broken = true;
        write("two");
        keeper.close();
        assertThat(counters.get(VertoCount.CHATS_LOST)).isEqualTo(1);
    }

    @Test
    void aStoreThatIsBrokenAtTheStartIsAskedAgain() {
        shelf.keep(ADA, time.wallTime(), message("from before"));
        keeper.close();
        shelf.broken = true;
        keeper = keeper();
        keeper.open();
        assertThat(login(5)).isEmpty();

        shelf.broken = false;
        time.advance(Duration.ofSeconds(31));

        assertThat(login(5)).hasSize(1);
    }

    @Test
    void aUserForWhomNothingWaitsCostsTheStoreNothing() {
        int asked = shelf.asked;

        login(5);

        assertThat(shelf.asked).isEqualTo(asked);
    }

    private Keeper keeper() {
        return new Keeper(shelf, (user, message) -> online.contains(user) && get(message), counters, time);
    }

    private void write(String body) {
        keeper.take(ADA, message(body));
        time.settle();
    }

    /// @return what Ada's client got, which takes so many
    private List<String> login(int takes) {
        int before = got.size();
        keeper.welcome(ADA, message -> got.size() - before < takes && get(message));
        time.settle();
        return List.copyOf(got.subList(before, got.size()));
    }

    private boolean get(ChatMessage message) {
        return got.add(message.fields().get("body") + " " + message.fields().getOrDefault("sent_at", "now"));
    }

    private static ChatMessage message(String body) {
        return new ChatMessage(Map.of("body", body));
    }

    /// A store in memory that can be broken.
    private static final class Shelf implements MessageStore {
        private final PassingMessages messages = new PassingMessages();
        private volatile boolean broken;
        private volatile boolean closed;
        private volatile int asked;

        @Override
        public Optional<Map<UserId, Integer>> waiting(Instant notBefore) {
            asked++;
            return broken ? Optional.empty() : messages.waiting(notBefore);
        }

        @Override
        public boolean keep(UserId to, Instant at, ChatMessage message) {
            return !broken && messages.keep(to, at, message);
        }

        @Override
        public List<Kept> of(UserId user) {
            asked++;
            return broken ? List.of() : messages.of(user);
        }

        @Override
        public void forget(UserId user, long last) {
            messages.forget(user, last);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
