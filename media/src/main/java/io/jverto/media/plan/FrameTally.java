package io.jverto.media.plan;

/// How many frames of 20 ms a channel was loud and silent. Written by one thread, read by any.
public final class FrameTally {
    private volatile int loud;
    private volatile int loudInARow;
    private volatile int silentInARow;

    /// One thread alone may call this.
    public void count(boolean isLoud) {
        loud = isLoud ? loud + 1 : loud;
        loudInARow = isLoud ? loudInARow + 1 : 0;
        silentInARow = isLoud ? 0 : silentInARow + 1;
    }

    /// @return how many were loud since the begin
    public int loud() {
        return loud;
    }

    /// @return how many were loud since the last silent one
    public int loudInARow() {
        return loudInARow;
    }

    /// @return how many were silent since the last loud one
    public int silentInARow() {
        return silentInARow;
    }
}
