package io.jverto.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.port.SharedData;
import io.jverto.switchboard.shared.PassingData;
import io.jverto.testkit.time.VirtualTime;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class StoredDataTest {
    private static final String ODD = "Größe \uD83D\uDE00 '; DROP TABLE shared_value; -- %_";

    @TempDir
    Path temp;

    private Database database() {
        return new Database(new DatabaseLocation.Embedded(temp.resolve("db")), new VirtualTime());
    }

    @Test
    void valuesAndGroupsOutliveTheServer() {
        try (Database database = database()) {
            StoredData data = new StoredData(database);
            assertThat(data.put("realm", "key", ODD)).isTrue();
            assertThat(data.join("sales", "user/1001")).isTrue();
            assertThat(data.join("sales", "user/1000")).isTrue();
        }
        try (Database database = database()) {
            StoredData data = new StoredData(database);
            assertThat(data.value("realm", "key")).hasValue(ODD);
            assertThat(data.members("sales")).containsExactly("user/1001", "user/1000");
        }
    }

    /// The one in memory and the one in the database do the same.
    @TestFactory
    Stream<DynamicTest> bothKindsKeepReplaceAndForget() {
        return Stream.of(
                DynamicTest.dynamicTest("in memory", () -> check(new PassingData())),
                DynamicTest.dynamicTest("in the database", () -> {
                    try (Database database = database()) {
                        check(new StoredData(database));
                    }
                }));
    }

    private static void check(SharedData data) {
        assertThat(data.value("r", "k")).isEmpty();
        assertThat(data.put("r", "k", "one")).isTrue();
        assertThat(data.put("r", "k", "two")).isTrue();
        assertThat(data.put("other", "k", ODD)).isTrue();
        assertThat(data.value("r", "k")).hasValue("two");
        assertThat(data.value("other", "k")).hasValue(ODD);
        assertThat(data.remove("r", "k")).isTrue();
        assertThat(data.remove("r", "k")).isFalse();
        assertThat(data.value("r", "k")).isEmpty();
        assertThat(data.put("r", "k".repeat(256), "x")).isFalse();
        assertThat(data.put("", "k", "x")).isFalse();
        assertThat(data.put("r", "k", "x".repeat(4_097))).isFalse();

        assertThat(data.join("g", "user/1")).isTrue();
        assertThat(data.join("g", "user/1")).isTrue();
        assertThat(data.join("g", "user/2")).isTrue();
        assertThat(data.members("g")).containsExactly("user/1", "user/2");
        assertThat(data.leave("g", "user/1")).isTrue();
        assertThat(data.leave("g", "user/1")).isFalse();
        assertThat(data.members("g")).containsExactly("user/2");
        assertThat(data.members("none")).isEmpty();
    }

    @Test
    void aDatabaseThatIsGoneKeepsNothingAndSaysSo() {
        Database database = database();
        StoredData data = new StoredData(database);
        database.close();

        assertThat(data.put("r", "k", "v")).isFalse();
        assertThat(data.value("r", "k")).isEmpty();
        assertThat(data.join("g", "user/1")).isFalse();
        assertThat(data.members("g")).isEmpty();
    }
}
