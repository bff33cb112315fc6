package io.jverto.switchboard.application;

import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelScript;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.channel.Profiles;
import io.jverto.switchboard.dialplan.InlineDialplan;
import io.jverto.switchboard.dialplan.Scope;
import io.jverto.switchboard.dialplan.Step;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.CallerProfile;
import io.jverto.switchboard.port.Cause;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The life of a client's call: find its route, do what the route says, and again after each transfer
/// (dialplan-directory.md sections 5 and 8).
public final class DialplanScript implements ChannelScript {
    private static final Logger log = LoggerFactory.getLogger(DialplanScript.class);
    /// Routes that one call may take, so that transfers cannot go round for ever (`max_forwards`).
    private static final int MAX_ROUTES = 70;
    private static final String XML = "XML";

    private final Applications applications;

    public DialplanScript(Applications applications) {
        this.applications = applications;
    }

    @Override
    public void run(Channel channel) {
        run(channel, Text.data(channel.profile().destination()));
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
            switch (execute(channel, steps)) {
                case Next.GoOn _ when channel.up() -> channel.hangup(Cause.NORMAL_CLEARING, "the dialplan came to its end");
                case Next.GoOn _ -> { } // sent elsewhere, or over
                case Next.Transfer transfer -> {
                    transfer(channel, transfer);
                    destination = transfer.destination();
                }
            }
        }
    }

    /// Goes on after an application that did not run from a dialplan.
    void after(Channel channel, Next next) {
        if (next instanceof Next.Transfer transfer && channel.up()) {
            transfer(channel, transfer);
            run(channel, transfer.destination());
        }
    }

    /// @param destination as whoever chose it wrote it: only what the configuration wrote can be a dialplan by itself
    private List<Step> route(Channel channel, Text destination) {
        CallerProfile profile = channel.profile();
        String dialplans = profile.dialplan().isBlank() ? XML : profile.dialplan();
        List<Step> steps = Arrays.stream(dialplans.split(","))
                .map(name -> hunt(channel, name.trim(), destination))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
        log.info("channel {}: {} <{}> calls {} in context {}: {} steps", channel.logId(), LogText.of(profile.callerName()),
                LogText.of(profile.callerNumber()), LogText.of(profile.destination()), LogText.of(profile.context()), steps.size());
        if (steps.isEmpty()) {
            channel.hangup(Cause.NO_ROUTE_DESTINATION, "no extension for " + profile.destination() + " in context " + profile.context());
        }
        return steps;
    }

    private List<Step> hunt(Channel channel, String dialplan, Text destination) {
        if (dialplan.equalsIgnoreCase(InlineDialplan.NAME)) {
            return InlineDialplan.steps(destination);
        }
        if (!dialplan.equalsIgnoreCase(XML)) {
            log.warn("channel {}: there is no dialplan of the kind {}; it is passed over", channel.logId(), LogText.of(dialplan));
            return List.of();
        }
        Scope scope = channel.scope(Map.of(), step -> inline(channel, step));
        return channel.services().routing().get().dialplan().hunt(channel.profile().context(), scope, channel.services().counters());
    }

    private void inline(Channel channel, Step step) {
        Optional<Application> application = Applications.inline(step.application());
        if (application.isEmpty()) {
            log.error("channel {}: {}: {} cannot run inline; it is left out", channel.logId(), step.origin(), step.application());
            return;
        }
        applications.run(application.get(), channel, channel.expand(step.data()));
    }

    private Next execute(Channel channel, List<Step> steps) {
        Next next = Next.GO_ON;
        for (int i = 0; i < steps.size() && channel.up() && next instanceof Next.GoOn; i++) {
            next = execute(channel, steps.get(i));
        }
        return next;
    }

    private Next execute(Channel channel, Step step) {
        Optional<Application> application = Applications.find(step.application());
        if (application.isEmpty()) {
            channel.hangup(Cause.DESTINATION_OUT_OF_ORDER, "unknown application " + step.application() + " at " + step.origin());
            return Next.GO_ON;
        }
        Text data = channel.expand(step.data());
        log.debug("channel {}: {} {}({})", channel.logId(), step.origin(), step.application(), LogText.of(data));
        channel.running(step.application(), data.toString());
        return applications.run(application.get(), channel, data);
    }

    private void transfer(Channel channel, Next.Transfer transfer) {
        CallerProfile old = channel.profile();
        String kept = old.dialplan().equalsIgnoreCase(InlineDialplan.NAME) ? XML : old.dialplan();
        String dialplan = transfer.dialplan().isEmpty() ? kept : transfer.dialplan().toString();
        String context = transfer.context().isEmpty() ? old.context() : transfer.context().toString();
        log.info("channel {}: goes to {} in context {}", channel.logId(), LogText.of(transfer.destination()), LogText.of(context));
        channel.profile(Profiles.transferred(old, transfer.destination().toString(), dialplan, context));
    }
}
