package io.jverto.medialoop.file;

/// Lays pictures beside sound: each belongs where the sound was when it came, but their distances are those that their sender gave them. So a
/// network that shakes them does not shake the film, and clocks that drift do not pull it apart.
final class FilmClock {
    private static final int TICKS_OF_A_MILLI = 90;
    /// A difference that no network makes: something else is sent, or the recording was held.
    private static final int JUMP_MILLIS = 250;
    private static final double SHARE = 1.0 / 16;

    private boolean known;
    private int last;
    private long ticks;
    /// From the sender's time to that of the file.
    private double offset;
    private long given = -1;

    /// What comes next has another sender.
    void restart() {
        known = false;
    }

    /// @param timestamp of the picture, 1/90,000 s
    /// @param now where the recording is, milliseconds
    /// @return where the picture belongs, milliseconds, after all those before
    long place(int timestamp, long now) {
        ticks = known ? ticks + (timestamp - last) : 0;
        last = timestamp;
        double sent = (double) ticks / TICKS_OF_A_MILLI;
        double off = now - (sent + offset);
        if (!known || Math.abs(off) > JUMP_MILLIS) {
            offset = now - sent;
        } else {
            offset += off * SHARE;
        }
        known = true;
        given = Math.max(given + 1, Math.round(sent + offset));
        return given;
    }
}
