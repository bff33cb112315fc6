package io.jverto.switchboard.channel;

import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.CallerProfile;

/// What a channel's party does not want the other side to see (`privacy`, dialplan-directory.md section 9.2): of its name and its number.
/// Events and call records have both all the same.
public final class Privacy {
    /// Whom others see instead.
    public static final String NOBODY = "Anonymous";
    public static final String NO_NUMBER = "anonymous";
    public static final String HIDE_NAME = "privacy_hide_name";
    public static final String HIDE_NUMBER = "privacy_hide_number";

    private Privacy() {}

    /// Notes it in the channel's variables.
    public static void set(Channel channel, boolean hideName, boolean hideNumber) {
        channel.variables().set(HIDE_NAME, Text.syntax(String.valueOf(hideName)));
        channel.variables().set(HIDE_NUMBER, Text.syntax(String.valueOf(hideNumber)));
    }

    /// @return a profile whose caller is the channel's party, as others may see it
    public static CallerProfile shown(Channel channel, CallerProfile profile) {
        Party shown = shown(channel.variables(), new Party(profile.callerName(), profile.callerNumber()));
        CallerProfile named = Profiles.withCaller(profile, shown.name(), shown.number());
        return channel.variables().isTrue(HIDE_NUMBER) ? Profiles.with(named, "ani", "").orElse(named) : named;
    }

    static Party shown(ChannelVariables variables, Party party) {
        return new Party(variables.isTrue(HIDE_NAME) ? NOBODY : party.name(), variables.isTrue(HIDE_NUMBER) ? NO_NUMBER : party.number());
    }
}
