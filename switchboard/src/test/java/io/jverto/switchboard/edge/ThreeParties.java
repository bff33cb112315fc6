package io.jverto.switchboard.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.edge.TestPhones.Phone;
import io.jverto.switchboard.port.Cause;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// What tests of calls with Ada, Bob and Cy have in common: Ada calls Bob at 1001 or Cy at 1002, echoes at 9196. At the end every call is
/// over, and nothing is left of it.
public abstract class ThreeParties {
    protected static final String ECHO = """
            <extension name="echo"><condition field="destination_number" expression="^9196$">
              <action application="answer"/><action application="echo"/></condition></extension>
            """;
    protected static final String USERS = """
            <extension name="users"><condition field="destination_number" expression="^(10..)$">
              <action application="set" data="hangup_after_bridge=true"/>
              <action application="bridge" data="user/$1@example.org"/></condition></extension>
            """;

    protected final TestSwitch pbx = new TestSwitch();
    protected final Phone bob = pbx.phones.add("1001@example.org", "bob");
    protected final Phone cy = pbx.phones.add("1002@example.org", "cy");

    @BeforeEach
    final void twoNumbersAndAnEcho() {
        pbx.directory("<user id=\"1001\"/><user id=\"1002\"/>");
        pbx.dialplan(ECHO + USERS);
    }

    @AfterEach
    final void nothingIsLeft() {
        pbx.endsEmpty();
        assertThat(pbx.media.open).hasValue(0);
    }

    /// Somebody calls; whose phone rings takes the call.
    protected final TestClient calls(String id, Phone phone, String number, String name) {
        TestClient caller = pbx.call(id, number);
        answers(phone, name);
        return caller;
    }

    protected final void answers(Phone phone, String name) {
        phone.rung().channel.answer(TestSdp.ANSWER_OPUS, name, "");
        pbx.time.settle();
    }

    protected final void answers(Phone phone) {
        answers(phone, "");
    }

    protected final void hangsUp(TestClient client) {
        hangsUp(client, Cause.NORMAL_CLEARING);
    }

    protected final void hangsUp(TestClient client, Cause cause) {
        client.channel.hangup(cause, true);
        pbx.time.settle();
    }

    protected final void press(TestClient client, String keys) {
        client.channel.dtmf(keys, 0);
        pbx.time.settle();
    }

    /// @return the digits that a channel's client was sent
    protected final List<String> digits(String channel) {
        return sound(channel).stream().filter(line -> line.startsWith("dtmf")).toList();
    }

    protected static String last(TestClient client) {
        return client.heard.getLast();
    }

    /// @return the id of the channel to a phone
    protected static String leg(Phone phone) {
        return phone.rung().channel.id().value();
    }

    /// @return what a channel's media was told
    protected final List<String> sound(String channel) {
        return pbx.media.of(channel).log;
    }
}
