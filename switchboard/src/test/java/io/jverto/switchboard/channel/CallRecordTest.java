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
import io.jverto.switchboard.port.MediaService.MediaStats;
import io.jverto.switchboard.port.MediaService.Playout;
import io.jverto.switchboard.port.MediaService.Reported;
import io.jverto.switchboard.port.MediaService.Spread;
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
    void aRecordSaysHowTheSoundWas() {
        pbx.media.stats = new MediaStats(950, 1_000, 50, 76_000, 80_000, 4, Optional.of(new Spread(8, 21)),
                new Reported(20, Optional.of(new Spread(120, 310))), new Playout(1_000, 40, 10));
        pbx.actions("answer", "park");
        TestClient caller = pbx.call("a", "park");
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();

        CallRecord record = pbx.records.getLast();
        assertThat(record.quality()).hasValueSatisfying(quality -> {
            assertThat(quality.lost()).isEqualTo(0.05);
            assertThat(quality.concealed()).as("most of what was lost was in the packets behind").isEqualTo(0.01);
            assertThat(quality.remoteLost()).isEqualTo(0.02);
            assertThat(quality.mos()).isBetween(4.0, 4.3);
        });
        assertThat(record.variables())
                .containsEntry("rtp_audio_in_packet_count", "950").containsEntry("rtp_audio_in_skip_packet_count", "50")
                .containsEntry("rtp_audio_in_raw_bytes", "76000").containsEntry("rtp_audio_out_packet_count", "1000")
                .containsEntry("rtp_audio_out_lost_packet_count", "20").containsEntry("rtp_audio_in_quality_percentage", "99.00")
                .containsEntry("rtp_jb_jitter_max_ms", "21.0").containsEntry("rtp_round_trip_ms", "120.0");
        assertThat(Double.parseDouble(record.variables().get("rtp_audio_in_mos"))).isBetween(4.0, 4.3);
    }

    @Test
    void withoutSoundThereIsNothingToJudge() {
        pbx.media.stats = MediaStats.NONE;
        pbx.actions("answer", "park");
        TestClient caller = pbx.call("a", "park");
        caller.channel.hangup(Cause.NORMAL_CLEARING, true);
        pbx.time.settle();

        assertThat(pbx.records.getLast().quality()).isEmpty();
        assertThat(pbx.records.getLast().variables().keySet()).noneMatch(name -> name.startsWith("rtp_audio"));
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
