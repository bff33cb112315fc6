package io.jverto.media.picture;

/// Scales one plane: each pixel of a smaller one is the mean of the area that it covers, each of a larger one lies between its neighbours.
/// The loops over whole rows are such as C2 makes vectors of. Allocates only when sizes change.
final class Scaler {
    private final Axis columns = new Axis();
    private final Axis rows = new Axis();
    private int[] line = new int[0];

    void set(int fromWidth, int fromHeight, int toWidth, int toHeight) {
        columns.set(fromWidth, toWidth);
        rows.set(fromHeight, toHeight);
        if (line.length < fromWidth) {
            line = new int[fromWidth];
        }
    }

    void scale(byte[] from, int fromStart, int fromStride, byte[] to, int toStart, int toStride) {
        boolean sameWidth = columns.from == columns.to;
        for (int row = 0; row < rows.to; row++) {
            int read = fromStart + rows.first[row] * fromStride;
            int write = toStart + row * toStride;
            if (sameWidth && rows.from == rows.to) {
                System.arraycopy(from, read, to, write, columns.to);
            } else {
                mixRows(from, read, fromStride, row);
                if (sameWidth) {
                    narrow(to, write);
                } else if (columns.taps == 2) {
                    mixTwo(to, write);
                } else {
                    mixColumns(to, write);
                }
            }
        }
    }

    /// The rows of one row to be, into [#line], times 256.
    private void mixRows(byte[] from, int read, int stride, int row) {
        int taps = rows.taps;
        int[] out = line;
        int width = columns.from;
        int weights = row * taps;
        if (taps == 1) {
            for (int i = 0; i < width; i++) {
                out[i] = (from[read + i] & 0xff) << 8;
            }
            return;
        }
        int one = rows.weights[weights];
        int two = rows.weights[weights + 1];
        int second = read + stride;
        for (int i = 0; i < width; i++) {
            out[i] = (from[read + i] & 0xff) * one + (from[second + i] & 0xff) * two;
        }
        for (int tap = 2; tap < taps; tap++) {
            int weight = rows.weights[weights + tap];
            int more = read + tap * stride;
            if (weight != 0) {
                for (int i = 0; i < width; i++) {
                    out[i] += (from[more + i] & 0xff) * weight;
                }
            }
        }
    }

    private void narrow(byte[] to, int write) {
        int[] in = line;
        for (int i = 0; i < columns.to; i++) {
            to[write + i] = (byte) (in[i] + 128 >> 8);
        }
    }

    private void mixTwo(byte[] to, int write) {
        int[] in = line;
        int[] first = columns.first;
        int[] weights = columns.weights;
        for (int i = 0; i < columns.to; i++) {
            int at = first[i];
            to[write + i] = (byte) (in[at] * weights[2 * i] + in[at + 1] * weights[2 * i + 1] + 32_768 >> 16);
        }
    }

    private void mixColumns(byte[] to, int write) {
        int[] in = line;
        int[] first = columns.first;
        int[] weights = columns.weights;
        int taps = columns.taps;
        for (int i = 0; i < columns.to; i++) {
            int at = first[i];
            int sum = 32_768;
            for (int tap = 0; tap < taps; tap++) {
                sum += in[at + tap] * weights[i * taps + tap];
            }
            to[write + i] = (byte) (sum >> 16);
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
            taps = Math.min(from, from == to ? 1 : ratio <= 1 ? 2 : (int) Math.ceil(ratio) + 1);
            first = new int[to];
            weights = new int[to * taps];
            double[] share = new double[taps];
            for (int i = 0; i < to; i++) {
                double begin = ratio <= 1 ? (i + 0.5) * ratio - 0.5 : i * ratio;
                first[i] = Math.clamp((int) Math.floor(begin), 0, from - taps);
                for (int tap = 0; tap < taps; tap++) {
                    share[tap] = ratio <= 1 ? Math.max(0, 1 - Math.abs(begin - (first[i] + tap))) : covered(begin, ratio, first[i] + tap);
                }
                round(share, i * taps);
            }
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
