package io.jverto.switchboard.channel;

import io.jverto.base.count.Counters;
import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.switchboard.count.SwitchCounter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;

/// What others want a channel to do in between, one after the other, while its script waits. What comes in meanwhile for the script is
/// kept for it; what the script must not wait for cuts the interlude short. The sound is put back by [ChannelMedia].
@OwnedBy(Role.CHANNEL)
public final class Interludes {
    private static final int MAX_WAITING = 32;
    private static final int MAX_KEPT = 1_024;

    private final ChannelMedia media;
    private final Counters<SwitchCounter> counters;
    private final Consumer<ChannelEvent> refuse;
    private final Queue<ChannelEvent.Interlude> waiting = new ArrayDeque<>();
    private final Deque<ChannelEvent> kept = new ArrayDeque<>();
    private boolean running;
    private boolean cutShort;
    /// What runs beneath, too, is to come to its end.
    private boolean scriptCutShort;

    /// @param refuse tells whoever waits for an answer to an event that there is none
    Interludes(ChannelMedia media, Counters<SwitchCounter> counters, Consumer<ChannelEvent> refuse) {
        this.media = media;
        this.counters = counters;
        this.refuse = refuse;
    }

    void add(ChannelEvent.Interlude interlude) {
        if (waiting.size() < MAX_WAITING) {
            waiting.add(interlude);
        } else {
            counters.increment(SwitchCounter.MESSAGES_DROPPED);
            interlude.refused().run();
        }
    }

    /// Something that the channel itself wants in between: before it looks at what has come in since.
    public void next(Consumer<Channel> work) {
        add(new ChannelEvent.Interlude(work, () -> { }));
    }

    /// Runs what waits, unless it is an interlude itself that asks.
    ///
    /// @return an event that came in for the script meanwhile
    Optional<ChannelEvent> next(Channel channel) {
        if (running) {
            return Optional.empty();
        }
        while (kept.isEmpty() && !waiting.isEmpty() && channel.up()) {
            run(channel, waiting.remove());
        }
        return channel.up() ? Optional.ofNullable(kept.poll()) : Optional.empty();
    }

    private void run(Channel channel, ChannelEvent.Interlude interlude) {
        running = true;
        media.beginsInterlude();
        try {
            interlude.work().accept(channel);
        } finally {
            media.endsInterlude();
            running = false;
            cutShort = false;
        }
    }

    /// Whether what runs, an interlude or the script, is to come to its end.
    boolean areCutShort() {
        return cutShort || scriptCutShort;
    }

    /// Makes what runs beneath come to its end, as if the channel were over, until [#goOn]; for a script that runs others.
    public void cutShort() {
        scriptCutShort = true;
    }

    /// @return whether it was cut short
    public boolean goOn() {
        boolean before = scriptCutShort;
        scriptCutShort = false;
        return before;
    }

    /// Ends the one that runs.
    ///
    /// @param all and those that wait for it
    /// @return whether one runs
    public boolean cut(boolean all) {
        cutShort = running;
        if (all) {
            refuseWaiting();
        }
        return running;
    }

    /// Remembers what the interlude sees and the script has not. Digits are for whoever runs.
    void keep(ChannelEvent event) {
        if (!running || event instanceof ChannelEvent.Digit) {
            return;
        }
        if (kept.size() < MAX_KEPT) {
            kept.add(event);
        } else {
            counters.increment(SwitchCounter.MESSAGES_DROPPED);
            refuse.accept(event);
        }
        cutShort |= isUrgent(event);
    }

    /// Somebody answered, or is gone, or waits for an answer.
    private static boolean isUrgent(ChannelEvent event) {
        return event instanceof ChannelEvent.Answer || event instanceof ChannelEvent.LegAnswered || event instanceof ChannelEvent.LegEnded
                || event instanceof ChannelEvent.Follow;
    }

    /// Nothing will run any more.
    void close() {
        refuseWaiting();
        kept.forEach(refuse);
        kept.clear();
    }

    private void refuseWaiting() {
        waiting.forEach(interlude -> interlude.refused().run());
        waiting.clear();
    }
}
