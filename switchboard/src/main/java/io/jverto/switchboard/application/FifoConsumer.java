package io.jverto.switchboard.application;

import io.jverto.switchboard.bridge.Bridge.Fetched;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.shared.Fifos;
import io.jverto.switchboard.shared.Fifos.Taken;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Somebody who serves queues.
final class FifoConsumer {
    private static final String EXIT_KEY = "fifo_consumer_exit_key";
    private static final String DEFAULT_EXIT_KEY = "*";
    private static final int DEFAULT_WRAPUP_MILLIS = 5_000;
    private static final int MAX_WRAPUP_MILLIS = 86_400_000;

    private final Channel channel;
    private final List<String> names;
    private final Services services;

    FifoConsumer(Channel channel, List<String> names, Services services) {
        this.channel = channel;
        this.names = names;
        this.services = services;
    }

    /// @param waits for callers, and for more after the first
    void run(boolean waits, Text announcement, Text saidMusic) {
        note("fifo_role", "consumer");
        idle();
        tell(names.getFirst(), "consumer_start");
        try {
            Optional<Taken> taken = await(waits, saidMusic);
            while (taken.isPresent() && channel.up()) {
                talk(taken.get(), announcement);
                taken = Optional.empty();
                if (waits && channel.up()) {
                    wrapUp();
                    idle();
                    taken = await(true, saidMusic);
                }
            }
        } finally {
            services.fifos().gone(channel.id());
            names.forEach(name -> FifoApplication.look(channel, services, name));
            tell(names.getFirst(), "consumer_stop");
        }
    }

    private void idle() {
        note("fifo_status", "WAITING");
        services.fifos().serves(channel.id(), names, Optional.empty());
        names.forEach(name -> FifoApplication.look(channel, services, name));
    }

    /// @return who is next; nothing when nobody is waited for any more
    private Optional<Taken> await(boolean waits, Text saidMusic) {
        Optional<Taken> taken = pop();
        if (taken.isPresent() || !waits || !channel.up()) {
            return taken;
        }
        channel.play(FifoApplication.music(channel, saidMusic));
        while (channel.up() && taken.isEmpty()) {
            Optional<ChannelEvent> event = channel.next(Channel.FOREVER);
            if (FifoApplication.isKey(channel, event, EXIT_KEY, DEFAULT_EXIT_KEY)) {
                break;
            }
            taken = channel.up() ? pop() : Optional.empty();
        }
        if (channel.up()) {
            channel.route(new AudioRoute.Silent());
        }
        return taken;
    }

    private Optional<Taken> pop() {
        Fifos.Strategy strategy = channel.variables().text("fifo_strategy").filter("more_ppl"::equals).isPresent()
                ? Fifos.Strategy.MOST_CALLERS : Fifos.Strategy.LONGEST_WAIT;
        List<Integer> order = Arrays.stream(channel.variables().text("fifo_pop_order").orElse("").split(","))
                .map(String::trim).filter(one -> one.matches("[0-9]{1,2}")).map(Integer::valueOf).toList();
        Optional<Taken> taken = services.fifos().pop(names, strategy, order);
        taken.ifPresent(one -> {
            FifoApplication.nudge(services, services.fifos().waiting(one.fifo()));
            FifoApplication.look(channel, services, one.fifo());
        });
        return taken;
    }

    private void talk(Taken taken, Text announcement) {
        ChannelId id = taken.caller().id();
        Optional<ChannelHandle> caller = services.channels().handle(id);
        if (caller.isEmpty() || !services.fifos().isInside(id)) {
            return;
        }
        services.fifos().serves(channel.id(), names, Optional.of(id));
        tell(taken.fifo(), "consumer_pop", Map.of("FIFO-Caller-UUID", id.value()));
        FifoApplication.play(channel, announcement);
        if (!channel.up()) {
            services.fifos().putBack(taken);
            FifoApplication.nudge(services, services.fifos().idle(taken.fifo()));
            return;
        }
        if (!services.fifos().isInside(id)) {
            return;
        }
        note("fifo_status", "TALKING");
        note("fifo_bridge_uuid", id.value());
        tell(taken.fifo(), "bridge-consumer-start", Map.of("FIFO-Caller-UUID", id.value()));
        ChannelId self = channel.id();
        String keys = channel.variables().text(EXIT_KEY).orElse(DEFAULT_EXIT_KEY);
        boolean talked = services.bridge().fetch(channel, caller.get(),
                new Fetched(other -> begins(other, self, taken.fifo()), other -> ends(other, taken.fifo()), keys));
        tell(taken.fifo(), talked ? "bridge-consumer-stop" : "bridge-consumer-fail", Map.of("FIFO-Caller-UUID", id.value()));
    }

    /// On the caller's thread.
    private void begins(Channel caller, ChannelId consumer, String fifo) {
        caller.variables().set(FifoCaller.STATUS, "TALKING");
        caller.variables().set("fifo_serviced_uuid", consumer.value());
        caller.variables().set("fifo_bridge_uuid", consumer.value());
        FifoApplication.play(caller, caller.variables().get(FifoCaller.ANNOUNCE));
        FifoApplication.tell(caller, services, fifo, "bridge-caller-start", Map.of("FIFO-Consumer-UUID", consumer.value()));
    }

    private void ends(Channel caller, String fifo) {
        caller.variables().set(FifoCaller.STATUS, "DONE");
        FifoApplication.tell(caller, services, fifo, "bridge-caller-stop");
    }

    private void wrapUp() {
        note("fifo_status", "WRAPUP");
        long deadline = channel.in(Math.clamp(channel.variables().number("fifo_consumer_wrapup_time").orElse(DEFAULT_WRAPUP_MILLIS), 0, MAX_WRAPUP_MILLIS));
        FifoApplication.play(channel, channel.variables().get("fifo_consumer_wrapup_sound"));
        boolean key = channel.variables().text("fifo_consumer_wrapup_key").isPresent();
        while (channel.up() && (key || channel.in(0) < deadline)) {
            Optional<ChannelEvent> event = channel.next(key ? Channel.FOREVER : deadline);
            key &= !FifoApplication.isKey(channel, event, "fifo_consumer_wrapup_key", "");
        }
    }

    private void tell(String fifo, String action) {
        tell(fifo, action, Map.of());
    }

    private void tell(String fifo, String action, Map<String, String> more) {
        FifoApplication.tell(channel, services, fifo, action, more);
    }

    private void note(String name, String value) {
        channel.variables().set(name, value);
    }
}
