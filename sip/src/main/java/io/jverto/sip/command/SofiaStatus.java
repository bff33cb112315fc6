package io.jverto.sip.command;

import io.jverto.sip.gateway.GatewayConfig;
import io.jverto.sip.gateway.GatewayState;
import io.jverto.sip.message.SipTransport;
import io.jverto.sip.profile.GatewayLine;
import io.jverto.sip.profile.Profile;
import io.jverto.sip.profile.SipProfiles;
import io.jverto.sip.registrar.Binding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/// What `sofia status` and `sofia xmlstatus` say (sip.md section 20). Texts of telephones are bare of control characters.
record SofiaStatus(SipProfiles profiles) {
    private static final String LINE = "%25s\t%s\t  %40s\t%s\n";
    private static final String GATEWAY_LINE = "%25s\t%32s\t%s\t%s\t%s\t%s\n";
    private static final String RULE = "=".repeat(98) + "\n";

    /// One line of the table.
    private record Row(String name, String type, String data, String state) {}

    String table() {
        StringBuilder out = new StringBuilder(LINE.formatted("Name", "   Type", "Data", "State")).append(RULE);
        List<Row> rows = rows();
        rows.forEach(row -> out.append(LINE.formatted(row.name(), row.type(), row.data(), row.state())));
        long aliases = rows.stream().filter(row -> row.state().equals("ALIASED")).count();
        int count = profiles.all().size();
        return out.append(RULE).append(count).append(count == 1 ? " profile " : " profiles ").append(aliases)
                .append(aliases == 1 ? " alias\n" : " aliases\n").toString();
    }

    String xml() {
        StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<profiles>\n");
        for (Row row : rows()) {
            String element = row.type().trim();
            out.append('<').append(element).append(">\n");
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("name", row.name());
            fields.put("type", element);
            fields.put("data", row.data());
            fields.put("state", row.state());
            elements(out, fields).append("</").append(element).append(">\n");
        }
        return out.append("</profiles>\n").toString();
    }

    private List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (Profile profile : profiles.all()) {
            String calls = "RUNNING (" + profile.calls() + ")";
            rows.add(new Row(profile.name(), "profile", url(profile, SipTransport.UDP), calls));
            for (SipTransport transport : List.of(SipTransport.TLS, SipTransport.WS, SipTransport.WSS)) {
                if (profile.listens(transport)) {
                    rows.add(new Row(profile.name(), "profile", url(profile, transport), calls + " (" + transport + ")"));
                }
            }
            profile.gateways().forEach(line -> rows.add(new Row(
                    profile.name() + "::" + line.config().name(), "gateway", line.config().from().toString(), state(line))));
            profile.config().aliases().forEach(alias -> rows.add(new Row(alias, "  alias", profile.name(), "ALIASED")));
        }
        return rows;
    }

    private static String url(Profile profile, SipTransport transport) {
        String param = transport == SipTransport.UDP ? "" : ";transport=" + transport.name().toLowerCase(Locale.ROOT);
        return "sip:jverto@" + profile.local(transport) + param;
    }

    private static String state(GatewayLine line) {
        return line.state() + line.retry().map(left -> " (retry: " + left.toSeconds() + "s)").orElse("");
    }

    String gateways(boolean xml) {
        List<GatewayLine> lines = profiles.all().stream().flatMap(profile -> profile.gateways().stream()).toList();
        if (xml) {
            StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gateways>\n");
            lines.forEach(line -> elements(out.append("<gateway>\n"), fields(line)).append("</gateway>\n"));
            return out.append("</gateways>\n").toString();
        }
        StringBuilder out = new StringBuilder(GATEWAY_LINE.formatted("Profile::Gateway-Name", "Data", "State", "Status", "IB Calls(F/T)", "OB Calls(F/T)"))
                .append(RULE);
        lines.forEach(line -> out.append(GATEWAY_LINE.formatted(
                line.profile().name() + "::" + line.config().name(), line.config().from(), state(line), line.isUp() ? "UP" : "DOWN",
                line.failed(true) + "/" + line.calls(true), line.failed(false) + "/" + line.calls(false))));
        return out.append(RULE).append(lines.size()).append(lines.size() == 1 ? " gateway\n" : " gateways\n").toString();
    }

    String gateway(GatewayLine line, boolean xml) {
        return xml ? xmlOf("gateway", fields(line)) : textOf(fields(line));
    }

    private static Map<String, String> fields(GatewayLine line) {
        GatewayConfig config = line.config();
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("Name", config.name());
        fields.put("Profile", line.profile().name());
        fields.put("Scheme", "Digest");
        fields.put("Realm", config.account().realm().isEmpty() ? config.proxy().host() : config.account().realm());
        fields.put("Username", config.account().username());
        fields.put("Password", config.account().password().isEmpty() ? "no" : "yes");
        fields.put("From", "<" + config.from() + ">");
        fields.put("Contact", line.contact().toString());
        fields.put("Exten", config.extension());
        fields.put("To", config.from().toString());
        fields.put("Proxy", config.uri(config.proxy()).toString());
        fields.put("Context", line.profile().config().context());
        fields.put("Expires", String.valueOf(config.expires().toSeconds()));
        fields.put("PingFreq", String.valueOf(config.ping().toSeconds()));
        fields.put("State", state(line));
        fields.put("Status", line.isUp() ? "UP" : "DOWN");
        fields.put("LastStatus", String.valueOf(line.status()));
        fields.put("Uptime", line.uptime().toSeconds() + "s");
        fields.put("CallsIN", String.valueOf(line.calls(true)));
        fields.put("CallsOUT", String.valueOf(line.calls(false)));
        fields.put("FailedCallsIN", String.valueOf(line.failed(true)));
        fields.put("FailedCallsOUT", String.valueOf(line.failed(false)));
        return fields;
    }

    String profile(Profile profile, boolean xml) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("Name", profile.name());
        fields.put("Domain Name", profile.config().registrar().domain().isEmpty() ? "N/A" : profile.config().registrar().domain());
        fields.put("Dialplan", profile.config().dialplan());
        fields.put("Context", profile.config().context());
        fields.put("Challenge Realm", profile.config().registrar().realm().isEmpty() ? "auto" : profile.config().registrar().realm());
        fields.put("SIP-IP", profile.local(SipTransport.UDP).bareHost());
        fields.put("URL", url(profile, SipTransport.UDP));
        fields.put("BIND-URL", url(profile, SipTransport.UDP) + ";transport=udp,tcp");
        fields.put("AUTH-CALLS", String.valueOf(profile.config().access().challengeCalls()));
        fields.put("CALLS", String.valueOf(profile.calls()));
        fields.put("GATEWAYS-UP", String.valueOf(profile.gateways().stream().filter(line -> line.state() != GatewayState.DOWN && line.isUp()).count()));
        fields.put("REGISTRATIONS", String.valueOf(profile.telephones().size()));
        return xml ? xmlOf("profile", fields) : textOf(fields);
    }

    /// @param what `reg` with a text to look for, or `user` with `user@domain`
    String telephones(Profile profile, String what, String text, boolean xml) {
        Predicate<Binding> wanted = what.equals("user")
                ? binding -> binding.user().toString().equalsIgnoreCase(text)
                : binding -> text.isEmpty() || (binding.user() + " " + binding.address() + " " + binding.callId()).contains(text);
        List<Map<String, String>> found = profile.telephones().stream().filter(wanted).map(binding -> fields(profile, binding)).toList();
        if (xml) {
            StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<profile>\n<registrations>\n");
            found.forEach(fields -> elements(out.append("<registration>\n"), fields).append("</registration>\n"));
            return out.append("</registrations>\n</profile>\n").toString();
        }
        StringBuilder out = new StringBuilder("\nRegistrations:\n").append(RULE);
        found.forEach(fields -> {
            fields.forEach((name, value) -> out.append("%-12s\t%s\n".formatted(name + ":", plain(value))));
            out.append('\n');
        });
        return out.append("Total items returned: ").append(found.size()).append('\n').append(RULE).toString();
    }

    private static Map<String, String> fields(Profile profile, Binding binding) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("Call-ID", binding.callId());
        fields.put("User", binding.user().toString());
        fields.put("Contact", "<" + binding.address() + ">");
        fields.put("Agent", binding.userAgent());
        fields.put("Status", profile.status(binding) + " EXPSECS(" + profile.secondsLeft(binding) + ")");
        fields.put("IP", binding.from().remote().getAddress().getHostAddress());
        fields.put("Port", String.valueOf(binding.from().remote().getPort()));
        fields.put("Auth-User", binding.user().user());
        fields.put("Auth-Realm", binding.realm());
        fields.put("MWI-Account", binding.user().toString());
        return fields;
    }

    private static String textOf(Map<String, String> fields) {
        StringBuilder out = new StringBuilder(RULE);
        fields.forEach((name, value) -> out.append("%-16s\t%s\n".formatted(name, plain(value))));
        return out.append(RULE).toString();
    }

    private static String xmlOf(String element, Map<String, String> fields) {
        StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<").append(element).append(">\n");
        return elements(out, fields).append("</").append(element).append(">\n").toString();
    }

    private static StringBuilder elements(StringBuilder out, Map<String, String> fields) {
        fields.forEach((name, value) -> {
            String element = name.toLowerCase(Locale.ROOT).replace(' ', '-');
            out.append("  <").append(element).append('>')
                    .append(plain(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
                    .append("</").append(element).append(">\n");
        });
        return out;
    }

    private static String plain(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cf}]", " ");
    }
}
