package io.jverto.medialoop.tick;

import io.jverto.media.audio.PortControl;
import io.jverto.media.plan.Position;
import io.jverto.media.plan.Voice;
import io.jverto.media.plan.VoiceRules;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.ChannelId;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A channel at a mixer, or a playback, from any thread. What is asked takes effect at the next tick.
public final class PortRef implements PortControl {
    private final Runnable wake;
    private volatile boolean muted;
    private volatile boolean deaf;
    private volatile boolean detached;
    private volatile int volumeIn;
    private volatile int volumeOut;
    private volatile int gate = -1;
    private volatile boolean detecting;
    private volatile Set<String> unheard = Set.of();
    private volatile Optional<Position> position = Optional.empty();
    private volatile VoiceRules voiceRules = VoiceRules.NONE;
    private volatile int energy;
    private volatile int gainDecibels;
    private volatile Voice.Spurt lastSpurt = Voice.Spurt.NONE;

    PortRef(Runnable wake) {
        this.wake = wake;
    }

    /// The others do not hear it, and its packets are not decoded.
    public void setMuted(boolean value) {
        muted = value;
    }

    /// It hears nobody.
    public void setDeaf(boolean value) {
        deaf = value;
    }

    /// How loud the others hear it.
    ///
    /// @param level -4 to 4 (conference.md section 10)
    public void setVolumeIn(int level) {
        volumeIn = level;
    }

    /// How loud it hears the others. A level other than 0 costs an encoder of its own.
    ///
    /// @param level -4 to 4
    public void setVolumeOut(int level) {
        volumeOut = Math.clamp(level, -4, 4);
    }

    /// Over which mean magnitude it is mixed; -1 for what the mixer says.
    public void setGate(int level) {
        gate = level;
    }

    /// Whether it is listened to while it is muted.
    public void setDetecting(boolean value) {
        detecting = value;
    }

    /// @param names of the ports that it does not hear
    public void setUnheard(Set<String> names) {
        unheard = Set.copyOf(names);
    }

    /// Where the others hear it in stereo; it moves there without a click.
    public void setPosition(Optional<Position> place) {
        position = place;
    }

    /// What is done to its voice by itself.
    public void setVoiceRules(VoiceRules rules) {
        voiceRules = rules;
    }

    /// All of what a room says of a member.
    public void tune(AudioRoute.Mix mix) {
        setMuted(mix.muted());
        setDeaf(mix.deaf());
        setVolumeIn(mix.volumeIn());
        setVolumeOut(mix.volumeOut());
        setGate(mix.gate());
        setDetecting(mix.detecting());
        setUnheard(mix.unheard().stream().map(ChannelId::value).collect(Collectors.toUnmodifiableSet()));
        setPosition(mix.position());
        setVoiceRules(mix.voice());
    }

    /// @return what the mixer knows of its voice now
    public Voice voice() {
        return new Voice(energy, gainDecibels, lastSpurt);
    }

    /// Ends it. Twice does no harm.
    public void detach() {
        detached = true;
        wake.run();
    }

    @Override
    public boolean muted() {
        return muted;
    }

    @Override
    public boolean deaf() {
        return deaf;
    }

    @Override
    public boolean detached() {
        return detached;
    }

    @Override
    public int volumeIn() {
        return volumeIn;
    }

    @Override
    public int volumeOut() {
        return volumeOut;
    }

    @Override
    public int gate() {
        return gate;
    }

    @Override
    public boolean detecting() {
        return detecting;
    }

    @Override
    public Set<String> unheard() {
        return unheard;
    }

    @Override
    public Optional<Position> position() {
        return position;
    }

    @Override
    public VoiceRules voiceRules() {
        return voiceRules;
    }

    @Override
    public void onEnergy(int now, int gain) {
        energy = now;
        gainDecibels = gain;
    }

    @Override
    public void onSpurt(Voice.Spurt spurt) {
        lastSpurt = spurt;
    }
}
