package io.jverto.switchboard.application;

import io.jverto.base.net.NetworkList;
import io.jverto.switchboard.application.Application.Group;
import io.jverto.switchboard.application.Application.Run;
import io.jverto.switchboard.application.Application.Trait;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelHeaders;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.channel.Privacy;
import io.jverto.switchboard.channel.Profiles;
import io.jverto.switchboard.channel.SessionLog;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.directory.DirectoryUser;
import io.jverto.switchboard.event.EventName;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.UserId;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Applications that set and tell beyond a channel's own variables (dialplan-directory.md section 9.2).
final class InformationApplications {
    private static final Logger log = LoggerFactory.getLogger(InformationApplications.class);
    private static final int MAX_HEADERS = 100;

    static final List<Application> ALL = List.of(
            inline("set_global", "<name>=<value>",
                    "sets a global variable until the configuration sets it anew; its value is data, and folders (`..._dir`) stay",
                            InformationApplications::setGlobal),
            inline("set_profile_var", "<field>=<value>", "changes a field of the caller profile, for instance `caller_id_name`, `caller_ton` (0 to 255), `screen_bit` (true, false)",
                    InformationApplications::setProfile),
            inline("set_user", "<user>@<domain> [<prefix>]", "sets the variables of a directory user, with a prefix to their names",
                    InformationApplications::setUser),
            inline("transfer_vars", "<name>|~<beginning>", "copies a variable, or all that begin so, to whom the call talks with",
                    InformationApplications::transferVariables),
            inline("event", "Event-Subclass=<subclass>,<header>=<value>,...", "publishes a CUSTOM event with the channel's headers and these",
                    InformationApplications::event),
            inline("presence", "in|out <rpid> <status>", "publishes an event PRESENCE_IN for the channel's `presence_id`",
                    InformationApplications::presence),
            inline("privacy", "off|on|name|full|number",
                    "hides the name, the number or both (`on`, `full`) from whomever the call talks with or calls, and from rooms: they see Anonymous; "
                            + "`origination_caller_id_name` and `..._number` of a dial string are shown all the same. `privacy_hide_name` and "
                            + "`privacy_hide_number` say so; events and call records have both",
                    InformationApplications::privacy),
            inline("check_acl", "<address> <list> [<cause>]",
                    "hangs up, with CALL_REJECTED or another cause, unless the address is in a list of `acl.conf`",
                    InformationApplications::checkAcl),
            inline("set_name", "<name>", "changes the channel's name", InformationApplications::setName),
            inline("session_loglevel", "<level>|default",
                    "from now on the call itself logs lines of that level and worse, and no others, whatever the log's level is",
                    InformationApplications::logLevel),
            inline("verbose_events", "", "taken, and of no effect: events have all variables", (_, _, _) -> Next.GO_ON),
            inline("stop", "", "does nothing", (_, _, _) -> Next.GO_ON));

    private InformationApplications() {}

    private static Application inline(String name, String usage, String summary, Run run) {
        return Application.with(name, Group.VARIABLES, usage, summary, run, Trait.INLINE);
    }

    private static Next setGlobal(Channel channel, Text data, Services services) {
        int equals = data.indexOf('=', 0);
        if (equals < 1 || !services.globals().set(data.slice(0, equals).toString().trim(), data.slice(equals + 1).toString())) {
            log.warn("channel {}: set_global: it cannot be set: {}", channel.logId(), LogText.of(data));
        }
        return Next.GO_ON;
    }

    private static Next setProfile(Channel channel, Text data, Services services) {
        int equals = data.indexOf('=', 0);
        return equals <= 0
                ? Unusable.data(channel, "set_profile_var", data)
                : profile(channel, data.slice(0, equals).toString().trim(), data.slice(equals + 1));
    }

    private static Next profile(Channel channel, String field, Text value) {
        Profiles.with(channel.profile(), field, value.toString().trim()).ifPresentOrElse(channel::profile,
                () -> log.warn("channel {}: a caller profile has no field {}", channel.logId(), LogText.of(field)));
        return Next.GO_ON;
    }

    private static Next setUser(Channel channel, Text data, Services services) {
        List<Text> words = CallApplications.words(data);
        String name = words.isEmpty() ? "" : words.getFirst().toString();
        int at = name.lastIndexOf('@');
        Optional<DirectoryUser> user = at < 1
                ? Optional.empty()
                : channel.services().routing().get().directory().find(new UserId(name.substring(0, at), name.substring(at + 1)));
        if (user.isEmpty()) {
            log.warn("channel {}: set_user: the directory has no user {}", channel.logId(), LogText.of(name));
            return Next.GO_ON;
        }
        String prefix = words.size() > 1 ? words.get(1).toString() : "";
        channel.variables().set(prefix + "user_name", user.get().id().user());
        channel.variables().set(prefix + "domain_name", user.get().id().domain());
        user.get().variables().forEach((variable, value) -> channel.variables().set(prefix + variable, Text.syntax(value)));
        return Next.GO_ON;
    }

    private static Next setName(Channel channel, Text data, Services services) {
        return data.trim().isEmpty() ? Unusable.data(channel, "set_name", data) : profile(channel, "chan_name", data);
    }

    private static Next transferVariables(Channel channel, Text data, Services services) {
        String name = data.toString().trim();
        if (name.isEmpty()) {
            return Unusable.data(channel, "transfer_vars", data);
        }
        Map<String, String> copied = new LinkedHashMap<>();
        if (name.startsWith("~")) {
            channel.variables().plain().forEach((one, value) -> {
                if (one.regionMatches(true, 0, name, 1, name.length() - 1)) {
                    copied.put(one, value);
                }
            });
        } else {
            channel.variables().text(name).ifPresent(value -> copied.put(name, value));
        }
        channel.handle().partner().filter(_ -> !copied.isEmpty()).ifPresent(partner -> partner.change(copied));
        return Next.GO_ON;
    }

    private static Next event(Channel channel, Text data, Services services) {
        Map<String, String> headers = ChannelHeaders.of(channel, channel.state());
        String subclass = "";
        for (Text part : data.split(',')) {
            int equals = part.indexOf('=', 0);
            String name = equals < 1 ? "" : part.slice(0, equals).toString().trim();
            String value = equals < 1 ? "" : part.slice(equals + 1).toString();
            if (name.equalsIgnoreCase("Event-Subclass")) {
                subclass = value;
            } else if (!name.isEmpty() && !name.equalsIgnoreCase("Event-Name") && headers.size() < MAX_HEADERS) {
                headers.put(name, value);
            }
        }
        if (subclass.isBlank()) {
            log.warn("channel {}: event needs an Event-Subclass: {}", channel.logId(), LogText.of(data));
        } else {
            services.events().custom(subclass, headers);
        }
        return Next.GO_ON;
    }

    private static Next presence(Channel channel, Text data, Services services) {
        List<Text> words = CallApplications.words(data);
        Optional<String> id = channel.variables().text("presence_id");
        if (words.size() < 3 || id.isEmpty()) {
            log.warn("channel {}: presence needs in|out <rpid> <status> and the variable presence_id", channel.logId());
            return Next.GO_ON;
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("from", id.get());
        headers.put("event_type", "presence");
        headers.put("presence-call-direction", words.get(0).toString());
        headers.put("rpid", words.get(1).toString());
        headers.put("status", words.get(2).toString());
        services.events().publish(EventName.PRESENCE_IN, () -> headers);
        return Next.GO_ON;
    }

    private static Next privacy(Channel channel, Text data, Services services) {
        String what = data.toString().trim().toLowerCase(Locale.ROOT);
        boolean all = what.equals("full") || what.equals("on") || what.equals("yes");
        if (!all && !List.of("off", "no", "name", "number").contains(what)) {
            log.warn("channel {}: privacy must be off, on, name, full or number, not {}", channel.logId(), LogText.of(data));
            return Next.GO_ON;
        }
        Privacy.set(channel, all || what.equals("name"), all || what.equals("number"));
        return Next.GO_ON;
    }

    private static Next logLevel(Channel channel, Text data, Services services) {
        if (!SessionLog.level(data.toString())) {
            log.warn("channel {}: session_loglevel must be a level from console to debug, 0 to 7, or default, not {}", channel.logId(), LogText.of(data));
        }
        return Next.GO_ON;
    }

    private static Next checkAcl(Channel channel, Text data, Services services) {
        List<Text> words = CallApplications.words(data);
        boolean allowed = words.size() > 1 && isIn(channel, words.get(0).toString(), words.get(1).toString());
        if (!allowed) {
            Cause cause = words.size() > 2 ? CallApplications.cause(words.get(2).toString()) : Cause.CALL_REJECTED;
            channel.hangup(cause, "not allowed by check_acl " + data);
        }
        return Next.GO_ON;
    }

    /// A list that does not exist lets nobody in.
    private static boolean isIn(Channel channel, String address, String list) {
        Optional<NetworkList> found = channel.services().routing().get().networks().find(list);
        if (found.isEmpty()) {
            log.warn("channel {}: check_acl: there is no list {}", channel.logId(), LogText.of(list));
        }
        try {
            InetAddress parsed = InetAddress.ofLiteral(address);
            return found.filter(networks -> networks.test(parsed)).isPresent();
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }
}
