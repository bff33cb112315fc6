package io.jverto.switchboard.application;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.base.time.Mailbox;
import io.jverto.switchboard.application.Application.Trait;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.CoreChannelEvents;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.SteeredCall;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A channel while a program steers it: what the program wants is run on the channel's thread, as if the dialplan said so. An order
/// that comes while another runs is done in between; one that stays (`bridge`, `park`, ...) makes the channel leave what runs. Nothing gets in
/// between or ends what runs under `event-lock`: it waits.
@OwnedBy(Role.CHANNEL)
final class SteeredChannel implements SteeredCall {
    static final int MAX_WAITING = 256;
    private static final String RESUME = "socket_resume";
    /// A wake-up that found no room is made good by then.
    private static final long LOOK_AGAIN_MILLIS = 30_000;
    private static final Logger log = LoggerFactory.getLogger(SteeredChannel.class);

    private final ChannelHandle handle;
    private final Channel channel;
    private final DialplanScript dialplan;
    private final Queue<Pending> waiting = new ArrayDeque<>();
    private Optional<Order> running = Optional.empty();
    private volatile Link link = new Link.Connecting();
    private volatile boolean over;

    SteeredChannel(Channel channel, DialplanScript dialplan) {
        this.channel = channel;
        this.handle = channel.handle();
        this.dialplan = dialplan;
    }

    /// How it stands with the program.
    private sealed interface Link {
        record Connecting() implements Link {}

        record Failed(String why) implements Link {}

        record Up() implements Link {}

        record Gone() implements Link {}
    }

    /// @param done told when it has been run, or will not be
    private record Pending(Order order, Application application, Mailbox<Boolean> done) {}

    /// Waits for the program.
    ///
    /// @return why it cannot be reached; empty when it is there, or the channel has ended
    Optional<String> awaitProgram() {
        while (channel.up() && link instanceof Link.Connecting) {
            idle(Channel.FOREVER);
        }
        return link instanceof Link.Failed(String why) ? Optional.of(why) : Optional.empty();
    }

    /// Whether there is no program, or no longer.
    boolean isLeft() {
        return link instanceof Link.Gone || link instanceof Link.Failed;
    }

    /// Does what the program says. A call whose program answers at once goes on by itself when that is gone; otherwise it
    /// stays until somebody sends it elsewhere, unless `socket_resume` is set.
    Next follow(boolean async, long deadline) {
        while (channel.up() && !isDone(async) && channel.in(0) < deadline) {
            Pending next = waiting.poll();
            if (next == null) {
                idle(deadline);
            } else if (run(next) instanceof Next.Transfer elsewhere && channel.up()) {
                return elsewhere;
            }
        }
        return Next.GO_ON;
    }

    private boolean isDone(boolean async) {
        return link instanceof Link.Gone && waiting.isEmpty() && (!async || channel.variables().isTrue(RESUME));
    }

    private void idle(long deadline) {
        channel.next(Math.min(deadline, channel.in(LOOK_AGAIN_MILLIS)));
        channel.interludes().goOn();
    }

    private Next run(Pending next) {
        running = Optional.of(next.order());
        try {
            return repeat(channel, next.order(), next.application());
        } finally {
            running = Optional.empty();
            if (channel.interludes().goOn() && channel.up()) {
                channel.sayings().heardByNobody();
                channel.liveMedia().ifPresent(_ -> channel.route(new AudioRoute.Silent()));
            }
            next.done().tell(true);
        }
    }

    private Next repeat(Channel self, Order order, Application application) {
        log.info("channel {}: its program wants {}({})", self.logId(), application.name(), LogText.of(order.argument()));
        self.running(application.name(), order.argument());
        Next next = Next.GO_ON;
        for (int i = 0; i < order.times() && (i == 0 || self.up()) && next instanceof Next.GoOn; i++) {
            next = dialplan.run(self, application, self.expand(Text.syntax(order.argument())), order.id());
        }
        return next;
    }

    /// The channel no longer does what the program says, or never did.
    void ends() {
        over = true;
        waiting.forEach(pending -> pending.done().tell(false));
        waiting.clear();
    }

    @Override
    public ChannelId id() {
        return handle.id();
    }

    @Override
    public void reached() {
        become(new Link.Up());
    }

    @Override
    public void unreachable(String why) {
        become(new Link.Failed(why));
    }

    @Override
    public void left() {
        become(new Link.Gone());
    }

    private void become(Link now) {
        link = now;
        handle.tell(new ChannelEvent.Visit(self -> wake(), () -> { }));
    }

    /// Whoever waits for something to do looks whether there is something.
    private void wake() {
        if (running.isEmpty() && !over) {
            channel.interludes().cutShort();
        }
    }

    @Override
    public Taken order(Order order, boolean toItsEnd) {
        Optional<Application> application = Applications.find(order.application());
        if (application.isEmpty()) {
            return Taken.NO_APPLICATION;
        }
        Mailbox<Boolean> done = channel.services().time().mailbox(1);
        Pending pending = new Pending(order, application.get(), done);
        Taken taken = over ? Taken.NOT_STEERED : handle.visit(self -> take(pending)).orElse(Taken.NOT_STEERED);
        if (taken == Taken.YES && toItsEnd) {
            done.await(Channel.FOREVER);
        }
        return taken;
    }

    private Taken take(Pending pending) {
        if (over) {
            return Taken.NOT_STEERED;
        }
        if (waiting.size() >= MAX_WAITING) {
            return Taken.TOO_MANY;
        }
        // DEVIATION api-11
        boolean open = running.isPresent() && !running.get().locked() && waiting.isEmpty();
        if (open && !pending.application().is(Trait.STAYS)) {
            return between(pending) ? Taken.YES : Taken.TOO_MANY;
        }
        waiting.add(pending);
        if (open || running.isEmpty()) {
            channel.interludes().cutShort();
        }
        return Taken.YES;
    }

    private boolean between(Pending pending) {
        return handle.tell(new ChannelEvent.Interlude(
                self -> {
                    try {
                        dialplan.afterInterlude(self, repeat(self, pending.order(), pending.application()));
                    } finally {
                        pending.done().tell(true);
                    }
                },
                () -> pending.done().tell(false)));
    }

    @Override
    public Map<String, String> facts() {
        return handle.visit(CoreChannelEvents::facts).orElse(Map.of());
    }

    @Override
    public Optional<String> variable(String name) {
        return handle.visit(self -> self.variables().get(name).toString());
    }

    @Override
    public void resume() {
        handle.visit(self -> {
            self.variables().set(RESUME, "true");
            return true;
        });
    }
}
