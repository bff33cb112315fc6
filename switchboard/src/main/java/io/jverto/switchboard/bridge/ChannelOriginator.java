package io.jverto.switchboard.bridge;

import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.VideoFormat;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.HandsOver;
import io.jverto.switchboard.channel.LentMedia;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.channel.Privacy;
import io.jverto.switchboard.channel.Profiles;
import io.jverto.switchboard.channel.Sounds;
import io.jverto.switchboard.dialplan.Scope;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.CallerProfile;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.story.StoryEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A channel that calls somebody. It hears ringing as soon as somebody rings.
class ChannelOriginator implements Originator {
    private static final Logger log = LoggerFactory.getLogger(ChannelOriginator.class);

    private final Channel channel;
    private boolean ringback;
    private boolean early;

    /// @param ringback whether it hears something already that is to stay
    ChannelOriginator(Channel channel, boolean ringback) {
        this.channel = channel;
        this.ringback = ringback;
    }

    @Override
    public String name() {
        return "channel " + channel.logId();
    }

    @Override
    public boolean up() {
        return channel.up();
    }

    @Override
    public Optional<ChannelEvent> next(long deadlineNanos) {
        return channel.next(deadlineNanos);
    }

    @Override
    public Text variable(String name) {
        return channel.variables().get(name);
    }

    @Override
    public void set(String name, Text value) {
        channel.variables().set(name, value);
    }

    @Override
    public Scope scope(Map<String, Text> dialed) {
        return channel.scope(dialed, step -> { });
    }

    @Override
    public Map<String, Text> exported() {
        Map<String, Text> variables = channel.variables().exported();
        variables.put("signal_bond", Text.data(channel.id().value()));
        return variables;
    }

    @Override
    public CallerProfile from() {
        CallerProfile own = channel.profile();
        return Privacy.shown(channel, Profiles.withCaller(own,
                channel.variables().text("effective_caller_id_name").orElse(own.callerName()),
                channel.variables().text("effective_caller_id_number").orElse(own.callerNumber())));
    }

    @Override
    public int hops() {
        return channel.relatives().hops();
    }

    @Override
    public Optional<CallerProfile> profile() {
        return Optional.of(channel.profile());
    }

    @Override
    public void calls(ChannelId leg, CallerProfile called) {
        channel.handle().story().add(new StoryEntry.Calls(leg, called.calleeName(), called.calleeNumber()));
        if (channel.handle().partner().isEmpty()) {
            channel.relatives().calls(leg, called);
        }
    }

    @Override
    public void calledEnded(ChannelId leg, Cause cause) {
        channel.handle().story().add(new StoryEntry.CalledEnded(leg, cause));
    }

    @Override
    public void unreachable(Cause cause, String why) {
        channel.handle().story().add(new StoryEntry.Unreachable(cause, why));
    }

    @Override
    public void absent(String what) {
        channel.handle().story().add(new StoryEntry.Absent(what));
    }

    @Override
    public Optional<AudioCodec> codec() {
        return channel.codec();
    }

    @Override
    public List<AudioCodec> codecs() {
        return channel.codecs();
    }

    @Override
    public List<VideoFormat> video() {
        return channel.videoFormats();
    }

    @Override
    public Leader leader() {
        return new ChannelLeader(channel.handle());
    }

    @Override
    public void rings(Optional<HandsOver> originate) {
        channel.rings(originate);
    }

    @Override
    public void takenOver() {
        channel.hangup(Cause.NORMAL_CLEARING, "somebody else takes over whom it rings");
    }

    @Override
    public void sleep(long millis) {
        if (millis > 0) {
            channel.pause(millis);
        }
    }

    /// Its own ringing gives way to the other side's sound.
    @Override
    public boolean hears(ChannelHandle leg, LentMedia media) {
        channel.video().meets(leg);
        boolean heard = channel.preAnswer();
        if (heard) {
            media.use(other -> channel.services().media().bridge(channel.media(), other));
            early = true;
            channel.variables().set(AfterBridge.EARLY, Text.syntax("true"));
        }
        return heard;
    }

    @Override
    public void hearsNoMore() {
        early = false;
        if (channel.hasMedia() && channel.up()) {
            channel.route(new AudioRoute.Silent());
            ringback = false;
        }
    }

    /// Old clients give up after 30 s without any sound (verto-wire.md section 5.6).
    @Override
    public void someoneRings() {
        channel.ringReady();
        boolean answered = channel.state().isAnswered();
        Text transfer = answered ? channel.variables().get("transfer_ringback") : Text.EMPTY;
        Text sound = transfer.isEmpty() ? channel.variables().get("ringback") : transfer;
        if (!early && !ringback && !sound.isEmpty() && channel.preAnswer()) {
            ringback = true;
            Sounds.ringback(channel, sound).ifPresentOrElse(
                    channel::play,
                    () -> log.warn("channel {}: ringback {} cannot be played", channel.logId(), LogText.of(sound)));
        }
    }
}
