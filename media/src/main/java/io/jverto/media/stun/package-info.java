/// STUN messages as bytes (RFC 8489, RFC 8445 section 16): reading, writing, integrity. No state.
@org.jspecify.annotations.NullMarked
package io.jverto.media.stun;
