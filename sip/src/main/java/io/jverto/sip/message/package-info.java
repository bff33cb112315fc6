/// SIP messages: bytes to records and back (RFC 3261 section 7, 20 and 25). No sockets, no state, no policy.
/// Strict on framing and on what could mean two things, lenient on style. Limits: [SipLimits].
@org.jspecify.annotations.NullMarked
package io.jverto.sip.message;
