/// Broadcasts of clients between the servers of one machine (verto-wire.md section 8.8).
@org.jspecify.annotations.NullMarked
package io.jverto.verto.multicast;
