package io.jverto.sip.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

class SipStreamFuzz {
    /// The bytes of a stream mean the same however they come.
    @FuzzTest
    void doesNotCareWhereTheBytesAreCut(byte[] bytes) {
        SipStreamTest.Heard whole = new SipStreamTest.Heard();
        SipStreamTest.Heard parts = new SipStreamTest.Heard();
        SipStream byParts = new SipStream();

        new SipStream().onBytes(bytes, 0, bytes.length, whole);
        int at = 0;
        while (at < bytes.length) {
            int count = Math.min(bytes.length - at, 1 + (bytes[at] & 15));
            byParts.onBytes(bytes, at, count, parts);
            assertThat(byParts.waiting()).isLessThanOrEqualTo(SipLimits.MESSAGE_BYTES);
            at += count;
        }

        assertThat(parts.messages).isEqualTo(whole.messages);
        assertThat(parts.lost).isEqualTo(whole.lost);
        assertThat(parts.pings).isEqualTo(whole.pings);
    }
}
