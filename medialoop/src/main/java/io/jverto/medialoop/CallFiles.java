package io.jverto.medialoop;

import io.jverto.base.Broken;
import io.jverto.media.audio.ListenEar;
import io.jverto.media.audio.PortSetup;
import io.jverto.media.plan.Recording;
import io.jverto.media.plan.Sound;
import io.jverto.media.transport.Route;
import io.jverto.medialoop.CallMedia.Listening;
import io.jverto.medialoop.CallMedia.Wish;
import io.jverto.medialoop.file.Filmed;
import io.jverto.medialoop.file.RecordingEvents;
import io.jverto.medialoop.tick.AudioTicks;
import io.jverto.medialoop.tick.ListenRef;
import io.jverto.medialoop.tick.PlayResult;
import io.jverto.medialoop.tick.PlaybackRef;
import io.jverto.medialoop.tick.PortRef;
import io.jverto.medialoop.tick.RecordingRef;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.MediaListener;
import io.jverto.switchboard.port.MediaListener.RecordingEnd;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a channel hears, is recorded to or listens in on, one at a time, as its route says; it stays where it was while the channel does
/// something else. Only [Routing] calls it, under its lock.
final class CallFiles {
    private static final Logger log = LoggerFactory.getLogger(CallFiles.class);
    /// Of a recording whose channel has agreed on nothing yet, in Hz.
    private static final int RATE_HZ = 48_000;

    private final AudioTicks ticks;

    CallFiles(AudioTicks ticks) {
        this.ticks = ticks;
    }

    void listen(CallMedia call, AudioRoute.Listen route) {
        if (!(route.target() instanceof LineMedia target)) {
            throw new Broken("media of another media service");
        }
        Optional<PortRef> port = Optional.empty();
        Route.Port rings = TickPorts.rings(new Route.Silent());
        if (!target.isClosed() && target != call) {
            Listening to = call.state.listening.computeIfAbsent(route.number(), _ -> listenTo(target, route));
            port = to.ref().playback().join(TickPorts.setup(call, rings, PortEvents.ofPlayback(call.transport(), rings, route.number()), false));
        }
        call.state.port = port;
        TickPorts.tell(call, port.isPresent() ? rings : new Route.Silent());
        if (port.isEmpty()) {
            log.warn("channel {}: cannot listen to channel {}", call.transport().channel(), target.channel());
            call.transport().loop().tell(new LoopCommand.PlaybackRefused(call.transport(), route.number()));
        }
    }

    private Listening listenTo(LineMedia target, AudioRoute.Listen route) {
        ListenRef ref = ticks.listen(parties(route.hears()), parties(route.heardBy()));
        target.change(line -> line.add(ref.ear()));
        return new Listening(target, ref);
    }

    /// Whom a listener hears, and who hears him, changes without a gap.
    static boolean listensOn(CallMedia call, AudioRoute route) {
        boolean stays = route instanceof AudioRoute.Listen next
                && call.state.wish instanceof Wish.Routed(AudioRoute.Listen now)
                && now.target() == next.target()
                && now.number() == next.number()
                && call.state.listening.containsKey(next.number());
        if (stays && route instanceof AudioRoute.Listen next) {
            call.state.wish = new Wish.Routed(next);
            call.state.listening.get(next.number()).ref().ear().set(parties(next.hears()), parties(next.heardBy()));
        }
        return stays;
    }

    private static ListenEar.Parties parties(AudioRoute.Whom whom) {
        return new ListenEar.Parties(whom.party(), whom.other());
    }

    void play(CallMedia call, AudioRoute.Play route) {
        Sound sound = route.sound();
        long playback = route.playback();
        Route.Port rings = TickPorts.rings(new Route.Silent());
        PortSetup setup = TickPorts.setup(call, rings, PortEvents.ofPlayback(call.transport(), rings, playback), false);
        PlayResult result = Optional.ofNullable(call.state.playbacks.get(route))
                .map(before -> playOn(before, setup))
                .orElseGet(() -> ticks.play(sound, setup));
        switch (result) {
            case PlayResult.Playing playing -> {
                call.state.playbacks.put(route, playing.playback());
                call.state.port = Optional.of(playing.port());
                TickPorts.tell(call, rings);
            }
            case PlayResult.Refused refused -> {
                log.warn("channel {}: {} is not played: {}", call.transport().channel(), sound, refused.reason());
                TickPorts.tell(call, new Route.Silent());
                call.transport().loop().tell(new LoopCommand.PlaybackRefused(call.transport(), playback));
            }
        }
    }

    /// From where it was when the channel was held or renegotiated.
    private static PlayResult playOn(PlaybackRef before, PortSetup setup) {
        return before.join(setup)
                .<PlayResult>map(port -> new PlayResult.Playing(before, port))
                .orElseGet(() -> new PlayResult.Refused("too many playbacks start at once"));
    }

    /// What is said while the channel is held is left out of the file.
    void record(CallMedia call, AudioRoute.Record route) {
        Recording recording = route.recording();
        RecordingRef to = call.state.recordings.computeIfAbsent(route, _ -> begin(call, recording, route.number()));
        Route.Port rings = TickPorts.rings(new Route.Silent());
        call.state.port = to.join(TickPorts.setup(call, rings, PortEvents.ofRecording(call.transport(), rings, to), false));
        if (call.state.port.isEmpty()) {
            log.warn("channel {}: {} is not recorded: too much begins at once", call.transport().channel(), recording.path());
            to.stop();
        }
        TickPorts.tell(call, call.state.port.isPresent() ? rings : new Route.Silent());
    }

    private RecordingRef begin(CallMedia call, Recording recording, long number) {
        RecordingRef to = ticks.record(
                call.transport().channel().value(), recording, call.audio().receiveChannels(), rate(call, recording), events(call, number));
        film(call, recording, to);
        return to;
    }

    static void film(CallMedia call, Recording recording, Filmed to) {
        if (recording.isFilm()) {
            Filming.begin(call, to.film());
        }
    }

    static int rate(CallMedia call, Recording recording) {
        int own = call.state.plan.map(plan -> plan.audio().codec().sampleRate()).orElse(RATE_HZ);
        return recording.rateHz() == 0 ? own : recording.rateHz();
    }

    static RecordingEvents events(CallMedia call, long number) {
        MediaListener listener = call.transport().listener();
        return (how, millis, samples) -> listener.onRecordingEnded(number, new RecordingEnd(cause(how), millis, samples));
    }

    static RecordingEnd.How cause(RecordingEvents.End how) {
        return switch (how) {
            case STOPPED -> RecordingEnd.How.STOPPED;
            case SILENCE -> RecordingEnd.How.SILENCE;
            case FAILED -> RecordingEnd.How.FAILED;
        };
    }

    /// Ends sounds, recordings and listening that are no longer wanted.
    void close(CallMedia call) {
        call.state.playbacks.entrySet().removeIf(one -> {
            boolean over = !isWanted(call, one.getKey());
            if (over) {
                one.getValue().stop();
            }
            return over;
        });
        call.state.recordings.entrySet().removeIf(one -> {
            boolean over = !isWanted(call, one.getKey());
            if (over) {
                one.getValue().stop();
            }
            return over;
        });
        for (long number : List.copyOf(call.state.listening.keySet())) {
            if (!isListening(call.state.wish instanceof Wish.Routed(AudioRoute wish) ? Optional.of(wish) : Optional.empty(), number)
                    && !isListening(call.state.meanwhile, number)) {
                Listening over = call.state.listening.remove(number);
                over.target().change(line -> line.remove(over.ref().ear()));
            }
        }
    }

    private static boolean isWanted(CallMedia call, AudioRoute route) {
        boolean wished = call.state.wish instanceof Wish.Routed(AudioRoute wish) && wish.equals(route);
        return wished || call.state.meanwhile.filter(route::equals).isPresent();
    }

    private static boolean isListening(Optional<AudioRoute> route, long number) {
        return route.isPresent() && route.get() instanceof AudioRoute.Listen listen && listen.number() == number;
    }
}
