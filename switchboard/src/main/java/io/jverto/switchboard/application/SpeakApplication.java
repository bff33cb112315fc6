package io.jverto.switchboard.application;

import io.jverto.media.plan.Sound;
import io.jverto.switchboard.application.Application.Group;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.AudioRoute;
import io.jverto.switchboard.port.Synthesis;
import io.jverto.switchboard.port.Synthesis.Result;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `speak <engine>|<voice>|<text>` (dialplan-directory.md section 9.3). What cannot be spoken does not stop the dialplan.
final class SpeakApplication {
    private static final Logger log = LoggerFactory.getLogger(SpeakApplication.class);

    static final List<Application> ALL = List.of(
            Application.of("speak", Group.MENUS, "[<engine>|<voice>|]<text>",
                    "speaks a text by a program that `speech.conf` names, up to " + Synthesis.MAX_TEXT + " characters; engine and voice may be empty or stand in `tts_engine` and "
                            + "`tts_voice`. Ends as `playback` does; `current_application_response` is PLAYBACK ERROR when it cannot be spoken",
                    SpeakApplication::run));

    private SpeakApplication() {}

    private static Next run(Channel channel, Text data) {
        List<Text> parts = data.split('|');
        boolean full = parts.size() >= 3;
        String engine = full ? parts.get(0).toString().trim() : channel.variables().text("tts_engine").orElse("");
        String voice = full ? parts.get(1).toString().trim() : channel.variables().text("tts_voice").orElse("");
        String text = full ? data.slice(parts.get(0).length() + parts.get(1).length() + 2).toString().trim() : data.toString().trim();
        if (!channel.preAnswer()) {
            return Next.GO_ON;
        }
        switch (parts.size() == 2 || text.isEmpty()
                ? new Result.Refused("it takes <engine>|<voice>|<text>, or the text alone")
                : speak(channel, new Synthesis.Wanted(engine, voice, text)).orElse(new Result.Refused("the call is over"))) {
            case Result.Made(var file) -> Playback.run(channel, data, Optional.of(new Sound.File(file, 0)));
            case Result.Refused(String why) -> {
                channel.variables().set(Playback.RESPONSE, Text.syntax("PLAYBACK ERROR"));
                log.warn("channel {}: speak {}: {}", channel.logId(), LogText.of(data), why);
            }
        }
        return Next.GO_ON;
    }

    private static Optional<Result> speak(Channel channel, Synthesis.Wanted wanted) {
        Synthesis synthesis = channel.services().programs().synthesis();
        channel.route(new AudioRoute.Silent());
        return Elsewhere.await(channel, "speech", _ -> synthesis.speak(wanted), new Result.Refused("a bug"));
    }
}
