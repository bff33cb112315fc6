package io.jverto.switchboard.channel;

import io.jverto.switchboard.port.CallerProfile;
import java.util.Locale;

/// The caller profile's fields by the names that dialplans use, and changed copies of it (dialplan-directory.md section 6).
public final class Profiles {
    private Profiles() {}

    /// @param name as dialplans write it, or as a header: `source`, `Caller-Source`
    /// @return empty when there is no field of that name
    static String field(CallerProfile profile, String name) {
        String field = name.toLowerCase(Locale.ROOT).replace('-', '_');
        return switch (field.startsWith("caller_") && !field.startsWith("caller_id_") ? field.substring(7) : field) {
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
            case "source" -> profile.source();
            case "chan_name" -> profile.channelName();
            default -> "";
        };
    }

    /// A transfer's new profile: the old destination becomes the number that the call was redirected from.
    public static CallerProfile transferred(CallerProfile old, String destination, String dialplan, String context) {
        return new CallerProfile(old.callerName(), old.callerNumber(), old.calleeName(), old.calleeNumber(), destination, context, dialplan,
                old.username(), old.ani(), old.aniii(), old.destination(), old.networkAddress(), old.source(), old.channelName());
    }

    /// The same call, as if another number had been dialled.
    public static CallerProfile dialling(CallerProfile old, String destination, String dialplan, String context) {
        return new CallerProfile(old.callerName(), old.callerNumber(), old.calleeName(), old.calleeNumber(), destination, context, dialplan,
                old.username(), old.ani(), old.aniii(), old.rdnis(), old.networkAddress(), old.source(), old.channelName());
    }

    /// Caller and callee change places.
    static CallerProfile swapped(CallerProfile old) {
        return new CallerProfile(old.calleeName(), old.calleeNumber(), old.callerName(), old.callerNumber(), old.destination(), old.context(),
                old.dialplan(), old.username(), old.ani(), old.aniii(), old.rdnis(), old.networkAddress(), old.source(), old.channelName());
    }

    public static CallerProfile withCaller(CallerProfile old, String name, String number) {
        return new CallerProfile(name, number, old.calleeName(), old.calleeNumber(), old.destination(), old.context(), old.dialplan(),
                old.username(), old.ani(), old.aniii(), old.rdnis(), old.networkAddress(), old.source(), old.channelName());
    }

    public static CallerProfile withCallee(CallerProfile old, String name, String number) {
        return new CallerProfile(old.callerName(), old.callerNumber(), name, number, old.destination(), old.context(), old.dialplan(),
                old.username(), old.ani(), old.aniii(), old.rdnis(), old.networkAddress(), old.source(), old.channelName());
    }
}
