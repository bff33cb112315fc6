package io.jverto.switchboard.count;

import io.jverto.base.count.Counters.Counted;

/// What the switch counts.
public enum SwitchCounter implements Counted {
    CALLS_ADMITTED("Calls of clients that were let in."),
    CALLS_MADE("Calls that the switch made to clients."),
    CALLS_RESTORED("Calls that go on after the server was started again."),
    CALLS_REFUSED_IN_USE("Calls refused because a live channel has their id."),
    CALLS_REFUSED_FULL("Calls refused because there are as many channels as there may be."),
    CHANNELS_ENDED("Channels that came to their end."),
    CANDIDATES_DROPPED("Late candidates dropped because they are of no use to us, or too many were waiting on their channel."),
    SPEECH_DROPPED("Results of recognisers dropped because too many were waiting on their channel."),
    DIGITS_DROPPED("Digits dropped because too many were waiting on their channel."),
    SAYINGS_UNHEARD("Messages and texts inside calls that nobody was there for, or took."),
    MESSAGES_DROPPED("Messages between threads dropped because a mailbox was full."),
    SHARED_REFUSED("Values and limits that calls share refused because they were too long or too many."),
    TASKS_REFUSED("Tasks for later refused because too many waited."),
    PATTERNS_OVER_BUDGET("Regular expressions given up because they took too many steps."),
    STORY_ENTRIES_LEFT_OUT("What happened to calls and is not in their stories (explain), because too much happened."),
    VALUES_CUT("Channel variables cut or refused because they were too long or too many.");

    private final String description;

    SwitchCounter(String description) {
        this.description = description;
    }

    @Override
    public String description() {
        return description;
    }
}
