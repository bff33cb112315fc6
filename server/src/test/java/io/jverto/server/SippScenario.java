package io.jverto.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// Writes what one side of a call says and expects, as SIPp reads it. Calls are at the domain `pbx.test`.
final class SippScenario {
    private static final String REASON = " Whatever";

    private final StringBuilder steps = new StringBuilder();
    private final String user;
    private final String number;
    private final boolean caller;
    private int index;
    private int invite;
    private int sequence;
    private boolean answered;
    private boolean dialog;
    private int variables;

    private SippScenario(String user, String number, boolean caller) {
        this.user = user;
        this.number = number;
        this.caller = caller;
    }

    /// @param user who calls
    static SippScenario caller(String user, String number) {
        return new SippScenario(user, number, true);
    }

    static SippScenario callee(String user) {
        return new SippScenario(user, "", false);
    }

    /// @return what is called
    String number() {
        return number;
    }

    /// The SDP of a telephone with PCMU and digits as events.
    ///
    /// @param direction an attribute, for instance `sendonly`
    static String sdp(String direction) {
        return "v=0\no=phone 1 [cseq] IN IP4 [media_ip]\ns=-\nc=IN IP4 [media_ip]\nt=0 0\nm=audio [phone_port] RTP/AVP 0 101\n"
                + "a=rtpmap:101 telephone-event/8000\na=" + direction + "\n";
    }

    static String sdp() {
        return sdp("sendrecv");
    }

    /// Sends a request, again until something comes for it. ACK and CANCEL belong to the INVITE before.
    ///
    /// @param headers more of them, each with its line end
    SippScenario sends(String method, String headers, String body) {
        boolean own = method.equals("ACK") || method.equals("CANCEL");
        sequence += own ? 0 : 1;
        String branch = own && !(method.equals("ACK") && answered) ? "[branch-" + (index - invite) + "]" : "[branch]";
        if (method.equals("INVITE")) {
            invite = index;
            answered = false;
        }
        boolean inDialog = !caller || dialog;
        String uri = inDialog ? "[next_url]" : "sip:" + number + "@[remote_ip]:[remote_port]";
        String peer = method.equals("CANCEL") || caller && !inDialog && !method.equals("ACK") ? "" : "[peer_tag_param]";
        String parties = caller
                ? "From: \"Ada\" <sip:" + user + "@pbx.test>;tag=[call_number]ada\nTo: <sip:" + number + "@pbx.test>" + peer + "\n"
                : "From: [$me];tag=[call_number]bob\nTo: [$peer]\n";
        String head = method + " " + uri + " SIP/2.0\nVia: SIP/2.0/[transport] [local_ip]:[local_port];branch=" + branch + ";rport\n" + parties
                + "Call-ID: [call_id]\nCSeq: " + sequence + " " + method + "\n" + (inDialog ? "[routes]\n" : "") + contact() + "Max-Forwards: 70\n" + headers;
        return send(head, body, !method.equals("ACK"));
    }

    SippScenario sends(String method) {
        return sends(method, "", "");
    }

    /// INVITE, challenged, and INVITE again with what proves who it is.
    SippScenario invites(String headers) {
        return invites(headers, sdp());
    }

    /// The same with another description.
    SippScenario invites(String headers, String sdp) {
        return sends("INVITE", headers, sdp).mayGet(100).gets(407, "auth=\"true\"").sends("ACK").sends("INVITE", headers + "[authentication]\n", sdp);
    }

    /// Hears something before the answer.
    SippScenario early(int status, String pattern) {
        return mayGet(100).mayGet(status == 180 ? 183 : 180).getsWith(status, pattern);
    }

    /// Is refused, and confirms it.
    SippScenario refused(int status) {
        return mayGet(100).mayGet(180).gets(status).sends("ACK");
    }

    /// Gives up the INVITE, and it ends.
    SippScenario cancels() {
        return sends("CANCEL").mayGet(180).gets(200).refused(487);
    }

    /// Waits for a final answer of the INVITE, which makes the dialog, and confirms it.
    SippScenario answered() {
        return mayGet(100).mayGet(180).mayGet(183).gets(200, "rrs=\"true\"").confirms();
    }

    SippScenario confirms() {
        answered = true;
        dialog = true;
        return sends("ACK");
    }

    SippScenario mayGet(int status) {
        return gets(status, "optional=\"true\"");
    }

    SippScenario gets(int status) {
        return gets(status, "");
    }

    SippScenario gets(int status, String attributes) {
        return step("<recv response=\"" + status + "\" " + attributes + "/>");
    }

    /// A response with that in it, a regular expression.
    SippScenario getsWith(int status, String pattern) {
        return step("<recv response=\"" + status + "\"><action>" + check(pattern) + "</action></recv>");
    }

    /// A request of the peer with each of these in it, regular expressions.
    SippScenario asked(String method, String... patterns) {
        boolean first = method.equals("INVITE") && !caller && !dialog;
        StringBuilder actions = new StringBuilder(first ? """
                <ereg regexp="&lt;[^&gt;]*&gt;" search_in="hdr" header="To:" assign_to="me"/><ereg regexp="[^ ].*" search_in="hdr" header="From:" assign_to="peer"/>
                <ereg regexp="[0-9]+ INVITE" search_in="hdr" header="CSeq:" assign_to="asked"/><log message="[$me] [$peer] [$asked]"/>""" : "");
        Stream.of(patterns).map(this::check).forEach(actions::append);
        String attributes = " request=\"" + method + "\"" + (first ? " rrs=\"true\"" : "");
        return step(actions.isEmpty() ? "<recv" + attributes + "/>" : "<recv" + attributes + "><action>" + actions + "</action></recv>");
    }

    private String check(String pattern) {
        String variable = "found" + ++variables;
        return "<ereg regexp=\"" + pattern.replace("<", "&lt;").replace("\"", "&quot;") + "\" search_in=\"msg\" check_it=\"true\" assign_to=\"" + variable
                + "\"/><log message=\"[$" + variable + "]\"/>";
    }

    /// Responds to what was asked last.
    SippScenario says(int status, String headers, String body) {
        String tag = caller || dialog || status == 100 ? "" : ";tag=[call_number]bob";
        String head = "SIP/2.0 " + status + REASON + "\n[last_Via:]\n[last_Record-Route:]\n[last_From:]\n[last_To:]" + tag + "\n[last_Call-ID:]\n[last_CSeq:]\n" + contact() + headers;
        return send(head, body, status == 200 && !body.isEmpty());
    }

    SippScenario says(int status) {
        return says(status, "", "");
    }

    /// Is cancelled: agrees, and ends the INVITE.
    SippScenario isCancelled() {
        asked("CANCEL").says(200);
        String head = "SIP/2.0 487" + REASON + "\n[last_Via:]\n[last_From:]\n[last_To:];tag=[call_number]bob\n[last_Call-ID:]\nCSeq: [$asked]\n";
        return send(head, "", true).asked("ACK");
    }

    /// Is cancelled, and answers the call all the same: the two have met on their way.
    SippScenario isCancelledTooLate() {
        asked("CANCEL").says(200);
        String head = "SIP/2.0 200" + REASON + "\n[last_Via:]\n[last_From:]\n[last_To:];tag=[call_number]bob\n[last_Call-ID:]\nCSeq: [$asked]\n" + contact();
        dialog = true;
        return send(head, sdp(), true).asked("ACK");
    }

    /// Answers the call that came, and is confirmed.
    SippScenario answers() {
        return says(200, "", sdp()).confirmed();
    }

    /// Its answer is confirmed.
    SippScenario confirmed() {
        dialog = true;
        return asked("ACK");
    }

    SippScenario waits(int milliseconds) {
        return step("<pause milliseconds=\"" + milliseconds + "\"/>");
    }

    /// Ends the call.
    SippScenario hangsUp() {
        return sends("BYE").gets(200);
    }

    /// Is hung up on.
    SippScenario isHungUpOn() {
        return asked("BYE").says(200);
    }

    /// Is told how far something has got, as often as it is told, and then hung up on.
    SippScenario isNotifiedAndHungUpOn() {
        steps.append("<label id=\"1\"/>\n");
        step("<recv request=\"NOTIFY\" optional=\"true\" next=\"2\"/>");
        step("<recv request=\"BYE\" next=\"3\"/>");
        steps.append("<label id=\"2\"/>\n");
        says(200);
        steps.insert(steps.lastIndexOf("<send>") + "<send".length(), " next=\"1\"");
        steps.append("<label id=\"3\"/>\n");
        return says(200);
    }

    private String contact() {
        return "Contact: <sip:" + user + "@[local_ip]:[local_port]>\n";
    }

    private SippScenario send(String head, String body, boolean again) {
        String type = body.startsWith("v=0") ? "Content-Type: application/sdp\n" : "";
        return step("<send" + (again ? " retrans=\"500\"" : "") + "><![CDATA[\n" + head + type + "Content-Length: [len]\n\n" + body + "]]></send>");
    }

    private SippScenario step(String text) {
        steps.append(text).append('\n');
        index++;
        return this;
    }

    /// @return its name, for [Sipp]
    String in(Path folder) throws IOException {
        Path file = Files.createTempFile(folder, "scenario", ".xml");
        Files.writeString(file, "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<scenario name=\"" + user + "\">\n" + steps + "</scenario>\n");
        return file.toString().replaceFirst("\\.xml$", "");
    }
}
