package io.jverto.media.frame;

import io.jverto.base.count.Counters;

/// What happens to video that the server looks into.
public enum FrameCount implements Counters.Counted {
    DESCRIPTOR_BROKEN("packets whose payload descriptor is cut off or has nothing behind it"),
    PACKETS_LATE("packets that came after what they belong to was given up, or twice"),
    GAPS("packets that never came: a key frame was asked for"),
    FRAMES_UNFINISHED("frames whose end never came"),
    FRAMES_TOO_LONG("frames longer than 1 MB, which were dropped"),
    FRAMES_BROKEN("frames that make no sense, or that the decoder refused"),
    FRAMES_WITHOUT_KEY("frames that could not be shown without one before them that is lost"),
    PICTURES_TOO_LARGE("frames larger than is decoded, which were dropped"),
    SIZES_CHANGED_TOO_OFTEN("frames of yet another size within a second, which were dropped"),
    FRAMES_DECODED("frames that were decoded"),
    FRAMES_ENCODED("frames that were encoded");

    private final String description;

    FrameCount(String description) {
        this.description = description;
    }

    @Override
    public String description() {
        return description;
    }
}
