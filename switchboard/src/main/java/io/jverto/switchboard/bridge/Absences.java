package io.jverto.switchboard.bridge;

import io.jverto.switchboard.dialplan.Scope;
import io.jverto.switchboard.dialplan.Step;
import io.jverto.switchboard.dialplan.Text;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;

/// Notices where a user has nothing that could ring, while his dial string is read: whoever has a browser and no telephone is called all the same, and
/// operators are to see no failure in that.
final class Absences implements Scope {
    private static final String NOBODY = "error/user_not_registered";
    private static final Map<String, String> KINDS =
            Map.of("sofia_contact", "desk phone of %s: not registered", "verto_contact", "browser of %s: not logged in");

    private final Scope scope;
    private final String user;
    private final Deque<String> found = new ArrayDeque<>();

    /// @param scope where the dial string finds its variables
    /// @param user whose it is
    Absences(Scope scope, String user) {
        this.scope = scope;
        this.user = user;
    }

    /// @return what it stands for, in words, where it is a leg that leads to nobody; each is told once, in the order of the dial string
    String of(Text leg) {
        return leg.toString().equals(NOBODY) && !found.isEmpty() ? found.poll() : "";
    }

    @Override
    public Text command(String name, String arguments) {
        Text contact = scope.command(name, arguments);
        String kind = KINDS.get(name.toLowerCase(Locale.ROOT));
        if (kind != null && contact.toString().equals(NOBODY)) {
            found.add(kind.formatted(user));
        }
        return contact;
    }

    @Override
    public Text field(String name) {
        return scope.field(name);
    }

    @Override
    public Text variable(String name) {
        return scope.variable(name);
    }

    @Override
    public void set(String name, Text value) {
        scope.set(name, value);
    }

    @Override
    public Instant now() {
        return scope.now();
    }

    @Override
    public void inline(Step step) {
        scope.inline(step);
    }
}
