package io.jverto.switchboard.api;

import io.jverto.switchboard.application.Execution;
import io.jverto.switchboard.bridge.Dial;
import io.jverto.switchboard.bridge.Transfers;
import io.jverto.switchboard.channel.ChannelServices;
import io.jverto.switchboard.channel.Channels;
import io.jverto.switchboard.command.Commands;
import io.jverto.switchboard.command.Jobs;

/// Every command of the switch but those that tell of the whole of it.
public final class CallApi {
    private CallApi() {}

    public static void addTo(ChannelServices services, Channels channels, Dial dial, Transfers transfers, Execution execution, Jobs jobs) {
        Commands commands = services.commands();
        TextCommands.of(services).forEach(commands::add);
        DirectoryCommands.of(services.routing()).forEach(commands::add);
        commands.add(new ListUsers(services.routing(), commands));
        ChannelCommands.of(channels, execution).forEach(commands::add);
        RoutingCommands.of(channels, transfers, execution).forEach(commands::add);
        VariableCommands.of(channels).forEach(commands::add);
        commands.add(new BackgroundCommand(jobs));
        commands.add(new OriginateCommand(dial, transfers, execution));
        JsonCalls.of(channels, execution).forEach(commands::add);
    }
}
