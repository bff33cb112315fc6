package io.jverto.conference;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// Who is on which line of one member's gallery. Whoever is on a line stays there as long as he can be seen, so that pictures do not jump. Where
/// there are more members than lines, those are seen who were wanted, and else who talked last: whoever talks long enough takes the place of who has been
/// silent longest.
@OwnedBy(Role.ROOM)
final class MemberGallery {
    /// A cough brings nobody on the screen.
    static final long TALK_NANOS = TimeUnit.MILLISECONDS.toNanos(800);
    /// Nobody is taken away before he has been looked at.
    static final long STAY_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Map<Integer, Shown> lines = new TreeMap<>();
    private long lookNanos = Long.MAX_VALUE;

    /// @param sinceNanos when he came on the line
    private record Shown(Member member, long sinceNanos) {}

    /// Finds out who is to be where.
    ///
    /// @param numbers of the lines that there are
    /// @param seen all members that can be seen, in the room's order
    /// @return by line
    Map<Integer, Member> arrange(List<Integer> numbers, List<Member> seen, GalleryWish wish, long nowNanos) {
        lookNanos = Long.MAX_VALUE;
        lines.entrySet().removeIf(line -> !numbers.contains(line.getKey()) || !seen.contains(line.getValue().member()));
        List<Member> waiting = new ArrayList<>(seen);
        waiting.removeIf(this::isShown);
        waiting.sort(order(wish));
        for (int number : numbers) {
            if (!waiting.isEmpty() && !lines.containsKey(number)) {
                lines.put(number, new Shown(waiting.removeFirst(), nowNanos));
            }
        }
        waiting.forEach(member -> replace(member, wish, nowNanos));
        Map<Integer, Member> now = new TreeMap<>();
        lines.forEach((number, shown) -> now.put(number, shown.member()));
        return now;
    }

    private boolean isShown(Member member) {
        return lines.values().stream().anyMatch(shown -> shown.member() == member);
    }

    /// Who is wanted, who talks, the loudest of them, who talked last.
    private static Comparator<Member> order(GalleryWish wish) {
        List<Integer> first = List.copyOf(wish.first());
        return Comparator.<Member>comparingInt(member -> first.contains(member.id()) ? first.indexOf(member.id()) : first.size())
                .thenComparing(member -> !member.talking())
                .thenComparing(member -> member.talking() ? -member.heardAs().energy() : 0)
                .thenComparing(member -> -member.lastTalkNanos());
    }

    /// Puts somebody in the place of who is wanted least, if he may.
    private void replace(Member member, GalleryWish wish, long nowNanos) {
        boolean wanted = wish.first().contains(member.id());
        if (!wanted && !member.talking()) {
            return;
        }
        long due = wanted ? nowNanos : member.lastTalkNanos() + TALK_NANOS;
        Optional<Map.Entry<Integer, Shown>> worst = lines.entrySet().stream()
                .filter(line -> !wish.first().contains(line.getValue().member().id()))
                .filter(line -> wanted || !line.getValue().member().talking())
                .max(Comparator.comparing(Map.Entry::getValue, Comparator.comparing(Shown::member, order(wish))));
        if (worst.isEmpty()) {
            return;
        }
        long from = wanted ? due : Math.max(due, worst.get().getValue().sinceNanos() + STAY_NANOS);
        if (from - nowNanos <= 0) {
            lines.put(worst.get().getKey(), new Shown(member, nowNanos));
        } else {
            lookNanos = Math.min(lookNanos, from);
        }
    }

    /// @return when [#arrange] may find something else though nothing happened, `Long.MAX_VALUE` for never
    long deadlineNanos() {
        return lookNanos;
    }
}
