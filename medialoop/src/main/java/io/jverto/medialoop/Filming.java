package io.jverto.medialoop;

import io.jverto.base.bytes.PacketRing;
import io.jverto.media.plan.VideoCodec;
import io.jverto.media.plan.VideoPlan;
import io.jverto.media.transport.VideoLink;
import io.jverto.medialoop.file.Film;
import io.jverto.medialoop.file.Reel;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whose video goes into which recordings: what the channel's peer sends, while its sound goes there too. Guarded by the [Routing] that
/// the channel belongs to.
final class Filming {
    private static final Logger log = LoggerFactory.getLogger(Filming.class);

    private Filming() {}

    static void begin(CallMedia call, Film film) {
        if (!call.state.closed) {
            call.state.films.put(film, Optional.empty());
            VideoRouting.video(call).filter(video -> !film.takes(video.codec())).ifPresent(other ->
                    log.warn("channel {}: its video is {}, which no .webm file has: the file has its sound alone; name it .mkv", call.transport().channel(), other.codec()));
            changed(call);
        }
    }

    static void end(CallMedia call, Film film) {
        if (call.state.films.remove(film) != null) {
            film.show(null);
        }
    }

    /// What the channel has agreed on has perhaps changed, or it is held.
    static void changed(CallMedia call) {
        for (Film film : List.copyOf(call.state.films.keySet())) {
            if (film.isClosed()) {
                call.state.films.remove(film);
                continue;
            }
            Optional<VideoPlan> now = filmable(call, film);
            Optional<VideoPlan> before = call.state.films.put(film, now);
            if (!Objects.equals(before.map(VideoPlan::format), now.map(VideoPlan::format))) {
                film.show(now.map(plan -> reel(call, plan.codec(), film)).orElse(null));
            }
        }
    }

    private static Optional<VideoPlan> filmable(CallMedia call, Film film) {
        return VideoRouting.video(call)
                .filter(video -> film.takes(video.codec()) && video.receiving() && !call.state.paused && !call.state.closed);
    }

    private static Reel reel(CallMedia call, VideoCodec codec, Film film) {
        VideoLink link = VideoLink.outside(call.transport().transport(), film::came);
        call.transport().loop().tell(new LoopCommand.Show(call.transport(), link));
        return new LinkReel(call, codec, link);
    }

    static void close(CallMedia call) {
        call.state.films.keySet().forEach(film -> film.show(null));
        call.state.films.clear();
    }

    private record LinkReel(CallMedia call, VideoCodec codec, VideoLink link) implements Reel {
        @Override
        public PacketRing ring() {
            return Objects.requireNonNull(link.ring());
        }

        @Override
        public void wantKeyFrame() {
            link.wantKeyFrame();
        }

        /// Its sound waits in a jitter buffer, and pictures are longer under way.
        @Override
        public int earlyMillis() {
            return call.figures().waitedMillis() - link.laterMillis();
        }

        @Override
        public void close() {
            link.close();
        }
    }
}
