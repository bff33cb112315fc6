package io.jverto.conference;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.ConferenceService.Relation;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Who does not hear whom (conference.md section 7.4): `a b nospeak`, b does not hear a; `a b nohear`, a does not hear b.
@OwnedBy(Role.ROOM)
final class Relations {
    static final int MAX_RELATIONS = 10_000;

    private final Map<Pair, Set<Kind>> pairs = new LinkedHashMap<>();
    private int size;

    enum Kind {
        NOSPEAK,
        NOHEAR,
        /// `a b sendvideo`: b sees a, whoever has the floor.
        SENDVIDEO;

        static Optional<Kind> of(String word) {
            return Arrays.stream(values()).filter(one -> one.name().equalsIgnoreCase(word)).findFirst();
        }
    }

    record Pair(int one, int other) {}

    /// @return false when there are too many
    boolean set(int one, int other, Kind kind) {
        if (size >= MAX_RELATIONS) {
            return false;
        }
        size += pairs.computeIfAbsent(new Pair(one, other), _ -> new TreeSet<>()).add(kind) ? 1 : 0;
        return true;
    }

    /// @param one 0 for all
    /// @param other 0 for all
    void clear(int one, int other) {
        pairs.keySet().removeIf(pair -> (one == 0 || pair.one() == one) && (other == 0 || pair.other() == other));
        size = pairs.values().stream().mapToInt(Set::size).sum();
    }

    /// @return those of a member to others
    List<Relation> of(int one) {
        return pairs.isEmpty() ? List.of() : pairs.entrySet().stream().filter(pair -> pair.getKey().one() == one)
                .flatMap(pair -> pair.getValue().stream().map(kind -> new Relation(pair.getKey().other(), kind.name().toLowerCase(Locale.ROOT)))).toList();
    }

    /// A member has left.
    void left(int member) {
        pairs.keySet().removeIf(pair -> pair.one() == member || pair.other() == member);
        size = pairs.values().stream().mapToInt(Set::size).sum();
    }

    boolean hears(int listener, int speaker) {
        return !has(speaker, listener, Kind.NOSPEAK) && !has(listener, speaker, Kind.NOHEAR);
    }

    boolean shows(int source, int viewer) {
        return !pairs.isEmpty() && has(source, viewer, Kind.SENDVIDEO);
    }

    /// Brings what members hear of each other to what is related.
    void apply(List<Member> members) {
        if (isEmpty()) {
            members.forEach(member -> member.doesNotHear(Set.of()));
            return;
        }
        for (Member member : members) {
            Set<ChannelId> unheard = new HashSet<>();
            for (Member other : members) {
                if (other != member && !hears(member.id(), other.id())) {
                    unheard.add(other.seat().request().channel().id());
                }
            }
            member.doesNotHear(unheard);
        }
    }

    Map<Pair, Set<Kind>> all() {
        return Map.copyOf(pairs);
    }

    boolean isEmpty() {
        return pairs.isEmpty();
    }

    private boolean has(int one, int other, Kind kind) {
        return pairs.getOrDefault(new Pair(one, other), Set.of()).contains(kind);
    }
}
