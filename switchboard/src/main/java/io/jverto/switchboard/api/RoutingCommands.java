package io.jverto.switchboard.api;

import io.jverto.switchboard.application.Execution;
import io.jverto.switchboard.application.Execution.Wait;
import io.jverto.switchboard.bridge.Transfers;
import io.jverto.switchboard.bridge.Transfers.Destination;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.Channels;
import io.jverto.switchboard.port.ApiCommand;
import io.jverto.switchboard.port.CallControl.TransferResult;
import io.jverto.switchboard.port.ChannelId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Commands that send channels elsewhere (dialplan-directory.md section 14.3). The words of a command are data for the dialplan.
final class RoutingCommands {
    private static final String TRANSFER = "<uuid> [-bleg|-both] <extension> [<dialplan>] [<context>]";

    private final Channels channels;
    private final Transfers transfers;
    private final Execution execution;

    private RoutingCommands(Channels channels, Transfers transfers, Execution execution) {
        this.channels = channels;
        this.transfers = transfers;
        this.execution = execution;
    }

    static List<ApiCommand> of(Channels channels, Transfers transfers, Execution execution) {
        RoutingCommands commands = new RoutingCommands(channels, transfers, execution);
        return List.of(
                ApiCommand.of("uuid_transfer", commands::transfer),
                ApiCommand.of("uuid_dual_transfer", commands::dualTransfer),
                ApiCommand.of("uuid_bridge", commands::bridge),
                ApiCommand.of("uuid_park", commands::park));
    }

    private Optional<ChannelHandle> find(String id) {
        return channels.handle(new ChannelId(id));
    }

    private static List<String> words(String arguments) {
        return Arrays.stream(arguments.trim().split(" +")).filter(word -> !word.isEmpty()).toList();
    }

    private String transfer(String arguments) {
        List<String> words = words(arguments);
        boolean partner = words.size() > 1 && words.get(1).equals("-bleg");
        boolean both = words.size() > 1 && words.get(1).equals("-both");
        List<String> target = words.subList(Math.min(words.size(), partner || both ? 2 : 1), words.size());
        if (target.isEmpty() || target.size() > 3) {
            return Replies.usage(TRANSFER);
        }
        Optional<ChannelHandle> call = find(words.getFirst());
        Optional<ChannelHandle> sent = partner ? call.flatMap(ChannelHandle::partner) : call;
        if (sent.isEmpty()) {
            return Replies.NO_CHANNEL;
        }
        if (!Execution.isReady(sent.get())) {
            return Replies.FAILED;
        }
        Destination to = destination(target);
        return Replies.of(both ? transfers.sendBoth(sent.get(), to, to) : transfers.send(sent.get(), to));
    }

    private static Destination destination(List<String> words) {
        return new Destination(words.getFirst(), words.size() > 1 ? words.get(1) : "", words.size() > 2 ? words.get(2) : "");
    }

    private String dualTransfer(String arguments) {
        List<String> words = words(arguments);
        if (words.size() != 3) {
            return Replies.usage("<uuid> <A extension>[/<dialplan>][/<context>] <B extension>[/<dialplan>][/<context>]");
        }
        Optional<ChannelHandle> call = find(words.getFirst());
        return call.map(channel -> Replies.of(transfers.sendBoth(
                channel, destination(List.of(words.get(1).split("/", 3))), destination(List.of(words.get(2).split("/", 3))))))
                .orElse(Replies.NO_CHANNEL);
    }

    /// At least one of the two must have been answered.
    private String bridge(String arguments) {
        List<String> words = words(arguments);
        if (words.size() != 2) {
            return Replies.usage("<uuid> <other uuid>");
        }
        Optional<ChannelHandle> one = find(words.get(0));
        Optional<ChannelHandle> two = find(words.get(1));
        boolean ready = one.isPresent() && two.isPresent() && one.get() != two.get()
                && Execution.isReady(one.get()) && Execution.isReady(two.get()) && (one.get().answered() || two.get().answered());
        return ready && transfers.bridge(one.get(), two.get()) == TransferResult.DONE
                ? "+OK " + two.get().id() + "\n"
                : "-ERR Invalid uuid\n";
    }

    private String park(String arguments) {
        if (arguments.isEmpty()) {
            return Replies.usage("<uuid>");
        }
        return find(arguments)
                .map(channel -> Replies.okIf(execution.run(channel, "park", "", Wait.NOT), Replies.FAILED))
                .orElse(Replies.NO_CHANNEL);
    }
}
