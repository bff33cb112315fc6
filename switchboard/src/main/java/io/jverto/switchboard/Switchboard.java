package io.jverto.switchboard;

import io.jverto.switchboard.api.CallApi;
import io.jverto.switchboard.application.Applications;
import io.jverto.switchboard.application.DialplanScript;
import io.jverto.switchboard.application.Execution;
import io.jverto.switchboard.application.FifoOutbound;
import io.jverto.switchboard.application.Hooks;
import io.jverto.switchboard.application.Resumption;
import io.jverto.switchboard.application.Services;
import io.jverto.switchboard.application.Steering;
import io.jverto.switchboard.bridge.Bridge;
import io.jverto.switchboard.bridge.Dial;
import io.jverto.switchboard.bridge.Endpoints;
import io.jverto.switchboard.bridge.Interception;
import io.jverto.switchboard.bridge.Transfers;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.ChannelServices;
import io.jverto.switchboard.channel.Channels;
import io.jverto.switchboard.command.Jobs;
import io.jverto.switchboard.command.JsonStatus;
import io.jverto.switchboard.command.LiveChannels;
import io.jverto.switchboard.command.SwitchCommands;
import io.jverto.switchboard.kept.KeptChannel;
import io.jverto.switchboard.menu.Menus;
import io.jverto.switchboard.port.CallControl;
import io.jverto.switchboard.port.CallPrograms;
import io.jverto.switchboard.port.CallRef;
import io.jverto.switchboard.port.CallSignal;
import io.jverto.switchboard.port.CallVariables;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.ConferenceService;
import io.jverto.switchboard.port.IncomingCall;
import io.jverto.switchboard.port.MediaRules;
import io.jverto.switchboard.port.SharedData;
import io.jverto.switchboard.port.TransferWatch;
import io.jverto.switchboard.schedule.Scheduler;
import io.jverto.switchboard.shared.FifoMembers;
import io.jverto.switchboard.shared.Fifos;
import io.jverto.switchboard.shared.Globals;
import io.jverto.switchboard.shared.Mutexes;
import io.jverto.switchboard.shared.SharedStores;
import io.jverto.switchboard.shared.ValetLots;
import io.jverto.switchboard.voicemail.Voicemail;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The switch, put together: channels, their dialplan and applications, and its own commands, which it adds to the given
/// [io.jverto.switchboard.command.Commands]. Thread-safe.
public final class Switchboard implements CallControl, CallVariables {
    private final Channels channels;
    private final DialplanScript script;
    private final Transfers transfers;
    private final Interception interception;
    private final Execution execution;
    private final Resumption resumption;
    private final FifoMembers fifoMembers;
    private final Jobs jobs;
    private final Steering steering = new Steering();

    /// @param maxChannels channels that may be alive at one time; more calls are refused with SWITCH_CONGESTION
    /// @param data what calls share over a restart
    /// @param maxChannels channels that may be alive at one time; more calls are refused with SWITCH_CONGESTION
    /// @param menus as the configuration is now
    public Switchboard(ChannelServices given, Endpoints endpoints, ConferenceService conferences, SharedData data, int maxChannels,
            Supplier<Menus> menus, Voicemail voicemail) {
        Globals globals = new Globals(given.routing());
        ChannelServices services = given.with(globals);
        this.channels = new Channels(services, maxChannels);
        SwitchCommands.of(channels, services.time()).forEach(services.commands()::add);
        services.commands().add(new JsonStatus(channels, services.time()));
        this.transfers = new Transfers(this::route, this::onwards);
        SharedStores shared = new SharedStores(data, services.time(), services.counters());
        Scheduler scheduler = new Scheduler(services.time(), services.counters());
        Mutexes mutexes = new Mutexes();
        ValetLots lots = new ValetLots();
        Fifos fifos = new Fifos();
        FifoMembers members = new FifoMembers();
        List.<Consumer<ChannelId>>of(shared::release, mutexes::release, lots::leave, fifos::gone, steering::forget).forEach(channels::whenEnded);
        channels.whenEnded(ended -> scheduler.cancel(ended.value()));
        Bridge bridge = new Bridge(channels, services, endpoints, this::route);
        Dial dial = new Dial(channels, endpoints, services, this::route);
        this.interception = new Interception(endpoints.pickups());
        Services all = new Services(channels, bridge, dial, transfers, interception, conferences,
                shared, scheduler, globals, services.presence().core(), mutexes, lots, fifos, members, Services.freshPaged(), menus, voicemail, steering);
        Applications applications = new Applications(all);
        this.fifoMembers = members;
        this.script = new DialplanScript(applications);
        steering.dialplan(script);
        this.execution = new Execution(applications, script);
        this.resumption = new Resumption(all, script);
        this.jobs = new Jobs(services.commands(), services.time(), services.random(), services.presence().core());
        CallApi.addTo(services, channels, dial, transfers, execution, jobs,
                new CallApi.Common(shared, scheduler, globals, lots, new CallApi.Queues(fifos, members, new FifoOutbound(all, services.time())::look,
                        () -> services.time().wallTime().getEpochSecond()), endpoints));
        channels.hooks(new Hooks(applications, script, services));
    }

    /// @return whom queues call
    public FifoMembers fifoMembers() {
        return fifoMembers;
    }

    /// @return the answered calls that could go on after a new start; a talk of which only one side is among them cannot. Waits, but not long
    public List<KeptChannel> keepable() {
        return resumption.keepable();
    }

    /// Ends calls here that go on when the server has been started again: nobody is told, and they leave no record.
    ///
    /// @return those of them that had not ended before
    public Set<ChannelId> suspend(Collection<ChannelId> calls) {
        return channels.suspend(calls);
    }

    /// Makes a call that goes on where it was before the server was started again; its client is away. Start it when all are there.
    ///
    /// @param codecs of the client's profile
    /// @return empty when there is no room, or a call of that id
    public Optional<CallRef> restore(KeptChannel kept, CallSignal signal, String codecs, MediaRules rules) {
        Optional<ChannelHandle> made = channels.restore(kept, signal, codecs, rules, channel -> resumption.run(channel, kept));
        made.ifPresent(_ -> resumption.prepare(kept));
        return made.map(handle -> handle);
    }

    private void route(Channel channel) {
        script.run(channel);
    }

    private void onwards(Channel channel) {
        script.runTransferred(channel);
    }

    @Override
    public Admission admit(IncomingCall call) {
        return channels.admit(call, script);
    }

    @Override
    public Admission admit(IncomingCall call, ChannelId replaced) {
        return channels.admit(call, channel -> {
            if (channels.handle(replaced).filter(other -> interception.replace(channel, other, script)).isEmpty()) {
                channel.hangup(Cause.NORMAL_TEMPORARY_FAILURE, "the call that it was to replace is gone");
            }
        });
    }

    @Override
    public Optional<CallRef> find(ChannelId id) {
        return channels.handle(id).map(handle -> handle);
    }

    @Override
    public TransferResult transfer(ChannelId call, String destination) {
        return channels.handle(call).map(handle -> transfers.blind(handle, destination)).orElse(TransferResult.FAILED);
    }

    @Override
    public TransferResult transfer(ChannelId call, String destination, Map<String, String> variables, TransferWatch watch) {
        return channels.handle(call).map(handle -> transfers.watched(handle, destination, variables, watch)).orElse(TransferResult.FAILED);
    }

    @Override
    public TransferResult replace(ChannelId call, ChannelId other) {
        Optional<ChannelHandle> one = channels.handle(call);
        Optional<ChannelHandle> two = channels.handle(other);
        return one.isPresent() && two.isPresent() && !call.equals(other)
                ? transfers.attended(one.get(), two.get())
                : TransferResult.FAILED;
    }

    @Override
    public boolean sendOn(ChannelId call, String destination, String dialplan, String context) {
        return channels.handle(call).filter(handle -> transfers.send(handle, new Transfers.Destination(destination, dialplan, context)) == TransferResult.DONE)
                .isPresent();
    }

    @Override
    public TransferResult replace(ChannelId call, ChannelId other, TransferWatch watch) {
        Optional<ChannelHandle> one = channels.handle(call);
        Optional<ChannelHandle> two = channels.handle(other);
        boolean rings = one.isPresent() && two.isPresent() && !call.equals(other)
                && transfers.attendedRinging(one.get(), two.get(), watch) == TransferResult.DONE;
        return rings ? TransferResult.DONE : replace(call, other);
    }

    @Override
    public Optional<String> get(ChannelId call, String name) {
        return channels.handle(call).flatMap(handle -> handle.visit(channel -> channel.variables().get(name).toString()));
    }

    @Override
    public boolean set(ChannelId call, String name, String value) {
        return channels.handle(call).flatMap(handle -> handle.visit(channel -> {
            channel.variables().set(name, value);
            return true;
        })).isPresent();
    }

    /// Runs an application on a live channel, in between or instead of what it does; see [Execution].
    public Execute execute(ChannelId call, Execution.Order order) {
        Optional<ChannelHandle> channel = channels.handle(call);
        if (channel.isEmpty()) {
            return Execute.NO_CHANNEL;
        }
        if (!execution.exists(order.application())) {
            return Execute.NO_APPLICATION;
        }
        return execution.run(channel.get(), order, Execution.Wait.NOT) ? Execute.DONE : Execute.NOT_NOW;
    }

    /// What came of an order for a channel.
    public enum Execute {
        DONE,
        NO_CHANNEL,
        NO_APPLICATION,
        /// The channel is ending, only rings, or has too much to do.
        NOT_NOW
    }

    /// Whom `socket` gives calls to. To be said once, before there are any.
    public void programs(CallPrograms programs) {
        steering.programs(programs);
    }

    /// @return commands that run in the background
    public Jobs jobs() {
        return jobs;
    }

    /// @return the channels that there are, for commands and metrics
    public LiveChannels channels() {
        return channels;
    }

    /// Ends every call, for a server that stops.
    public void hangupAll(Cause cause) {
        channels.hangupAll(cause);
    }

    /// Ends every call but these.
    public void hangupAll(Cause cause, Set<ChannelId> spared) {
        channels.handles().stream().filter(channel -> !spared.contains(channel.id())).forEach(channel -> channel.hangup(cause, false));
    }
}
