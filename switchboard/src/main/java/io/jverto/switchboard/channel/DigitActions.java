package io.jverto.switchboard.channel;

import io.jverto.switchboard.dialplan.Expression;
import io.jverto.switchboard.dialplan.Text;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What digits of a channel's party, and of whom it talks with, stand for (`bind_digit_action`, dialplan-directory.md section 9.1). Of the
/// realms of each of the two, one counts at a time. Thread-safe.
public final class DigitActions {
    /// Actions of one channel.
    public static final int MAX_ACTIONS = 256;
    public static final int DEFAULT_DIGIT_MILLIS = 1_500;

    private final Map<Leg, Realms> realms = new EnumMap<>(Map.of(Leg.SELF, new Realms(), Leg.PEER, new Realms()));
    private volatile Timing timing = new Timing(DEFAULT_DIGIT_MILLIS, 0);

    /// A leg, seen from the channel that has bound the digits.
    public enum Leg {
        SELF,
        /// Whom it talks with.
        PEER
    }

    /// How long a party may take.
    ///
    /// @param digitMillis between two digits
    /// @param inputMillis for all; 0 for as long as it takes
    public record Timing(int digitMillis, int inputMillis) {}

    /// What has to be pressed.
    public sealed interface Sought {
        record Exactly(String digits) implements Sought {}

        record Like(Expression expression) implements Sought {}
    }

    /// @param does `exec:<application>`, `api:<command>`, or a name that an event tells
    /// @param data of that
    /// @param on the legs that run an application
    public record Action(Sought sought, Text does, Text data, Set<Leg> on) {
        public Action {
            on = Set.copyOf(on);
        }
    }

    /// @param timing counts from now on for all
    /// @return false when there are too many
    public boolean bind(Set<Leg> by, String realm, Action action, Timing wanted) {
        timing = wanted;
        return by.stream().allMatch(leg -> of(leg).bind(realm, action));
    }

    /// @param realm `all` for each
    public void clear(Set<Leg> by, String realm) {
        by.forEach(leg -> of(leg).clear(realm));
    }

    /// What counts from now on, also if nothing is bound there yet.
    ///
    /// @param realm `none` for none
    public void realm(Set<Leg> by, String realm) {
        by.forEach(leg -> of(leg).choose(realm));
    }

    /// @return what counts now for digits of one of the legs, in the order in which it was bound
    List<Action> now(Leg by) {
        return of(by).now();
    }

    Timing timing() {
        return timing;
    }

    private Realms of(Leg leg) {
        return realms.get(leg);
    }

    /// By name. The first that something is bound in counts until another is chosen.
    private static final class Realms {
        private final Map<String, List<Action>> byName = new HashMap<>();
        private String chosen = "";
        private int count;

        synchronized boolean bind(String realm, Action action) {
            if (count >= MAX_ACTIONS) {
                return false;
            }
            count++;
            byName.computeIfAbsent(realm, _ -> new ArrayList<>()).add(action);
            chosen = chosen.isEmpty() ? realm : chosen;
            return true;
        }

        synchronized void clear(String realm) {
            if (realm.equals("all")) {
                byName.clear();
                count = 0;
                chosen = "";
            } else {
                List<Action> gone = byName.remove(realm);
                count -= gone == null ? 0 : gone.size();
            }
        }

        synchronized void choose(String realm) {
            chosen = realm;
        }

        synchronized List<Action> now() {
            return List.copyOf(byName.getOrDefault(chosen, List.of()));
        }
    }
}
