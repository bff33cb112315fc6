/// The Verto protocol: requests, replies and server messages as records, and their JSON (verto-wire.md sections 2-8).
@org.jspecify.annotations.NullMarked
package io.jverto.wire.verto;
