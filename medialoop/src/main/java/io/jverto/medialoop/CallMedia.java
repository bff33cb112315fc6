package io.jverto.medialoop;

import io.jverto.base.Broken;
import io.jverto.media.audio.JitterLimits;
import io.jverto.media.audio.PlayoutFigures;
import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.Displacing;
import io.jverto.media.plan.GalleryLine;
import io.jverto.media.plan.JitterBounds;
import io.jverto.media.plan.LocalMedia;
import io.jverto.media.plan.MediaPlan;
import io.jverto.media.plan.Recording;
import io.jverto.media.plan.RemoteCandidate;
import io.jverto.media.plan.Sound;
import io.jverto.media.plan.VideoPlan;
import io.jverto.media.plan.Voice;
import io.jverto.media.transport.TransportStats;
import io.jverto.medialoop.file.Film;
import io.jverto.medialoop.file.Projecting;
import io.jverto.medialoop.file.Projector;
import io.jverto.medialoop.file.Screen;
import io.jverto.medialoop.tick.ListenRef;
import io.jverto.medialoop.tick.PlaybackRef;
import io.jverto.medialoop.tick.PortRef;
import io.jverto.medialoop.tick.RecordingRef;
import io.jverto.medialoop.tick.TickMixerRef;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.MediaListener;
import io.jverto.switchboard.port.MediaService;
import io.jverto.switchboard.port.SoundSink;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// The media of one channel as the switch holds it. Thread-safe: its state is guarded by the [Routing] that it belongs to.
final class CallMedia implements LineMedia {
    private final Routing routing;
    private final LoopTransport transport;
    private final JitterLimits jitter;
    private final PlayoutFigures figures = new PlayoutFigures();

    /// Guarded by `routing`.
    final State state = new State();

    /// What the switch wants of a channel, and what was set up for it.
    static final class State {
        boolean closed;
        boolean paused;
        Optional<MediaPlan> plan = Optional.empty();
        Wish wish = new Wish.Routed(new AudioRoute.Silent());
        /// What it hears instead of that for a while.
        Optional<AudioRoute> meanwhile = Optional.empty();
        Optional<PortRef> port = Optional.empty();
        /// What plays or is recorded, even while it is held back, by the route that asked for it.
        final Map<AudioRoute, PlaybackRef> playbacks = new HashMap<>();
        final Map<AudioRoute, RecordingRef> recordings = new HashMap<>();
        /// On whom it listens in, even while that is held back, by the number that the switch gave it.
        final Map<Long, Listening> listening = new HashMap<>();
        final CallLine line = new CallLine();
        /// Whom it sees while it is in a room.
        Optional<CallMedia> shown = Optional.empty();
        /// The film that it sees instead, while one plays there.
        Optional<Projector> film = Optional.empty();
        /// Who sees it in a room.
        final Set<CallMedia> seenBy = new HashSet<>();
        /// What it sees of a file that plays to it.
        Optional<Screening> screening = Optional.empty();
        /// What it watches, by line; see [io.jverto.media.transport.VideoLink#line].
        final Map<Integer, VideoRouting.Watching> watching = new HashMap<>();
        /// Whom its gallery shows while it is in a room, by line.
        Map<Integer, VideoRouting.Shown> gallery = Map.of();
        /// Recordings that its video goes into, and by which plan it does.
        final Map<Film, Optional<VideoPlan>> films = new HashMap<>();
        Optional<TickMixerRef> bridgeMixer = Optional.empty();
    }

    /// @param by the plan that it began with
    record Screening(Projector projector, VideoPlan by, Screen screen) {}

    /// @param target who is listened to
    record Listening(LineMedia target, ListenRef ref) {}

    /// What a channel is to hear.
    sealed interface Wish {
        record Routed(AudioRoute route) implements Wish {}

        record Bridged(CallMedia peer) implements Wish {}
    }

    CallMedia(Routing routing, LoopTransport transport, JitterBounds jitter) {
        this.routing = routing;
        this.transport = transport;
        this.jitter = new JitterLimits(jitter);
    }

    JitterLimits jitter() {
        return jitter;
    }

    PlayoutFigures figures() {
        return figures;
    }

    LoopTransport transport() {
        return transport;
    }

    @Override
    public ChannelId channel() {
        return transport.channel();
    }

    @Override
    public boolean isClosed() {
        return state.closed;
    }

    @Override
    public void change(Consumer<CallLine> change) {
        routing.change(this, change);
    }

    /// What both agreed on; only where it is there.
    AudioPlan audio() {
        return state.plan.orElseThrow(() -> new Broken("no plan for " + transport.channel())).audio();
    }

    @Override
    public LocalMedia local() {
        return transport.local();
    }

    @Override
    public LocalMedia renew() {
        return routing.renew(this);
    }

    @Override
    public void pause(boolean paused) {
        routing.pause(this, paused);
    }

    @Override
    public void apply(MediaPlan plan) {
        routing.apply(this, plan);
    }

    @Override
    public void candidates(List<RemoteCandidate> candidates) {
        if (!candidates.isEmpty()) {
            transport.loop().tell(new LoopCommand.Candidates(transport, List.copyOf(candidates)));
        }
    }

    @Override
    public void route(AudioRoute route) {
        routing.route(this, route);
    }

    @Override
    public Optional<VideoPlan> video() {
        synchronized (routing) {
            return VideoRouting.video(this);
        }
    }

    @Override
    public void show(Optional<MediaService.MediaRef> source) {
        synchronized (routing) {
            VideoRouting.show(this, source.filter(CallMedia.class::isInstance).map(CallMedia.class::cast));
        }
    }

    @Override
    public void screen(Optional<MediaService.RoomSound> film) {
        synchronized (routing) {
            VideoRouting.film(this, film.filter(Projecting.class::isInstance).map(sound -> ((Projecting) sound).projector()));
        }
    }

    /// Lets its video go into a recording, or no more.
    void film(Film film, boolean wanted) {
        synchronized (routing) {
            if (wanted) {
                Filming.begin(this, film);
            } else {
                Filming.end(this, film);
            }
        }
    }

    @Override
    public List<GalleryLine> gallery() {
        synchronized (routing) {
            return state.plan.map(MediaPlan::gallery).orElse(List.of());
        }
    }

    @Override
    public void showGallery(Map<Integer, MediaService.Tile> members) {
        Map<Integer, VideoRouting.Shown> shown = new HashMap<>();
        members.forEach((line, tile) -> {
            if (tile.member() instanceof CallMedia call) {
                shown.put(line, new VideoRouting.Shown(call, tile.height()));
            }
        });
        synchronized (routing) {
            VideoRouting.showGallery(this, shown);
        }
    }

    @Override
    public void refreshVideo() {
        transport.loop().tell(new LoopCommand.KeyFrame(transport));
        synchronized (routing) {
            state.watching.values().stream().map(VideoRouting.Watching::source).distinct()
                    .forEach(source -> source.transport().loop().tell(new LoopCommand.KeyFrame(source.transport())));
        }
    }

    @Override
    public void interrupt(AudioRoute meanwhile) {
        routing.interrupt(this, meanwhile);
    }

    @Override
    public void goOn() {
        routing.goOn(this);
    }

    @Override
    public void recordSession(Recording recording, Recording.Sides sides, long number) {
        routing.recordSession(this, recording, sides, number);
    }

    @Override
    public void handOut(SoundSink sink, long number) {
        routing.handOut(this, sink, number);
    }

    @Override
    public MediaListener listener() {
        return transport.listener();
    }

    @Override
    public void moveRecording(long number, MediaService.MediaRef to, long as, boolean swapped) {
        synchronized (routing) {
            RecordingMove.move(this, number, to, as, swapped);
        }
    }

    @Override
    public void displace(Sound sound, Displacing how, long number) {
        routing.displace(this, sound, how, number);
    }

    @Override
    public int lineRate() {
        return state.plan.map(plan -> plan.audio().codec().sampleRate()).orElse(AudioCodec.OPUS.sampleRate());
    }

    @Override
    public void jitter(JitterBounds bounds) {
        jitter.set(bounds);
    }

    @Override
    public void toneDtmf(boolean wanted) {
        change(line -> line.makeDigits(wanted));
    }

    @Override
    public boolean sendDtmf(char digit, int durationMillis) {
        return routing.sendDigit(this, digit, durationMillis);
    }

    @Override
    public Voice voice() {
        return routing.voice(this);
    }

    @Override
    public MediaService.MediaStats stats() {
        return figures(transport.transport().stats(),
                new MediaService.Playout(figures.framesPlayed(), figures.framesRecovered(), figures.framesConcealed()));
    }

    @Override
    public Optional<MediaService.MediaStats> videoStats() {
        synchronized (routing) {
            return VideoRouting.video(this).map(_ -> figures(transport.transport().videoStats(), new MediaService.Playout(0, 0, 0)));
        }
    }

    private static MediaService.MediaStats figures(TransportStats stats, MediaService.Playout playout) {
        return new MediaService.MediaStats(
                stats.packetsRx(),
                stats.packetsTx(),
                stats.packetsLost(),
                stats.bytesRx(),
                stats.bytesTx(),
                stats.jitterMillis(),
                spread(stats.jitter()),
                new MediaService.Reported(stats.remoteLost(), spread(stats.roundTrip())),
                playout);
    }

    private static Optional<MediaService.Spread> spread(TransportStats.Spread measured) {
        return measured.mean() < 0 ? Optional.empty() : Optional.of(new MediaService.Spread(measured.mean(), measured.highest()));
    }

    @Override
    public void close() {
        routing.close(this);
    }
}
