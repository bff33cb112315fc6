package io.jverto.switchboard.application;

import io.jverto.switchboard.channel.BlindTransfer;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelScript;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.channel.Profiles;
import io.jverto.switchboard.dialplan.Dialplan;
import io.jverto.switchboard.dialplan.InlineDialplan;
import io.jverto.switchboard.dialplan.Prefixed;
import io.jverto.switchboard.dialplan.Routing;
import io.jverto.switchboard.dialplan.Scope;
import io.jverto.switchboard.dialplan.Step;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.CallerProfile;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.story.StoryEntry;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The life of a client's call: find its route, do what the route says, and again after each transfer
/// (dialplan-directory.md sections 5 and 8).
public final class DialplanScript implements ChannelScript {
    private static final Logger log = LoggerFactory.getLogger(DialplanScript.class);
    /// Routes that one call may take, so that transfers cannot go round for ever (`max_forwards`).
    private static final int MAX_ROUTES = 70;
    /// `execute_extension` within each other; one that calls itself comes to an end.
    private static final int MAX_DETOURS = 16;
    private static final String XML = "XML";
    private static final String FILE = "XML:";
    /// What a party may have been sent to as to somebody who talks with him: no transfer fails any more that comes to one of these.
    private static final Set<String> DESTINATIONS = Set.of(
            "answer", "playback", "loop_playback", "endless_playback", "gentones", "echo", "delay_echo", "record", "park", "valet_park", "fifo", "conference",
            "page", "ivr", "read", "play_and_get_digits", "say", "speak", "phrase", "voicemail", "eavesdrop", "socket");
    private static final String ON_TRANSFER = "execute_on_blind_transfer";

    private final Applications applications;

    public DialplanScript(Applications applications) {
        this.applications = applications;
    }

    @Override
    public void run(Channel channel) {
        run(channel, Text.data(channel.profile().destination()));
    }

    /// The life of a call from a transfer on.
    public void runTransferred(Channel channel) {
        onTransfer(channel);
        run(channel);
    }

    private void run(Channel channel, Text first) {
        Text destination = first;
        for (int routes = 0; channel.up(); routes++) {
            if (routes == MAX_ROUTES) {
                channel.hangup(Cause.EXCHANGE_ROUTING_ERROR, "transferred " + MAX_ROUTES + " times");
                return;
            }
            List<Step> steps = route(channel, destination);
            if (steps.isEmpty()) {
                return;
            }
            switch (execute(channel, steps, 0)) {
                case Next.GoOn _ when channel.up() -> channel.hangup(Cause.NORMAL_CLEARING, "the dialplan came to its end");
                case Next.GoOn _, Next.Detour _ -> { } // sent elsewhere, or over
                case Next.Transfer transfer -> {
                    transfer(channel, transfer);
                    onTransfer(channel);
                    destination = transfer.destination();
                }
            }
        }
    }

    /// Runs what a program wants, as if it stood in the dialplan.
    ///
    /// @return what is left to do: nothing, or to go elsewhere
    Next run(Channel channel, Application application, Text data, String id) {
        return detoured(channel, applications.run(application, channel, data, id));
    }

    private Next detoured(Channel channel, Next next) {
        return next instanceof Next.Detour detour ? detour(channel, detour, 0) : next;
    }

    /// Goes on after an application that did not run from a dialplan.
    void after(Channel channel, Next next) {
        Next then = detoured(channel, next);
        if (then instanceof Next.Transfer transfer && channel.up()) {
            transfer(channel, transfer);
            onTransfer(channel);
            run(channel, transfer.destination());
        }
    }

    /// The same after one that ran in between: only where it leads elsewhere does the channel leave what it did.
    void afterInterlude(Channel channel, Next next) {
        Next then = detoured(channel, next);
        if (then instanceof Next.Transfer transfer && channel.up()) {
            channel.redirectSelf(self -> after(self, transfer));
        }
    }

    private List<Step> route(Channel channel, Text destination) {
        CallerProfile profile = channel.profile();
        List<Step> steps = hunt(channel, profile, destination);
        log.info("channel {}: {} <{}> calls {} in context {}: {} steps", channel.logId(), LogText.of(profile.callerName()),
                LogText.of(profile.callerNumber()), LogText.of(profile.destination()), LogText.of(profile.context()), steps.size());
        if (steps.isEmpty()) {
            channel.hangup(Cause.NO_ROUTE_DESTINATION, "no extension for " + profile.destination() + " in context " + profile.context());
        }
        return steps;
    }

    /// @param profile what is dialled where
    /// @param destination as whoever chose it wrote it: only what the configuration wrote can be a dialplan by itself
    private List<Step> hunt(Channel channel, CallerProfile profile, Text destination) {
        String dialplans = profile.dialplan().isBlank() ? XML : profile.dialplan();
        List<Step> steps = Arrays.stream(dialplans.split(","))
                .map(name -> hunt(channel, name.trim(), profile, destination))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
        channel.handle().story().add(new StoryEntry.Hunted(profile.destination(), profile.context(), steps.isEmpty() ? "" : steps.getFirst().extension(),
                steps.isEmpty() ? "" : steps.getFirst().origin().toString(), steps.size()));
        return steps;
    }

    private List<Step> hunt(Channel channel, String name, CallerProfile profile, Text destination) {
        if (name.equalsIgnoreCase(InlineDialplan.NAME)) {
            return InlineDialplan.steps(destination);
        }
        Routing routing = channel.services().routing().get();
        Optional<Dialplan> dialplan = name.equalsIgnoreCase(XML) ? Optional.of(routing.dialplan())
                : name.regionMatches(true, 0, FILE, 0, FILE.length()) ? routing.files().apply(name.substring(FILE.length()))
                : Optional.empty();
        if (dialplan.isEmpty()) {
            log.info("channel {}: there is no dialplan {}; it is passed over", channel.logId(), LogText.of(name));
            return List.of();
        }
        Scope scope = channel.scope(profile, step -> inline(channel, step));
        return dialplan.get().hunt(profile.context(), scope, channel.services().counters());
    }

    private void inline(Channel channel, Step step) {
        Optional<Application> application = Applications.inline(step.application());
        if (application.isEmpty()) {
            log.error("channel {}: {}: {} cannot run inline; it is left out", channel.logId(), step.origin(), step.application());
            return;
        }
        Prefixed data = Prefixed.parse(step.data());
        channel.variables().during(expanded(channel, data), () -> applications.run(application.get(), channel, channel.expand(data.data())));
    }

    private Next execute(Channel channel, List<Step> steps, int detours) {
        Next next = Next.GO_ON;
        channel.agenda().begins(steps);
        try {
            for (int i = 0; i < steps.size() && channel.up() && next instanceof Next.GoOn; i++) {
                channel.agenda().at(i);
                next = execute(channel, steps.get(i), detours);
            }
        } finally {
            channel.agenda().ends();
        }
        return next;
    }

    /// Does what was left to do when the server was started again, to the end of the call.
    void resume(Channel channel, List<Step> rest) {
        after(channel, execute(channel, rest, 0));
        if (channel.up()) {
            channel.hangup(Cause.NORMAL_CLEARING, "the dialplan came to its end");
        }
    }

    private Next execute(Channel channel, Step step, int detours) {
        Optional<Application> application = Applications.find(step.application());
        if (application.isEmpty()) {
            channel.hangup(Cause.DESTINATION_OUT_OF_ORDER, "unknown application " + step.application() + " at " + step.origin());
            return Next.GO_ON;
        }
        Prefixed prefixed = Prefixed.parse(step.data());
        return channel.variables().during(expanded(channel, prefixed), () -> {
            Text data = channel.expand(prefixed.data());
            log.debug("channel {}: {} {}({})", channel.logId(), step.origin(), step.application(), LogText.of(data));
            channel.running(step.application(), data.toString());
            if (DESTINATIONS.contains(step.application())) {
                channel.relatives().wayBack().arrived();
            }
            Next next = applications.run(application.get(), channel, data);
            return next instanceof Next.Detour detour ? detour(channel, detour, detours) : next;
        });
    }

    private static Map<String, Text> expanded(Channel channel, Prefixed data) {
        Map<String, Text> expanded = new LinkedHashMap<>();
        data.variables().forEach((name, value) -> expanded.put(name, channel.expand(value)));
        return expanded;
    }

    /// `execute_extension`: the channel keeps its own profile; only what is hunted for is another number.
    private Next detour(Channel channel, Next.Detour detour, int detours) {
        if (detours == MAX_DETOURS) {
            channel.hangup(Cause.EXCHANGE_ROUTING_ERROR, "more than " + MAX_DETOURS + " extensions are executed within each other");
            return Next.GO_ON;
        }
        CallerProfile sought = Profiles.dialling(channel.profile(), detour.destination().toString(), dialplan(channel, detour.dialplan()),
                context(channel, detour.context()));
        List<Step> steps = hunt(channel, sought, detour.destination());
        if (steps.isEmpty()) {
            log.warn("channel {}: no extension for {} in context {} of dialplan {} to be executed; the dialplan goes on", channel.logId(),
                    LogText.of(detour.destination()), LogText.of(sought.context()), LogText.of(sought.dialplan()));
        }
        return execute(channel, steps, detours + 1);
    }

    private void transfer(Channel channel, Next.Transfer transfer) {
        String destination = transfer.destination().toString();
        String dialplan = dialplan(channel, transfer.dialplan());
        String context = context(channel, transfer.context());
        if (BlindTransfer.note(channel, destination, dialplan, context)) {
            log.info("channel {}: goes to {} in context {}", channel.logId(), LogText.of(destination), LogText.of(context));
            channel.profile(Profiles.transferred(channel.profile(), destination, dialplan, context));
        }
    }

    private static String dialplan(Channel channel, Text wanted) {
        String old = channel.profile().dialplan();
        return wanted.isEmpty() ? old.equalsIgnoreCase(InlineDialplan.NAME) ? XML : old : wanted.toString();
    }

    private static String context(Channel channel, Text wanted) {
        return wanted.isEmpty() ? channel.profile().context() : wanted.toString();
    }

    /// `app arguments` or `app::arguments`, before the new route is sought. The value was expanded when it was set.
    private void onTransfer(Channel channel) {
        applications.transferred(channel);
        Text value = channel.variables().get(ON_TRANSFER).trim();
        if (value.isEmpty() || !channel.up()) {
            return;
        }
        int colons = value.toString().indexOf("::");
        int space = value.indexOf(' ', 0);
        boolean byColons = colons > 0 && (space < 0 || colons < space);
        int end = byColons ? colons : space < 0 ? value.length() : space;
        Optional<Application> application = Hooks.name(value.slice(0, end)).flatMap(Applications::find);
        if (application.isEmpty()) {
            log.warn("channel {}: {} names no application: {}", channel.logId(), ON_TRANSFER, LogText.of(value));
            return;
        }
        Next next = applications.run(application.get(), channel, value.slice(Math.min(value.length(), end + (byColons ? 2 : 1))));
        if (next instanceof Next.Detour detour) {
            detour(channel, detour, 0); // where that leads elsewhere, the transfer that is under way counts
        }
    }
}
