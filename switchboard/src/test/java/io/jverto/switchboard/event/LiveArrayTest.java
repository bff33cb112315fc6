package io.jverto.switchboard.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.json.JsonValue.JsonString;
import io.jverto.switchboard.event.EventHandler.Sender;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveArrayTest {
    private static final String CHANNEL = "conference-liveArray.3000@pbx.test";
    private static final String TAIL = ",'eventChannel':'" + CHANNEL + "','eventSerno':%d,'subscribedChannel':'" + CHANNEL + "'}";

    private final EventChannels events = new EventChannels();
    private final LiveArrays arrays = new LiveArrays(events, "conference-liveArray");
    private final LiveArray array = arrays.open(CHANNEL, "3000");
    private final Listener ada = new Listener();

    @BeforeEach
    void adaListens() {
        events.attach("s-ada", ada);
        events.subscribe("s-ada", List.of(CHANNEL), channel -> true);
    }

    @Test
    void numbersEveryChangeAndWritesItAsClientsKnowIt() {
        array.add("a", row("1"));
        array.add("b", row("2"));
        array.modify("a", row("3"));
        array.del("a");
        array.clear();

        assertThat(ada.heard()).containsExactly(
                "{'data':{'action':'add','arrIndex':0,'name':'3000','hashKey':'a','wireSerno':1,'data':'1'}" + TAIL.formatted(0),
                "{'data':{'action':'add','arrIndex':1,'name':'3000','hashKey':'b','wireSerno':2,'data':'2'}" + TAIL.formatted(1),
                "{'data':{'action':'modify','name':'3000','hashKey':'a','wireSerno':3,'data':'3'}" + TAIL.formatted(2),
                "{'data':{'name':'3000','action':'del','hashKey':'a','wireSerno':4,'data':'3'}" + TAIL.formatted(3),
                "{'data':{'action':'clear','name':'3000','wireSerno':-1,'data':{}}" + TAIL.formatted(4));
    }

    @Test
    void bootsOneSessionWithAllRowsInOrderAndDirectly() {
        array.add("b", row("2"));
        array.add("a", row("1"));
        ada.heard();

        bootstrap(CHANNEL);

        assertThat(ada.heard()).containsExactly("{'data':{'action':'bootObj','name':'3000','wireSerno':-1,'data':[['b','2'],['a','1']]},"
                + "'eventChannel':'" + CHANNEL + "','sessid':'s-ada'}");
    }

    @Test
    void anUnknownArrayIsEmptyAndNobodyElseHearsOfIt() {
        bootstrap("conference-liveArray.9@pbx.test");

        assertThat(ada.heard()).containsExactly("{'data':{'action':'bootObj','name':'3000','wireSerno':-1,'data':[]},"
                + "'eventChannel':'conference-liveArray.9@pbx.test','sessid':'s-ada'}");
    }

    @Test
    void takesOtherCommandsAndNonsenseInSilence() {
        events.broadcast(sender(), CHANNEL, JsonObject.EMPTY, false);
        events.broadcast(sender(), CHANNEL, command("heartbeat"), false);

        assertThat(ada.heard()).isEmpty();
    }

    @Test
    void clearsAndBootsAClientThatMayHaveMissedSomething() {
        array.add("a", row("1"));
        ada.heard();

        arrays.resync(CHANNEL, "s-ada");
        array.modify("a", row("2"));

        assertThat(ada.heard()).satisfiesExactly(
                clear -> assertThat(clear).startsWith("{'data':{'action':'clear'").endsWith("'sessid':'s-ada'}"),
                boot -> assertThat(boot).contains("'bootObj'", "[['a','1']]"),
                change -> assertThat(change).contains("'wireSerno':2"));
    }

    @Test
    void changesOfRowsThatAreNotThereTakeNoSerial() {
        array.modify("x", row("1"));
        array.del("x");
        array.clear();
        array.add("a", row("1"));
        array.add("a", row("2"));

        assertThat(ada.heard()).satisfiesExactly(
                add -> assertThat(add).contains("'add'", "'wireSerno':1"), again -> assertThat(again).contains("'modify'", "'wireSerno':2"));
    }

    @Test
    void numbersAgainFromOneAfterAClear() {
        array.add("a", row("1"));
        arrays.close(array);
        arrays.open(CHANNEL, "3000").add("b", row("1"));

        assertThat(ada.heard()).last().asString().contains("'arrIndex':0", "'wireSerno':1");
    }

    @Test
    void s39IsBounded() {
        for (int i = 0; i < LiveArray.MAX_ROWS + 10; i++) {
            array.add("k" + i, row("x"));
        }

        assertThat(events.counters().get(EventCount.ROWS_OVER_LIMIT)).isEqualTo(10);
    }

    @Test
    void showsEverybodyTheSameOrderWhoeverChangesIt() throws InterruptedException {
        Listener bob = new Listener();
        events.attach("s-bob", bob);
        events.subscribe("s-bob", List.of(CHANNEL), channel -> true);
        List<Thread> writers = new ArrayList<>();
        for (int writer = 0; writer < 4; writer++) {
            String key = "w" + writer;
            writers.add(Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 200; i++) {
                    array.add(key, row("x" + i));
                    array.modify(key, row("y" + i));
                    array.boot("s-ada");
                    array.del(key);
                }
            }));
        }
        for (Thread writer : writers) {
            writer.join();
        }

        List<JsonObject> seenByAda = changes(ada);
        assertThat(seenByAda).hasSize(4 * 200 * 3).isEqualTo(changes(bob));
        for (int i = 0; i < seenByAda.size(); i++) {
            assertThat(seenByAda.get(i).get("wireSerno").orElseThrow()).isEqualTo(io.jverto.base.json.JsonValue.JsonNumber.of(i + 1));
        }
    }

    private static List<JsonObject> changes(Listener listener) {
        return listener.deliveries().stream()
                .filter(EventDelivery.Subscribed.class::isInstance)
                .map(delivery -> delivery.params().object("data").orElseThrow())
                .toList();
    }

    private void bootstrap(String channel) {
        events.broadcast(sender(), channel, command("bootstrap"), false);
    }

    private static Sender sender() {
        return new Sender("s-ada", "2101@pbx.test", "Ada");
    }

    private static JsonObject command(String name) {
        JsonObject liveArray = new JsonObjectBuilder().put("command", name).put("context", CHANNEL).put("name", "3000").build();
        return new JsonObjectBuilder().put("data", new JsonObjectBuilder().put("liveArray", liveArray).build()).build();
    }

    private static JsonString row(String text) {
        return new JsonString(text);
    }
}
