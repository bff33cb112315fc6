package io.jverto.sip.call;

import io.jverto.sip.message.Headers;
import io.jverto.sip.message.NameAddr;
import io.jverto.sip.message.SipMessage;
import io.jverto.sip.message.SipUri;
import io.jverto.sip.profile.CallConfig.IdentityHeader;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Who calls, read from and written into headers (sip.md section 6; RFC 3325).
///
/// @param name empty when there is none
/// @param number user part; empty when there is none
/// @param hidden the caller wants not to be named
record Identity(String name, String number, boolean hidden) {
    private static final List<String> ASSERTED = List.of("P-Preferred-Identity", "P-Asserted-Identity", "Remote-Party-ID");

    /// DEVIATION sip-21: not every peer may say who calls.
    ///
    /// @param trusted whether what the peer asserts of the caller counts, and not only From
    static Identity of(SipMessage message, boolean trusted) {
        NameAddr who = message.envelope().from();
        for (String header : trusted ? ASSERTED : List.<String>of()) {
            List<NameAddr> named = message.headers().addresses(header);
            if (!named.isEmpty() && named.getFirst().uri() instanceof SipUri) {
                who = named.getFirst();
                break;
            }
        }
        boolean hidden = message.headers().words("Privacy").stream().anyMatch(word -> word.startsWith("id") || word.startsWith("user"))
                || who.params().get("privacy").filter(privacy -> !privacy.equalsIgnoreCase("off")).isPresent();
        return new Identity(who.name(), user(who), hidden);
    }

    /// @return who answered, where the response says so; nobody otherwise
    static Identity ofCallee(SipMessage response) {
        for (String header : ASSERTED) {
            List<NameAddr> named = response.headers().addresses(header);
            if (!named.isEmpty()) {
                return new Identity(named.getFirst().name(), user(named.getFirst()), false);
            }
        }
        return new Identity("", "", false);
    }

    private static String user(NameAddr who) {
        return who.uri() instanceof SipUri uri ? uri.userText() : "";
    }

    /// @param header which one
    /// @param address name and number of the caller at the domain that From has
    /// @param variables of the channel: `origination_privacy`, `sip_cid_suppress_privacy_none`
    static Headers write(IdentityHeader header, NameAddr address, Map<String, String> variables) {
        String privacy = variables.getOrDefault("origination_privacy", "").toLowerCase(Locale.ROOT);
        boolean hideName = privacy.contains("hide_name") || privacy.contains("full");
        boolean hideNumber = privacy.contains("hide_number") || privacy.contains("full");
        boolean screen = privacy.isEmpty() || privacy.contains("screen");
        return switch (header) {
            case RPID -> Headers.NONE.with("Remote-Party-ID", address + ";party=calling;screen=" + (screen ? "yes" : "no")
                    + ";privacy=" + (hideNumber ? "full" : hideName ? "name" : "off"));
            case PID -> {
                Headers named = Headers.NONE.with(screen ? "P-Asserted-Identity" : "P-Preferred-Identity", address.toString());
                boolean quiet = !hideName && !hideNumber && variables.getOrDefault("sip_cid_suppress_privacy_none", "").equals("true");
                yield quiet ? named : named.with("Privacy", hideName || hideNumber ? "id" : "none");
            }
            case NONE -> Headers.NONE;
        };
    }
}
