/// Digest authentication of both sides (RFC 3261 section 22, RFC 7616, RFC 8760). Time and randomness are given.
@org.jspecify.annotations.NullMarked
package io.jverto.sip.digest;
