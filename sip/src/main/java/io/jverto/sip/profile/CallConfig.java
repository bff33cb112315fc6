package io.jverto.sip.profile;

import io.jverto.switchboard.port.MediaRules;

/// What a profile says of its calls (sip.md sections 2.1 and 2.2).
///
/// @param inboundCodecs codec string of calls that come in, best first
/// @param outboundCodecs the same of calls that we make
/// @param media of peers with and without ICE
/// @param identity how callers are named to whom we call, beside From
/// @param withoutOffer whether a call without an offer is taken, and answered with ours
/// @param transfers whether peers may send on whom they talk with
/// @param followsRedirects whether a callee that sends us elsewhere is obeyed at once; else the caller goes to the context `redirected`
/// @param holds whether peers may put whom they talk with on hold
public record CallConfig(
        String inboundCodecs,
        String outboundCodecs,
        MediaRules media,
        IdentityHeader identity,
        boolean withoutOffer,
        boolean transfers,
        boolean holds,
        boolean followsRedirects) {
    /// The header that names a caller (sip.md section 6).
    public enum IdentityHeader {
        /// Remote-Party-ID.
        RPID,
        /// P-Asserted-Identity or P-Preferred-Identity, and Privacy (RFC 3325).
        PID,
        NONE
    }
}
