package io.jverto.media.mixer;

/// The sixteen keys and their two tones each (ITU-T Q.23).
public final class DtmfKeys {
    private static final String KEYS = "123A456B789C*0#D";
    private static final int[] ROWS = {697, 770, 852, 941};
    private static final int[] COLUMNS = {1_209, 1_336, 1_477, 1_633};
    static final int COUNT = 4;

    private DtmfKeys() {}

    public static boolean isKey(char key) {
        return KEYS.indexOf(key) >= 0;
    }

    /// @return hertz of the lower tone of a key
    public static int row(char key) {
        return ROWS[KEYS.indexOf(key) / COUNT];
    }

    /// @return hertz of the higher tone of a key
    public static int column(char key) {
        return COLUMNS[KEYS.indexOf(key) % COUNT];
    }

    static char key(int row, int column) {
        return KEYS.charAt(row * COUNT + column);
    }

    static int rowHertz(int row) {
        return ROWS[row];
    }

    static int columnHertz(int column) {
        return COLUMNS[column];
    }
}
