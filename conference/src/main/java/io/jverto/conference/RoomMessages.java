package io.jverto.conference;

import io.jverto.switchboard.event.EventChannels;
import io.jverto.switchboard.port.ChatMessage;
import io.jverto.switchboard.port.MessageRoute;

/// Messages to a room's `chatID`, `conf+name@domain` (verto-wire.md sections 6.4 and 9.6). Who is in the room may write, and who may
/// write on the room's chat channel. Thread-safe.
final class RoomMessages implements MessageRoute {
    private final Conferences conferences;
    private final EventChannels events;

    RoomMessages(Conferences conferences, EventChannels events) {
        this.conferences = conferences;
        this.events = events;
    }

    @Override
    public String protocol() {
        return RoomChannels.CHAT_PROTOCOL;
    }

    @Override
    public boolean send(String address, Sender sender, ChatMessage message) {
        return conferences.at(address)
                .flatMap(room -> {
                    String chat = RoomChannels.of(room.key()).chat();
                    boolean mayWrite = events.isAllowed(sender.cookie(), chat, sender.allowedByList());
                    return conferences.<Boolean>ask(
                            room, reply -> new RoomCommand.Write(sender.cookie(), mayWrite, message, reply));
                })
                .orElse(false);
    }
}
