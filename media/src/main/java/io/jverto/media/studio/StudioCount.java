package io.jverto.media.studio;

import io.jverto.base.count.Counters;

/// What is counted of the canvases of rooms.
public enum StudioCount implements Counters.Counted {
    CANVASES_PAINTED("pictures of canvases that were painted"),
    PICTURES_LEFT_OUT("pictures of canvases that were left out because the thread was late"),
    KEY_FRAMES_MADE("key frames of canvases"),
    KEY_FRAMES_DELAYED("wishes for a key frame of a canvas that waited because there had just been one"),
    KEY_FRAMES_ASKED("key frames asked of members that are on a canvas"),
    PICTURES_NOT_NEEDED("packets of members that are on no canvas"),
    STUDIOS_FAILED("rooms whose canvases ended by a bug"),
    COMMANDS_REFUSED("changes of canvases refused because the inbox of a thread was full");

    private final String description;

    StudioCount(String description) {
        this.description = description;
    }

    @Override
    public String description() {
        return description;
    }
}
