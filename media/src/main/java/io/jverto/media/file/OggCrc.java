package io.jverto.media.file;

/// The checksum of a page (RFC 3533 section 6): over the page with zeros in its place.
final class OggCrc {
    private static final int[] TABLE = table();

    private OggCrc() {}

    static int of(byte[] page, int length) {
        int crc = 0;
        for (int i = 0; i < length; i++) {
            int value = i >= 22 && i < 26 ? 0 : page[i] & 0xff;
            crc = crc << 8 ^ TABLE[crc >>> 24 ^ value];
        }
        return crc;
    }

    private static int[] table() {
        int[] table = new int[256];
        for (int i = 0; i < table.length; i++) {
            int value = i << 24;
            for (int bit = 0; bit < 8; bit++) {
                value = value < 0 ? value << 1 ^ 0x04c11db7 : value << 1;
            }
            table[i] = value;
        }
        return table;
    }
}
