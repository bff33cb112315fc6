package io.jverto.switchboard.channel;

import io.jverto.switchboard.dialplan.Scope;
import io.jverto.switchboard.dialplan.Step;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.CallerProfile;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A channel as its dialplan sees it. What a caller chose is data; what the configuration says is syntax.
final class ChannelScope implements Scope {
    private static final Logger log = LoggerFactory.getLogger(ChannelScope.class);

    private final Channel channel;
    private final Supplier<CallerProfile> profile;
    private final Map<String, Text> overlay;
    private final Consumer<Step> inline;

    /// @param profile whose fields count
    /// @param overlay variables that hide the channel's
    ChannelScope(Channel channel, Supplier<CallerProfile> profile, Map<String, Text> overlay, Consumer<Step> inline) {
        this.channel = channel;
        this.profile = profile;
        this.overlay = overlay;
        this.inline = inline;
    }

    @Override
    public Text field(String name) {
        if (name.equalsIgnoreCase("uuid")) {
            return Text.data(channel.id().value());
        }
        if (name.equalsIgnoreCase(Privacy.HIDE_NAME) || name.equalsIgnoreCase(Privacy.HIDE_NUMBER)) {
            return Text.syntax(String.valueOf(channel.variables().isTrue(name)));
        }
        String ofProfile = Profiles.field(profile.get(), name);
        return ofProfile.isEmpty() ? Text.syntax(channel.handle().times().field(name)) : Text.data(ofProfile);
    }

    @Override
    public Text variable(String name) {
        Text hidden = overlay.getOrDefault(name, Text.EMPTY);
        if (!hidden.isEmpty()) {
            return hidden;
        }
        Text own = channel.variables().get(name);
        if (!own.isEmpty()) {
            return own;
        }
        Text field = field(name);
        return field.isEmpty() ? automatic(name) : field;
    }

    /// `aleg_x`: field x of the channel that called this one; `bleg_x`: of the one that this one called (dialplan-directory.md section 7);
    /// `Other-Leg-X`: of whichever there is.
    private Optional<Text> ofOtherLeg(String name) {
        String lower = name.toLowerCase(Locale.ROOT).replace('-', '_');
        Optional<CallerProfile> other = lower.startsWith("aleg_") ? channel.relatives().otherLeg(true)
                : lower.startsWith("bleg_") ? channel.relatives().otherLeg(false)
                : lower.startsWith("other_leg_") ? channel.relatives().otherLeg(true).or(() -> channel.relatives().otherLeg(false)) : Optional.empty();
        return other.map(profile -> Text.data(Profiles.field(profile, lower.replaceFirst("^([ab]|other_)leg_", ""))));
    }

    private Text automatic(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "direction" -> Text.syntax(channel.outbound() ? "outbound" : "inbound");
            case "channel_name" -> Text.data(channel.profile().channelName());
            case "state", "channel_state" -> Text.syntax(channel.state().stateName());
            default -> ofOtherLeg(name).orElseGet(() -> channel.services().routing().get().global(name));
        };
    }

    @Override
    public void set(String name, Text value) {
        channel.variables().set(name, value);
    }

    @Override
    public Instant now() {
        return channel.services().time().wallTime();
    }

    @Override
    public Text command(String name, String arguments) {
        return ServerScope.command(channel.services().commands(), name, arguments).orElseGet(() -> {
            log.warn("channel {}: ${{}(...)} is no command that a dialplan may run; it gives nothing", channel.logId(), LogText.of(name));
            return Text.EMPTY;
        });
    }

    @Override
    public void inline(Step step) {
        inline.accept(step);
    }
}
