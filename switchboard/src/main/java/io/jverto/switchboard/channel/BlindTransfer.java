package io.jverto.switchboard.channel;

import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.dialplan.TextArray;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.story.StoryEntry;
import java.util.ArrayList;
import java.util.List;

/// What a channel notes of itself when it is sent to another number (dialplan-directory.md section 9.1, `transfer`).
public final class BlindTransfer {
    private static final String LEFT = "max_session_transfers";
    private static final String HISTORY = "transfer_history";
    private static final int MAX_HISTORY = 100;

    private BlindTransfer() {}

    /// Counts the transfer, and notes where it went.
    ///
    /// @return false when it was one too many: the channel is hung up then
    public static boolean note(Channel channel, String destination, String dialplan, String context) {
        ChannelVariables variables = channel.variables();
        int left = variables.number(LEFT).orElse(Integer.MAX_VALUE);
        if (left <= 0) {
            channel.hangup(Cause.EXCHANGE_ROUTING_ERROR, "transferred more often than " + LEFT + " allows");
            return false;
        }
        if (left < Integer.MAX_VALUE) {
            variables.set(LEFT, Text.syntax(String.valueOf(left - 1)));
        }
        Text source = Text.data(channel.services().time().wallTime().getEpochSecond() + ":" + channel.id().value() + ":bl_xfer:" + destination
                + "/" + context + "/" + dialplan);
        List<Text> history = new ArrayList<>(TextArray.elements(variables.get(HISTORY)));
        if (history.size() < MAX_HISTORY) {
            history.add(source);
            variables.set(HISTORY, TextArray.of(history));
        }
        variables.set("transfer_source", source);
        channel.handle().story().add(new StoryEntry.Transferred(destination, context));
        variables.set("hangup_after_bridge", Text.syntax("false"));
        channel.handle().times().transferred(channel.services().time().wallTime());
        return true;
    }
}
