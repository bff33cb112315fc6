package io.jverto.server.restart;

import io.jverto.base.time.Repeating;
import io.jverto.base.time.TimeSource;
import io.jverto.switchboard.Switchboard;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.kept.KeptChannel;
import io.jverto.switchboard.port.CallRecord;
import io.jverto.switchboard.port.CallRecords;
import io.jverto.switchboard.port.CallRef;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.verto.endpoint.Survivors;
import io.jverto.verto.present.KeptCall;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets calls of Verto clients go on when the server has been started again: notes them every few seconds and at an orderly end, and makes
/// them anew at the start, where they wait for their clients as after the loss of a connection (decision 0035). Thread-safe.
public final class CallKeeper implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CallKeeper.class);
    /// What a server that is killed may have forgotten.
    private static final Duration EVERY = Duration.ofSeconds(2);

    /// Of what is passed over.
    private static final int MAX_SHOWN = 10;

    private final Switchboard switchboard;
    private final Survivors survivors;
    private final TimeSource time;
    private final Duration patience;
    private final KeptFile file;
    private final Repeating looks;
    /// Calls whose time was over before the start; until [#open].
    private final List<CallRecord> late = new ArrayList<>();
    private boolean complained; // guarded by this
    private boolean opened; // guarded by this
    /// Nothing is noted any more but by who ends the server.
    private boolean ending; // guarded by this
    /// The calls of [#keep].
    private volatile List<KeptEntry> kept = List.of();

    /// @param folder where the file of calls is
    /// @param patience how long a call waits for its client
    public CallKeeper(Switchboard switchboard, Survivors survivors, Path folder, Duration patience, TimeSource time) {
        this.switchboard = switchboard;
        this.survivors = survivors;
        this.time = time;
        this.patience = patience;
        this.file = new KeptFile(folder.resolve("calls"));
        this.looks = new Repeating(time, "kept-calls", EVERY);
    }

    /// Makes the calls that were kept. Before clients can connect. The file stays until [#open]: a start that fails is no start.
    ///
    /// @return how many go on
    public int restore() {
        Optional<KeptFile.Content> content = file.read();
        if (content.isEmpty()) {
            return 0;
        }
        Instant now = time.wallTime();
        Map<ChannelId, KeptCall> calls = new HashMap<>();
        List<KeptChannel> channels = content.get().calls().stream()
                .filter(one -> one.call().id().equals(one.channel().id()) && calls.putIfAbsent(one.channel().id(), one.call()) == null)
                .map(KeptEntry::channel).toList();
        Function<KeptChannel, Instant> lost = channel -> earlier(calls.get(channel.id()).lost().orElse(content.get().alive()), now);
        List<KeptChannel> whole = KeptChannel.whole(channels);
        passedOver(content.get().calls(), whole);
        List<CallRef> made = new ArrayList<>();
        for (KeptChannel channel : whole) {
            Instant since = lost.apply(channel);
            if (now.isAfter(since.plus(patience))) {
                late.add(channel.record(Cause.RECOVERY_ON_TIMER_EXPIRE, since.plus(patience)));
            } else {
                restore(channel, calls.get(channel.id()), since).ifPresent(made::add);
            }
        }
        made.forEach(CallRef::start);
        log.info("{} calls of before the start go on and wait for their clients; {} came too late", made.size(), late.size());
        return made.size();
    }

    /// What our own files do not have: a call twice, or under another id than its channel, or with nobody at the other end of its bridge.
    private static void passedOver(List<KeptEntry> read, List<KeptChannel> used) {
        List<String> left = new ArrayList<>(read.stream().map(one -> one.channel().id().value()).toList());
        used.forEach(channel -> left.remove(channel.id().value()));
        if (!left.isEmpty()) {
            log.warn("{} entries of the file of calls are passed over, for they are there twice, under two ids, or without whom they talk with: {}{}", left.size(),
                    LogText.of(left.stream().limit(MAX_SHOWN).collect(Collectors.joining(", "))), left.size() > MAX_SHOWN ? ", ..." : "");
        }
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private Optional<CallRef> restore(KeptChannel channel, KeptCall call, Instant lost) {
        Optional<Survivors.Waiting> waiting = survivors.restore(call, channel.outbound(), lost);
        Optional<CallRef> made = waiting.flatMap(one -> switchboard.restore(channel, one.signal(), one.codecs(), one.rules()));
        if (made.isEmpty()) {
            waiting.ifPresent(survivors::forget);
            log.warn("a call of {} does not go on: {}", call.identity(), waiting.isEmpty() ? "there is no profile " + call.profile() : "there is no room for it");
        }
        return made;
    }

    /// Begins to note what there is, in a thread of its own; the file of the server before is used.
    ///
    /// @param records get the calls whose time was over before the start
    public void open(CallRecords records) {
        late.forEach(records::ended);
        late.clear();
        synchronized (this) {
            opened = true;
        }
        look();
        looks.startLater(this::look);
    }

    private void look() {
        List<KeptEntry> calls = note();
        synchronized (this) {
            if (!ending) {
                write(calls);
            }
        }
    }

    /// @param channels that there are
    /// @return how many of them would not go on
    public int unkept(int channels) {
        return Math.max(0, channels - note().size());
    }

    private List<KeptEntry> note() {
        Map<ChannelId, KeptCall> calls = survivors.note().stream().collect(Collectors.toMap(KeptCall::id, Function.identity(), (one, _) -> one));
        List<KeptChannel> mine = switchboard.keepable().stream().filter(channel -> calls.containsKey(channel.id())).toList();
        return KeptChannel.whole(mine).stream().map(channel -> new KeptEntry(calls.get(channel.id()), channel)).toList();
    }

    private synchronized void write(List<KeptEntry> calls) {
        try {
            file.write(calls, time.wallTime());
            complained = false;
        } catch (IOException refused) {
            if (!complained) {
                log.warn("calls are not noted for the case that the server is started again: {}", refused.toString());
            }
            complained = true;
        }
    }

    /// Notes the calls for the next start. What ends before [#suspend] is not among them.
    ///
    /// @return their ids
    public Set<ChannelId> keep() {
        looks.close();
        synchronized (this) {
            ending = true;
        }
        kept = note();
        write(kept);
        return kept.stream().map(one -> one.channel().id()).collect(Collectors.toSet());
    }

    /// Ends those calls here, of which nobody is told.
    public void suspend() {
        Set<ChannelId> suspended = switchboard.suspend(kept.stream().map(one -> one.channel().id()).toList());
        write(kept.stream().filter(one -> suspended.contains(one.channel().id())).toList());
        log.info("{} calls go on when the server is started again within {} s", suspended.size(), patience.toSeconds());
    }

    /// Notes no more. Unless they were kept all calls have ended.
    @Override
    public synchronized void close() {
        looks.close();
        if (opened && !ending) {
            ending = true;
            write(List.of());
        }
    }
}
