package io.jverto.switchboard.application;

import io.jverto.base.id.Tokens;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.CoreChannelEvents;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.event.EventName;
import io.jverto.switchboard.story.StoryEntry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// One run of an application on a channel, of which whoever listens is told: CHANNEL_EXECUTE before and CHANNEL_EXECUTE_COMPLETE after.
///
/// @param id by which the two events are known to belong together; empty for any
record Executed(String name, Text data, String id) {
    private static final String RESPONSE = "current_application_response";
    private static final int MAX_DATA = 4_096;

    Next run(Channel channel, Supplier<Next> application) {
        channel.handle().story().add(new StoryEntry.Ran(name, data.toString()));
        boolean heard = CoreChannelEvents.heard(channel, EventName.CHANNEL_EXECUTE)
                || CoreChannelEvents.heard(channel, EventName.CHANNEL_EXECUTE_COMPLETE);
        if (!heard) {
            return application.get();
        }
        String uuid = id.isEmpty() ? Tokens.uuid(channel.services().random()) : id;
        CoreChannelEvents.tell(channel, EventName.CHANNEL_EXECUTE, () -> headers(uuid));
        Next next = application.get();
        CoreChannelEvents.tell(channel, EventName.CHANNEL_EXECUTE_COMPLETE, () -> {
            Map<String, String> headers = headers(uuid);
            headers.put("Application-Response", channel.variables().text(RESPONSE).orElse("_none_"));
            return headers;
        });
        return next;
    }

    private Map<String, String> headers(String uuid) {
        String text = data.toString();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Application", name);
        headers.put("Application-Data", text.substring(0, Math.min(MAX_DATA, text.length())));
        headers.put("Application-UUID", uuid);
        return headers;
    }
}
