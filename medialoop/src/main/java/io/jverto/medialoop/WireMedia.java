package io.jverto.medialoop;

import io.jverto.base.Broken;
import io.jverto.media.audio.Inserts;
import io.jverto.media.audio.PortListener;
import io.jverto.media.audio.PortSetup;
import io.jverto.media.plan.Displacing;
import io.jverto.media.plan.JitterBounds;
import io.jverto.media.plan.LocalMedia;
import io.jverto.media.plan.MediaPlan;
import io.jverto.media.plan.Recording;
import io.jverto.media.plan.RemoteCandidate;
import io.jverto.media.plan.Sound;
import io.jverto.medialoop.file.RecordingEvents;
import io.jverto.medialoop.tick.AudioTicks;
import io.jverto.medialoop.tick.PlayResult;
import io.jverto.medialoop.tick.PlaybackRef;
import io.jverto.medialoop.tick.PortRef;
import io.jverto.medialoop.tick.RecordingRef;
import io.jverto.medialoop.tick.TickMixerRef;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.MediaListener;
import io.jverto.switchboard.port.MediaListener.PlaybackEnd;
import io.jverto.switchboard.port.MediaListener.RecordingEnd;
import io.jverto.switchboard.port.MediaService;
import io.jverto.switchboard.port.SoundSink;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One end of a [Wire], as the media of a channel. Thread-safe: its state is guarded by the [Routing] of all channels. Leaves out: video, listening in
/// from here, what a mixer knows of the voice.
final class WireMedia implements LineMedia {
    private static final Logger log = LoggerFactory.getLogger(WireMedia.class);

    private final AudioTicks ticks;
    private final Routing routing;
    private final Wire wire;
    private final ChannelId channel;
    private final MediaListener listener;

    private AudioRoute wish = new AudioRoute.Silent();
    private Optional<AudioRoute> meanwhile = Optional.empty();
    private Optional<MediaService.MediaRef> partner = Optional.empty();
    private Optional<Wire.Patch> patch = Optional.empty();
    private final CallLine line = new CallLine();
    /// Where it meets whom it is joined with, while there is something on its line; otherwise he is in the wire's mixer himself.
    private Optional<TickMixerRef> between = Optional.empty();
    private final Map<AudioRoute, PlaybackRef> playbacks = new HashMap<>();
    private final Map<AudioRoute, RecordingRef> recordings = new HashMap<>();
    private boolean paused;
    private boolean closed;

    WireMedia(AudioTicks ticks, Routing routing, Wire wire, ChannelId channel, MediaListener listener) {
        this.ticks = ticks;
        this.routing = routing;
        this.wire = wire;
        this.channel = channel;
        this.listener = listener;
    }

    /// Joins this end with the media of another channel until either is routed elsewhere.
    void join(MediaService.MediaRef other) {
        synchronized (routing) {
            if (!closed && other != this) {
                part();
                wish = new AudioRoute.Silent();
                closeUnwanted();
                partner = Optional.of(other);
                if (other instanceof WireMedia end) {
                    end.part();
                    end.partner = Optional.of(this);
                }
                establish();
            }
        }
    }

    /// Whoever is joined hears nothing from now on.
    private void part() {
        detach();
        Optional<MediaService.MediaRef> before = partner;
        partner = Optional.empty();
        before.ifPresent(other -> {
            if (other instanceof CallMedia call) {
                leaveMixer(call);
            } else if (other instanceof WireMedia end && end.partner.filter(one -> one == this).isPresent()) {
                end.detach();
                end.partner = Optional.empty();
            }
        });
    }

    private void leaveMixer(CallMedia call) {
        routing.leaveMixer(call, mix(between.orElseGet(wire::mixer)));
        between.ifPresent(TickMixerRef::close);
        between = Optional.empty();
    }

    private AudioRoute.Mix mix(TickMixerRef mixer) {
        return new AudioRoute.Mix(new MixerHandle(mixer, ticks), false, false);
    }

    private void detach() {
        patch.ifPresent(Wire.Patch::detach);
        patch = Optional.empty();
        partner.filter(WireMedia.class::isInstance).map(WireMedia.class::cast).ifPresent(end -> {
            end.patch.ifPresent(Wire.Patch::detach);
            end.patch = Optional.empty();
        });
    }

    private void establish() {
        if (paused) {
            return;
        }
        if (meanwhile.isPresent()) {
            establish(meanwhile.get());
        } else if (partner.isPresent()) {
            establish(partner.get());
        } else {
            establish(wish);
        }
    }

    private void establish(MediaService.MediaRef other) {
        switch (other) {
            case CallMedia call when line.inserts().isEmpty() -> routing.route(call, mix(wire.mixer()));
            case CallMedia call -> {
                TickMixerRef mixer = Wire.openMixer(ticks, "end of a wire " + channel);
                between = Optional.of(mixer);
                routing.route(call, mix(mixer));
                patch = Optional.of(patch(_ -> { }, setup -> mixer.attach(setup, false, false)));
            }
            case WireMedia end when end.paused || end.meanwhile.isPresent() -> { }
            case WireMedia end -> patch = Optional.of(wire.patch(channel.value(), new Events(false, _ -> { }), line.inserts(), end.line.inserts(),
                    setup -> end.wire.mixer().attach(setup, false, false)));
            default -> throw new Broken("media of another media service");
        }
    }

    private void establish(AudioRoute route) {
        switch (route) {
            case AudioRoute.Silent _ when line.inserts().isEmpty() -> { }
            case AudioRoute.Echo _ when line.inserts().isEmpty() -> patch = Optional.of(wire.echo(channel.value()));
            case AudioRoute.Silent _ -> patch = Optional.of(patch(_ -> { }, setup -> bare(false, setup)));
            case AudioRoute.Echo _ -> patch = Optional.of(patch(_ -> { }, setup -> bare(true, setup)));
            case AudioRoute.Play play -> patch = Optional.of(patch(end -> listener.onPlaybackEnded(play.playback(), end), setup -> play(play, setup)));
            case AudioRoute.Record record ->
                    patch = Optional.of(patch(_ -> recording(record).silenced(), setup -> recording(record).join(setup)));
            case AudioRoute.Mix mix -> patch = Optional.of(wire.patch(
                    channel.value(), new Events(true, _ -> { }), line.inserts(), new Inserts(), setup -> attach(mix, setup)));
            case AudioRoute.Listen listen -> {
                log.warn("channel {}: nobody listens in from a loopback channel", channel);
                listener.onPlaybackEnded(listen.number(), PlaybackEnd.BROKEN);
            }
        }
    }

    private Wire.Patch patch(Consumer<PlaybackEnd> onEnd, Function<PortSetup, Optional<PortRef>> attach) {
        return wire.patch(channel.value(), new Events(false, onEnd), line.inserts(), new Inserts(), attach);
    }

    /// A line that leads nowhere, or back.
    private Optional<PortRef> bare(boolean echo, PortSetup setup) {
        return switch (ticks.line(echo, setup)) {
            case PlayResult.Playing(PlaybackRef _, PortRef port) -> Optional.of(port);
            case PlayResult.Refused(String reason) -> {
                log.warn("channel {}: its line is silent: {}", channel, reason);
                yield Optional.empty();
            }
        };
    }

    private Optional<PortRef> play(AudioRoute.Play route, PortSetup setup) {
        PlaybackRef before = playbacks.get(route);
        if (before != null) {
            return before.join(setup);
        }
        return switch (ticks.play(route.sound(), setup)) {
            case PlayResult.Playing(PlaybackRef playback, PortRef port) -> {
                playbacks.put(route, playback);
                yield Optional.of(port);
            }
            case PlayResult.Refused(String reason) -> {
                log.warn("channel {}: {} is not played: {}", channel, route.sound(), reason);
                listener.onPlaybackEnded(route.playback(), PlaybackEnd.BROKEN);
                yield Optional.empty();
            }
        };
    }

    private RecordingRef recording(AudioRoute.Record route) {
        return recordings.computeIfAbsent(route, _ -> {
            Recording wanted = route.recording();
            RecordingEvents events = (how, millis, samples) -> listener.onRecordingEnded(
                    route.number(), new RecordingEnd(RecordingEnd.How.valueOf(how.name()), millis, samples));
            return ticks.record(channel.value(), wanted, Wire.channels(), wanted.rateHz() == 0 ? Wire.rate() : wanted.rateHz(), events);
        });
    }

    private Optional<PortRef> attach(AudioRoute.Mix mix, PortSetup setup) {
        if (!(mix.mixer() instanceof MixerHandle room)) {
            throw new Broken("a mixer of another media service: " + mix.mixer().name());
        }
        Optional<PortRef> port = room.mixer().attach(setup, mix.muted(), mix.deaf());
        port.ifPresent(member -> member.tune(mix));
        return port;
    }

    @Override
    public void route(AudioRoute route) {
        synchronized (routing) {
            if (closed) {
                return;
            }
            if (remixed(route)) {
                wish = route;
                return;
            }
            part();
            wish = route;
            closeUnwanted();
            establish();
        }
    }

    /// Muted, deaf and volumes change without leaving the room.
    private boolean remixed(AudioRoute route) {
        boolean stays = route instanceof AudioRoute.Mix next && wish instanceof AudioRoute.Mix now && next.mixer().equals(now.mixer())
                && meanwhile.isEmpty() && patch.flatMap(Wire.Patch::far).isPresent();
        if (stays && route instanceof AudioRoute.Mix next) {
            patch.flatMap(Wire.Patch::far).ifPresent(member -> member.tune(next));
        }
        return stays;
    }

    private void closeUnwanted() {
        playbacks.entrySet().removeIf(one -> !isWanted(one.getKey()) && stopped(one.getValue()::stop));
        recordings.entrySet().removeIf(one -> !isWanted(one.getKey()) && stopped(one.getValue()::stop));
    }

    private static boolean stopped(Runnable stop) {
        stop.run();
        return true;
    }

    private boolean isWanted(AudioRoute route) {
        return wish.equals(route) || meanwhile.filter(route::equals).isPresent();
    }

    @Override
    public void pause(boolean wanted) {
        synchronized (routing) {
            if (!closed && paused != wanted) {
                rest();
                paused = wanted;
                establish();
            }
        }
    }

    @Override
    public void interrupt(AudioRoute other) {
        synchronized (routing) {
            if (!closed) {
                rest();
                meanwhile = Optional.of(other);
                closeUnwanted();
                establish();
            }
        }
    }

    @Override
    public void goOn() {
        synchronized (routing) {
            if (!closed && meanwhile.isPresent()) {
                rest();
                meanwhile = Optional.empty();
                closeUnwanted();
                establish();
            }
        }
    }

    /// Whoever is joined hears nothing for now.
    private void rest() {
        detach();
        partner.filter(CallMedia.class::isInstance).map(CallMedia.class::cast).ifPresent(this::leaveMixer);
    }

    @Override
    public void close() {
        synchronized (routing) {
            if (!closed) {
                part();
                wish = new AudioRoute.Silent();
                meanwhile = Optional.empty();
                closeUnwanted();
                line.close();
                closed = true;
                wire.endCloses();
            }
        }
    }

    @Override
    public ChannelId channel() {
        return channel;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    /// A sound, a recording, a room and another wire are led over the line anyway.
    @Override
    public void change(Consumer<CallLine> change) {
        synchronized (routing) {
            if (closed) {
                return;
            }
            boolean plain = line.inserts().isEmpty();
            change.accept(line);
            AudioRoute route = meanwhile.orElse(wish);
            boolean beside = partner.isPresent() && meanwhile.isEmpty()
                    ? partner.get() instanceof CallMedia
                    : route instanceof AudioRoute.Silent || route instanceof AudioRoute.Echo;
            if (plain != line.inserts().isEmpty() && beside) {
                rest();
                establish();
            }
        }
    }

    @Override
    public LocalMedia local() {
        throw Wire.noAddress();
    }

    @Override
    public LocalMedia renew() {
        throw Wire.noAddress();
    }

    @Override
    public void apply(MediaPlan plan) {
        throw Wire.noAddress();
    }

    @Override
    public void candidates(List<RemoteCandidate> candidates) {
        // there is nobody to be found
    }

    @Override
    public void recordSession(Recording recording, Recording.Sides sides, long number) {
        RecordingEvents events = (how, millis, samples) -> listener.onRecordingEnded(number, new RecordingEnd(CallFiles.cause(how), millis, samples));
        int rate = recording.rateHz() == 0 ? Wire.rate() : recording.rateHz();
        change(on -> on.record(number, ticks.record(channel.value(), recording, sides, rate, events)));
    }

    @Override
    public void handOut(SoundSink sink, long number) {
        change(on -> on.record(number, ticks.tap(channel.value(), sink)));
    }

    @Override
    public MediaListener listener() {
        return listener;
    }

    @Override
    public void moveRecording(long number, MediaService.MediaRef to, long as, boolean swapped) {
        synchronized (routing) {
            RecordingMove.move(this, number, to, as, swapped);
        }
    }

    @Override
    public void displace(Sound sound, Displacing how, long number) {
        Runnable ended = () -> listener.onPlaybackEnded(number, PlaybackEnd.PLAYED);
        ticks.displace(channel.value(), sound, how, ended).ifPresentOrElse(made -> change(on -> on.displace(number, made)), () -> {
            log.warn("channel {}: {} cannot come instead of its sound", channel, sound);
            listener.onPlaybackEnded(number, PlaybackEnd.BROKEN);
        });
    }

    @Override
    public int lineRate() {
        return Wire.rate();
    }

    @Override
    public void jitter(JitterBounds bounds) {
        // nothing comes late
    }

    @Override
    public void toneDtmf(boolean wanted) {
        // digits go through the switch
    }

    /// The other end is told by the switch.
    @Override
    public boolean sendDtmf(char digit, int durationMillis) {
        return false;
    }

    @Override
    public MediaService.MediaStats stats() {
        return MediaService.MediaStats.NONE;
    }

    /// What the port behind the wire reports.
    private final class Events implements PortListener {
        private final boolean member;
        private final Consumer<PlaybackEnd> onEnd;

        Events(boolean member, Consumer<PlaybackEnd> onEnd) {
            this.member = member;
            this.onEnd = onEnd;
        }

        @Override
        public void onTalking(boolean talking) {
            if (member) {
                listener.onTalking(talking);
            }
        }

        @Override
        public void onClosed(End end) {
            switch (end) {
                case DETACHED -> { }
                case FINISHED -> onEnd.accept(PlaybackEnd.PLAYED);
                case BROKEN -> onEnd.accept(PlaybackEnd.BROKEN);
                case FAILED -> listener.onFailed(MediaListener.Failure.INTERNAL);
            }
        }
    }
}
