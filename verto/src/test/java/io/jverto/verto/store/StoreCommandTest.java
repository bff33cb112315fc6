package io.jverto.verto.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.json.JsonValue;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.switchboard.port.CallVariables;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.wire.jsonrpc.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreCommandTest {
    @TempDir
    Path temp;

    private final Map<String, String> variables = new HashMap<>();
    private StoreCommand store;

    @BeforeEach
    void opens() {
        store = open();
    }

    private StoreCommand open() {
        return new StoreCommand(temp.resolve("storage"), new OneCall());
    }

    /// Only the call `c1` is there.
    private final class OneCall implements CallVariables {
        @Override
        public Optional<String> get(ChannelId call, String name) {
            return call.value().equals("c1") ? Optional.of(variables.getOrDefault(name, "")) : Optional.empty();
        }

        @Override
        public boolean set(ChannelId call, String name, String value) {
            variables.put(name, value);
            return call.value().equals("c1");
        }
    }

    private String run(String data) {
        JsonObject words = JsonText.parse(data.replace('\'', '"')).flatMap(JsonValue::asObject).orElseThrow();
        return JsonText.write(store.run(words, JsonObject.EMPTY)).replace('"', '\'');
    }

    @Test
    void whatIsCommittedIsThereAfterARestart() throws IOException {
        run("{'cmd':'add','storeName':'desk','key':'ada','ada':{'n':1}}");

        assertThat(run("{'cmd':'commit','storeName':'desk'}")).isEqualTo("{'message':'Message Comitted','commitStatus':'success'}");
        assertThat(Files.readString(temp.resolve("storage/desk.json"))).isEqualTo("{\"ada\":{\"n\":1}}");
        store = open();
        assertThat(run("{'cmd':'dump','storeName':'desk'}")).isEqualTo("{'data':{},'message':'Data Dumped'}");
        assertThat(run("{'cmd':'retrieve','storeName':'desk'}")).isEqualTo("{'message':'Store Loaded'}");
        assertThat(run("{'cmd':'retrieve','storeName':'desk','verbose':true}")).isEqualTo("{'data':{'ada':{'n':1}},'message':'Store Loaded'}");
        assertThat(run("{'cmd':'dump','storeName':'desk'}")).isEqualTo("{'data':{'ada':{'n':1}},'message':'Data Dumped'}");
    }

    @Test
    void aChangeCanBeCommittedAtOnceAndNothingElseIsLeftInTheFolder() throws IOException {
        assertThat(run("{'cmd':'add','storeName':'desk','key':'a','a':1,'commit':true,'file':'other'}"))
                .isEqualTo("{'message':'Item Added','commitStatus':'success'}");
        assertThat(run("{'cmd':'del','storeName':'desk','key':'a','commit':true,'file':'other','verbose':true}"))
                .isEqualTo("{'data':{},'message':'Item Deleted','commitStatus':'success'}");

        try (Stream<Path> files = Files.list(temp.resolve("storage"))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("other");
        }
        assertThat(Files.readString(temp.resolve("storage/other"))).isEqualTo("{}");
    }

    @Test
    void aCallsStoreIsItsVariable() {
        assertThat(run("{'cmd':'add','uuid':'c1','key':'a','a':'x'}")).isEqualTo("{'message':'Item Added'}");
        assertThat(variables).containsEntry("json_store_data", "{\"a\":\"x\"}");
        assertThat(run("{'cmd':'commit','uuid':'c1'}")).isEqualTo("{'message':'Message Comitted','commitStatus':'fail','errorMessage':'INVALID INPUT: file'}");
        assertThat(run("{'cmd':'commit','uuid':'c1','file':'c1'}")).endsWith("'commitStatus':'success'}");
        assertThat(run("{'cmd':'del','uuid':'c1'}")).isEqualTo("{'message':'Store Deleted'}");
        assertThat(variables).containsEntry("json_store_data", "");
        assertThat(run("{'cmd':'retrieve','uuid':'c1','file':'c1'}")).isEqualTo("{'message':'Store Loaded'}");
        assertThat(variables).containsEntry("json_store_data", "{\"a\":\"x\"}");
        assertThat(run("{'cmd':'add','uuid':'c2','key':'a','a':'x'}")).isEqualTo("{'errorMessage':'CANNOT LOAD DATA'}");
        variables.put("json_store_data", "no json");
        assertThat(run("{'cmd':'dump','uuid':'c1'}")).isEqualTo("{'errorMessage':'CANNOT LOAD DATA'}");
    }

    /// security.md S34.
    @Test
    void s34NoFileOutsideOfTheFolderIsNamed() throws IOException {
        Files.createDirectories(temp.resolve("storage"));
        Files.writeString(temp.resolve("secret"), "{\"password\":1}");
        Files.createSymbolicLink(temp.resolve("storage/link"), temp.resolve("secret"));
        run("{'cmd':'add','storeName':'desk','key':'a','a':1}");

        for (String file : List.of("../secret", "/etc/passwd", "..", ".", "", "a/b", "a\\\\b", ".hidden", "a\\u0000b", "link")) {
            assertThat(run("{'cmd':'retrieve','storeName':'desk','file':'" + file + "'}")).as(file).startsWith("{'errorMessage':");
        }
        for (String file : List.of("../secret", "..", "a/b", "")) {
            assertThat(run("{'cmd':'commit','storeName':'desk','file':'" + file + "'}")).as(file).contains("'fail'");
        }
        assertThat(run("{'cmd':'commit','storeName':'../desk'}")).contains("'fail'");
        assertThat(run("{'cmd':'commit','storeName':'desk','file':'link'}")).contains("'success'");
        assertThat(Files.readString(temp.resolve("secret"))).contains("password");
    }

    @Test
    void whatIsNoObjectIsNotLoaded() throws IOException {
        Files.createDirectories(temp.resolve("storage"));
        Files.writeString(temp.resolve("storage/list"), "[1]");
        Files.writeString(temp.resolve("storage/text"), "text");

        assertThat(run("{'cmd':'retrieve','storeName':'desk','file':'list'}")).isEqualTo("{'errorMessage':'CANNOT LOAD DATA'}");
        assertThat(run("{'cmd':'retrieve','storeName':'desk','file':'text'}")).isEqualTo("{'errorMessage':'CANNOT LOAD DATA'}");
    }

    @Test
    void nothingGrowsWithoutLimit() {
        String half = "x".repeat(600_000);
        assertThat(run("{'cmd':'add','storeName':'big','key':'a','a':'" + half + "'}")).isEqualTo("{'message':'Item Added'}");
        assertThat(run("{'cmd':'add','storeName':'big','key':'b','b':'" + half + "'}")).startsWith("{'errorMessage':'INVALID INPUT");
        assertThat(run("{'cmd':'add','storeName':'big','key':'a','a':1}")).isEqualTo("{'message':'Item Added'}");

        int taken = 0;
        while (run("{'cmd':'add','storeName':'s" + taken + "','key':'a','a':'" + half + "'}").contains("Item Added")) {
            taken++;
        }
        assertThat(taken).isEqualTo(26);
        run("{'cmd':'del','storeName':'s0'}");
        assertThat(run("{'cmd':'add','storeName':'again','key':'a','a':'" + half + "'}")).contains("Item Added");
        assertThat(run("{'cmd':'add','uuid':'c1','key':'a','a':'" + "x".repeat(40_000) + "'}")).startsWith("{'errorMessage':");
    }

    @Test
    void storesAreCountedToo() {
        int taken = 0;
        while (run("{'cmd':'add','storeName':'s" + taken + "','key':'a','a':1}").contains("Item Added")) {
            taken++;
        }

        assertThat(taken).isEqualTo(256);
    }

    @Test
    void whatLacksSomethingIsRefused() {
        assertThat(run("{}")).isEqualTo("{'errorMessage':'INVALID INPUT'}");
        assertThat(run("{'storeName':'desk'}")).startsWith("{'errorMessage':'INVALID INPUT");
        assertThat(run("{'cmd':'add','storeName':'desk'}")).isEqualTo("{'errorMessage':'INVALID INPUT'}");
        assertThat(run("{'cmd':'add','storeName':'desk','key':'a'}")).isEqualTo("{'errorMessage':'INVALID INPUT'}");
        assertThat(run("{'cmd':'dump','storeName':'desk','key':'a'}")).isEqualTo("{'errorMessage':'Key not found'}");
    }
}
