package io.jverto.switchboard.api;

import io.jverto.base.json.JsonObjectBuilder;
import io.jverto.base.json.JsonValue.JsonLiteral;
import io.jverto.base.json.JsonValue.JsonNumber;
import io.jverto.base.json.JsonValue.JsonObject;
import io.jverto.base.json.JsonValue.JsonString;
import io.jverto.switchboard.application.Execution;
import io.jverto.switchboard.application.Execution.Wait;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.Channels;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.command.LiveChannels.ChannelRow;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.JsonCommand;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `jsapi` commands about one channel: `execute`, `channelData`, `mediaStats` (verto-wire.md section 7.4).
final class JsonCalls {
    private static final Logger log = LoggerFactory.getLogger(JsonCalls.class);
    private static final String INVALID = "INVALID INPUT";
    private static final String NO_SESSION = "Session does not exist";
    private static final String CHANNEL_DATA = "channelData";

    private final Channels channels;
    private final Execution execution;

    private JsonCalls(Channels channels, Execution execution) {
        this.channels = channels;
        this.execution = execution;
    }

    static List<JsonCommand> of(Channels channels, Execution execution) {
        JsonCalls calls = new JsonCalls(channels, execution);
        return List.of(
                command("execute", calls::execute),
                command(CHANNEL_DATA, (data, _) -> calls.channelData(data)),
                command("mediaStats", (data, _) -> calls.mediaStats(data)));
    }

    private static JsonCommand command(String name, BinaryOperator<JsonObject> body) {
        return new JsonCommand() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public JsonObject run(JsonObject data, JsonObject client) {
                return body.apply(data, client);
            }
        };
    }

    /// `uuid`, `app`, `arg`; `inline`: the reply waits for the application's end, a few seconds at the most; `extendedData`: the channel as
    /// it is then.
    private JsonObject execute(JsonObject data, JsonObject client) {
        String application = data.string("app").orElse("");
        String argument = data.string("arg").orElse("");
        if (data.string("uuid").filter(id -> !id.isEmpty()).isEmpty() || !execution.exists(application)) {
            return response(INVALID);
        }
        Optional<ChannelHandle> channel = channel(data);
        if (channel.isEmpty()) {
            return response(NO_SESSION);
        }
        log.info("channel {}: execute {} for {}", LogText.of(channel.get().id()), application,
                LogText.of(client.string("verto_user").orElse("a client without name")));
        if (!execution.run(channel.get(), application, argument, isTrue(data, "inline") ? Wait.FOR_ITS_END : Wait.NOT)) {
            return response(channel(data).isEmpty() ? NO_SESSION : INVALID);
        }
        return isTrue(data, "extendedData")
                ? channelData(data)
                : new JsonObjectBuilder().put("channelName", channel.get().row().map(ChannelRow::name).orElse("")).build();
    }

    private JsonObject channelData(JsonObject data) {
        if (data.string("uuid").isEmpty()) {
            return response(INVALID);
        }
        return channel(data)
                .flatMap(channel -> channel.visit(ChannelFacts::record))
                .map(facts -> new JsonObjectBuilder().put(CHANNEL_DATA, facts).build())
                .orElseGet(() -> response(NO_SESSION));
    }

    private JsonObject mediaStats(JsonObject data) {
        if (data.string("uuid").isEmpty()) {
            return response(INVALID);
        }
        return channel(data)
                .flatMap(channel -> channel.visit(self -> {
                    JsonObjectBuilder out = new JsonObjectBuilder().put("audio", ChannelFacts.audio(self));
                    ChannelFacts.video(self).ifPresent(video -> out.put("video", video));
                    return (isTrue(data, CHANNEL_DATA) ? out.put(CHANNEL_DATA, ChannelFacts.record(self)) : out).build();
                }))
                .orElseGet(() -> response(NO_SESSION));
    }

    private Optional<ChannelHandle> channel(JsonObject data) {
        return data.string("uuid").flatMap(id -> channels.handle(new ChannelId(id)));
    }

    private static JsonObject response(String text) {
        return new JsonObjectBuilder().put("response", text).build();
    }

    private static boolean isTrue(JsonObject data, String key) {
        return data.get(key)
                .filter(value -> value == JsonLiteral.TRUE
                        || value instanceof JsonNumber(String digits) && !digits.equals("0")
                        || value instanceof JsonString(String text) && text.equalsIgnoreCase("true"))
                .isPresent();
    }
}
