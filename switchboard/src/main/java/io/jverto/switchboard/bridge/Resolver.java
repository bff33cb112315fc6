package io.jverto.switchboard.bridge;

import io.jverto.switchboard.dialplan.Expansion;
import io.jverto.switchboard.dialplan.Routing;
import io.jverto.switchboard.dialplan.Scope;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.directory.DirectoryUser;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.Endpoint;
import io.jverto.switchboard.port.UserId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// Finds out what a leg of a dial string stands for (dialplan-directory.md section 4): `user/`, `group/`, `error/`, `loopback/`, `null/`, `pickup/`, and every endpoint by
/// its own prefix. A user's or group's own dial string is followed.
final class Resolver {
    private static final int MAX_DEPTH = 8;
    private static final String DIAL_VARIABLE = "dial-var-";
    private static final String RECURSE = "user_recurse_variables";

    private final Function<Map<String, Text>, Scope> scopes;
    private final Supplier<Routing> routing;
    private final Endpoints endpoints;
    private final Loopback loopback;
    private final Pickups pickups;

    /// @param scopes where a user's own dial string finds its variables, given those of the one who is dialled
    Resolver(Function<Map<String, Text>, Scope> scopes, Supplier<Routing> routing, Endpoints endpoints, Loopback loopback, Pickups pickups) {
        this.pickups = pickups;
        this.loopback = loopback;
        this.scopes = scopes;
        this.routing = routing;
        this.endpoints = endpoints;
    }

    Target resolve(Wanted wanted) {
        Text target = wanted.target();
        int slash = target.indexOf('/', 0);
        String scheme = slash < 0 ? "" : target.slice(0, slash).toString().toLowerCase(Locale.ROOT);
        Text address = target.slice(slash + 1);
        if (wanted.depth() > MAX_DEPTH) {
            return new Target.Dead(Cause.INVALID_IE_CONTENTS, "dial strings that lead to each other without end: " + target);
        }
        return switch (scheme) {
            case "error" -> wanted.absence().isEmpty() ? error(address) : new Target.Absent(wanted.absence());
            case "user" -> user(address, wanted);
            case "group" -> group(address, wanted);
            case "loopback" -> loopback.to(address, wanted.variables());
            case "pickup" -> pickups.to(address.toString().trim(), wanted.variables());
            case "null" -> loopback.nobody(wanted.variables());
            default -> endpoints.find(scheme)
                    .map(known -> reach(known, address.toString(), wanted.variables()))
                    .orElseGet(() -> new Target.Dead(Cause.CHAN_NOT_IMPLEMENTED, "no endpoint for " + target));
        };
    }

    private static Target error(Text address) {
        Cause cause = Cause.byName(address.toString().trim()).orElse(Cause.NORMAL_CLEARING);
        return new Target.Dead(cause == Cause.NONE ? Cause.DESTINATION_OUT_OF_ORDER : cause, "error/" + address);
    }

    private Target user(Text address, Wanted wanted) {
        UserId asked = id(address);
        Optional<DirectoryUser> found = routing.get().directory().find(asked);
        if (found.isEmpty()) {
            return new Target.Dead(Cause.SUBSCRIBER_ABSENT, "the directory has no user " + asked);
        }
        DirectoryUser user = found.get();
        return user.param("group-dial-string").filter(_ -> wanted.inGroup()).or(() -> user.param("dial-string")).filter(text -> !text.isBlank())
                .<Target>map(dialString -> nested(dialString, user, asked.user(), wanted))
                .orElseGet(() -> new Target.Dead(Cause.MANDATORY_IE_MISSING, "the user " + asked + " has no dial-string"));
    }

    /// What the outer dial string says wins, then what the directory says of the user.
    private Target nested(String dialString, DirectoryUser user, String extension, Wanted wanted) {
        Map<String, Text> dialed = Map.of(
                "dialed_user", Text.data(user.id().user()), "dialed_domain", Text.data(user.id().domain()), "dialed_extension", Text.data(extension));
        Map<String, Text> of = DialString.merged(ofUser(user, wanted.variables()), dialed);
        Map<String, Text> known = DialString.merged(Map.of("presence_id", Text.data(user.id().toString())), Map.of());
        Absences absences = new Absences(scopes.apply(dialed), user.id().user());
        DialString nested = DialString.parse(Expansion.expand(Text.syntax(dialString), absences));
        return fork(nested, absences, variables -> DialString.merged(DialString.merged(DialString.merged(known, variables), of), wanted.variables()), wanted);
    }

    private static Target fork(DialString nested, Absences absences, Function<Map<String, Text>, Map<String, Text>> variables, Wanted wanted) {
        if (nested.parts().isEmpty()) {
            return new Target.Dead(Cause.DESTINATION_OUT_OF_ORDER, wanted.target() + " has nobody in its dial string");
        }
        return new Target.Fork(nested.parts().stream()
                .map(part -> part.groups().stream()
                        .map(group -> group.stream()
                                .map(leg -> new Wanted(leg.target(), variables.apply(nested.of(part, leg)), wanted.depth() + 1, false, absences.of(leg.target())))
                                .toList())
                        .toList())
                .toList());
    }

    /// `name[@domain][+A|+F|+E]`: all at the same time, one after the other, or each by itself.
    private Target group(Text address, Wanted wanted) {
        int plus = address.indexOf('+', 0);
        String order = plus < 0 ? "" : address.slice(plus + 1).toString().trim().toUpperCase(Locale.ROOT);
        UserId group = id(plus < 0 ? address : address.slice(0, plus));
        List<Wanted> members = routing.get().directory().group(group.user(), group.domain()).stream()
                .map(member -> member(member, wanted)).toList();
        if (members.isEmpty()) {
            return new Target.Dead(Cause.NO_ROUTE_DESTINATION, "the directory has no group " + group + ", or nobody is in it");
        }
        return new Target.Fork(switch (order) {
            case "F" -> List.of(members.stream().map(List::of).toList());
            case "E" -> members.stream().map(member -> List.of(List.of(member))).toList();
            default -> List.of(List.of(members));
        });
    }

    private static Wanted member(DirectoryUser member, Wanted wanted) {
        Text user = Text.join(Text.syntax("user/"), Text.data(member.id().toString()));
        return new Wanted(user, wanted.variables(), wanted.depth() + 1, true, "");
    }

    private UserId id(Text address) {
        Text trimmed = address.trim();
        int at = -1;
        for (int next = trimmed.indexOf('@', 0); next >= 0; next = trimmed.indexOf('@', next + 1)) {
            at = next;
        }
        at = at < 0 ? trimmed.toString().lastIndexOf('@') : at;
        if (at >= 0) {
            return new UserId(trimmed.slice(0, at).toString(), trimmed.slice(at + 1).toString());
        }
        String domain = routing.get().globals().getOrDefault("domain", routing.get().directory().defaultDomain().orElse(""));
        return new UserId(trimmed.toString(), domain);
    }

    /// @return the user's own variables, unless somebody does not want them, and those of `dial-var-...`
    private static Map<String, Text> ofUser(DirectoryUser user, Map<String, Text> outer) {
        Map<String, Text> variables = LegVariables.empty();
        boolean wanted = LegVariables.text(outer, RECURSE).or(() -> user.param("user-recurse-variables"))
                .map(value -> LegVariables.isTrue(Text.syntax(value))).orElse(true);
        if (wanted) {
            user.variables().forEach((name, value) -> variables.put(name, Text.syntax(value)));
        }
        user.params().forEach((name, value) -> {
            if (name.regionMatches(true, 0, DIAL_VARIABLE, 0, DIAL_VARIABLE.length())) {
                variables.put(name.substring(DIAL_VARIABLE.length()), Text.syntax(value));
            }
        });
        return variables;
    }

    private static Target reach(Endpoint endpoint, String address, Map<String, Text> variables) {
        String number = address.startsWith("u:") ? variables.getOrDefault("dialed_user", Text.EMPTY).toString() : endpoint.number(address);
        return switch (endpoint.reach(address)) {
            case Endpoint.Reach.Reachable(List<? extends Endpoint.Device> devices) -> new Target.Ring(devices, variables, number);
            case Endpoint.Reach.Unreachable(Cause cause) -> new Target.Dead(cause, endpoint.scheme() + "/" + address + " cannot be reached");
        };
    }
}
