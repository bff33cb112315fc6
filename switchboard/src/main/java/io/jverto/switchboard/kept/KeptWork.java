package io.jverto.switchboard.kept;

import io.jverto.switchboard.dialplan.Step;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.ConferenceService.Standing;
import java.util.List;
import java.util.Optional;

/// What a channel was in, and goes on with.
public sealed interface KeptWork {
    /// It goes through the dialplan.
    ///
    /// @param rest what is left, the application that runs first; its data has captures, and variables are not yet put in
    /// @param standing as which member it is in a room, if it is in one
    record Goes(List<Step> rest, Optional<Standing> standing) implements KeptWork {
        public Goes {
            rest = List.copyOf(rest);
        }
    }

    /// It talks with another channel, and leads.
    ///
    /// @param rest what is left, the application that made the talk first; may be empty
    record Leads(ChannelId other, List<Step> rest) implements KeptWork {
        public Leads {
            rest = List.copyOf(rest);
        }
    }

    /// It talks with another channel, which leads.
    record Follows(ChannelId leader) implements KeptWork {}
}
