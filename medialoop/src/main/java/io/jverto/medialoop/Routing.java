package io.jverto.medialoop;

import io.jverto.base.Broken;
import io.jverto.media.audio.PortSetup;
import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.Displacing;
import io.jverto.media.plan.LocalMedia;
import io.jverto.media.plan.MediaPlan;
import io.jverto.media.plan.Recording;
import io.jverto.media.plan.Sound;
import io.jverto.media.plan.Voice;
import io.jverto.media.transport.Route;
import io.jverto.medialoop.CallMedia.Wish;
import io.jverto.medialoop.picture.Tap;
import io.jverto.medialoop.tick.AudioTicks;
import io.jverto.medialoop.tick.PlayResult;
import io.jverto.medialoop.tick.PortRef;
import io.jverto.medialoop.tick.SessionRecordingRef;
import io.jverto.medialoop.tick.TickMixerRef;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.MediaListener;
import io.jverto.switchboard.port.SoundSink;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides how the sound of each channel flows and tells loops and mixers. A few calls in the life of a channel: one lock
/// is enough, and nothing under it waits. Media threads never take it.
final class Routing {
    private static final Logger log = LoggerFactory.getLogger(Routing.class);

    private static final int BRIDGE_RATE = 48_000;
    /// Two people on a line hear each other's every noise, as when they are relayed.
    private static final int OPEN_GATE = 0;

    private final AudioTicks ticks;
    private final CallFiles files;
    private final SecureRandom random;

    Routing(AudioTicks ticks, SecureRandom random) {
        this.ticks = ticks;
        this.files = new CallFiles(ticks);
        this.random = random;
    }

    /// Other credentials and another stream; SSRC and port stay (verto-wire-errata.md section 2).
    synchronized LocalMedia renew(CallMedia call) {
        LocalMedia now = call.transport().local();
        return call.state.closed ? now : call.transport().renew(LocalNames.renewed(now, random));
    }

    synchronized void pause(CallMedia call, boolean paused) {
        if (!call.state.closed && call.state.paused != paused) {
            detach(call);
            call.state.paused = paused;
            establish(call);
            VideoRouting.changed(call);
        }
    }

    /// Something else for a while. Its wish stays, and whoever shares it is silent.
    synchronized void interrupt(CallMedia call, AudioRoute meanwhile) {
        if (!call.state.closed) {
            detach(call);
            call.state.meanwhile = Optional.of(meanwhile);
            files.close(call);
            establish(call);
            VideoRouting.changed(call);
        }
    }

    synchronized void goOn(CallMedia call) {
        if (!call.state.closed && isInterrupted(call)) {
            detach(call);
            call.state.meanwhile = Optional.empty();
            files.close(call);
            establish(call);
            VideoRouting.changed(call);
        }
    }

    private static boolean isInterrupted(CallMedia call) {
        return call.state.meanwhile.isPresent();
    }

    synchronized void apply(CallMedia call, MediaPlan plan) {
        if (call.state.closed) {
            return;
        }
        Optional<MediaPlan> before = call.state.plan;
        call.state.plan = Optional.of(plan);
        call.state.line.codec(plan.audio().codec().sampleRate());
        call.transport().loop().tell(new LoopCommand.Apply(call.transport(), plan));
        boolean bridged = call.state.wish instanceof Wish.Bridged;
        boolean same = before.isPresent()
                && (bridged
                        ? before.get().audio().equals(plan.audio())
                        : sameFormat(before.get().audio(), plan.audio()));
        if (!same) {
            detach(call);
            establish(call);
        }
        VideoRouting.changed(call);
    }

    /// A sound that plays does not begin anew because a peer went on hold.
    private static boolean sameFormat(AudioPlan one, AudioPlan other) {
        return one.codec() == other.codec()
                && one.payloadType() == other.payloadType()
                && one.sendChannels() == other.sendChannels()
                && one.receiveChannels() == other.receiveChannels()
                && one.ptimeMillis() == other.ptimeMillis()
                && one.opus().equals(other.opus())
                && one.comfortNoisePayloadType() == other.comfortNoisePayloadType();
    }

    synchronized void route(CallMedia call, AudioRoute route) {
        if (call.state.closed) {
            return;
        }
        if (remix(call, route) || CallFiles.listensOn(call, route)) {
            return;
        }
        leave(call);
        call.state.wish = new Wish.Routed(route);
        if (!isInterrupted(call)) {
            establish(call);
        }
        VideoRouting.changed(call);
    }

    /// Silence for a channel that is still where it was put.
    synchronized void leaveMixer(CallMedia call, AudioRoute.Mix given) {
        if (call.state.wish instanceof Wish.Routed(AudioRoute wish) && wish.equals(given)) {
            route(call, new AudioRoute.Silent());
        }
    }

    /// Muted, deaf, volumes and the place change without leaving the mixer.
    private static boolean remix(CallMedia call, AudioRoute route) {
        boolean stays = route instanceof AudioRoute.Mix mix
                && !isInterrupted(call)
                && call.state.wish instanceof Wish.Routed(AudioRoute.Mix now)
                && now.mixer().equals(mix.mixer())
                && call.state.port.isPresent();
        if (stays && route instanceof AudioRoute.Mix mix) {
            call.state.wish = new Wish.Routed(route);
            call.state.port.get().tune(mix);
        }
        return stays;
    }

    synchronized Voice voice(CallMedia call) {
        return call.state.port.map(PortRef::voice).orElse(Voice.NONE);
    }

    synchronized void bridge(CallMedia one, CallMedia other) {
        if (one.state.closed || other.state.closed || one == other) {
            return;
        }
        leave(one);
        leave(other);
        one.state.wish = new Wish.Bridged(other);
        other.state.wish = new Wish.Bridged(one);
        if (!isInterrupted(one)) {
            establish(one);
        } else if (!isInterrupted(other)) {
            establish(other);
        }
        VideoRouting.changed(one);
    }

    /// Lets a call be seen in a room's studio, and see it.
    synchronized Optional<Tap> tap(CallMedia call) {
        return StudioTap.of(call);
    }

    synchronized void recordSession(CallMedia call, Recording recording, Recording.Sides sides, long number) {
        change(call, line -> {
            SessionRecordingRef to = ticks.record(call.transport().channel().value(), recording, sides, CallFiles.rate(call, recording), CallFiles.events(call, number));
            line.record(number, to);
            CallFiles.film(call, recording, to);
        });
    }

    synchronized void handOut(CallMedia call, SoundSink sink, long number) {
        change(call, line -> line.record(number, ticks.tap(call.transport().channel().value(), sink)));
    }

    synchronized void displace(CallMedia call, Sound sound, Displacing how, long number) {
        MediaListener listener = call.transport().listener();
        Runnable ended = () -> listener.onPlaybackEnded(number, MediaListener.PlaybackEnd.PLAYED);
        ticks.displace(call.transport().channel().value(), sound, how, ended).ifPresentOrElse(
                made -> change(call, line -> line.displace(number, made)),
                () -> {
                    log.warn("channel {}: {} cannot come instead of its sound", call.transport().channel(), sound);
                    call.transport().loop().tell(new LoopCommand.PlaybackRefused(call.transport(), number));
                });
    }

    /// Changes what is on a channel's line. Sound that passed as packets so far has to be decoded as long as there is something.
    synchronized void change(CallMedia call, Consumer<CallLine> change) {
        if (call.state.closed) {
            return;
        }
        boolean plain = call.state.line.inserts().isEmpty();
        change.accept(call.state.line);
        if (plain != call.state.line.inserts().isEmpty() && call.state.plan.isPresent()) {
            refresh(call);
        }
    }

    private void refresh(CallMedia call) {
        boolean talks = !isInterrupted(call) && !call.state.paused;
        if (talks && call.state.wish instanceof Wish.Bridged(CallMedia peer) && isThere(peer)) {
            boolean relayed = call.state.port.isEmpty();
            if (relayed != canBeRelayed(call, peer)) {
                establishBridge(call, peer, relayed);
            }
        } else if (!(heard(call) instanceof AudioRoute.Play || heard(call) instanceof AudioRoute.Record
                || heard(call) instanceof AudioRoute.Mix || heard(call) instanceof AudioRoute.Listen)) {
            detachOne(call);
            establish(call);
        }
    }

    /// @return what it hears where it is not joined with another
    private static AudioRoute heard(CallMedia call) {
        AudioRoute wish = call.state.wish instanceof Wish.Routed(AudioRoute route) ? route : new AudioRoute.Silent();
        return call.state.meanwhile.orElse(wish);
    }

    /// Whether it can be talked with at the moment.
    private static boolean isThere(CallMedia call) {
        return call.state.plan.isPresent() && !call.state.paused && !isInterrupted(call);
    }

    synchronized boolean sendDigit(CallMedia call, char digit, int durationMillis) {
        boolean negotiated = !call.state.closed
                && call.state.plan.isPresent()
                && call.state.plan.get().audio().telephoneEventPayloadType() >= 0;
        if (negotiated) {
            call.transport().loop().tell(new LoopCommand.Digit(call.transport(), digit, durationMillis));
        }
        return negotiated || !call.state.closed && call.state.line.playDigit(digit, durationMillis);
    }

    synchronized void close(CallMedia call) {
        if (call.state.closed) {
            return;
        }
        call.state.meanwhile = Optional.empty();
        leave(call);
        call.state.line.close();
        call.state.closed = true;
        VideoRouting.close(call);
        call.transport().loop().tell(new LoopCommand.Close(call.transport()));
    }

    /// Ends what the channel takes part in; a bridged peer is silent from then on.
    private void leave(CallMedia call) {
        if (!isInterrupted(call)) {
            detach(call);
        }
        if (call.state.wish instanceof Wish.Bridged(CallMedia peer)) {
            peer.state.wish = new Wish.Routed(new AudioRoute.Silent());
            rest(peer);
            VideoRouting.changed(peer);
        }
        call.state.wish = new Wish.Routed(new AudioRoute.Silent());
        files.close(call);
    }

    /// Takes away ports and private mixers, of both sides of a bridge. A peer that is interrupted has none that belong to the bridge.
    private void detach(CallMedia call) {
        detachOne(call);
        if (call.state.wish instanceof Wish.Bridged(CallMedia peer) && !isInterrupted(peer)) {
            detachOne(peer);
        }
    }

    /// It hears nothing, and nobody hears it but who is on its line.
    private void rest(CallMedia call) {
        if (!isInterrupted(call)) {
            detachOne(call);
            if (call.state.plan.isEmpty() || call.state.paused) {
                TickPorts.tell(call, new Route.Silent());
            } else {
                establish(call, new AudioRoute.Silent());
            }
        }
    }

    private void detachOne(CallMedia call) {
        call.state.port.ifPresent(PortRef::detach);
        call.state.port = Optional.empty();
        call.state.bridgeMixer.ifPresent(TickMixerRef::close);
        call.state.bridgeMixer = Optional.empty();
    }

    private void establish(CallMedia call) {
        if (call.state.plan.isEmpty()) {
            return;
        }
        if (call.state.paused) {
            TickPorts.tell(call, new Route.Silent());
            silencePeer(call);
        } else if (isInterrupted(call)) {
            call.state.meanwhile.ifPresent(route -> establish(call, route));
            silencePeer(call);
        } else {
            switch (call.state.wish) {
                case Wish.Routed(AudioRoute route) -> establish(call, route);
                case Wish.Bridged(CallMedia peer) -> {
                    if (isThere(peer)) {
                        establishBridge(call, peer, false);
                    } else {
                        rest(call);
                    }
                }
            }
        }
    }

    private void silencePeer(CallMedia call) {
        if (call.state.wish instanceof Wish.Bridged(CallMedia peer)) {
            rest(peer);
        }
    }

    private void establish(CallMedia call, AudioRoute route) {
        switch (route) {
            case AudioRoute.Silent _ -> plain(call, false);
            case AudioRoute.Echo _ -> plain(call, true);
            case AudioRoute.Play play -> files.play(call, play);
            case AudioRoute.Record record -> files.record(call, record);
            case AudioRoute.Listen listen -> files.listen(call, listen);
            case AudioRoute.Mix mix -> attach(call, mix, true, TickPorts.rings(new Route.Silent()), List.of());
        }
    }

    /// Packets pass as they are, or not at all, unless somebody wants their sound.
    private void plain(CallMedia call, boolean echo) {
        if (call.state.line.inserts().isEmpty()) {
            TickPorts.tell(call, echo ? new Route.Echo() : new Route.Silent());
            return;
        }
        Route.Port rings = TickPorts.rings(new Route.Silent());
        PortSetup setup = TickPorts.setup(call, rings, PortEvents.ofMember(call.transport(), rings, false), false);
        switch (ticks.line(echo, setup)) {
            case PlayResult.Playing playing -> {
                call.state.port = Optional.of(playing.port());
                TickPorts.tell(call, rings);
            }
            case PlayResult.Refused(String reason) -> {
                log.warn("channel {}: its line is silent: {}", call.transport().channel(), reason);
                TickPorts.tell(call, new Route.Silent());
            }
        }
    }

    /// @param room whose member the channel is; its listener wants to know when it talks
    /// @param digitsTo who gets its digits beside the switch
    private void attach(CallMedia call, AudioRoute.Mix mix, boolean room, Route.Port rings, List<LoopTransport> digitsTo) {
        if (!(mix.mixer() instanceof MixerHandle(TickMixerRef mixer, AudioTicks _))) {
            throw new Broken("a mixer of another media service: " + mix.mixer().name());
        }
        PortEvents events = PortEvents.ofMember(call.transport(), rings, room);
        boolean patient = !(rings.before() instanceof Route.Silent);
        call.state.port = mixer.attach(TickPorts.setup(call, rings, events, patient), mix.muted(), mix.deaf());
        call.state.port.ifPresent(port -> port.tune(mix));
        if (call.state.port.isEmpty()) {
            log.warn("channel {}: mixer {} takes nobody", call.transport().channel(), mixer.name());
        }
        TickPorts.tell(call, call.state.port.isPresent() ? rings : new Route.Silent(), digitsTo);
    }

    private static boolean canBeRelayed(CallMedia one, CallMedia other) {
        boolean nothing = one.audio().isNone() || other.audio().isNone();
        // Whoever does not take comfort noise is to hear it all the same.
        boolean same = one.audio().codec() == other.audio().codec() && one.audio().hasComfortNoise() == other.audio().hasComfortNoise();
        return (nothing || same)
                && one.state.line.inserts().isEmpty()
                && other.state.line.inserts().isEmpty();
    }

    /// @param relayed they talk already, and are to hear each other without a gap
    private void establishBridge(CallMedia one, CallMedia other, boolean relayed) {
        detachOne(one);
        detachOne(other);
        if (canBeRelayed(one, other)) {
            Joint joint = Joint.relayed(one, other);
            TickPorts.tell(one, joint.ofOne(), joint.digitsOfOne());
            TickPorts.tell(other, joint.ofOther(), joint.digitsOfOther());
            return;
        }
        Joint joint = Joint.mixed(one, other);
        int channels = Math.max(one.audio().receiveChannels(), other.audio().receiveChannels());
        TickMixerRef mixer = ticks.openMixer("bridge " + one.transport().channel(), BRIDGE_RATE, channels, OPEN_GATE);
        one.state.bridgeMixer = Optional.of(mixer);
        AudioRoute.Mix mix = new AudioRoute.Mix(new MixerHandle(mixer, ticks), false, false);
        attach(one, mix, false, TickPorts.rings(relayed ? joint.ofOne() : new Route.Silent()), joint.digitsOfOne());
        attach(other, mix, false, TickPorts.rings(relayed ? joint.ofOther() : new Route.Silent()), joint.digitsOfOther());
    }
}
