package io.jverto.switchboard.bridge;

import io.jverto.media.plan.AudioCodec;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.HandsOver;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.CallerProfile;
import java.util.Map;
import java.util.Optional;

/// On whose behalf somebody is called: a channel, or nobody. Belongs to the thread that waits for the answer.
interface Originator {
    /// @return for log lines
    String name();

    /// Whether there is still somebody to be called for.
    boolean up();

    /// Waits for what the legs have to say.
    ///
    /// @return empty when the deadline came, or nobody is there any more
    Optional<ChannelEvent> next(long deadlineNanos);

    /// @return one of its variables, empty when it is not set
    Text variable(String name);

    /// @return the variables that every leg gets
    Map<String, Text> exported();

    /// @return what the legs' own profiles are made from
    CallerProfile from();

    /// @return what it sends by now, for the legs to send the same
    Optional<AudioCodec> codec();

    /// @return whom a leg is to tell
    Leader leader();

    /// Notes who gives those who ring to somebody else.
    void rings(Optional<HandsOver> originate);

    /// Somebody else has those who ring now: nobody is called for it any more.
    void takenOver();

    /// Somebody rings.
    void someoneRings();
}
