package io.jverto.media.ice;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.media.stun.StunClass;
import io.jverto.media.stun.StunMessage;
import io.jverto.media.stun.StunTransaction;
import io.jverto.media.stun.StunWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BindingServerTest {
    private static final StunTransaction TRANSACTION = new StunTransaction(0x0102030405060708L, 9);
    private static final InetSocketAddress FROM = new InetSocketAddress(InetAddress.ofLiteral("198.51.100.7"), 40_000);
    private static final InetSocketAddress FROM_6 = new InetSocketAddress(InetAddress.ofLiteral("2001:db8::7"), 40_000);
    private static final long SECOND = 1_000_000_000L;
    /// Of an IPv4 and a UDP header: what a forger pays and what the victim gets are whole packets.
    private static final int HEADERS = 28;

    private final BindingServer server = new BindingServer();

    @Test
    void aPlainRequestIsToldItsOwnAddress() {
        for (InetSocketAddress from : new InetSocketAddress[] {FROM, FROM_6}) {
            byte[] request = request();
            int length = server.onRequest(0, from, request, 0, request.length);

            StunMessage answer = new StunMessage();
            assertThat(answer.read(server.bytes(), 0, length)).isTrue();
            assertThat(answer.messageClass()).isEqualTo(StunClass.SUCCESS);
            assertThat(answer.transaction()).isEqualTo(TRANSACTION);
            assertThat(answer.mappedAddress()).contains(from);
        }
    }

    @Test
    void s18TheAnswerIsHardlyLongerThanTheQuestion() {
        byte[] request = request();

        int length = server.onRequest(0, FROM, request, 0, request.length);

        assertThat(length + HEADERS).isLessThanOrEqualTo((request.length + HEADERS) * 3 / 2);
    }

    @Test
    void s18ASourceIsAnsweredAFewTimesASecondAndOthersGoOn() {
        byte[] request = request();
        int answered = 0;
        for (int i = 0; i < 10_000; i++) {
            answered += server.onRequest(i, FROM, request, 0, request.length) > 0 ? 1 : 0;
        }

        assertThat(answered).isBetween(10, 40);
        assertThat(server.onRequest(20_000, FROM_6, request, 0, request.length)).isPositive();
        assertThat(server.onRequest(2 * SECOND, FROM, request, 0, request.length)).isPositive();
    }

    @Test
    void s18AFloodOfForgedSourcesIsAnsweredAThousandTimesASecondAtMost() throws UnknownHostException {
        byte[] request = request();
        int answered = 0;
        for (int i = 0; i < 100_000; i++) {
            InetAddress forged = InetAddress.getByAddress(new byte[] {10, (byte) (i >> 16), (byte) (i >> 8), (byte) i});
            answered += server.onRequest(i, new InetSocketAddress(forged, 1 + i % 60_000), request, 0, request.length) > 0 ? 1 : 0;
        }

        assertThat(answered).isBetween(1_000, 3_000);
    }

    @Test
    void s17WhatIsNoPlainRequestIsDropped() {
        StunWriter writer = new StunWriter();
        int named = writer.beginBare(StunClass.REQUEST, TRANSACTION).username("a:b").finishBare();
        assertThat(server.onRequest(0, FROM, writer.bytes(), 0, named)).isZero();
        int response = writer.beginBare(StunClass.SUCCESS, TRANSACTION).finishBare();
        assertThat(server.onRequest(0, FROM, writer.bytes(), 0, response)).isZero();

        byte[] request = request();
        assertThat(server.onRequest(0, FROM, request, 0, request.length - 4)).isZero();
        byte[] unknown = Arrays.copyOf(request, request.length + 4);
        unknown[3] = 4;
        unknown[request.length] = 0x7f; // an attribute that must be understood
        assertThat(server.onRequest(0, FROM, unknown, 0, unknown.length)).isZero();
        assertThat(server.onRequest(0, new InetSocketAddress(FROM.getAddress(), 0), request, 0, request.length)).isZero();
    }

    private static byte[] request() {
        StunWriter writer = new StunWriter();
        int length = writer.beginBare(StunClass.REQUEST, TRANSACTION).finishBare();
        return Arrays.copyOf(writer.bytes(), length);
    }
}
