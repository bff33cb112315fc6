package io.jverto.switchboard.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.TestPhones.Phone;
import io.jverto.switchboard.edge.TestSdp;
import io.jverto.switchboard.edge.TestSwitch;
import io.jverto.switchboard.port.CallRecord;
import io.jverto.switchboard.port.CallRecord.Leg;
import io.jverto.switchboard.port.CallRef;
import io.jverto.switchboard.port.CallRef.HoldWish;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What is left of channels.
class CallRecordTest {
    private final TestSwitch pbx = new TestSwitch();
    private final Phone bob = pbx.phones.add("1001@example.org", "bob");

    @Test
    void bothLegsOfACallLeaveOneEachThatNamesTheOther() {
        pbx.directory("<user id=\"1001\"/>").actions("export accountcode=sales", "set hangup_after_bridge=true", "bridge user/$1@${domain}");
        TestClient caller = pbx.call("a", "1001");
        pbx.advance(3_000);
        bob.rung().channel.answer(TestSdp.ANSWER_OPUS, "Bob", "");
        pbx.time.settle();
        pbx.advance(2_500);
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();

        String leg = bob.calls.getLast().channel().id().value();
        assertThat(pbx.records).hasSize(2);
        CallRecord a = pbx.records.stream().filter(record -> !record.leg().isB()).findFirst().orElseThrow();
        CallRecord b = pbx.records.stream().filter(record -> record.leg().isB()).findFirst().orElseThrow();
        assertThat(a.id().value()).isEqualTo("a");
        assertThat(a.otherId()).isEqualTo(leg);
        assertThat(a.leg()).isEqualTo(Leg.INBOUND);
        assertThat(a.profile().destination()).isEqualTo("1001");
        assertThat(a.cause()).isEqualTo(Cause.NORMAL_CLEARING);
        assertThat(a.codec()).isEqualTo("opus");
        assertThat(a.lastStep().application()).isEqualTo("bridge");
        assertThat(Duration.between(a.times().created(), a.times().answered().orElseThrow())).hasMillis(3_000);
        assertThat(Duration.between(a.times().answered().orElseThrow(), a.times().ended())).hasMillis(2_500);
        assertThat(b.id().value()).isEqualTo(leg);
        assertThat(b.otherId()).isEqualTo("a");
        assertThat(a.variables()).containsEntry("ACCOUNTCODE", "sales");
        assertThat(b.variables()).containsEntry("accountcode", "sales");
    }

    @Test
    void aCallThatNobodyAnsweredWasNeverAnswered() {
        pbx.directory("<user id=\"1001\"/>").actions("set call_timeout=5", "bridge user/$1@${domain}", "hangup ${originate_disposition}");
        pbx.call("a", "1001");
        pbx.advance(6_000);

        assertThat(pbx.records).hasSize(2).allSatisfy(record -> {
            assertThat(record.times().answered()).isEqualTo(Optional.empty());
            assertThat(record.cause()).isEqualTo(Cause.NO_ANSWER);
        });
        assertThat(pbx.records.stream().filter(record -> record.leg().isB())).singleElement()
                .satisfies(record -> assertThat(record.otherId()).isEqualTo("a"));
    }

    @Test
    void aHeldCallWasAnsweredWhenItWasAnsweredFirst() {
        pbx.actions("answer", "echo");
        TestClient caller = pbx.call("a", "9196");
        pbx.advance(1_000);
        CallRef call = pbx.board.find(new ChannelId("a")).orElseThrow();
        assertThat(call.hold(HoldWish.HOLD)).isTrue();
        assertThat(call.hold(HoldWish.UNHOLD)).isFalse();
        pbx.advance(1_000);
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();

        CallRecord record = pbx.records.getFirst();
        assertThat(record.times().answered()).hasValue(record.times().created());
    }

    @Test
    void whatProvesASessionIsNotKept() {
        pbx.actions("hangup USER_BUSY");
        pbx.call("a", "1", TestSdp.OPUS, Map.of("jsock_uuid_str", "secret", "event_channel_cookie", "secret", "color", "red"));

        assertThat(pbx.records.getFirst().variables()).containsEntry("color", "red").doesNotContainKeys("jsock_uuid_str", "event_channel_cookie");
        assertThat(pbx.records.getFirst().cause()).isEqualTo(Cause.USER_BUSY);
    }
}
