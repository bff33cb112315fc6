package io.jverto.media.rtp;

import com.code_intelligence.jazzer.junit.FuzzTest;

class RtcpFuzz {
    @FuzzTest
    void readsAnythingWithinItsBounds(byte[] input) {
        Bounds bounds = new Bounds(input.length);

        RtcpReader.read(input, 0, input.length, bounds);

        if (bounds.told > input.length) {
            throw new AssertionError("more told than bytes");
        }
    }

    private static final class Bounds implements RtcpReader.Handler {
        private final int length;
        private int told;

        Bounds(int length) {
            this.length = length;
        }

        @Override
        public void onSenderReport(int ssrc, long ntp, int timestamp) {
            told++;
        }

        @Override
        public void onReportBlock(int source, int fractionLost, int cumulativeLost, int lastReport, int delay) {
            told++;
            if (fractionLost < 0 || fractionLost > 255) {
                throw new AssertionError("fraction " + fractionLost);
            }
        }

        @Override
        public void onCname(int ssrc, byte[] bytes, int offset, int nameLength) {
            told++;
            if (nameLength < 0 || offset + nameLength > length) {
                throw new AssertionError("name outside");
            }
        }

        @Override
        public void onBye(int ssrc) {
            told++;
        }
    }
}
