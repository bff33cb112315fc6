package io.jverto.switchboard.voicemail;

import io.jverto.media.plan.Sound;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.Sounds;
import io.jverto.switchboard.channel.Spoken;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.menu.Digits;
import io.jverto.switchboard.menu.Prompts;
import io.jverto.switchboard.speech.SayType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Something to say in one go, put together from prompts. What is not there is left out.
final class Said {
    private static final int PAUSE_MILLIS = 300;

    private final Channel channel;
    private final List<Sound> parts = new ArrayList<>();

    Said(Channel channel) {
        this.channel = channel;
    }

    /// @param name of a prompt for voicemail
    Said prompt(String name) {
        return sound(Sounds.parse(channel, Text.syntax("voicemail/vm-" + name + ".wav")));
    }

    /// `<what>, press <key>.`
    Said choice(String name, char key) {
        return prompt(name).prompt("press").say(SayType.TELEPHONE_NUMBER, String.valueOf(key)).pause();
    }

    Said say(SayType type, String text) {
        return sound(Spoken.say(channel, type, type == SayType.NUMBER ? SayType.Method.PRONOUNCED : SayType.Method.ITERATED, text));
    }

    Said pause() {
        parts.add(new Sound.Silence(PAUSE_MILLIS));
        return this;
    }

    Said sound(Optional<Sound> sound) {
        sound.ifPresent(parts::add);
        return this;
    }

    private Optional<Sound> all() {
        List<Sound> flat = parts.stream()
                .flatMap(part -> part instanceof Sound.Sequence(List<Sound> several, int _) ? several.stream() : java.util.stream.Stream.of(part))
                .toList();
        return flat.isEmpty() ? Optional.empty() : Optional.of(new Sound.Sequence(flat, 1));
    }

    /// Says it to its end.
    void play() {
        all().ifPresent(sound -> Prompts.play(channel, sound));
    }

    /// Says it and collects what is typed meanwhile and afterwards.
    Digits.Typed ask(Digits.Wanted wanted) {
        return Digits.collect(channel, all(), wanted);
    }

    /// @return the one key that is pressed meanwhile or so long afterwards
    Optional<Character> key(long millis) {
        String digits = ask(Digits.Wanted.key(millis)).digits();
        return digits.isEmpty() ? Optional.empty() : Optional.of(digits.charAt(0));
    }
}
