package io.jverto.switchboard.shared;

import io.jverto.base.count.Counters;
import io.jverto.base.time.TimeSource;
import io.jverto.switchboard.count.SwitchCounter;
import io.jverto.switchboard.port.ChannelId;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How many calls use a resource now, and how many came to it in an interval (dialplan-directory.md section 9.1, `limit`). A call counts
/// once for each resource until it ends, is sent elsewhere or lets go. Thread-safe.
public final class Limits {
    static final int MAX_RESOURCES = 100_000;
    private static final int MAX_NAME = 255;

    private final TimeSource time;
    private final Counters<SwitchCounter> counters;
    private final Map<Name, Resource> resources = new HashMap<>();
    private final Map<ChannelId, Set<Name>> ofChannel = new HashMap<>();

    public Limits(TimeSource time, Counters<SwitchCounter> counters) {
        this.time = time;
        this.counters = counters;
    }

    /// What is counted.
    public record Name(String realm, String id) {
        /// As variables are called after it.
        @Override
        public String toString() {
            return realm + "_" + id;
        }
    }

    /// What is allowed: so many at one time, or, with an interval, so many in it.
    ///
    /// @param most negative for any number
    /// @param intervalSeconds 0 for at one time
    public record Allowance(int most, int intervalSeconds) {
        public static final Allowance ANY = new Allowance(-1, 0);

        /// @param text `<most>[/<seconds>]`; empty for any number
        /// @return empty when it cannot be read
        public static Optional<Allowance> parse(String text) {
            if (text.isBlank()) {
                return Optional.of(ANY);
            }
            String[] parts = text.trim().split("/", 2);
            boolean readable = parts[0].matches("-?[0-9]{1,9}") && (parts.length < 2 || parts[1].matches("[0-9]{1,9}"));
            return readable
                    ? Optional.of(new Allowance(Integer.parseInt(parts[0]), parts.length < 2 ? 0 : Integer.parseInt(parts[1])))
                    : Optional.empty();
        }
    }

    /// @param calls that use it now
    /// @param rate calls that came in the interval
    public record Usage(int calls, int rate) {}

    /// @param granted whether it was not one too many
    public record Verdict(boolean granted, Usage usage) {}

    /// Counts a call, unless that would be one too many.
    public synchronized Verdict take(ChannelId call, Name name, Allowance allowance) {
        if (!resources.containsKey(name) && !roomFor(name)) {
            counters.increment(SwitchCounter.SHARED_REFUSED);
            return new Verdict(false, new Usage(0, 0));
        }
        Resource resource = resources.computeIfAbsent(name, _ -> new Resource());
        boolean granted = allowance.intervalSeconds() > 0
                ? resource.inInterval(time.nanoTime(), allowance)
                : allowance.most() < 0 || resource.calls.contains(call) || resource.calls.size() < allowance.most();
        if (granted) {
            resource.calls.add(call);
            ofChannel.computeIfAbsent(call, _ -> new HashSet<>()).add(name);
        }
        forgetIfUnused(name, resource);
        return new Verdict(granted, resource.usage());
    }

    private boolean roomFor(Name name) {
        if (resources.size() >= MAX_RESOURCES) {
            resources.values().removeIf(resource -> resource.isUnused(time.nanoTime()));
        }
        return resources.size() < MAX_RESOURCES && name.realm().length() <= MAX_NAME && name.id().length() <= MAX_NAME;
    }

    private void forgetIfUnused(Name name, Resource resource) {
        if (resource.isUnused(time.nanoTime())) {
            resources.remove(name);
        }
    }

    /// Counts a call that was counted before the server was started again, whatever is allowed now.
    public void takeAgain(ChannelId call, Name name) {
        take(call, name, Allowance.ANY);
    }

    /// @return what a call is counted for
    public synchronized Set<Name> of(ChannelId call) {
        return Set.copyOf(ofChannel.getOrDefault(call, Set.of()));
    }

    /// A call lets go of one resource.
    public synchronized boolean release(ChannelId call, Name name) {
        Set<Name> names = ofChannel.getOrDefault(call, Set.of());
        if (!names.contains(name)) {
            return false;
        }
        names.remove(name);
        if (names.isEmpty()) {
            ofChannel.remove(call);
        }
        Resource resource = resources.get(name);
        if (resource != null) {
            resource.calls.remove(call);
            forgetIfUnused(name, resource);
        }
        return true;
    }

    /// A call lets go of all it uses.
    public synchronized void release(ChannelId call) {
        Set.copyOf(ofChannel.getOrDefault(call, Set.of())).forEach(name -> release(call, name));
    }

    public synchronized Usage usage(Name name) {
        return Optional.ofNullable(resources.get(name)).map(Resource::usage).orElse(new Usage(0, 0));
    }

    /// @return resources that are counted
    public synchronized int size() {
        return resources.size();
    }

    /// Forgets everything.
    public synchronized void reset() {
        resources.clear();
        ofChannel.clear();
    }

    /// Begins the interval of one anew.
    ///
    /// @return whether it is counted at all
    public synchronized boolean resetInterval(Name name) {
        Resource resource = resources.get(name);
        if (resource != null) {
            resource.rate = 0;
        }
        return resource != null;
    }

    private static final class Resource {
        private final Set<ChannelId> calls = new HashSet<>();
        private long beganNanos;
        private long intervalNanos;
        private int rate;

        /// Counts one that comes.
        boolean inInterval(long now, Allowance allowance) {
            boolean first = intervalNanos == 0;
            intervalNanos = Duration.ofSeconds(allowance.intervalSeconds()).toNanos();
            if (first || now - beganNanos >= intervalNanos) {
                beganNanos = now;
                rate = 0;
            }
            rate++;
            return allowance.most() < 0 || rate <= allowance.most();
        }

        Usage usage() {
            return new Usage(calls.size(), rate);
        }

        boolean isUnused(long now) {
            return calls.isEmpty() && now - beganNanos >= intervalNanos;
        }
    }
}
