package io.jverto.switchboard.channel;

import io.jverto.switchboard.command.LiveChannels.ChannelRow;
import io.jverto.switchboard.event.CoreEvents;
import io.jverto.switchboard.event.EventName;
import io.jverto.switchboard.port.CallRecord;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.story.CallStory;
import io.jverto.switchboard.story.StoryEntry;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// What the switch says of one channel to whoever listens, under the field's names (dialplan-directory.md sections 6 and 8). On the
/// channel's own thread.
public final class CoreChannelEvents {
    /// Variables of one event, and characters of one.
    private static final int MAX_VARIABLES = 128;
    private static final int MAX_VALUE = 1_024;

    private CoreChannelEvents() {}

    /// Tells that something happened to a channel, with all that is known of it.
    public static void tell(Channel channel, EventName name) {
        tell(channel, name, Map::of);
    }

    /// @param more headers of this kind of event; asked for when somebody listens
    public static void tell(Channel channel, EventName name, Supplier<Map<String, String>> more) {
        tell(channel, name, more, "");
    }

    static void tell(Channel channel, EventName name, Supplier<Map<String, String>> more, String body) {
        remember(channel, name);
        core(channel).publish(name, () -> {
            Map<String, String> headers = headers(channel, channel.state());
            headers.putAll(more.get());
            return headers;
        }, body);
    }

    /// Puts into the channel's story what belongs there and is not told better where it happens.
    private static void remember(Channel channel, EventName name) {
        CallStory story = channel.handle().story();
        switch (name) {
            case CHANNEL_PROGRESS -> story.add(StoryEntry.Step.RINGS);
            case CHANNEL_PROGRESS_MEDIA -> story.add(StoryEntry.Step.EARLY);
            case CHANNEL_ANSWER -> story.add(StoryEntry.Step.ANSWERED);
            case CHANNEL_HOLD -> story.add(StoryEntry.Step.HELD);
            case CHANNEL_UNHOLD -> story.add(StoryEntry.Step.UNHELD);
            case CHANNEL_PARK -> story.add(StoryEntry.Step.PARKED);
            case CHANNEL_UNPARK -> story.add(StoryEntry.Step.UNPARKED);
            case DTMF -> story.digit();
            case CHANNEL_HANGUP -> channel.handle().ending().ifPresent(end -> story.add(new StoryEntry.Ended(end.cause(), end.byClient(), end.why())));
            default -> { }
        }
    }

    /// @return all that an event would tell of the channel
    public static Map<String, String> facts(Channel channel) {
        return headers(channel, channel.state());
    }

    /// Whether somebody listens for that.
    public static boolean heard(Channel channel, EventName name) {
        return core(channel).heard(name);
    }

    private static CoreEvents core(Channel channel) {
        return channel.services().presence().core();
    }

    /// A channel that was called has been told so.
    public static void rings(Channel channel) {
        channel.handle().times().rings(channel.services().time().wallTime());
        tell(channel, EventName.CHANNEL_PROGRESS);
    }

    /// @param other whom the channel talks with from now on
    public static void bridged(Channel channel, ChannelHandle other) {
        channel.handle().story().add(new StoryEntry.Talks(other.id(), true));
        channel.handle().times().bridged(channel.services().time().wallTime());
        tell(channel, EventName.CHANNEL_BRIDGE, () -> ends(channel, other));
    }

    public static void unbridged(Channel channel, ChannelHandle other) {
        channel.handle().story().add(new StoryEntry.Talks(other.id(), false));
        tell(channel, EventName.CHANNEL_UNBRIDGE, () -> ends(channel, other));
    }

    private static Map<String, String> ends(Channel channel, ChannelHandle other) {
        return Map.of("Bridge-A-Unique-ID", channel.id().value(), "Bridge-B-Unique-ID", other.id().value());
    }

    /// @param resumed whether it goes on after the server was started again
    static void record(Channel channel, EventName name, Path path, boolean resumed) {
        tell(channel, name, () -> resumed ? Map.of("Record-File-Path", path.toString(), "Record-Resumed", "true") : Map.of("Record-File-Path", path.toString()));
    }

    static void digit(Channel channel, ChannelEvent.Digit digit) {
        tell(channel, EventName.DTMF, () -> {
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("DTMF-Digit", String.valueOf(digit.digit()));
            headers.put("DTMF-Duration", String.valueOf(digit.durationMillis() * 8)); // in ticks of 8 kHz
            headers.put("DTMF-Source", digit.source().title());
            return headers;
        });
    }

    static void changed(Channel channel, ChannelState before, ChannelState now) {
        if (before == ChannelState.NEW) {
            tell(channel, EventName.CHANNEL_CREATE);
        }
        if (before == ChannelState.NEW && channel.outbound()) {
            tell(channel, EventName.CHANNEL_OUTGOING);
            tell(channel, EventName.CHANNEL_ORIGINATE);
        }
        if (!before.callState().equals(now.callState())) {
            tell(channel, EventName.CHANNEL_CALLSTATE, () -> Map.of("Original-Channel-Call-State", before.callState()));
        }
        switch (now) {
            case EARLY -> tell(channel, EventName.CHANNEL_PROGRESS_MEDIA);
            case ANSWERED -> tell(channel, before == ChannelState.HELD ? EventName.CHANNEL_UNHOLD : EventName.CHANNEL_ANSWER);
            case HELD -> tell(channel, EventName.CHANNEL_HOLD);
            case ENDED -> tell(channel, EventName.CHANNEL_HANGUP, () -> ending(channel));
            case NEW, ROUTING, RINGING -> { }
        }
        if (!before.stateName().equals(now.stateName())) {
            tell(channel, EventName.CHANNEL_STATE);
        }
        if (now == ChannelState.ENDED) {
            tell(channel, EventName.CHANNEL_HANGUP_COMPLETE, () -> ending(channel));
        }
    }

    /// It is no longer among the channels.
    static void gone(Channel channel) {
        tell(channel, EventName.CHANNEL_DESTROY, () -> ending(channel));
    }

    private static Map<String, String> ending(Channel channel) {
        return Map.of("Hangup-Cause", channel.handle().ending().map(Ending::cause).orElse(Cause.NORMAL_CLEARING).name());
    }

    private static Map<String, String> headers(Channel channel, ChannelState now) {
        Map<String, String> headers = ChannelHeaders.of(channel, now);
        // Who is being called comes before whom it talked with last.
        channel.handle().met().filter(_ -> channel.handle().partner().isPresent() || channel.relatives().calls().isEmpty()).ifPresent(other -> putOther(headers, other, channel.outbound() ? "originator" : "originatee"));
        channel.variables().plain().entrySet().stream()
                .filter(variable -> !CallRecord.SECRET.contains(variable.getKey()) && variable.getValue().length() <= MAX_VALUE)
                .limit(MAX_VARIABLES)
                .forEach(variable -> headers.put("variable_" + variable.getKey(), variable.getValue()));
        return headers;
    }

    private static void putOther(Map<String, String> headers, ChannelRow other, String kind) {
        Map<String, String> more = new LinkedHashMap<>();
        more.put("Other-Type", kind);
        more.put("Other-Leg-Direction", other.outbound() ? "outbound" : "inbound");
        more.put("Other-Leg-Dialplan", other.dialplan());
        more.put("Other-Leg-Caller-ID-Name", other.callerName());
        more.put("Other-Leg-Caller-ID-Number", other.callerNumber());
        more.put("Other-Leg-Callee-ID-Name", other.calleeName());
        more.put("Other-Leg-Callee-ID-Number", other.calleeNumber());
        more.put("Other-Leg-Network-Addr", other.networkAddress());
        more.put("Other-Leg-Destination-Number", other.destination());
        more.put("Other-Leg-Unique-ID", other.id().value());
        more.put("Other-Leg-Context", other.context());
        more.put("Other-Leg-Channel-Name", other.name());
        more.values().removeIf(String::isEmpty);
        headers.putAll(more);
    }
}
