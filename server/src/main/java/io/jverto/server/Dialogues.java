package io.jverto.server;

import io.jverto.base.config.ConfigProblem;
import io.jverto.server.config.LoadedConfig;
import io.jverto.server.speech.SpeechSettings;
import io.jverto.switchboard.menu.Menus;
import io.jverto.switchboard.shared.FifoMembers.Member;
import io.jverto.switchboard.shared.FifoMembersReader;
import io.jverto.switchboard.speech.Phrases;
import io.jverto.switchboard.voicemail.VoicemailProfiles;
import java.util.List;
import java.util.function.Consumer;

/// What the configuration says to callers and asks them.
record Dialogues(Phrases phrases, Menus menus, VoicemailProfiles voicemail, SpeechSettings speech, List<Member> members) {
    static Dialogues read(LoadedConfig tree, Consumer<ConfigProblem> problems) {
        return new Dialogues(
                Phrases.read(tree.section("languages"), problems),
                tree.configuration("ivr.conf").map(node -> Menus.read(node, problems)).orElse(Menus.NONE),
                tree.configuration("voicemail.conf").map(node -> VoicemailProfiles.read(node, problems)).orElse(VoicemailProfiles.NONE),
                SpeechSettings.read(tree.configuration("speech.conf"), problems),
                tree.configuration("fifo.conf").map(node -> FifoMembersReader.read(node, problems)).orElse(List.of()));
    }
}
