/// Offers and answers: text in, plan and text out. Pure functions without state (RFC 3264, RFC 8829; media-rtc.md
/// sections 3 to 5).
@org.jspecify.annotations.NullMarked
package io.jverto.switchboard.negotiate;
