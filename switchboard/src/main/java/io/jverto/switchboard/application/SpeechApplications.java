package io.jverto.switchboard.application;

import io.jverto.media.plan.Sound;
import io.jverto.switchboard.application.Application.Group;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.channel.Spoken;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.speech.Phrases.Part;
import io.jverto.switchboard.speech.SayType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Applications that say something (dialplan-directory.md section 9.3). Like `playback` they tell how it went by
/// `current_application_response`.
final class SpeechApplications {
    private static final Logger log = LoggerFactory.getLogger(SpeechApplications.class);
    private static final String ENGLISH = "en";
    private static final String PHRASE = "phrase";

    static final List<Application> ALL = List.of(
            Application.of("say", Group.MENUS, "en <type> <method> <text>", "says a number, date, name or the like; docs/ivr.md lists the types",
                    SpeechApplications::say),
            Application.with(PHRASE, Group.MENUS, "<name>[,<data>]", "says a phrase of the languages section", SpeechApplications::phrase));

    private SpeechApplications() {}

    /// `<module>[:language] <type> <method> [gender] <text>`; English has no use for the gender.
    private static Next say(Channel channel, Text data) {
        Text rest = data.trim();
        String[] head = new String[3];
        for (int i = 0; i < head.length; i++) {
            int space = rest.indexOf(' ', 0);
            head[i] = space < 0 ? rest.toString() : rest.slice(0, space).toString();
            rest = space < 0 ? Text.EMPTY : rest.slice(space + 1).trim();
        }
        Optional<SayType> type = SayType.of(head[1]);
        Optional<SayType.Method> method = SayType.Method.of(head[2]);
        boolean english = head[0].split(":", 2)[0].equalsIgnoreCase(ENGLISH);
        if (!english || type.isEmpty() || method.isEmpty()) {
            log.error("channel {}: say needs en, a type and a method, not {}", channel.logId(), LogText.of(data));
            Playback.run(channel, data, Optional.empty());
            return Next.GO_ON;
        }
        String text = rest.toString();
        for (String gender : List.of("masculine ", "feminine ", "neuter ")) {
            text = text.startsWith(gender) ? text.substring(gender.length()) : text;
        }
        Playback.run(channel, data, Spoken.say(channel, type.get(), method.get(), text));
        return Next.GO_ON;
    }

    /// Applications of the phrase run where they stand. One that leads elsewhere ends it.
    private static Next phrase(Channel channel, Text data, Services services) {
        int comma = data.indexOf(',', 0);
        Text name = comma < 0 ? data : data.slice(0, comma);
        Optional<List<Part>> parts = Spoken.phrase(channel, name, comma < 0 ? Text.EMPTY : data.slice(comma + 1));
        List<Part> sounds = new ArrayList<>();
        for (Part part : parts.orElse(List.of())) {
            if (part instanceof Part.Execute(String application, Text argument)) {
                say(channel, name, sounds);
                Next next = execute(channel, application, argument, services);
                if (!(next instanceof Next.GoOn) || !channel.up()) {
                    return next;
                }
            } else {
                sounds.add(part);
            }
        }
        if (parts.isEmpty()) {
            Playback.run(channel, name, Optional.empty());
        }
        say(channel, name, sounds);
        return Next.GO_ON;
    }

    private static void say(Channel channel, Text name, List<Part> parts) {
        if (!parts.isEmpty()) {
            Optional<Sound> sound = Spoken.sound(channel, parts);
            parts.clear();
            Playback.run(channel, name, sound);
        }
    }

    private static Next execute(Channel channel, String name, Text data, Services services) {
        // a phrase that says itself would have no end
        Optional<Application> application = Applications.find(name).filter(found -> !found.name().equals(PHRASE));
        if (application.isEmpty()) {
            log.error("channel {}: a phrase cannot execute {}; it goes on without that", channel.logId(), LogText.of(name));
            return Next.GO_ON;
        }
        return application.get().run().run(channel, data, services);
    }
}
