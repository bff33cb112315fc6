package io.jverto.switchboard.voicemail;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.switchboard.event.CoreEvents;
import io.jverto.switchboard.event.EventChannels;
import io.jverto.switchboard.event.EventName;
import io.jverto.switchboard.port.UserId;
import io.jverto.switchboard.port.VoicemailStore.VoiceMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Tells clients how many voice messages wait: on the event channel `voicemail.<user>@<domain>`, which its owner may hear, when he subscribes it and
/// whenever that changes (docs/protocol/verto-extensions.md); and as MESSAGE_WAITING whoever watches the switch. Thread-safe.
public final class MessageWaiting {
    public static final String MAIN_CHANNEL = "voicemail";
    private static final String NAME = EventName.MESSAGE_WAITING.name();

    private final EventChannels events;
    private final CoreEvents core;
    private volatile Function<UserId, Optional<List<VoiceMessage>>> boxes = _ -> Optional.empty();

    public MessageWaiting(EventChannels events, CoreEvents core) {
        this.events = events;
        this.core = core;
    }

    /// @return the event channel of one mailbox
    public static String channel(UserId box) {
        return MAIN_CHANNEL + "." + box;
    }

    /// @param messages asked for what is in a mailbox when somebody begins to listen
    void greet(Function<UserId, Optional<List<VoiceMessage>>> messages) {
        boxes = messages;
        events.greeter(MAIN_CHANNEL, (cookie, channel) -> {
            int at = channel.lastIndexOf('@');
            if (channel.startsWith(MAIN_CHANNEL + ".") && at > 0) {
                UserId box = new UserId(channel.substring(MAIN_CHANNEL.length() + 1, at), channel.substring(at + 1));
                messages.apply(box).ifPresent(all -> events.publishTo(cookie, channel, event(box, headers(box, all)).build()));
            }
        });
    }

    /// @return what MESSAGE_WAITING says of a mailbox; empty when the store cannot be used. May wait
    public Optional<Map<String, String>> of(UserId box) {
        return boxes.apply(box).map(messages -> headers(box, messages));
    }

    void changed(UserId box, List<VoiceMessage> messages) {
        Map<String, String> headers = headers(box, messages);
        events.publish(event(box, headers).build());
        core.publish(EventName.MESSAGE_WAITING, () -> headers);
    }

    private static JsonObjectBuilder event(UserId box, Map<String, String> headers) {
        return new JsonObjectBuilder()
                .put("eventChannel", channel(box))
                .put("data", new JsonObjectBuilder().put("Event-Name", NAME).putAll(headers).build());
    }

    /// New and saved, and in parentheses how many of each are urgent.
    private static Map<String, String> headers(UserId box, List<VoiceMessage> messages) {
        Map<String, String> headers = new LinkedHashMap<>();
        long fresh = messages.stream().filter(message -> !message.saved()).count();
        long freshUrgent = messages.stream().filter(message -> !message.saved() && message.urgent()).count();
        long savedUrgent = messages.stream().filter(message -> message.saved() && message.urgent()).count();
        headers.put("MWI-Messages-Waiting", fresh > 0 ? "yes" : "no");
        headers.put("MWI-Message-Account", box.toString());
        headers.put("MWI-Voice-Message", fresh + "/" + (messages.size() - fresh) + " (" + freshUrgent + "/" + savedUrgent + ")");
        return headers;
    }
}
