package io.jverto.conference;

/// The names of a room's event channels (verto-wire.md section 9.1). Clients take them from the private event and never make them up.
///
/// @param liveArray the list of members
/// @param arrayName the list's own name: the room's up to an `@`
/// @param chatId where `verto.info` messages to the room go
record RoomChannels(String liveArray, String arrayName, String chat, String info, String moderation, String chatId) {
    static final String CHAT_PROTOCOL = "conf";
    static final String LIVE_ARRAY = "conference-liveArray";
    static final String CHAT = "conference-chat";
    static final String DESCRIPTION = "conference";
    static final String INFO = "conference-info";
    static final String MODERATION = "conference-mod";

    static RoomChannels of(RoomKey key) {
        String name = key.name();
        int at = name.indexOf('@');
        return new RoomChannels(
                LIVE_ARRAY + "." + key,
                at < 0 ? name : name.substring(0, at),
                CHAT + "." + key,
                INFO + "." + key,
                MODERATION + "." + key,
                CHAT_PROTOCOL + "+" + name + (key.domain().isEmpty() ? "" : "@" + key.domain()));
    }

    /// @param address what stands behind the `+` of a chat id
    /// @return the key of the room whose chat id that would be
    static RoomKey keyAt(String address) {
        int last = address.lastIndexOf('@');
        boolean named = last > 0 && address.indexOf('@') < last; // a name with an `@` in it gets its domain once more
        return new RoomKey(named ? address.substring(0, last) : address, "");
    }

    /// @return the key of the room that a channel belongs to
    static RoomKey keyOf(String channel) {
        return new RoomKey(channel.substring(channel.indexOf('.') + 1), "");
    }
}
