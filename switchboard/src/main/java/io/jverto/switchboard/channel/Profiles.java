package io.jverto.switchboard.channel;

import io.jverto.switchboard.port.CallerProfile;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.regex.Pattern;

/// The caller profile's fields by the names that dialplans use, and changed copies of it (dialplan-directory.md section 6).
public final class Profiles {
    /// Type of number and numbering plan when no network says them: neither Verto nor SIP does.
    private static final String NO_PLAN = "255";
    private static final Set<String> PLANS_OF_CALLER = Set.of("caller_ton", "caller_numplan");

    /// Fields that no endpoint knows, and what they may be.
    private static final Map<String, Pattern> SETTABLE = settable();

    private Profiles() {}

    private static Map<String, Pattern> settable() {
        Map<String, Pattern> settable = new HashMap<>();
        Pattern octet = Pattern.compile("[0-9]{1,2}|1[0-9]{2}|2[0-4][0-9]|25[0-5]");
        for (String number : List.of("caller", "destination_number", "ani", "rdnis")) {
            settable.put(number + "_ton", octet);
            settable.put(number + "_numplan", octet);
        }
        settable.put("screen_bit", Pattern.compile("true|false"));
        settable.put("orig_caller_id_name", Pattern.compile(".{0,256}", Pattern.DOTALL));
        settable.put("orig_caller_id_number", Pattern.compile(".{0,256}", Pattern.DOTALL));
        return settable;
    }

    /// @param name as dialplans write it, or as a header: `source`, `Caller-Source`
    /// @return empty when there is no field of that name
    static String field(CallerProfile profile, String name) {
        String field = name.toLowerCase(Locale.ROOT).replace('-', '_');
        boolean header = field.startsWith("caller_") && !field.startsWith("caller_id_") && !PLANS_OF_CALLER.contains(field);
        String known = header ? field.substring(7) : field;
        String set = profile.more().get(known);
        return set != null ? set : switch (known) {
            case "caller_id_name", "orig_caller_id_name" -> profile.callerName();
            case "caller_id_number", "orig_caller_id_number" -> profile.callerNumber();
            case "callee_id_name" -> profile.calleeName();
            case "callee_id_number" -> profile.calleeNumber();
            case "destination_number" -> profile.destination();
            case "context" -> profile.context();
            case "dialplan" -> profile.dialplan();
            case "username" -> profile.username();
            case "ani" -> profile.ani();
            case "aniii" -> profile.aniii();
            case "rdnis" -> profile.rdnis();
            case "network_addr" -> profile.networkAddress();
            case "source", "caller-source" -> profile.source();
            case "chan_name" -> profile.channelName();
            case "caller_ton", "caller_numplan", "destination_number_ton", "destination_number_numplan", "ani_ton", "ani_numplan", "rdnis_ton",
                    "rdnis_numplan" -> NO_PLAN;
            case "screen_bit" -> "true"; // nobody has said that the number is not checked
            default -> "";
        };
    }

    /// A transfer's new profile: the old destination becomes the number that the call was redirected from.
    public static CallerProfile transferred(CallerProfile old, String destination, String dialplan, String context) {
        return new CallerProfile(old.callerName(), old.callerNumber(), old.calleeName(), old.calleeNumber(), destination, context, dialplan,
                old.username(), old.ani(), old.aniii(), old.destination(), old.networkAddress(), old.source(), old.channelName(), old.more());
    }

    /// @param name of a field, as dialplans call it
    /// @return the profile with that field changed; empty when there is no such field, or it is not a dialplan's to change
    public static Optional<CallerProfile> with(CallerProfile old, String name, String value) {
        String field = name.toLowerCase(Locale.ROOT);
        if (SETTABLE.containsKey(field)) {
            Map<String, String> more = new HashMap<>(old.more());
            more.put(field, value);
            return SETTABLE.get(field).matcher(value).matches()
                    ? Optional.of(new CallerProfile(old.callerName(), old.callerNumber(), old.calleeName(), old.calleeNumber(), old.destination(), old.context(),
                            old.dialplan(), old.username(), old.ani(), old.aniii(), old.rdnis(), old.networkAddress(), old.source(), old.channelName(), more))
                    : Optional.empty();
        }
        BinaryOperator<String> of = (one, otherwise) -> field.equals(one) ? value : otherwise;
        CallerProfile changed = new CallerProfile(of.apply("caller_id_name", old.callerName()), of.apply("caller_id_number", old.callerNumber()),
                of.apply("callee_id_name", old.calleeName()), of.apply("callee_id_number", old.calleeNumber()),
                of.apply("destination_number", old.destination()), of.apply("context", old.context()), of.apply("dialplan", old.dialplan()),
                of.apply("username", old.username()), of.apply("ani", old.ani()), of.apply("aniii", old.aniii()), of.apply("rdnis", old.rdnis()),
                of.apply("network_addr", old.networkAddress()), of.apply("source", old.source()), of.apply("chan_name", old.channelName()), old.more());
        return changed.equals(old) && !field(old, field).equals(value) ? Optional.empty() : Optional.of(changed);
    }

    /// The same call, as if another number had been dialled.
    public static CallerProfile dialling(CallerProfile old, String destination, String dialplan, String context) {
        return new CallerProfile(old.callerName(), old.callerNumber(), old.calleeName(), old.calleeNumber(), destination, context, dialplan,
                old.username(), old.ani(), old.aniii(), old.rdnis(), old.networkAddress(), old.source(), old.channelName(), old.more());
    }

    /// Caller and callee change places.
    static CallerProfile swapped(CallerProfile old) {
        return new CallerProfile(old.calleeName(), old.calleeNumber(), old.callerName(), old.callerNumber(), old.destination(), old.context(),
                old.dialplan(), old.username(), old.ani(), old.aniii(), old.rdnis(), old.networkAddress(), old.source(), old.channelName(), old.more());
    }

    public static CallerProfile withCaller(CallerProfile old, String name, String number) {
        return new CallerProfile(name, number, old.calleeName(), old.calleeNumber(), old.destination(), old.context(), old.dialplan(),
                old.username(), old.ani(), old.aniii(), old.rdnis(), old.networkAddress(), old.source(), old.channelName(), old.more());
    }

    public static CallerProfile withCallee(CallerProfile old, String name, String number) {
        return new CallerProfile(old.callerName(), old.callerNumber(), name, number, old.destination(), old.context(), old.dialplan(),
                old.username(), old.ani(), old.aniii(), old.rdnis(), old.networkAddress(), old.source(), old.channelName(), old.more());
    }
}
