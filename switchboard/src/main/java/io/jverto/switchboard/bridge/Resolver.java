package io.jverto.switchboard.bridge;

import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.dialplan.Expansion;
import io.jverto.switchboard.dialplan.Routing;
import io.jverto.switchboard.dialplan.Scope;
import io.jverto.switchboard.dialplan.Step;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.directory.DirectoryUser;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.Endpoint;
import io.jverto.switchboard.port.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// Finds the devices behind the legs of a dial string (dialplan-directory.md section 4): `user/`, `error/`, and every endpoint by
/// its own prefix. A user's own dial string is followed; all its groups ring together.
final class Resolver {
    private static final int MAX_DEPTH = 8;
    /// Legs of one call (dialplan-directory.md section 11.1).
    private static final int MAX_TARGETS = 128;
    private static final String DIAL_VARIABLE = "dial-var-";
    private static final Consumer<Step> NO_INLINE = step -> { };

    private final Function<Map<String, Text>, Scope> scopes;
    private final Supplier<Routing> routing;
    private final Endpoints endpoints;
    private final List<Target> targets = new ArrayList<>();

    Resolver(Channel caller, Endpoints endpoints) {
        this(dialed -> caller.scope(dialed, NO_INLINE), caller.services().routing(), endpoints);
    }

    /// @param scopes where a user's own dial string finds its variables, given those of the one who is dialled
    Resolver(Function<Map<String, Text>, Scope> scopes, Supplier<Routing> routing, Endpoints endpoints) {
        this.scopes = scopes;
        this.routing = routing;
        this.endpoints = endpoints;
    }

    /// @param common the dial string's variables, which win over those of a leg
    List<Target> resolve(List<DialString.Leg> group, Map<String, Text> common) {
        for (DialString.Leg leg : group) {
            resolve(leg.target(), merged(leg.variables(), common), 0);
        }
        return targets;
    }

    private void resolve(Text target, Map<String, Text> variables, int depth) {
        int slash = target.indexOf('/', 0);
        String scheme = slash < 0 ? "" : target.slice(0, slash).toString();
        Text address = target.slice(slash + 1);
        if (targets.size() >= MAX_TARGETS || depth > MAX_DEPTH) {
            add(new Target.Dead(Cause.INVALID_IE_CONTENTS, "too many legs or a user who is his own dial string: " + target));
        } else if (scheme.equalsIgnoreCase("error")) {
            Cause cause = Cause.byName(address.toString()).orElse(Cause.NORMAL_CLEARING);
            add(new Target.Dead(cause == Cause.NONE ? Cause.DESTINATION_OUT_OF_ORDER : cause, target.toString()));
        } else if (scheme.equalsIgnoreCase("user")) {
            user(address, variables, depth);
        } else {
            Optional<Endpoint> endpoint = endpoints.find(scheme);
            endpoint.ifPresentOrElse(
                    known -> reach(known, address.toString(), variables),
                    () -> add(new Target.Dead(Cause.CHAN_NOT_IMPLEMENTED, "no endpoint for " + target)));
        }
    }

    private void user(Text address, Map<String, Text> variables, int depth) {
        UserId wanted = userId(address);
        Optional<DirectoryUser> found = routing().directory().find(wanted);
        if (found.isEmpty()) {
            add(new Target.Dead(Cause.SUBSCRIBER_ABSENT, "the directory has no user " + wanted));
            return;
        }
        DirectoryUser user = found.get();
        Map<String, Text> dialed = Map.of(
                "dialed_user", Text.data(user.id().user()), "dialed_domain", Text.data(user.id().domain()),
                "dialed_extension", Text.data(wanted.user()));
        Map<String, Text> all = merged(merged(ofUser(user), dialed), variables);
        Optional<String> dialString = user.param("dial-string").filter(text -> !text.isBlank());
        if (dialString.isEmpty()) {
            resolve(Text.syntax("verto.rtc/" + user.id()), all, depth + 1);
            return;
        }
        DialString nested = DialString.parse(Expansion.expand(Text.syntax(dialString.get()), scopes.apply(dialed)));
        nested.groups().stream().flatMap(List::stream).forEach(leg ->
                resolve(leg.target(), merged(merged(merged(leg.variables(), nested.variables()), ofUser(user)), all), depth + 1));
    }

    private UserId userId(Text address) {
        int at = -1;
        for (int next = address.indexOf('@', 0); next >= 0; next = address.indexOf('@', next + 1)) {
            at = next;
        }
        at = at < 0 ? address.toString().lastIndexOf('@') : at;
        if (at >= 0) {
            return new UserId(address.slice(0, at).toString(), address.slice(at + 1).toString());
        }
        String domain = routing().globals().getOrDefault("domain", routing().directory().defaultDomain().orElse(""));
        return new UserId(address.toString(), domain);
    }

    private static Map<String, Text> ofUser(DirectoryUser user) {
        Map<String, Text> variables = LegVariables.empty();
        user.variables().forEach((name, value) -> variables.put(name, Text.syntax(value)));
        user.params().forEach((name, value) -> {
            if (name.regionMatches(true, 0, DIAL_VARIABLE, 0, DIAL_VARIABLE.length())) {
                variables.put(name.substring(DIAL_VARIABLE.length()), Text.syntax(value));
            }
        });
        return variables;
    }

    private void reach(Endpoint endpoint, String address, Map<String, Text> variables) {
        String number = address.startsWith("u:") ? variables.getOrDefault("dialed_user", Text.EMPTY).toString() : address.split("@", 2)[0];
        switch (endpoint.reach(address)) {
            case Endpoint.Reach.Reachable(List<Endpoint.Device> devices) ->
                    devices.forEach(device -> add(new Target.Ring(device, variables, number)));
            case Endpoint.Reach.Unreachable(Cause cause) ->
                    add(new Target.Dead(cause, endpoint.scheme() + "/" + address + " cannot be reached"));
        }
    }

    private void add(Target target) {
        if (targets.size() < MAX_TARGETS) {
            targets.add(target);
        }
    }

    private Routing routing() {
        return routing.get();
    }

    /// @param over wins
    private static Map<String, Text> merged(Map<String, Text> under, Map<String, Text> over) {
        Map<String, Text> merged = LegVariables.empty();
        merged.putAll(under);
        merged.putAll(over);
        return merged;
    }
}
