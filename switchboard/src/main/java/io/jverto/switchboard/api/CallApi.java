package io.jverto.switchboard.api;

import io.jverto.media.plan.AudioCodec;
import io.jverto.switchboard.application.Applications;
import io.jverto.switchboard.application.Execution;
import io.jverto.switchboard.bridge.Dial;
import io.jverto.switchboard.bridge.Endpoints;
import io.jverto.switchboard.bridge.Transfers;
import io.jverto.switchboard.channel.ChannelServices;
import io.jverto.switchboard.channel.Channels;
import io.jverto.switchboard.command.ChannelTables;
import io.jverto.switchboard.command.Commands;
import io.jverto.switchboard.command.Jobs;
import io.jverto.switchboard.command.ShowCommand;
import io.jverto.switchboard.command.Table;
import io.jverto.switchboard.schedule.Scheduler;
import io.jverto.switchboard.shared.FifoMembers;
import io.jverto.switchboard.shared.Fifos;
import io.jverto.switchboard.shared.Globals;
import io.jverto.switchboard.shared.SharedStores;
import io.jverto.switchboard.shared.ValetLots;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Every command of the switch but those that tell of the whole of it.
public final class CallApi {
    private CallApi() {}

    public static void addTo(
            ChannelServices services, Channels channels, Dial dial, Transfers transfers, Execution execution, Jobs jobs, Common common) {
        Commands commands = services.commands();
        TextCommands.of(services).forEach(commands::add);
        DirectoryCommands.of(services.routing()).forEach(commands::add);
        commands.add(new ListUsers(services.routing(), commands));
        ChannelCommands.of(channels, execution).forEach(commands::add);
        PartyCommands.of(channels, execution).forEach(commands::add);
        RoutingCommands.of(channels, transfers, execution).forEach(commands::add);
        VariableCommands.of(channels).forEach(commands::add);
        SharedCommands.of(common.shared(), channels, transfers).forEach(commands::add);
        ExpansionCommands.of(services, channels, common.globals()).forEach(commands::add);
        ScheduleCommands.of(services, channels, common.scheduler()).forEach(commands::add);
        FifoCommands.of(common.queues()).forEach(commands::add);
        ControlCommands.of(commands, channels, common.lots()).forEach(commands::add);
        commands.add(new ExplainCommand(channels));
        commands.add(new BackgroundCommand(jobs));
        commands.add(new OriginateCommand(dial, transfers, execution));
        commands.add(show(services, channels, common));
        JsonCalls.of(channels, execution).forEach(commands::add);
    }

    private static ShowCommand show(ChannelServices services, Channels channels, Common common) {
        Commands commands = services.commands();
        Supplier<String> hostName = () -> services.routing().get().global("hostname").toString();
        Map<String, Supplier<Table>> tables = new HashMap<>(new ChannelTables(channels, hostName).all());
        tables.put("registrations", () -> ShowCommand.registrations(common.endpoints().registrations(), hostName.get()));
        tables.put("api", () -> ShowCommand.interfaces("api", commands.names()));
        tables.put("application", () -> ShowCommand.interfaces("application", List.copyOf(Applications.names())));
        tables.put("chat", () -> ShowCommand.interfaces("chat", List.of("verto")));
        tables.put("codec", () -> ShowCommand.interfaces("codec", Arrays.stream(AudioCodec.values()).map(AudioCodec::sdpName).toList()));
        tables.put("dialplan", () -> ShowCommand.interfaces("dialplan", List.of("XML", "inline")));
        tables.put("endpoint", () -> ShowCommand.interfaces("endpoint", common.endpoints().names()));
        tables.put("file", () -> ShowCommand.interfaces("file", List.of("file_string", "local_stream", "opus", "silence_stream", "tone_stream",
                "wav")));
        tables.put("modules", () -> ShowCommand.interfaces("modules", List.of("jverto")));
        tables.put("timer", () -> ShowCommand.interfaces("timer", List.of("soft")));
        tables.put("tasks", () -> ScheduleCommands.tasks(common.scheduler()));
        return new ShowCommand(tables);
    }

    /// What commands and applications work on together.
    public record Common(SharedStores shared, Scheduler scheduler, Globals globals, ValetLots lots, Queues queues, Endpoints endpoints) {}

    /// What queues are made of.
    ///
    /// @param look looks whether one is to call somebody
    /// @param nowSeconds since 1970
    public record Queues(Fifos fifos, FifoMembers members, Consumer<String> look, LongSupplier nowSeconds) {}
}
