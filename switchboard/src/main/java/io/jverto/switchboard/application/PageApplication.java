package io.jverto.switchboard.application;

import io.jverto.base.id.Tokens;
import io.jverto.media.plan.Recording;
import io.jverto.media.plan.Sound;
import io.jverto.switchboard.application.Application.Group;
import io.jverto.switchboard.bridge.Dial;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.channel.Privacy;
import io.jverto.switchboard.channel.SoundPaths;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.menu.Prompts;
import io.jverto.switchboard.menu.Recorder;
import io.jverto.switchboard.port.CallerProfile;
import io.jverto.switchboard.port.Cause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `page` (dialplan-directory.md section 9.1): what the caller says is recorded, and then heard by all whom a list names, each in a call of its
/// own.
final class PageApplication {
    private static final Logger log = LoggerFactory.getLogger(PageApplication.class);
    private static final int DEFAULT_SECONDS = 30;
    private static final int MAX_SECONDS = 300;
    private static final int DEFAULT_RING_SECONDS = 30;
    private static final int MAX_RING_SECONDS = 300;
    private static final int RATE = 16_000;
    private static final int SILENCE_LEVEL = 200;
    private static final int SILENCE_MILLIS = 5_000;
    private static final Sound.Tone TONE = new Sound.Tone("%(500,0,640)");

    static final List<Application> ALL = List.of(
            Application.with("page", Group.CALL, "[<variables>]<dial string>[:_:<dial string>...]",
                    "records what you say after the tone, until a key, 5 seconds of silence, `page_record_limit` seconds (30) or you hang up; then calls each of "
                            + "the list for `page_timeout` seconds (30), and whoever answers hears it once. The dialplan goes on at once. A server calls at most "
                            + Services.MAX_PAGED + " for pages at the same time",
                    PageApplication::run));

    private PageApplication() {}

    private static Next run(Channel channel, Text data, Services services) {
        List<Text> wanted = Dial.enterprise(data);
        String name = "page/" + Tokens.uuid(channel.services().random()) + ".wav";
        Optional<SoundPaths.Place> place = wanted.isEmpty() ? Optional.empty() : SoundPaths.toRecord(channel, Text.syntax(name));
        if (wanted.isEmpty()) {
            return Unusable.data(channel, "page", data);
        }
        if (place.isEmpty()) {
            return Next.GO_ON; // the log says why
        }
        if (!services.paged().tryAcquire(wanted.size())) {
            log.warn("channel {}: page calls nobody: with {} it would be more than {} at the same time", channel.logId(), wanted.size(), Services.MAX_PAGED);
            return Next.GO_ON;
        }
        boolean begun = false;
        try {
            Path file = place.get().path();
            begun = channel.answer() && record(channel, file);
            if (begun) {
                new Page(file, new AtomicInteger(wanted.size()), services).begin(channel, wanted);
            } else {
                delete(file);
            }
        } finally {
            services.paged().release(begun ? 0 : wanted.size());
        }
        return Next.GO_ON;
    }

    /// @return whether there is anything to be heard
    private static boolean record(Channel channel, Path file) {
        int seconds = Math.clamp(channel.variables().number("page_record_limit").orElse(DEFAULT_SECONDS), 1, MAX_SECONDS);
        Recording.Silence silence = new Recording.Silence(SILENCE_LEVEL, SILENCE_MILLIS);
        long millis = Recorder.record(channel, TONE, new Recording(file, false, RATE, silence, seconds * 1_000, 0)).orElse(0L);
        if (millis == 0) {
            log.warn("channel {}: page: nothing was recorded", channel.logId());
        }
        return millis > 0;
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            log.warn("{} is not deleted: {}", file, stays.getMessage());
        }
    }

    /// One announcement on its way.
    private record Page(Path file, AtomicInteger left, Services services) {
        void begin(Channel channel, List<Text> wanted) {
            CallerProfile from = Privacy.shown(channel, channel.profile());
            Duration ring = Duration.ofSeconds(
                    Math.clamp(channel.variables().number("page_timeout").orElse(DEFAULT_RING_SECONDS), 1, MAX_RING_SECONDS));
            log.info("channel {}: pages {}", channel.logId(), wanted.size());
            for (Text one : wanted) {
                channel.services().time().start("page of channel " + channel.logId(), () -> call(one, from, ring));
            }
        }

        /// On a thread of its own.
        private void call(Text wanted, CallerProfile from, Duration ring) {
            boolean heard = false;
            try {
                Dial.Result result = services.dial().run(wanted, from, ring, this::hears);
                heard = result instanceof Dial.Result.Answered;
                if (result instanceof Dial.Result.Failed(Cause cause)) {
                    log.info("page: {} does not hear it: {}", LogText.of(wanted), cause);
                }
            } finally {
                services.paged().release();
                if (!heard) {
                    done();
                }
            }
        }

        /// On the thread of who answered.
        private void hears(Channel channel) {
            try {
                Prompts.play(channel, new Sound.File(file, 0));
                channel.hangup(Cause.NORMAL_CLEARING, "the page is over");
            } finally {
                done();
            }
        }

        private void done() {
            if (left.decrementAndGet() == 0) {
                delete(file);
            }
        }
    }
}
