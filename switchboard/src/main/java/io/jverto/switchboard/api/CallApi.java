package io.jverto.switchboard.api;

import io.jverto.switchboard.application.Execution;
import io.jverto.switchboard.bridge.Transfers;
import io.jverto.switchboard.channel.Channels;
import io.jverto.switchboard.command.Commands;

/// Every command that acts on channels.
public final class CallApi {
    private CallApi() {}

    public static void addTo(Commands commands, Channels channels, Transfers transfers, Execution execution) {
        ChannelCommands.of(channels, execution).forEach(commands::add);
        RoutingCommands.of(channels, transfers, execution).forEach(commands::add);
        VariableCommands.of(channels).forEach(commands::add);
        JsonCalls.of(channels, execution).forEach(commands::add);
    }
}
