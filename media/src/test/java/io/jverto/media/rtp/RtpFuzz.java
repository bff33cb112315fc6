package io.jverto.media.rtp;

import com.code_intelligence.jazzer.junit.FuzzTest;

class RtpFuzz {
    @FuzzTest
    void payloadLiesInsideThePacket(byte[] input) {
        RtpPacket packet = new RtpPacket();
        if (!packet.read(input, 0, input.length)) {
            return;
        }
        int end = packet.payloadOffset() + packet.payloadLength();
        if (packet.payloadOffset() < RtpPacket.FIXED_HEADER || packet.payloadLength() < 0 || end > input.length) {
            throw new AssertionError("payload outside");
        }
        if (packet.extensionLength() > 0 && packet.extensionOffset() + packet.extensionLength() > packet.payloadOffset()) {
            throw new AssertionError("extension outside");
        }
        TelephoneEventReceiver events = new TelephoneEventReceiver(8_000, (digit, duration) -> {});
        events.onPacket(0, packet.timestamp(), input, packet.payloadOffset(), packet.payloadLength());
    }
}
