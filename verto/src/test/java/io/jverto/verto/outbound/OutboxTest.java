package io.jverto.verto.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.count.Counters;
import io.jverto.verto.count.VertoCount;
import io.jverto.wire.verto.VertoMessage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private final Pipe pipe = new Pipe();
    private final Counters<VertoCount> counters = new Counters<>(VertoCount.class);
    private final Outbox outbox = new Outbox(pipe, new MessageIds(), counters, new FrameLog(1));

    @Test
    void theReplyIsWrittenBeforeWhatTheRequestCauses() {
        outbox.hold();
        outbox.send(bye("A"));
        outbox.send(bye("B"));
        outbox.reply("reply");
        assertThat(pipe.sent).containsExactly("reply");

        outbox.release();
        outbox.send(bye("C"));

        assertThat(pipe.sent).satisfiesExactly(
                text -> assertThat(text).isEqualTo("reply"),
                text -> assertThat(text).contains("\"id\":1000000001,", "\"A\""),
                text -> assertThat(text).contains("\"id\":1000000002,", "\"B\""),
                text -> assertThat(text).contains("\"id\":1000000003,", "\"C\""));
    }

    @Test
    void s9AClientThatDoesNotReadIsCutOff() {
        pipe.full = true;

        assertThat(outbox.send(bye("A"))).isFalse();

        assertThat(pipe.closed).isTrue();
        assertThat(outbox.send(bye("B"))).isFalse();
        assertThat(counters.get(VertoCount.SLOW_CONSUMERS)).isEqualTo(1);
        assertThat(counters.get(VertoCount.MESSAGES_LOST)).isEqualTo(1);
    }

    @Test
    void bulkOvertakesWhatWaitsAndFindsAClientThatDoesNotRead() {
        outbox.hold();
        outbox.send(bye("A"));

        assertThat(outbox.bulk("data", true)).isTrue();
        assertThat(pipe.sent).containsExactly("data");
        pipe.full = true;
        assertThat(outbox.bulk("data", false)).isFalse();

        assertThat(pipe.closed).isTrue();
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
        assertThat(pipe.closed).isTrue();
    }

    @Test
    void aPuntOvertakesWhatWaits() {
        outbox.hold();
        outbox.send(bye("A"));

        outbox.punt();
        outbox.reply("too late");
        outbox.release();

        assertThat(pipe.sent).singleElement().asString().contains("verto.punt");
        assertThat(pipe.closed).isTrue();
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

    private static final class Pipe implements Transport {
        private final List<String> sent = new ArrayList<>();
        private boolean full;
        private boolean closed;

        @Override
        public boolean send(String text) {
            return !full && sent.add(text);
        }

        @Override
        public boolean sendAndWait(String text) {
            return send(text);
        }

        @Override
        public void ping() {}

        @Override
        public void reading(boolean on) {}

        @Override
        public void close() {
            closed = true;
        }

        @Override
        public InetSocketAddress remote() {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        }

        @Override
        public boolean secure() {
            return false;
        }
    }
}
