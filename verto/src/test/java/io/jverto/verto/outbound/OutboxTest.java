package io.jverto.verto.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.count.Counters;
import io.jverto.verto.count.VertoCount;
import io.jverto.wire.verto.VertoMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private final List<String> sent = new ArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final MemoryTransport transport = new MemoryTransport(sent::add, () -> closed.set(true));
    private final Counters<VertoCount> counters = new Counters<>(VertoCount.class);
    private final Outbox outbox = new Outbox(transport, new MessageIds(), counters, new FrameLog(1));

    @Test
    void theReplyIsWrittenBeforeWhatTheRequestCauses() {
        outbox.hold();
        outbox.send(bye("A"));
        outbox.send(bye("B"));
        outbox.reply("reply");
        assertThat(sent).containsExactly("reply");

        outbox.release();
        outbox.send(bye("C"));

        assertThat(sent).satisfiesExactly(
                text -> assertThat(text).isEqualTo("reply"),
                text -> assertThat(text).contains("\"id\":1000000001,", "\"A\""),
                text -> assertThat(text).contains("\"id\":1000000002,", "\"B\""),
                text -> assertThat(text).contains("\"id\":1000000003,", "\"C\""));
    }

    @Test
    void s9AClientThatDoesNotReadIsCutOff() {
        transport.stopReading();

        assertThat(outbox.send(bye("A"))).isFalse();

        assertThat(closed).isTrue();
        assertThat(outbox.send(bye("B"))).isFalse();
        assertThat(counters.get(VertoCount.SLOW_CONSUMERS)).isEqualTo(1);
        assertThat(counters.get(VertoCount.MESSAGES_LOST)).isEqualTo(1);
    }

    @Test
    void bulkOvertakesWhatWaitsAndFindsAClientThatDoesNotRead() {
        outbox.hold();
        outbox.send(bye("A"));

        assertThat(outbox.bulk("data", true)).isTrue();
        assertThat(sent).containsExactly("data");
        transport.stopReading();
        assertThat(outbox.bulk("data", false)).isFalse();

        assertThat(closed).isTrue();
        assertThat(outbox.bulk("data", true)).isFalse();
        assertThat(counters.get(VertoCount.SLOW_CONSUMERS)).isEqualTo(1);
    }

    @Test
    void s9WhatWaitsForAReplyIsBounded() {
        outbox.hold();

        for (int i = 0; i < 1_000; i++) {
            assertThat(outbox.send(bye("A"))).isTrue();
        }

        assertThat(outbox.send(bye("A"))).isFalse();
        assertThat(closed).isTrue();
    }

    @Test
    void aPuntOvertakesWhatWaits() {
        outbox.hold();
        outbox.send(bye("A"));

        outbox.punt();
        outbox.reply("too late");
        outbox.release();

        assertThat(sent).singleElement().asString().contains("verto.punt");
        assertThat(closed).isTrue();
    }

    @Test
    void passwordsAreNotLogged() {
        assertThat(FrameLog.safe("{\"login\":\"a\",\"Passwd\" : \"s3\\\"cret\",\"x\":1}\r\n"))
                .isEqualTo("{\"login\":\"a\",\"Passwd\" : \"***\",\"x\":1}??");
        assertThat(FrameLog.safe("{\"passwd\":\"cut of")).doesNotContain("cut");
    }

    private static VertoMessage bye(String callId) {
        return new VertoMessage.Bye(callId, 16, "NORMAL_CLEARING");
    }
}
