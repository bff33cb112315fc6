package io.jverto.switchboard.bridge;

import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelScript;
import io.jverto.switchboard.channel.Channels;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.CallerProfile;
import io.jverto.switchboard.port.Endpoint;
import java.util.List;
import java.util.Map;

/// `loopback/extension[/context[/dialplan]]`, `loopback/app=application:arguments` and `null/...` (dialplan-directory.md section 4): a leg
/// whose client is another channel of this switch, which runs the dialplan, one application, or nothing but an answer.
final class Loopback {
    private static final String APPLICATION = "app=";
    /// What the other channel takes over beside the names in `loopback_export`.
    private static final List<String> KEPT = List.of("max_forwards", "domain_name", "accountcode");

    private final Channels channels;
    private final ChannelScript route;

    /// @param route finds a channel's way through the dialplan
    Loopback(Channels channels, ChannelScript route) {
        this.channels = channels;
        this.route = route;
    }

    /// @param address behind `loopback/`
    Target to(Text address, Map<String, Text> variables) {
        if (address.toString().startsWith(APPLICATION) && isWritten(address, APPLICATION.length())) {
            Text call = address.slice(APPLICATION.length());
            int colon = call.indexOf(':', 0);
            Text name = colon < 0 ? call : call.slice(0, colon);
            Text application = colon < 0 ? name : Text.join(Text.join(name, Text.syntax(" ")), call.slice(colon + 1));
            return target("app=" + name, "", "", variables, channel -> channel.happenings().execute(application));
        }
        List<Text> parts = address.split('/');
        return target(parts.getFirst().toString(), parts.size() > 1 ? parts.get(1).toString() : "",
                parts.size() > 2 ? parts.get(2).toString() : "", variables, route);
    }

    /// One who answers at once, says nothing and hears nothing.
    Target nobody(Map<String, Text> variables) {
        return target("null", "", "", variables, channel -> {
            channel.answer();
            while (channel.up()) {
                channel.next(Channel.FOREVER);
            }
        });
    }

    private static boolean isWritten(Text text, int characters) {
        for (int i = 0; i < characters; i++) {
            if (!text.isSyntax(i)) {
                return false;
            }
        }
        return true;
    }

    private Target target(String destination, String context, String dialplan, Map<String, Text> variables, ChannelScript script) {
        return new Target.Ring(List.of(new Device(destination, context, dialplan, script)), variables, destination);
    }

    /// The leg's client.
    final class Device implements NoDevice {
        private final String destination;
        private final String context;
        private final String dialplan;
        private final ChannelScript script;

        /// @param context empty: the caller's
        /// @param dialplan empty: XML
        private Device(String destination, String context, String dialplan, ChannelScript script) {
            this.destination = destination;
            this.context = context;
            this.dialplan = dialplan;
            this.script = script;
        }

        /// Makes the other channel.
        ///
        /// @return false when there is no room
        boolean connect(Channel leg) {
            CallerProfile from = leg.profile();
            CallerProfile profile = new CallerProfile(from.callerName(), from.callerNumber(), "", "", destination,
                    context.isEmpty() ? from.context() : context, dialplan.isEmpty() ? "XML" : dialplan, "", from.ani(), from.aniii(), from.rdnis(),
                    "", "mod_loopback", "loopback/" + destination + "-b");
            Map<String, Text> variables = LegVariables.empty();
            for (String name : (String.join(",", KEPT) + "," + leg.variables().text("loopback_export").orElse("")).split(",")) {
                Text value = leg.variables().get(name.trim());
                if (!value.isEmpty()) {
                    variables.put(name.trim(), value);
                }
            }
            boolean connected = channels.connect(leg, profile, variables, script);
            BowOut.before(leg);
            return connected;
        }

        @Override
        public String channelName() {
            return "loopback/" + destination + "-a";
        }

        @Override
        public Endpoint.Callee callee() {
            return new Endpoint.Callee("", destination);
        }

        @Override
        public Map<String, String> variables() {
            return Map.of("is_loopback", "1");
        }

        @Override
        public boolean tellsProgress() {
            return true;
        }
    }
}
