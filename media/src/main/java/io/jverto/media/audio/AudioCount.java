package io.jverto.media.audio;

import io.jverto.base.count.Counters;

/// What is counted at mixers and playbacks.
public enum AudioCount implements Counters.Counted {
    TICKS_SKIPPED("20 ms ticks left out because the thread was late"),
    COMMANDS_REFUSED("joins and playbacks refused because a tick thread's inbox was full"),
    PORTS_FAILED("ports and playbacks ended by a bug"),
    FRAMES_DECODED("packets decoded"),
    FRAMES_SKIPPED("packets not decoded because their sender says that they are silent"),
    FRAMES_ENCODED("frames encoded"),
    FRAMES_SHARED("packets sent that carry a frame encoded for another port too"),
    FRAMES_SILENT("packets sent that carry ready-made silence"),
    FRAMES_CONCEALED("frames made up for packets that did not come"),
    FRAMES_RECOVERED("frames taken from the forward error correction of the next packet"),
    FRAMES_SQUEEZED("frames left out to bring down the delay of a jitter buffer"),
    RTP_MALFORMED("packets that are no RTP or whose payload its codec refuses"),
    RTP_WRONG_TYPE("packets of another payload type than the negotiated one"),
    FILES_UNDERRUN("20 ms of silence because a file was not read in time"),
    FRAMES_UNRECORDED("20 ms left out of a recording because its file was not written in time"),
    TX_FULL("packets not sent because the ring to the transport was full");

    private final String description;

    AudioCount(String description) {
        this.description = description;
    }

    @Override
    public String description() {
        return description;
    }
}
