package io.jverto.sip.call;

import io.jverto.sip.dialog.CallEnd;
import io.jverto.sip.message.NameAddr;
import io.jverto.sip.message.SipUri;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Whom a callee says to call instead (RFC 3261 section 8.1.3.4), and what the dialplan is told of that (sip.md section 8, `manual-redirect`).
final class Redirection {
    private static final int MAX_TOLD = 5;

    private Redirection() {}

    /// @return whom else to try, the preferred ones first
    static Stream<SipUri> contacts(CallEnd end) {
        return end.headers().addresses("Contact").stream()
                .filter(contact -> contact.uri() instanceof SipUri)
                .sorted(Comparator.comparingDouble(Redirection::preference).reversed())
                .map(contact -> ((SipUri) contact.uri()).withoutHeaders());
    }

    /// RFC 3261 section 20.10: between 0 and 1, which it is when nothing is said.
    private static double preference(NameAddr contact) {
        return contact.params().get("q").filter(text -> text.matches("[01](\\.[0-9]{1,3})?")).map(Double::valueOf).orElse(1.0);
    }

    /// DEVIATION sip-27: no whole dial string, for what a peer says is data, which is no dial string.
    ///
    /// @return variables of the caller; none when nobody is named
    static Map<String, String> variables(CallEnd end) {
        Map<String, String> variables = new LinkedHashMap<>();
        List<SipUri> named = contacts(end).limit(MAX_TOLD).toList();
        for (int i = 0; i < named.size(); i++) {
            variables.put("sip_redirect_contact_" + i, "<" + named.get(i) + ">");
            variables.put("sip_redirect_contact_user_" + i, named.get(i).userText());
            variables.put("sip_redirect_contact_host_" + i, named.get(i).hostPort().toString());
        }
        return variables;
    }
}
