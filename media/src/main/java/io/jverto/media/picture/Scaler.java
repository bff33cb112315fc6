package io.jverto.media.picture;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Scales one plane: each pixel of a smaller one is the mean of the area that it covers, each of a larger one lies between its neighbours.
/// Allocates only when sizes change.
final class Scaler {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EVEN = 0x00ff_00ff_00ff_00ffL;
    private static final long ROUND = 0x0080_0080_0080_0080L;

    private final Axis columns = new Axis();
    private final Axis rows = new Axis();
    private byte[] line = new byte[0];

    void set(int fromWidth, int fromHeight, int toWidth, int toHeight) {
        columns.set(fromWidth, toWidth);
        rows.set(fromHeight, toHeight);
        if (line.length < fromWidth) {
            line = new byte[fromWidth];
        }
    }

    void scale(byte[] from, int fromStart, int fromStride, byte[] to, int toStart, int toStride) {
        boolean sameWidth = columns.from == columns.to;
        boolean sameHeight = rows.from == rows.to;
        for (int row = 0; row < rows.to; row++) {
            int read = fromStart + rows.first[row] * fromStride;
            int write = toStart + row * toStride;
            if (sameHeight) {
                narrow(from, read, to, write, sameWidth);
            } else {
                mixRows(from, read, fromStride, row);
                narrow(line, 0, to, write, sameWidth);
            }
        }
    }

    private void narrow(byte[] in, int read, byte[] to, int write, boolean sameWidth) {
        if (sameWidth) {
            System.arraycopy(in, read, to, write, columns.to);
        } else if (columns.taps == 2) {
            mixTwo(in, read, to, write);
        } else if (columns.taps == 3) {
            mixThree(in, read, to, write);
        } else {
            mixColumns(in, read, to, write);
        }
    }

    /// The rows of one row to be, into [#line]: eight pixels at a time, as four pairs of 16 bits. Weights of 256 all together do not run over.
    private void mixRows(byte[] from, int read, int stride, int row) {
        int taps = rows.taps;
        byte[] out = line;
        int width = columns.from;
        int weights = row * taps;
        int i = 0;
        for (; i <= width - Long.BYTES; i += Long.BYTES) {
            long even = ROUND;
            long odd = ROUND;
            for (int tap = 0; tap < taps; tap++) {
                long pixels = (long) EIGHT.get(from, read + tap * stride + i);
                int weight = rows.weights[weights + tap];
                even += (pixels & EVEN) * weight;
                odd += (pixels >>> 8 & EVEN) * weight;
            }
            EIGHT.set(out, i, even >>> 8 & EVEN | odd & ~EVEN);
        }
        for (; i < width; i++) {
            int sum = 128;
            for (int tap = 0; tap < taps; tap++) {
                sum += (from[read + tap * stride + i] & 0xff) * rows.weights[weights + tap];
            }
            out[i] = (byte) (sum >> 8);
        }
    }

    private void mixTwo(byte[] in, int read, byte[] to, int write) {
        int[] first = columns.first;
        int[] weights = columns.weights;
        for (int i = 0; i < columns.to; i++) {
            int at = read + first[i];
            to[write + i] = (byte) ((in[at] & 0xff) * weights[2 * i] + (in[at + 1] & 0xff) * weights[2 * i + 1] + 128 >> 8);
        }
    }

    private void mixThree(byte[] in, int read, byte[] to, int write) {
        int[] first = columns.first;
        int[] weights = columns.weights;
        for (int i = 0; i < columns.to; i++) {
            int at = read + first[i];
            to[write + i] = (byte) ((in[at] & 0xff) * weights[3 * i] + (in[at + 1] & 0xff) * weights[3 * i + 1]
                    + (in[at + 2] & 0xff) * weights[3 * i + 2] + 128 >> 8);
        }
    }

    private void mixColumns(byte[] in, int read, byte[] to, int write) {
        int[] first = columns.first;
        int[] weights = columns.weights;
        int taps = columns.taps;
        for (int i = 0; i < columns.to; i++) {
            int at = read + first[i];
            int sum = 128;
            for (int tap = 0; tap < taps; tap++) {
                sum += (in[at + tap] & 0xff) * weights[i * taps + tap];
            }
            to[write + i] = (byte) (sum >> 8);
        }
    }

    /// For each pixel to be: where those begin that it is made of, and how much each counts; all together 256.
    private static final class Axis {
        private static final int ALL = 256;
        private int from;
        private int to;
        private int taps;
        private int[] first = new int[0];
        private int[] weights = new int[0];

        void set(int newFrom, int newTo) {
            if (newFrom == from && newTo == to) {
                return;
            }
            from = newFrom;
            to = newTo;
            double ratio = (double) from / to;
            taps = Math.min(from, from == to ? 1 : ratio <= 1 ? 2 : longest());
            first = new int[to];
            weights = new int[to * taps];
            double[] share = new double[taps];
            for (int i = 0; i < to; i++) {
                double begin = ratio <= 1 ? (i + 0.5) * ratio - 0.5 : i * ratio;
                int whole = ratio <= 1 ? (int) Math.floor(begin) : (int) ((long) i * from / to);
                first[i] = Math.clamp(whole, 0, from - taps);
                for (int tap = 0; tap < taps; tap++) {
                    share[tap] = ratio <= 1 ? Math.max(0, 1 - Math.abs(begin - (first[i] + tap))) : covered(begin, ratio, first[i] + tap);
                }
                round(share, i * taps);
            }
        }

        /// @return most pixels that one covers, wholly or in part
        private int longest() {
            int most = 1;
            for (long i = 0; i < to; i++) {
                long begin = i * from / to;
                long end = ((i + 1) * from + to - 1) / to;
                most = Math.max(most, (int) (end - begin));
            }
            return most;
        }

        private static double covered(double begin, double length, int pixel) {
            return Math.max(0, Math.min(begin + length, pixel + 1.0) - Math.max(begin, pixel));
        }

        private void round(double[] share, int at) {
            double sum = 0;
            for (double one : share) {
                sum += one;
            }
            int left = ALL;
            int largest = 0;
            for (int tap = 0; tap < taps; tap++) {
                weights[at + tap] = sum == 0 ? 0 : (int) Math.round(ALL * share[tap] / sum);
                left -= weights[at + tap];
                largest = share[tap] > share[largest] ? tap : largest;
            }
            weights[at + largest] += left;
        }
    }
}
