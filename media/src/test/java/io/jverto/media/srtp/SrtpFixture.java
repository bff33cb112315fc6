package io.jverto.media.srtp;

import io.jverto.base.count.Counters;
import io.jverto.media.plan.DtlsRole;
import io.jverto.media.plan.SrtpKeys;
import io.jverto.media.plan.SrtpProfile;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

/// Keys, packets and a pair of sessions.
final class SrtpFixture {
    static final int SSRC = 0xcafe_babe;

    final SrtpKeys keys;
    final Counters<SrtpCounter> counters = new Counters<>(SrtpCounter.class);
    final SrtpShared shared = new SrtpShared(counters);
    final SrtpSession client;
    final SrtpSession server;

    SrtpFixture(SrtpProfile profile) {
        this.keys = keys(profile, 1);
        this.client = new SrtpSession(keys, DtlsRole.CLIENT, shared);
        this.server = new SrtpSession(keys, DtlsRole.SERVER, shared);
    }

    static SrtpKeys keys(SrtpProfile profile, long seed) {
        Random random = new Random(seed);
        return new SrtpKeys(
                profile,
                bytes(random, profile.keyLength()),
                bytes(random, profile.saltLength()),
                bytes(random, profile.keyLength()),
                bytes(random, profile.saltLength()));
    }

    static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
    }

    /// An RTP packet whose payload is a pattern.
    static byte[] rtp(int ssrc, int sequence, int payload) {
        byte[] packet = new byte[12 + payload];
        packet[0] = (byte) 0x80;
        packet[1] = 111;
        packet[2] = (byte) (sequence >>> 8);
        packet[3] = (byte) sequence;
        Bytes.putInt(packet, 4, sequence * 960);
        Bytes.putInt(packet, 8, ssrc);
        for (int i = 0; i < payload; i++) {
            packet[12 + i] = (byte) (i * 7 + sequence);
        }
        return packet;
    }

    /// A receiver report without blocks, and some words.
    static byte[] rtcp(int ssrc, int words) {
        byte[] packet = new byte[8 + 4 * words];
        packet[0] = (byte) 0x80;
        packet[1] = (byte) 201;
        packet[3] = 1;
        Bytes.putInt(packet, 4, ssrc);
        for (int i = 8; i < packet.length; i++) {
            packet[i] = (byte) i;
        }
        return packet;
    }

    static byte[] protectRtp(SrtpSession session, byte[] packet) {
        byte[] room = Arrays.copyOf(packet, packet.length + SrtpSession.MAX_GROWTH);
        int length = session.protectRtp(room, 0, packet.length);
        if (length < 0) {
            throw new AssertionError("refused with " + length);
        }
        return Arrays.copyOf(room, length);
    }

    static byte[] protectRtcp(SrtpSession session, byte[] packet) {
        byte[] room = Arrays.copyOf(packet, packet.length + SrtpSession.MAX_GROWTH);
        int length = session.protectRtcp(room, 0, packet.length);
        if (length < 0) {
            throw new AssertionError("refused with " + length);
        }
        return Arrays.copyOf(room, length);
    }

    static int unprotectRtp(SrtpSession session, byte[] packet) {
        return session.unprotectRtp(packet.clone(), 0, packet.length);
    }

    static int unprotectRtcp(SrtpSession session, byte[] packet) {
        return session.unprotectRtcp(packet.clone(), 0, packet.length);
    }
}
