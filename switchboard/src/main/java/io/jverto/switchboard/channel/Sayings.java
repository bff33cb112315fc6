package io.jverto.switchboard.channel;

import io.jverto.base.count.Counters;
import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.switchboard.count.SwitchCounter;
import io.jverto.switchboard.port.Saying;
import java.util.Optional;
import java.util.function.Predicate;

/// What a channel's client says beside its sound, and whom it reaches: the channel that this one talks with, otherwise what the channel
/// is in - a room, an echo. What reaches nobody is counted.
@OwnedBy(Role.CHANNEL)
public final class Sayings {
    private final ChannelHandle handle;
    private final Counters<SwitchCounter> counters;
    private final Predicate<Saying> client;
    private Optional<Predicate<Saying>> listener = Optional.empty();

    /// @param client the way to the channel's own client; says whether it took it
    Sayings(ChannelHandle handle, Counters<SwitchCounter> counters, Predicate<Saying> client) {
        this.handle = handle;
        this.counters = counters;
        this.client = client;
    }

    /// While the channel talks with nobody, this one hears its client.
    ///
    /// @param hears says whether it took it
    public void heardBy(Predicate<Saying> hears) {
        listener = Optional.of(hears);
    }

    public void heardByNobody() {
        listener = Optional.empty();
    }

    /// Says something to the channel's own client.
    public boolean tell(Saying saying) {
        return counted(client.test(saying));
    }

    /// @return true: whatever became of it, the script has nothing to do with it
    boolean onSaid(Saying saying) {
        Optional<ChannelHandle> partner = handle.partner();
        boolean taken = partner.isPresent()
                ? partner.get().tell(new ChannelEvent.Hears(saying))
                : listener.map(hears -> hears.test(saying)).orElse(false);
        counted(taken);
        return true;
    }

    /// @return true, likewise
    boolean onHeard(Saying saying) {
        tell(saying);
        return true;
    }

    private boolean counted(boolean taken) {
        if (!taken) {
            counters.increment(SwitchCounter.SAYINGS_UNHEARD);
        }
        return taken;
    }
}
