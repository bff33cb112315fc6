package io.jverto.switchboard.channel;

import io.jverto.base.id.Tokens;
import io.jverto.base.time.Mailbox;
import io.jverto.media.plan.VideoFormat;
import io.jverto.switchboard.command.LiveChannels;
import io.jverto.switchboard.count.SwitchCounter;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.kept.KeptChannel;
import io.jverto.switchboard.negotiate.CodecPreferences;
import io.jverto.switchboard.port.CallControl.Admission;
import io.jverto.switchboard.port.CallSignal;
import io.jverto.switchboard.port.CallerProfile;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.ChannelRef;
import io.jverto.switchboard.port.IncomingCall;
import io.jverto.switchboard.port.MediaRules;
import io.jverto.switchboard.port.MediaService.MediaRef;
import io.jverto.switchboard.port.MediaService.Wired;
import io.jverto.switchboard.story.CallStory;
import io.jverto.switchboard.story.Stories;
import io.jverto.switchboard.story.StoryEntry;
import io.jverto.wire.sdp.SdpText;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The channels that are alive, by id; there may be so many and no more. Thread-safe.
public final class Channels implements LiveChannels {
    /// What busy channels may take to say what they do.
    private static final long KEEP_NANOS = Duration.ofSeconds(1).toNanos();

    private final ChannelServices services;
    private final CallRates rates;
    private final Stories stories;
    private volatile int limit;
    private volatile int limitPerSecond;
    private volatile boolean paused;
    private final Instant startedAt;

    private final List<Consumer<ChannelId>> farewells = new CopyOnWriteArrayList<>();
    private final ConcurrentHashMap<ChannelId, ChannelHandle> live = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger peak = new AtomicInteger();
    private final AtomicLong total = new AtomicLong();
    private volatile ChannelHooks hooks = ChannelHooks.NONE;

    /// @param limit channels that may be alive at one time
    public Channels(ChannelServices services, int limit) {
        this.services = services;
        this.stories = new Stories(services.time());
        this.limit = limit;
        this.rates = new CallRates(services.time());
        this.startedAt = services.time().wallTime();
    }

    /// What is done when something happens to a channel. To be said once, before there are any.
    public void hooks(ChannelHooks wanted) {
        hooks = wanted;
    }

    /// Makes the channel of a client's call. It runs `script` once it is started.
    public Admission admit(IncomingCall call, ChannelScript script) {
        ChannelHandle handle = new ChannelHandle(call.id(), services, self -> {
            self.story().began(false, call.caller());
            self.story().described(StoryEntry.Whose.CLIENTS_OFFER, call.offer());
            Channel channel = new Channel(self, services, false, call.caller(), call.offer(), CodecPreferences.decode(call.codecs()));
            call.variables().forEach(channel.variables()::set);
            channel.rules(call.media());
            channel.signal(call.signal());
            run(channel, script);
        });
        Optional<Cause> refusal = enter(handle);
        if (refusal.isPresent()) {
            return new Admission.Refused(refusal.get());
        }
        services.counters().increment(SwitchCounter.CALLS_ADMITTED);
        return new Admission.Admitted(handle);
    }

    /// A call that the switch makes.
    ///
    /// @param video what it offers, best first; none for a call without
    /// @param leader told when the new channel leaves or ends, on that channel's thread
    /// @param calledBy the profile of the channel that wants it
    /// @param hops how many calls led to it, one out of the other
    public record Outgoing(
            ChannelId id, CallerProfile caller, CodecPreferences codecs, List<VideoFormat> video, Map<String, Text> variables, Consumer<ChannelEvent> leader,
            Optional<CallerProfile> calledBy, int hops) {}

    /// Makes and starts a channel towards a client.
    ///
    /// @return empty when there is no room
    public Optional<ChannelHandle> originate(Outgoing call, ChannelScript script) {
        ChannelHandle handle = new ChannelHandle(call.id(), services, self -> {
            self.story().began(true, call.caller());
            Channel channel = new Channel(self, services, true, call.caller(), new SdpText(""), call.codecs());
            call.variables().forEach(channel.variables()::set);
            channel.video().offers(call.video());
            channel.life().follow(call.leader());
            channel.relatives().hops(call.hops());
            call.calledBy().ifPresent(other -> channel.relatives().otherLeg(other, true));
            run(channel, script);
        });
        if (enter(handle).isPresent()) {
            return Optional.empty();
        }
        services.counters().increment(SwitchCounter.CALLS_MADE);
        handle.start();
        return Optional.of(handle);
    }

    /// Gives a channel that we make another channel for a client, and starts that.
    ///
    /// @return false when there is no room; then the channel has ended
    public boolean connect(Channel leg, CallerProfile caller, Map<String, Text> variables, ChannelScript script) {
        AtomicReference<MediaRef> media = new AtomicReference<>();
        CallerProfile calledBy = leg.profile();
        int hops = leg.relatives().hops();
        ChannelHandle client = new ChannelHandle(new ChannelId(Tokens.uuid(services.random())), services, self -> {
            self.story().began(false, caller);
            Channel channel = new Channel(self, services, false, caller, new SdpText(""), CodecPreferences.decode(""));
            variables.forEach(channel.variables()::set);
            channel.wired(media.get(), new WireSignal(leg.handle(), services, new Party("", caller.destination())));
            channel.relatives().otherLeg(calledBy, true);
            channel.relatives().hops(hops);
            run(channel, script);
        });
        Optional<Cause> refusal = enter(client);
        if (refusal.isPresent()) {
            leg.hangup(refusal.get(), "there is no room for its other end");
            return false;
        }
        services.counters().increment(SwitchCounter.CALLS_MADE);
        Wired wired = services.media().openWire(leg.id(), leg.handle(), client.id(), client);
        media.set(wired.other());
        LoopbackPair pair = new LoopbackPair(leg.handle(), client);
        leg.handle().loopback(pair);
        client.loopback(pair);
        leg.variables().set("other_loopback_leg_uuid", client.id().value());
        leg.wired(wired.one(), new WireSignal(client, services, leg.party()));
        client.start();
        return true;
    }

    /// Makes a channel that goes on where one of the server before left off. Its client is away.
    ///
    /// @param codecs of the client's profile
    /// @return empty when there is no room, or such a channel is there
    public Optional<ChannelHandle> restore(KeptChannel kept, CallSignal signal, String codecs, MediaRules rules, ChannelScript script) {
        ChannelHandle handle = new ChannelHandle(kept.id(), services, self -> {
            self.story().began(kept.outbound(), kept.profile());
            self.story().add(StoryEntry.Step.RESTORED);
            Channel channel = new Channel(self, services, kept.outbound(), kept.profile(), new SdpText(""), CodecPreferences.decode(codecs));
            kept.variables().forEach(channel.variables()::set);
            channel.rules(rules);
            channel.signal(signal);
            run(channel, script);
        });
        handle.succeeds(kept.created(), kept.answered());
        if (enter(handle, false).isPresent()) {
            return Optional.empty();
        }
        services.counters().increment(SwitchCounter.CALLS_RESTORED);
        return Optional.of(handle);
    }

    /// @return the answered channels that could go on after a new start, not all of which may have somebody to go on with; those in which something
    /// happened since are asked, which waits, but not long
    public List<KeptChannel> keepable() {
        List<ChannelHandle> answered = handles().stream().filter(ChannelHandle::answered).toList();
        Mailbox<Optional<KeptChannel>> notes = services.time().mailbox(answered.size() + 1);
        Map<ChannelId, KeptChannel> kept = new HashMap<>();
        int asked = 0;
        for (ChannelHandle one : answered) {
            if (one.lastNote.isFresh()) {
                one.lastNote.note().ifPresent(note -> kept.put(note.id(), note));
            } else {
                asked += one.tell(new ChannelEvent.Visit(channel -> notes.tell(one.lastNote.renew(() -> channel.keeping().note())), () -> notes.tell(Optional.empty()))) ? 1 : 0;
            }
        }
        long deadline = services.time().nanoTime() + KEEP_NANOS;
        for (int i = 0; i < asked; i++) {
            notes.await(deadline).flatMap(Function.identity()).ifPresent(note -> kept.put(note.id(), note));
        }
        return answered.stream().flatMap(one -> Optional.ofNullable(kept.get(one.id())).stream()).toList();
    }

    /// Ends channels here that go on when the server has been started again.
    ///
    /// @return those of them that had not ended before
    public Set<ChannelId> suspend(Collection<ChannelId> ids) {
        List<ChannelHandle> handles = ids.stream().flatMap(id -> handle(id).stream()).toList(); // before the first goes, and takes another with it
        return handles.stream().filter(ChannelHandle::suspend).map(ChannelHandle::id).collect(Collectors.toSet());
    }

    private void run(Channel channel, ChannelScript script) {
        channel.happenings().hooks(hooks);
        channel.life().live(script, () -> leave(channel.handle()));
    }

    private Optional<Cause> enter(ChannelHandle handle) {
        return enter(handle, true);
    }

    /// @param fresh it begins only now
    private Optional<Cause> enter(ChannelHandle handle, boolean fresh) {
        boolean tooFast = fresh && limitPerSecond > 0 && rates.perSecond() >= limitPerSecond;
        if (count.incrementAndGet() > limit || tooFast || paused) {
            count.decrementAndGet();
            services.counters().increment(SwitchCounter.CALLS_REFUSED_FULL);
            return Optional.of(Cause.SWITCH_CONGESTION);
        }
        if (live.putIfAbsent(handle.id(), handle) != null) {
            count.decrementAndGet();
            services.counters().increment(SwitchCounter.CALLS_REFUSED_IN_USE);
            return Optional.of(Cause.DESTINATION_OUT_OF_ORDER);
        }
        total.incrementAndGet();
        peak.accumulateAndGet(count.get(), Math::max);
        rates.begins(count.get());
        return Optional.empty();
    }

    private void leave(ChannelHandle handle) {
        stories.keep(handle.id(), handle.story());
        services.counters().add(SwitchCounter.STORY_ENTRIES_LEFT_OUT, handle.story().leftOut());
        if (live.remove(handle.id(), handle)) {
            count.decrementAndGet();
            farewells.forEach(farewell -> farewell.accept(handle.id()));
        }
        handle.close();
    }

    /// Is told of every channel that has ended, on its own thread. For use at start.
    public void whenEnded(Consumer<ChannelId> farewell) {
        farewells.add(farewell);
    }

    /// @return the live channel of that name
    public Optional<ChannelHandle> handle(ChannelId id) {
        return Optional.ofNullable(live.get(id));
    }

    /// @return what happened to the live channel of that name, or to one that has ended not long ago
    public Optional<CallStory> story(ChannelId id) {
        return handle(id).map(ChannelHandle::story).or(() -> stories.find(id));
    }

    /// @return of live channels and of those that have ended not long ago those that began last, the last one first
    public List<Stories.Told> latestStories(int most) {
        Stream<Stories.Told> up = live.values().stream().map(handle -> new Stories.Told(handle.id(), handle.story()));
        return Stream.concat(up, stories.latest(most).stream())
                .sorted(Comparator.comparing((Stories.Told told) -> told.story().begun()).reversed()).limit(most).toList();
    }

    /// @return the channels that are alive now
    public List<ChannelHandle> handles() {
        return List.copyOf(live.values());
    }

    @Override
    public Optional<ChannelRef> find(ChannelId id) {
        return Optional.ofNullable(live.get(id));
    }

    @Override
    public List<ChannelRow> rows() {
        return live.values().stream()
                .flatMap(handle -> handle.row().stream())
                .sorted(Comparator.comparing(ChannelRow::created))
                .toList();
    }

    /// Ends every channel, for instance when the server stops.
    public void hangupAll(Cause cause) {
        live.values().forEach(handle -> handle.hangup(cause, false));
    }

    @Override
    public Optional<ChannelId> partner(ChannelId id) {
        return handle(id).flatMap(ChannelHandle::partner).map(ChannelHandle::id);
    }

    @Override
    public Rate rate() {
        return new Rate(rates.perSecond(), rates.peakPerSecond(), rates.recentPeakPerSecond(), limitPerSecond, rates.recentPeak(count()));
    }

    @Override
    public void limits(int alive, int perSecond) {
        limit = alive;
        limitPerSecond = perSecond;
    }

    @Override
    public void pause(boolean now) {
        paused = now;
    }

    @Override
    public boolean paused() {
        return paused;
    }

    @Override
    public long sinceStart() {
        return total.get();
    }

    @Override
    public int peak() {
        return peak.get();
    }

    @Override
    public int limit() {
        return limit;
    }

    @Override
    public Instant startedAt() {
        return startedAt;
    }

    @Override
    public int count() {
        return count.get();
    }
}
