/// Session descriptions, text to records and back (RFC 8866, RFC 8839, RFC 5763).
@org.jspecify.annotations.NullMarked
package io.jverto.wire.sdp;
