package io.jverto.switchboard.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.base.count.Counters;
import io.jverto.switchboard.command.Commands;
import io.jverto.switchboard.count.SwitchCounter;
import io.jverto.switchboard.dialplan.Routing;
import io.jverto.switchboard.edge.TestMedia;
import io.jverto.switchboard.event.CoreEvents;
import io.jverto.switchboard.event.EventChannels;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.testkit.time.VirtualTime;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LoopbackPairTest {
    private final VirtualTime time = new VirtualTime();
    private final ChannelServices services = new ChannelServices(time, new TestMedia(), new Random(1), () -> Routing.EMPTY, new Commands(),
            new Presence(new EventChannels(), true, new CoreEvents(time)), new Counters<>(SwitchCounter.class));
    private final ChannelHandle ada = handle("ada");
    private final ChannelHandle called = handle("loopback-a");
    private final ChannelHandle goes = handle("loopback-b");
    private final ChannelHandle bob = handle("bob");
    private final LoopbackPair pair = new LoopbackPair(called, goes);

    /// The end that was called says that it is there, and the caller's thread has not had its turn yet.
    @Test
    void theEndsStayUntilWhoeverCalledThemKnowsThatHeTalks() {
        talks(goes, bob);
        called.talksWith(Optional.of(ada));

        assertThat(pair.partners()).isEmpty();

        ada.talksWith(Optional.of(called));
        ada.markLeading(true);
        assertThat(pair.partners()).contains(new LoopbackPair.Partners(ada, bob));
    }

    @Test
    void theyStayWhenOneOfThemIsRecorded() {
        talks(ada, called);
        talks(goes, bob);
        called.markRecorded(true);

        assertThat(pair.partners()).isEmpty();
    }

    private static void talks(ChannelHandle leader, ChannelHandle follower) {
        follower.talksWith(Optional.of(leader));
        leader.talksWith(Optional.of(follower));
        leader.markLeading(true);
    }

    private ChannelHandle handle(String id) {
        return new ChannelHandle(new ChannelId(id), services, body -> { });
    }
}
