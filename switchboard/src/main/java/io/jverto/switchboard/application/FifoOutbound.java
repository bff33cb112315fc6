package io.jverto.switchboard.application;

import io.jverto.base.time.TimeSource;
import io.jverto.switchboard.bridge.Dial;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.shared.FifoMembers.Member;
import io.jverto.switchboard.shared.FifoMembers.Ringing;
import io.jverto.switchboard.shared.Fifos.Caller;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Calls the members of a queue: as many as there are callers whom nobody is free to serve, each for one of them. Thread-safe.
public final class FifoOutbound {
    private static final Logger log = LoggerFactory.getLogger(FifoOutbound.class);

    private final Services services;
    private final TimeSource time;

    public FifoOutbound(Services services, TimeSource time) {
        this.services = services;
        this.time = time;
    }

    // DEVIATION app-4
    /// Something has changed: calls who is needed, and gives up whom nobody needs any more.
    public void look(String fifo) {
        synchronized (services.members()) {
            int needed = Math.max(0, services.fifos().waiting(fifo).size() - services.fifos().idle(fifo).size());
            List<Ringing> ringing = services.members().ringing(fifo);
            ringing.stream().skip(needed).forEach(one -> one.giveUp().run());
            Optional<Member> next = needed > ringing.size() ? take(fifo) : Optional.empty();
            for (int rings = ringing.size() + 1; next.isPresent(); rings++) {
                begin(next.get());
                next = needed > rings ? take(fifo) : Optional.empty();
            }
        }
    }

    private Optional<Member> take(String fifo) {
        return services.members().take(fifo, time.nanoTime(), time.wallTime().getEpochSecond());
    }

    private void begin(Member member) {
        Dial.GivingUp giveUp = new Dial.GivingUp();
        Ringing one = new Ringing(member, giveUp::giveUp);
        services.members().rings(one);
        time.start("member of a queue", () -> call(one, giveUp));
    }

    /// On a thread of its own.
    private void call(Ringing one, Dial.GivingUp giveUp) {
        Member member = one.member();
        Optional<Caller> caller = services.fifos().next(member.fifo());
        boolean answered = false;
        try {
            log.info("fifo {}: calls {}", LogText.of(member.fifo()), LogText.of(member.dialString()));
            Dial.Order order = new Dial.Order(member.dialString(), caller.map(Caller::name).orElse(""), caller.map(Caller::number).orElse(""),
                    Duration.ofSeconds(member.timeoutSeconds()), channel -> serve(channel, one));
            Dial.Result result = services.dial().run(order, giveUp);
            answered = result instanceof Dial.Result.Answered;
            if (result instanceof Dial.Result.Failed(Cause cause)) {
                log.info("fifo {}: {} does not come: {}", LogText.of(member.fifo()), LogText.of(member.dialString()), cause);
            }
        } finally {
            if (!answered) {
                services.members().ringsNoMore(one);
                rest(member);
            }
        }
    }

    /// On the thread of who answered.
    private void serve(Channel channel, Ringing one) {
        Member member = one.member();
        try {
            boolean waits = !channel.variables().text("member_wait").filter("nowait"::equals).isPresent();
            services.fifos().serves(channel.id(), List.of(member.fifo()), Optional.empty());
            services.members().ringsNoMore(one);
            new FifoConsumer(channel, List.of(member.fifo()), services).run(waits, Text.EMPTY, Text.EMPTY);
            if (channel.up()) {
                channel.hangup(Cause.NORMAL_CLEARING, "nobody waits any more");
            }
        } finally {
            time.start("member of a queue", () -> rest(member));
        }
    }

    /// After a while he can be called again.
    private void rest(Member member) {
        long free = time.nanoTime() + Duration.ofSeconds(member.lagSeconds()).toNanos();
        services.members().release(member, free);
        look(member.fifo()); // another one may come in his place
        time.mailbox(1).await(free);
        look(member.fifo());
    }
}
