package io.jverto.switchboard.voicemail;

import io.jverto.media.plan.Recording;
import io.jverto.media.plan.Sound;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.menu.Recorder;
import java.nio.file.Path;
import java.util.Optional;

/// A `<profile>` of `voicemail.conf` (dialplan-directory.md section 9.3, `voicemail`).
///
/// @param tone what is heard before a recording, in the switch's tone language
/// @param operator where the operator key leads: `<extension> [<dialplan> [<context>]]`; empty for nowhere
/// @param voicemailMain where the key for owners leads
/// @param emptyPassword whether a mailbox without any password opens by itself
record VoicemailProfile(String name, Limits limits, Keys keys, String tone, Text operator, Text voicemailMain, boolean emptyPassword) {
    private static final int RATE = 16_000;

    /// @param digitMillis that a caller has for each digit
    /// @param retries rounds without an answer
    /// @param silenceLevel mean magnitude below which it is silent; 0: silence ends nothing
    /// @param messages of one mailbox
    /// @param mailboxSeconds of all messages of one mailbox
    record Limits(int minSeconds, int maxSeconds, int logins, int retries, int digitMillis, int silenceLevel, int silenceSeconds, int messages,
            int mailboxSeconds, int minPassword) {}

    record Keys(char terminator, char playNew, char playSaved, char main, char config, char recordGreeting, char removeGreeting, char changePassword,
            char listen, char save, char record, char delete, char urgent, char previous, char next, char repeat, char skipInfo, char operator,
            char voicemailMain) {}

    /// Records a message or a greeting.
    ///
    /// @return its length in seconds; empty when nothing, or not all of it, could be written
    Optional<Integer> record(Channel channel, Path file) {
        Recording.Silence silence = new Recording.Silence(limits.silenceLevel(), limits.silenceSeconds() * 1_000);
        Recording recording = new Recording(file, false, RATE, silence, limits.maxSeconds() * 1_000, 0);
        return Recorder.record(channel, new Sound.Tone(tone), recording).map(millis -> (int) (millis / 1_000));
    }
}
