package io.jverto.server.eventsocket;

import io.jverto.switchboard.event.CoreEvent;
import io.jverto.switchboard.event.EventName;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Which events a client hears, and in which format. Immutable.
///
/// @param on whether any subscription is in force
/// @param custom subclasses of CUSTOM, in small letters; empty together with CUSTOM among the names means all
/// @param filters when there are any, one of those that do not begin with `!` must fit, and none of those that do
record Subscription(boolean on, Format format, Set<EventName> names, Set<String> custom, List<Filter> filters) {
    static final Subscription NONE = new Subscription(false, Format.PLAIN, Set.of(), Set.of(), List.of());
    static final int MAX_FILTERS = 256;
    static final int MAX_SUBCLASSES = 256;

    enum Format { PLAIN, JSON }

    /// @param value what the header must be, or with `!` before it must not be
    record Filter(String header, String value) {
        boolean denies() {
            return value.startsWith("!");
        }

        boolean fits(CoreEvent event) {
            String wanted = denies() ? value.substring(1) : value;
            return event.header(header).filter(wanted::equalsIgnoreCase).isPresent();
        }
    }

    Subscription {
        names = Set.copyOf(names);
        custom = Set.copyOf(custom);
        filters = List.copyOf(filters);
    }

    boolean wants(EventName name, String subclass) {
        return on && names.contains(name)
                && (name != EventName.CUSTOM || custom.isEmpty() || custom.contains(subclass.toLowerCase(Locale.ROOT)));
    }

    boolean passes(CoreEvent event) {
        boolean asked = filters.stream().allMatch(Filter::denies) || filters.stream().anyMatch(filter -> !filter.denies() && filter.fits(event));
        return asked && filters.stream().noneMatch(filter -> filter.denies() && filter.fits(event));
    }

    Subscription withAll(Format as) {
        return new Subscription(true, as, EnumSet.allOf(EventName.class), Set.of(), filters);
    }

    /// Adds to what is heard.
    Subscription with(Format as, Set<EventName> more, Set<String> subclasses) {
        Set<EventName> all = new HashSet<>(names);
        all.addAll(more);
        boolean everySubclass = names.contains(EventName.CUSTOM) && custom.isEmpty() || more.contains(EventName.CUSTOM) && subclasses.isEmpty();
        Set<String> wanted = new HashSet<>(everySubclass ? Set.of() : custom);
        wanted.addAll(everySubclass ? Set.of() : subclasses);
        return new Subscription(true, as, all, wanted, filters);
    }

    Subscription without(Set<EventName> less, Set<String> subclasses) {
        Set<EventName> rest = new HashSet<>(names);
        Set<String> wanted = new HashSet<>(custom);
        wanted.removeAll(subclasses);
        rest.removeAll(less);
        if (less.contains(EventName.CUSTOM) && !subclasses.isEmpty() && !wanted.isEmpty()) {
            rest.add(EventName.CUSTOM);
        }
        return new Subscription(on, format, rest, wanted, filters);
    }

    Subscription with(Filter filter) {
        List<Filter> more = new ArrayList<>(filters);
        more.add(filter);
        return new Subscription(on, format, names, custom, more);
    }

    /// @param value empty for all of that header
    Subscription withoutFilter(String header, String value) {
        List<Filter> rest = filters.stream()
                .filter(filter -> !(filter.header().equalsIgnoreCase(header) && (value.isEmpty() || filter.value().equals(value))))
                .toList();
        return new Subscription(on, format, names, custom, rest);
    }

    Subscription withoutFilters() {
        return new Subscription(on, format, names, custom, List.of());
    }
}
