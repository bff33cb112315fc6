/// A full ICE agent with one component and one checklist (RFC 8445), consent freshness (RFC 7675). Uses the codec of [io.jverto.media.stun].
@org.jspecify.annotations.NullMarked
package io.jverto.media.ice;
