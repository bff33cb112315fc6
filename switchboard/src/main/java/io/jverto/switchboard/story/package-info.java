/// What happened to each call, from signalling to media, for operators who must see why one failed: small records while it happens, text only
/// when somebody asks.
@org.jspecify.annotations.NullMarked
package io.jverto.switchboard.story;
