package io.jverto.switchboard.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.switchboard.edge.TestSdp;
import io.jverto.switchboard.edge.TestSwitch;
import io.jverto.switchboard.event.EventName;
import io.jverto.switchboard.port.CallRef;
import io.jverto.switchboard.port.CallRef.HoldWish;
import io.jverto.switchboard.port.Cause;
import io.jverto.wire.jsonrpc.JsonText;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class PresenceTest {
    private final TestSwitch pbx = new TestSwitch().actions("answer", "echo");
    private final List<JsonObject> heard = new CopyOnWriteArrayList<>();

    @Test
    void tellsHowFarAUsersCallIs() {
        hear("presence");

        pbx.call("c-1", "9196", TestSdp.OPUS, Map.of("presence_id", "1000@example.org")).channel.hangup(Cause.NORMAL_CLEARING, false);
        pbx.time.settle();

        assertThat(heard).extracting(event -> data(event, "originalChannelCallState") + " " + data(event, "channelCallState"))
                .containsExactly("DOWN RING_WAIT", "RING_WAIT ACTIVE", "ACTIVE HANGUP");
        assertThat(JsonText.write(heard.get(1)))
                .isEqualTo("{\"data\":{\"channelCallState\":\"ACTIVE\",\"originalChannelCallState\":\"RING_WAIT\",\"channelState\":\"CS_EXECUTE\","
                        + "\"callerUserName\":\"1000\",\"callerIDName\":\"Tester 1000\",\"callerIDNumber\":\"1000\",\"channelUUID\":\"c-1\","
                        + "\"presenceCallDirection\":\"inbound\",\"channelPresenceID\":\"1000@example.org\"},"
                        + "\"eventChannel\":\"presence.1000@example.org\",\"eventSerno\":1,\"subscribedChannel\":\"presence\"}");
    }

    @Test
    void tellsWhatAUserSaysOfHimselfAndNothingOfRooms() {
        hear("presence");

        pbx.core.publish(EventName.PRESENCE_IN, () -> Map.of("from", "1000@example.org", "status", "Lunch", "rpid", "meal", "open", "true"));
        pbx.core.publish(EventName.PRESENCE_IN, () -> Map.of("from", "3000@example.org", "status", "Active (2 callers)", "alt_event_type", "dialog"));
        pbx.time.settle();

        assertThat(heard).singleElement().satisfies(event -> assertThat(JsonText.write(event)).contains(
                "\"data\":{\"channelPresenceID\":\"1000@example.org\",\"status\":\"Lunch\",\"rpid\":\"meal\",\"open\":\"true\"}",
                "\"eventChannel\":\"presence.1000@example.org\""));
    }

    @Test
    void whoBeginsToHearItGetsTheStatesOfNow() {
        pbx.call("c-1", "9196", TestSdp.OPUS, Map.of("presence_id", "1000@example.org"));
        pbx.call("c-2", "9196", TestSdp.OPUS, Map.of("presence_id", "1001@example.org")).channel.hangup(Cause.NORMAL_CLEARING, false);
        pbx.time.settle();
        pbx.events.attach("T", delivery -> { });

        hear("presence");
        assertThat(heard).singleElement().satisfies(event -> {
            assertThat(data(event, "originalChannelCallState") + " " + data(event, "channelCallState")).isEqualTo("ACTIVE ACTIVE");
            assertThat(event.string("subscribedChannel")).hasValue("presence");
        });

        heard.clear();
        hear("presence.1000@example.org");
        hear("presence.1001@example.org");
        assertThat(heard).singleElement().satisfies(event -> assertThat(data(event, "channelUUID")).isEqualTo("c-1"));
    }

    @Test
    void tellsThatACallIsHeldAndTakenOffHold() {
        CallRef call = (CallRef) pbx.call("c-1", "9196", TestSdp.OPUS, Map.of("presence_id", "1000@example.org")).channel;
        hear("presence.1000@example.org");
        heard.clear();

        call.hold(HoldWish.HOLD);
        call.hold(HoldWish.UNHOLD);

        assertThat(heard).extracting(event -> data(event, "originalChannelCallState") + " " + data(event, "channelCallState"))
                .containsExactly("ACTIVE HELD", "HELD ACTIVE");
        call.hangup(Cause.NORMAL_CLEARING, false);
        pbx.time.settle();
    }

    @Test
    void tellsWhatTheDialplanSaysOfTheCall() {
        hear("presence");
        pbx.actions("set queue=sales", "set presence_data=line 7", "set presence_data_cols=queue:nothing:" + "x:".repeat(50) + "presence_data", "answer");

        pbx.call("c-1", "9196", TestSdp.OPUS, Map.of("presence_id", "1000@example.org"));

        assertThat(JsonText.write(heard.getFirst())).doesNotContain("channelPresenceData", "PD-");
        assertThat(JsonText.write(heard.get(1)))
                .contains("\"channelPresenceID\":\"1000@example.org\",\"channelPresenceData\":\"line 7\",\"PD-queue\":\"sales\"},");
    }

    @Test
    void aChannelOfNobodyIsNobodysBusiness() {
        hear("presence");

        pbx.call("c-1", "9196");

        assertThat(heard).isEmpty();
    }

    private void hear(String channel) {
        pbx.events.attach("S", delivery -> heard.add(delivery.params()));
        pbx.events.subscribe("S", List.of(channel), _ -> true);
    }

    private static String data(JsonObject event, String key) {
        return event.object("data").flatMap(data -> data.string(key)).orElse("");
    }
}
