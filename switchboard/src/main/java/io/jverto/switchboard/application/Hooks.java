package io.jverto.switchboard.application;

import io.jverto.switchboard.application.Application.Trait;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.ChannelHooks;
import io.jverto.switchboard.channel.ChannelServices;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.dialplan.TextArray;
import io.jverto.switchboard.port.ApiCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs what `execute_on_...` and `api_on_...` variables name (dialplan-directory.md section 8). Only the configuration, or an operator,
/// can name an application or a command; what a caller chose is an argument at most (security.md S11).
public final class Hooks implements ChannelHooks {
    private static final Logger log = LoggerFactory.getLogger(Hooks.class);
    // DEVIATION originate-4
    /// Commands that act on one call and on nothing else, beside those that only tell or compute.
    private static final Set<String> SAFE = Set.of(
            "uuid_setvar", "uuid_setvar_multi", "uuid_display", "uuid_send_dtmf", "uuid_hold", "uuid_kill", "uuid_broadcast", "uuid_break");
    private static final String HANGUP = "hangup";
    private static final String AFTER_BRIDGE = "after_bridge";

    private final Applications applications;
    private final DialplanScript dialplan;
    private final ChannelServices services;

    public Hooks(Applications applications, DialplanScript dialplan, ChannelServices services) {
        this.applications = applications;
        this.dialplan = dialplan;
        this.services = services;
    }

    @Override
    public void happened(Channel channel, String event) {
        if (event.equals(AFTER_BRIDGE)) {
            wanted(channel, "api_after_bridge").forEach(text -> command(channel, text));
            return;
        }
        if (!event.equals(HANGUP)) {
            wanted(channel, "execute_on_" + event).forEach(text -> execute(channel, text));
        } else {
            wanted(channel, "api_hangup_hook").forEach(text -> command(channel, text));
        }
        wanted(channel, "api_on_" + event).forEach(text -> command(channel, text));
    }

    /// @return the variable's values: of an array each element, then those of `name_1`, `name_2`
    private static List<Text> wanted(Channel channel, String name) {
        List<Text> found = new ArrayList<>(TextArray.elements(channel.variables().get(name)));
        for (Map.Entry<String, Text> variable : channel.variables().all().entrySet()) {
            String other = variable.getKey().toLowerCase(Locale.ROOT);
            if (other.startsWith(name + "_") && other.substring(name.length() + 1).matches("[0-9]{1,3}")) {
                found.addAll(TextArray.elements(variable.getValue()));
            }
        }
        return found;
    }

    /// `application arguments`, or `application::arguments` for what is not to be waited for.
    @Override
    public void execute(Channel channel, Text wanted) {
        Text text = wanted.trim();
        int space = text.indexOf(' ', 0);
        int colons = text.indexOf(':', 0);
        boolean later = colons > 0 && (space < 0 || colons < space) && text.isSyntax(colons + 1, ':');
        int end = later ? colons : space < 0 ? text.length() : space;
        Optional<Application> application = name(text.slice(0, end)).flatMap(Applications::find);
        if (application.isEmpty() || !Execution.isReady(channel.handle()) && !application.get().is(Trait.INLINE)) {
            log.warn("channel {}: {} is not run: {}", channel.logId(), LogText.of(text),
                    application.isEmpty() ? "the configuration names no application" : "the call is not answered");
            return;
        }
        Text data = channel.expand(text.slice(Math.min(text.length(), end + (later ? 2 : 1))));
        Application found = application.get();
        log.info("channel {}: {}({})", channel.logId(), found.name(), LogText.of(data));
        if (found.is(Trait.STAYS)) {
            channel.redirectSelf(self -> dialplan.after(self, applications.run(found, self, data)));
        } else if (later) {
            channel.handle().interlude(self -> dialplan.afterInterlude(self, applications.run(found, self, data)));
        } else {
            dialplan.afterInterlude(channel, applications.run(found, channel, data));
        }
    }

    /// One that does not come to its end is what the channel does from then on; a transfer begins in between, while it still talks.
    @Override
    public void order(Channel channel, ChannelHandle leg, Text wanted) {
        int colons = wanted.indexOf(':', 0);
        int end = colons > 0 && wanted.isSyntax(colons + 1, ':') ? colons : wanted.length();
        Optional<Application> application = name(wanted.slice(0, end).trim()).flatMap(Applications::find);
        if (application.isEmpty()) {
            log.warn("channel {}: {} is not run: the configuration names no application", LogText.of(leg.id()), LogText.of(wanted));
            return;
        }
        Application found = application.get();
        Text data = wanted.slice(Math.min(wanted.length(), end + 2));
        if (found.is(Trait.STAYS) && !found.name().equals("transfer")) {
            leg.redirect(self -> dialplan.after(self, applications.run(found, self, data)));
            return;
        }
        Consumer<Channel> work = self -> dialplan.afterInterlude(self, applications.run(found, self, data));
        if (leg == channel.handle()) {
            channel.interludes().next(work);
        } else {
            leg.interlude(work);
        }
    }

    /// @return what only the configuration can have written
    static Optional<String> name(Text text) {
        for (int i = 0; i < text.length(); i++) {
            if (!text.isSyntax(i)) {
                return Optional.empty();
            }
        }
        return Optional.of(text.toString()).filter(name -> !name.isEmpty());
    }

    /// On a thread of its own: commands wait for channels, for this one too.
    @Override
    public void command(Channel channel, Text wanted) {
        Text text = wanted.trim();
        int space = text.indexOf(' ', 0);
        Optional<ApiCommand> command = name(space < 0 ? text : text.slice(0, space)).flatMap(this::allowed);
        if (command.isEmpty()) {
            log.warn("channel {}: {} is not run: it is no command that a channel may run by itself", channel.logId(), LogText.of(text));
            return;
        }
        String arguments = space < 0 ? "" : channel.expand(text.slice(space + 1)).toString().trim();
        String id = channel.logId();
        services.time().start("command of channel " + id, () ->
                log.info("channel {}: {}: {}", id, command.get().name(), LogText.of(command.get().run(arguments))));
    }

    private Optional<ApiCommand> allowed(String name) {
        return SAFE.contains(name.toLowerCase(Locale.ROOT)) ? services.commands().find(name) : services.commands().expandable(name);
    }
}
