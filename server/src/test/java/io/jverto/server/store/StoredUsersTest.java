package io.jverto.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.net.Network;
import io.jverto.server.store.StoredUsers.StoredUser;
import io.jverto.server.store.StoredUsers.Written;
import io.jverto.switchboard.directory.Directory;
import io.jverto.switchboard.directory.DirectoryUser;
import io.jverto.switchboard.directory.Settings;
import io.jverto.switchboard.port.UserId;
import io.jverto.testkit.time.VirtualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredUsersTest {
    private static final UserId ADA = new UserId("Ada", "Example.org");

    @TempDir
    Path temp;

    private final VirtualTime time = new VirtualTime();
    private Database database;
    private StoredUsers users;

    @BeforeEach
    void opens() {
        database = new Database(location(), time);
        users = new StoredUsers(database, time);
    }

    @AfterEach
    void closes() {
        database.close();
    }

    DatabaseLocation location() {
        return new DatabaseLocation.Embedded(temp.resolve("db"));
    }

    @Test
    void hashesOfPasswordsComeThoseThatWereSetLastFirst() {
        UserId bob = new UserId("bob", "example.org");
        users.add(ADA, edit("", List.of(), Map.of("password-hash", "first"), Map.of()));
        time.advance(Duration.ofSeconds(1));
        users.add(bob, edit("", List.of(), Map.of("Password-Hash", "second"), Map.of()));
        users.add(new UserId("nobody", "example.org"), edit("", List.of(), Map.of(), Map.of()));
        assertThat(users.hashes(10)).hasValueSatisfying(found -> {
            assertThat(found.newest()).extracting(StoredUsers.StoredHash::hash).containsExactly("second", "first");
            assertThat(found.toString()).doesNotContain("second");
        });

        time.advance(Duration.ofSeconds(1));
        users.set(bob, edit("", List.of(), Map.of("color", "red"), Map.of()));
        users.set(ADA, edit("", List.of(), Map.of("password-hash", "third"), Map.of()));

        assertThat(users.hashes(1)).hasValueSatisfying(found -> {
            assertThat(found.newest()).extracting(StoredUsers.StoredHash::hash).containsExactly("third");
            assertThat(found.all()).isEqualTo(2);
        });
    }

    @Test
    void aUserIsFoundInAnyLetterCaseAndByAliasWithWhatHeInherits() {
        users.setShared("example.org", "", settings(Map.of("dial-string", "of-domain", "a", "of-domain"), Map.of("color", "of-domain")));
        users.setShared("example.org", "Sales", settings(Map.of("a", "of-group", "b", "of-group"), Map.of()));
        assertThat(users.add(ADA, edit("77", List.of("sales", "support"), Map.of("B", "of-user"), Map.of("user_context", "default")))).isEqualTo(Written.DONE);

        DirectoryUser ada = found("ADA", "EXAMPLE.ORG").orElseThrow();
        assertThat(ada.id()).isEqualTo(new UserId("Ada", "example.org"));
        assertThat(ada.params()).isEqualTo(Map.of("dial-string", "of-domain", "a", "of-group", "B", "of-user"));
        assertThat(ada.variables()).isEqualTo(Map.of("color", "of-domain", "user_context", "default"));
        assertThat(found("77", "example.org")).hasValue(ada);
        assertThat(users.members("example.org", "SUPPORT")).containsExactly(ada.id());
        assertThat(users.users("EXAMPLE.org")).containsExactly(ada.id());
        assertThat(users.hasDomain("Example.ORG")).isTrue();
        assertThat(users.hasDomain("elsewhere")).isFalse();
        assertThat(users.ofDomain("EXAMPLE.org").orElseThrow().variables()).isEqualTo(Map.of("color", "of-domain"));
        assertThat(users.ofDomain("elsewhere")).isEmpty();
        users.setShared("example.org", "", settings(Map.of(), Map.of("color", "green")));
        assertThat(users.ofDomain("example.org").orElseThrow().variables()).isEqualTo(Map.of("color", "green"));
    }

    @Test
    void anIdCountsBeforeAnAlias() {
        users.add(new UserId("1", "a"), edit("2", List.of(), Map.of(), Map.of()));
        users.add(new UserId("2", "a"), edit("", List.of(), Map.of(), Map.of()));

        assertThat(found("2", "a").orElseThrow().id().user()).isEqualTo("2");
        assertThat(found("", "a")).as("who has no alias is not found by none").isEmpty();
    }

    @Test
    void changesCountAtOnce() {
        assertThat(found("ada", "example.org")).isEmpty();
        users.add(ADA, edit("", List.of("x"), Map.of("p", "1", "q", "2"), Map.of()));
        assertThat(found("ada", "example.org").orElseThrow().param("p")).contains("1");

        users.set(ADA, UserEdit.of(settings(Map.of("P", "3", "q", ""), Map.of("v", "4"))));
        DirectoryUser changed = found("ada", "example.org").orElseThrow();
        assertThat(changed.params()).isEqualTo(Map.of("P", "3"));
        assertThat(changed.variable("v")).contains("4");
        assertThat(users.members("example.org", "x")).as("what is not named stays").hasSize(1);

        assertThat(users.delete(ADA)).isEqualTo(Written.DONE);
        assertThat(found("ada", "example.org")).isEmpty();
        users.add(ADA, edit("", List.of(), Map.of(), Map.of()));
        assertThat(found("ada", "example.org").orElseThrow().params()).as("nothing is left of the one before").isEmpty();
    }

    @Test
    void whatIsThereIsNotAddedAndWhatIsNotIsNotChanged() {
        users.add(ADA, edit("", List.of(), Map.of("p", "1"), Map.of()));

        assertThat(users.add(new UserId("ADA", "example.ORG"), edit("", List.of(), Map.of("p", "2"), Map.of()))).isEqualTo(Written.EXISTS);
        assertThat(users.set(new UserId("bob", "example.org"), UserEdit.of(Settings.NONE))).isEqualTo(Written.MISSING);
        assertThat(users.delete(new UserId("bob", "example.org"))).isEqualTo(Written.MISSING);
        assertThat(found("ada", "example.org").orElseThrow().param("p")).contains("1");
    }

    @Test
    void whatAnotherServerChangesCountsAFewSecondsLater() {
        users.add(ADA, edit("", List.of(), Map.of("p", "1"), Map.of()));
        assertThat(found("ada", "example.org").orElseThrow().param("p")).contains("1");
        new StoredUsers(database, time).set(ADA, UserEdit.of(settings(Map.of("p", "2"), Map.of())));

        assertThat(found("ada", "example.org").orElseThrow().param("p")).contains("1");
        time.advance(Memo.FRESH);
        assertThat(found("ada", "example.org").orElseThrow().param("p")).contains("2");
    }

    @Test
    void namesThatNoDatabaseCouldHoldAreNobodysAndDoNotReachIt() {
        users.add(ADA, edit("", List.of(), Map.of(), Map.of()));

        assertThat(List.of("a\0b", "\uD800", "x".repeat(300), "", "a\nb")).allSatisfy(name -> {
            assertThat(found(name, "example.org")).isEmpty();
            assertThat(found("ada", name)).isEmpty();
            assertThat(users.members(name, "g")).isEmpty();
        });
        assertThat(found("'; DROP TABLE directory_user; --", "example.org")).isEmpty();
        assertThat(found("ada", "example.org")).isPresent();
    }

    @Test
    void whileTheDatabaseIsAwayWhatWasLearntBeforeStillHolds() {
        users.add(ADA, edit("", List.of(), Map.of("p", "1"), Map.of()));
        assertThat(found("ada", "example.org")).isPresent();
        database.close();
        time.advance(Duration.ofMinutes(5));

        assertThat(found("ada", "example.org").orElseThrow().param("p")).contains("1");
        assertThat(found("bob", "example.org")).isEmpty();
        assertThat(users.set(ADA, UserEdit.of(Settings.NONE))).isEqualTo(Written.UNAVAILABLE);
        assertThat(users.list("", new UserId("", ""))).isEmpty();
    }

    @Test
    void theNetworksOfUsersAreKnownByDomainAndEachChangeOfThemIsTold() {
        List<Map<String, List<Network>>> told = new ArrayList<>();
        users.onChange(() -> users.networks().ifPresent(told::add));
        users.add(ADA, cidr("203.0.113.0/24, 2001:db8::7"));
        users.add(new UserId("bob", "example.org"), cidr("198.51.100.1"));
        users.add(new UserId("cy", "elsewhere"), cidr(""));

        assertThat(users.networks().orElseThrow()).containsOnlyKeys("example.org");
        assertThat(users.networks().orElseThrow().get("example.org")).extracting(Network::toString)
                .containsExactlyInAnyOrder("203.0.113.0/24", "2001:db8:0:0:0:0:0:7/128", "198.51.100.1/32");
        assertThat(users.show(ADA).orElseThrow()).singleElement().extracting(StoredUser::cidr).isEqualTo("203.0.113.0/24, 2001:db8::7");
        users.set(ADA, UserEdit.of(Settings.NONE));
        assertThat(users.networks().orElseThrow().get("example.org")).as("what is not named stays").hasSize(3);
        users.set(ADA, cidr(""));
        users.delete(new UserId("bob", "example.org"));
        assertThat(users.networks()).hasValue(Map.of());
        assertThat(told).hasSize(6).last().isEqualTo(Map.of());
    }

    private static UserEdit cidr(String networks) {
        return new UserEdit(Optional.empty(), Optional.empty(), Optional.of(networks), Settings.NONE);
    }

    @Test
    void aListComesPageByPage() {
        for (int i = 0; i < StoredUsers.PAGE + 5; i++) {
            users.add(new UserId(String.valueOf(1_000 + i), i % 2 == 0 ? "a" : "b"), UserEdit.of(Settings.NONE));
        }
        List<StoredUser> first = users.list("", new UserId("", "")).orElseThrow();
        List<StoredUser> rest = users.list("", first.getLast().id()).orElseThrow();

        assertThat(first).hasSize(StoredUsers.PAGE);
        assertThat(rest).hasSize(5).doesNotContainAnyElementsOf(first);
        assertThat(users.list("", rest.getLast().id())).hasValue(List.of());
        assertThat(users.list("B", new UserId("", "")).orElseThrow()).allMatch(user -> user.id().domain().equals("b")).hasSize(52);
    }

    @Test
    void changesAtTheSameTimeComeOneAfterTheOther() throws InterruptedException {
        List<Written> outcomes = new CopyOnWriteArrayList<>();
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            StoredUsers another = i % 2 == 0 ? users : new StoredUsers(database, time);
            all.add(Thread.ofVirtual().start(() -> outcomes.add(another.add(ADA, edit("", List.of("g"), Map.of("p", "1"), Map.of())))));
        }
        for (Thread one : all) {
            one.join();
        }

        assertThat(outcomes).containsOnlyOnce(Written.DONE).containsOnly(Written.DONE, Written.EXISTS);
        assertThat(users.set(ADA, UserEdit.of(Settings.NONE))).isEqualTo(Written.DONE);
    }

    @Test
    void aFloodOfNamesFillsNoMoreThanItsPlace() {
        Memo<Integer, Integer> memo = new Memo<>(time);
        for (int i = 0; i < 30_000; i++) {
            int answer = i;
            memo.get(i, () -> Optional.of(answer));
        }

        assertThat(memo.size()).isEqualTo(10_000);
    }

    @Test
    void anAnswerThatWasOnItsWayDuringAChangeIsNotKept() {
        Memo<String, Integer> memo = new Memo<>(time);
        memo.get("question", () -> {
            memo.forget();
            return Optional.of(1);
        });

        assertThat(memo.get("question", () -> Optional.of(2))).hasValue(2);
    }

    private Optional<DirectoryUser> found(String user, String domain) {
        return Directory.EMPTY.with(users).find(new UserId(user, domain));
    }

    private static Settings settings(Map<String, String> params, Map<String, String> variables) {
        return new Settings(params, variables);
    }

    private static UserEdit edit(String alias, List<String> groups, Map<String, String> params, Map<String, String> variables) {
        return new UserEdit(Optional.of(alias), Optional.of(groups), Optional.empty(), settings(params, variables));
    }
}
