package io.jverto.switchboard.voicemail;

import io.jverto.switchboard.port.ApiCommand;
import io.jverto.switchboard.port.UserId;
import io.jverto.switchboard.port.VoicemailStore.VoiceMessage;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// `vm_boxcount` and `vm_delete`.
public final class VoicemailCommands {
    private final Mailboxes mailboxes;

    private VoicemailCommands(Mailboxes mailboxes) {
        this.mailboxes = mailboxes;
    }

    public static List<ApiCommand> of(Mailboxes mailboxes) {
        VoicemailCommands commands = new VoicemailCommands(mailboxes);
        return List.of(ApiCommand.of("vm_boxcount", commands::count), ApiCommand.of("vm_delete", commands::delete));
    }

    /// `<user>@<domain>[|new|saved|new-urgent|saved-urgent|all]`: a number; all four between colons for `all`.
    private String count(String arguments) {
        String[] words = arguments.split("\\|", 2);
        Optional<List<VoiceMessage>> messages = box(words[0]).flatMap(mailboxes::messages);
        if (messages.isEmpty()) {
            return "-ERR <user>@<domain>[|new|saved|new-urgent|saved-urgent|all]\n";
        }
        List<VoiceMessage> all = messages.get();
        Predicate<VoiceMessage> saved = VoiceMessage::saved;
        Predicate<VoiceMessage> urgent = VoiceMessage::urgent;
        long fresh = count(all, saved.negate().and(urgent.negate()));
        long freshUrgent = count(all, saved.negate().and(urgent));
        long kept = count(all, saved.and(urgent.negate()));
        long keptUrgent = count(all, saved.and(urgent));
        return switch (words.length > 1 ? words[1].trim() : "new") {
            case "saved" -> String.valueOf(kept);
            case "new-urgent" -> String.valueOf(freshUrgent);
            case "saved-urgent" -> String.valueOf(keptUrgent);
            case "all" -> fresh + ":" + kept + ":" + freshUrgent + ":" + keptUrgent;
            default -> String.valueOf(fresh);
        };
    }

    private static long count(List<VoiceMessage> all, Predicate<VoiceMessage> which) {
        return all.stream().filter(which).count();
    }

    /// `<user>@<domain> [<id>]`: one message, or all of them.
    private String delete(String arguments) {
        String[] words = arguments.trim().split(" +");
        Optional<UserId> box = box(words[0]);
        Optional<List<VoiceMessage>> messages = box.flatMap(mailboxes::messages);
        if (messages.isEmpty()) {
            return "-ERR <user>@<domain> [<id>]\n";
        }
        long deleted = messages.get().stream()
                .filter(message -> words.length < 2 || message.id().equals(words[1]))
                .filter(message -> mailboxes.delete(box.get(), message))
                .count();
        return deleted == 0 && words.length > 1 ? "-ERR no such message\n" : "+OK " + deleted + " deleted\n";
    }

    private static Optional<UserId> box(String text) {
        int at = text.lastIndexOf('@');
        return at <= 0 ? Optional.empty() : Optional.of(new UserId(text.substring(0, at).trim(), text.substring(at + 1).trim()));
    }
}
