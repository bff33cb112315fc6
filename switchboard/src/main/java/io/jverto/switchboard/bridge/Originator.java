package io.jverto.switchboard.bridge;

import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.VideoFormat;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.HandsOver;
import io.jverto.switchboard.channel.LentMedia;
import io.jverto.switchboard.dialplan.Scope;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.CallerProfile;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import java.util.List;
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

    /// Sets one.
    void set(String name, Text value);

    /// @return where dial strings find their variables
    ///
    /// @param dialed those of whom is dialled, which come first
    Scope scope(Map<String, Text> dialed);

    /// @return the variables that every leg gets
    Map<String, Text> exported();

    /// @return what the legs' own profiles are made from
    CallerProfile from();

    /// @return how many calls led to it, one out of the other
    int hops();

    /// @return its own profile, when it is a channel
    Optional<CallerProfile> profile();

    /// Notes that somebody is called for it.
    default void calls(ChannelId leg, CallerProfile called) {}

    /// Notes that somebody who was called is gone.
    default void calledEnded(ChannelId leg, Cause cause) {}

    /// Notes that somebody cannot be called.
    ///
    /// @param why for operators
    default void unreachable(Cause cause, String why) {}

    /// Notes that a user has no device of a kind at the moment.
    ///
    /// @param what for operators
    default void absent(String what) {}

    /// @return what it sends by now, for the legs to send the same
    Optional<AudioCodec> codec();

    /// @return the same, or what it will be able to send, best first
    List<AudioCodec> codecs();

    /// @return what it sends of video, or could send, best first
    List<VideoFormat> video();

    /// Whether there is no caller.
    default boolean isNobody() {
        return false;
    }

    /// @return whom a leg is to tell
    Leader leader();

    /// Notes who gives those who ring to somebody else.
    void rings(Optional<HandsOver> originate);

    /// Somebody else has those who ring now: nobody is called for it any more.
    void takenOver();

    /// Lets the time pass.
    void sleep(long millis);

    /// Somebody rings.
    void someoneRings();

    /// Somebody can be heard, and perhaps seen, who has not answered.
    ///
    /// @param leg who it is
    /// @return whether the caller hears it
    boolean hears(ChannelHandle leg, LentMedia media);

    /// He is gone.
    void hearsNoMore();
}
