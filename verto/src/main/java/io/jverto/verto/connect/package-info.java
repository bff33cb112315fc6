/// Sockets: WebSocket and TLS over Netty, and the page on the same port (verto-wire.md section 1).
@org.jspecify.annotations.NullMarked
package io.jverto.verto.connect;
