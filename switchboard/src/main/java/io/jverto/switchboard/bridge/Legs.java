package io.jverto.switchboard.bridge;

import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.Channels;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.Endpoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Those who ring for one call, and who is tried when they are gone. Belongs to the thread that waits for the answer.
final class Legs {
    private static final Logger log = LoggerFactory.getLogger(Legs.class);

    private final Originator originator;
    private final Channels channels;
    private final LegMaker maker;
    private final Resolver resolver;
    private final Race race;
    private final Map<ChannelId, Leg> ringing = new LinkedHashMap<>();
    private final List<Text> causes = new ArrayList<>();
    private final List<Text> called = new ArrayList<>();
    private Branch root = new Branch(Optional.empty(), List.of());
    private boolean progress;
    /// The parts of the dial string that have a time limit of their own.
    private final List<Branch> limited = new ArrayList<>();

    Legs(Originator originator, Channels channels, LegMaker maker, Resolver resolver, Race race) {
        this.originator = originator;
        this.channels = channels;
        this.maker = maker;
        this.resolver = resolver;
        this.race = race;
    }

    /// One who rings.
    ///
    /// @param required the call fails with it
    private record Leg(ChannelHandle handle, Branch branch, boolean required) {}

    /// What the end of a leg means.
    ///
    /// @param required that leg had to be there
    record Gone(Cause cause, boolean required) {}

    /// Those who ring now, for somebody else to take over. No further group is tried for him.
    Function<Originator, Legs> forAnother() {
        Map<ChannelId, Leg> now = new LinkedHashMap<>(ringing);
        return by -> {
            Legs taken = new Legs(by, channels, maker, resolver, race);
            taken.progress = true;
            now.forEach((id, leg) -> {
                taken.root.lives();
                taken.ringing.put(id, new Leg(leg.handle(), taken.root, leg.required()));
            });
            return taken;
        };
    }

    /// Begins with the first group of each part.
    ///
    /// @param deadlines when each part is given up; with one part that is for the whole call to say
    void call(DialString dialString, List<Long> deadlines) {
        List<List<List<Wanted>>> parts = new ArrayList<>();
        for (DialString.Part part : dialString.parts()) {
            parts.add(part.groups().stream()
                    .map(group -> group.stream().map(leg -> new Wanted(leg.target(), dialString.of(part, leg), 0)).toList())
                    .toList());
        }
        root = new Branch(Optional.empty(), List.of());
        root.lives();
        for (int i = 0; i < parts.size(); i++) {
            boolean own = parts.size() > 1;
            Branch part = new Branch(Optional.of(root), parts.get(i), own ? deadlines.get(i) : Channel.FOREVER);
            if (own) {
                limited.add(part);
            }
            root.lives();
            advance(part);
        }
        root.dies(root.last());
    }

    /// @return when the next part is given up
    long nextDeadline() {
        return limited.stream().mapToLong(Branch::deadlineNanos).min().orElse(Channel.FOREVER);
    }

    /// Gives up the parts whose time is over.
    void giveUp(long nowNanos) {
        List<Branch> over = limited.stream().filter(part -> part.deadlineNanos() <= nowNanos).toList();
        limited.removeAll(over);
        for (Branch part : over) {
            part.giveUp();
            ringing.values().stream().filter(leg -> leg.branch().isBelow(part)).forEach(leg -> leg.handle().hangup(Cause.NO_ANSWER, false));
        }
    }

    /// The part to which a leg belongs has time from now on.
    void takesItsTime(ChannelId id) {
        Optional.ofNullable(ringing.get(id)).ifPresent(leg -> limited.removeIf(leg.branch()::isBelow));
    }

    // DEVIATION originate-2
    private void fork(Branch parent, List<List<List<Wanted>>> parts) {
        for (List<List<Wanted>> groups : parts) {
            parent.lives();
            advance(new Branch(Optional.of(parent), groups));
        }
    }

    /// Tries group after group until somebody rings.
    private void advance(Branch branch) {
        Optional<List<Wanted>> group = branch.next();
        while (group.isPresent() && !branch.isAlive()) {
            branch.lives(); // holds it while its group is looked at
            group.get().forEach(wanted -> launch(branch, wanted));
            branch.dies(branch.last());
            group = branch.isAlive() ? Optional.empty() : branch.next();
        }
        if (!branch.isAlive()) {
            branch.parent().ifPresent(parent -> died(parent, branch.last()));
        }
    }

    private void died(Branch branch, Cause cause) {
        branch.dies(cause);
        if (!branch.isAlive()) {
            advance(branch);
        }
    }

    private void launch(Branch branch, Wanted wanted) {
        switch (resolver.resolve(wanted)) {
            case Target.Dead(Cause cause, String why) -> {
                branch.failed(cause);
                originator.unreachable(cause, why);
                log.info("{}: {}: {}", originator.name(), cause, LogText.of(why));
            }
            case Target.Absent(String what) -> {
                branch.failed(Cause.USER_NOT_REGISTERED);
                originator.absent(what);
                log.info("{}: {}", originator.name(), LogText.of(what));
            }
            case Target.Fork(List<List<List<Wanted>>> parts) -> fork(branch, parts);
            case Target.Ring ring -> ring.devices().forEach(device -> ring(branch, ring, device));
        }
    }

    private void ring(Branch branch, Target.Ring ring, Endpoint.Device device) {
        if (called.size() >= DialString.MAX_LEGS) {
            branch.failed(Cause.INVALID_IE_CONTENTS);
            log.warn("{}: calls {} already; {} is left out", originator.name(), DialString.MAX_LEGS, LogText.of(device.channelName()));
            return;
        }
        Optional<Channels.Outgoing> call = maker.outgoing(ring, device);
        if (call.isEmpty()) {
            branch.failed(Cause.EXCHANGE_ROUTING_ERROR);
            log.warn("{}: max_forwards is used up", originator.name());
            return;
        }
        ChannelId id = call.get().id();
        boolean required = LegVariables.isTrue(call.get().variables().get("leg_required"));
        called.add(Text.data(id + ";" + call.get().caller().calleeName() + ";" + call.get().caller().calleeNumber()));
        originator.calls(id, call.get().caller());
        Optional<ChannelHandle> leg = channels.originate(call.get(), new LegScript(device, originator.leader(), race));
        leg.ifPresentOrElse(
                handle -> {
                    branch.lives();
                    ringing.put(id, new Leg(handle, branch, required));
                },
                () -> branch.failed(Cause.SWITCH_CONGESTION));
        log.info("{}: calls {} as channel {}", originator.name(), LogText.of(device.channelName()), LogText.of(id));
    }

    boolean isEmpty() {
        return ringing.isEmpty();
    }

    boolean has(ChannelId leg) {
        return ringing.containsKey(leg);
    }

    /// @param leg one of these
    ChannelHandle handle(ChannelId leg) {
        return Objects.requireNonNull(ringing.get(leg)).handle();
    }

    /// Somebody rings or can be heard.
    void progresses() {
        progress = true;
    }

    boolean hasProgress() {
        return progress;
    }

    /// A leg has ended; the next group may ring now.
    ///
    /// @return empty when it was none of these
    Optional<Gone> ended(ChannelId id, Cause cause) {
        Leg leg = ringing.remove(id);
        if (leg == null) {
            return Optional.empty();
        }
        causes.add(Text.data(id + ";" + cause.name()));
        originator.calledEnded(id, cause);
        died(leg.branch(), cause);
        return Optional.of(new Gone(cause, leg.required()));
    }

    /// Somebody else stands for a leg.
    void replaced(ChannelId id, ChannelHandle by) {
        Leg leg = ringing.remove(id);
        if (leg != null) {
            ringing.put(by.id(), new Leg(by, leg.branch(), leg.required()));
        }
    }

    /// Takes out the one who has the call; all others are told.
    ChannelHandle won(ChannelId id) {
        ChannelHandle winner = ringing.remove(id).handle();
        hangup(_ -> Cause.LOSE_RACE);
        return winner;
    }

    void hangup(Function<ChannelId, Cause> why) {
        ringing.forEach((id, leg) -> leg.handle().hangup(why.apply(id), false));
        ringing.clear();
    }

    void clear() {
        ringing.clear();
    }

    /// @return of the last group, or what stands for it
    Cause last() {
        return root.last();
    }

    /// @return `uuid;cause` of each that has ended
    List<Text> causes() {
        return causes;
    }

    /// @return `uuid;name;number` of each that was called
    List<Text> called() {
        return called;
    }

    /// Gives those who ring another leader.
    void follow(ChannelHandle to) {
        ringing.forEach((id, leg) -> {
            if (!leg.handle().tell(new ChannelEvent.Follow(id, to))) {
                to.tell(new ChannelEvent.LegEnded(id, Cause.NORMAL_TEMPORARY_FAILURE));
            }
        });
    }
}
