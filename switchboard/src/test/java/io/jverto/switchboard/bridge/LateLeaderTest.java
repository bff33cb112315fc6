package io.jverto.switchboard.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.edge.TestClient;
import io.jverto.switchboard.edge.ThreeParties;
import io.jverto.switchboard.port.Cause;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LateLeaderTest extends ThreeParties {
    /// Whoever is to be led is told before the leader has looked, and the leader ends in that very moment.
    @Test
    void nobodyWaitsForALeaderWhoEndsBeforeItKnowsOfThem() {
        TestClient ada = pbx.call("ada", "9196");
        TestClient bea = pbx.call("bea", "9196");
        ChannelHandle leader = (ChannelHandle) pbx.board.find(ada.channel.id()).orElseThrow();
        ChannelHandle follower = (ChannelHandle) pbx.board.find(bea.channel.id()).orElseThrow();

        leader.visit(channel -> {
            follower.redirect(other -> Talk.follow(other, leader, Optional.empty()));
            while (follower.partner().isEmpty()) {
                Thread.onSpinWait(); // until it follows; the leader reads nothing meanwhile
            }
            channel.hangup(Cause.NORMAL_CLEARING, "over");
            return true;
        });
        pbx.time.settle();

        assertThat(last(bea)).contains("NORMAL_CLEARING");
        assertThat(pbx.board.channels().rows()).isEmpty();
    }
}
