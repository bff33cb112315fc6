package io.jverto.conference;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue.JsonArray;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.switchboard.event.EventChannels;
import io.jverto.switchboard.event.EventHandler.Sender;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What clients broadcast on the channels of rooms: chat, commands of moderators, questions who is there (verto-wire.md sections 9.6, 9.7
/// and 9.9). That they may was asked before; whether a moderator is one, the room asks. Thread-safe.
final class RoomRequests {
    private final EventChannels events;
    private final Function<RoomKey, Optional<Room>> rooms;

    RoomRequests(EventChannels events, Function<RoomKey, Optional<Room>> rooms) {
        this.events = events;
        this.rooms = rooms;
    }

    void register() {
        events.handler(RoomChannels.CHAT, this::onChat);
        events.handler(RoomChannels.MODERATION, this::onModeration);
        events.handler(RoomChannels.DESCRIPTION, this::onDescription);
        events.handler(RoomChannels.INFO, this::onInfo);
    }

    /// The sender sees its own message only by this echo.
    private void onChat(Sender from, String channel, JsonObject params) {
        JsonObject said = params.object("data").orElse(JsonObject.EMPTY);
        Optional<Room> room = room(channel);
        String action = said.string("action").orElse("");
        if (room.isPresent() && action.equals("history")) {
            tellAgain(from.cookie(), channel, room.get());
        }
        if (!action.equals("send") || room.isEmpty()) {
            return;
        }
        JsonObject data = new JsonObjectBuilder()
                .put("direction", "outbound")
                .putKnown("message", said.string("message").orElse(""))
                .putKnown("fromDisplay", from.displayName())
                .put("from", from.userId())
                .put("type", said.string("type").orElse("message"))
                .build();
        room.get().history().add(data, said.string("message").orElse("").length());
        events.publish(new JsonObjectBuilder().put("data", data).put("eventChannel", channel).build());
    }

    /// What was said before, to a member who asks.
    private void tellAgain(String cookie, String channel, Room room) {
        if (!events.isAllowed(cookie, channel, _ -> false) || !room.history().mayBeAsked(room.around().time().nanoTime())) {
            room.count(ConferenceCount.CHATS_DROPPED);
            return;
        }
        JsonObject data = new JsonObjectBuilder().put("action", "history").put("messages", new JsonArray(List.copyOf(room.history().all()))).build();
        events.send(cookie, new JsonObjectBuilder().put("data", data).put("eventChannel", channel).build());
    }

    private void onModeration(Sender from, String channel, JsonObject params) {
        JsonObject request = params.object("data").orElse(JsonObject.EMPTY);
        room(channel).ifPresent(room -> room.inbox().moderate(from.cookie(), request));
    }

    /// Clients only listen here, except that a member may ask for a place of its own, for the moderators' channel is closed to it, and for
    /// whom it sees.
    private void onInfo(Sender from, String channel, JsonObject params) {
        JsonObject request = params.object("data").orElse(JsonObject.EMPTY);
        if (Moderation.isPosition(request) || GalleryWish.isOne(request)) {
            room(channel).ifPresent(room -> room.inbox().moderate(from.cookie(), request));
        }
    }

    private void onDescription(Sender from, String channel, JsonObject params) {
        String action = params.object("data").flatMap(data -> data.string("action")).orElse("");
        if (!action.equals("bootstrap")) {
            RoomDescription.refuse(events, from.cookie(), params);
            return;
        }
        boolean asked = rooms.apply(RoomChannels.keyOf(channel)).filter(room -> room.inbox().describe(from.cookie(), params)).isPresent();
        if (!asked) {
            RoomDescription.answerUnknown(events, from.cookie(), params);
        }
    }

    private Optional<Room> room(String channel) {
        return rooms.apply(RoomChannels.keyOf(channel)).filter(room -> room.profile().flags().contains(ConferenceFlag.LIVEARRAY_SYNC));
    }
}
