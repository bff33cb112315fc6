package io.jverto.conference;

import io.jverto.base.count.Counters;

/// What happens in rooms.
public enum ConferenceCount implements Counters.Counted {
    ROOMS_OPENED("rooms that were made for their first member"),
    ROOMS_CLOSED("rooms that ended with their last member"),
    MEMBERS_JOINED("channels that were put into a room"),
    MEMBERS_LEFT("channels that left a room, whoever wanted it"),
    JOINS_REFUSED("channels that no room took"),
    MODERATION_DENIED("commands on the moderators' channel from somebody who is no moderator of the room"),
    MODERATION_DROPPED("commands on the moderators' channel dropped because too many were waiting"),
    CHATS_DENIED("messages to a room's chatID from somebody who is neither in the room nor may write on its chat channel"),
    CHATS_DROPPED("messages to a room dropped because too many were waiting"),
    DESCRIPTIONS_DROPPED("questions for a room's description that were dropped because there were too many"),
    PINS_WRONG("wrong PINs of callers"),
    CALLS_DROPPED("calls into rooms that were not made because there were too many"),
    DIGITS_DROPPED("digits dropped because their member sent them faster than its room works");

    private final String description;

    ConferenceCount(String description) {
        this.description = description;
    }

    @Override
    public String description() {
        return description;
    }
}
