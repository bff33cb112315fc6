/// The event socket: programs of the field and the console watch and steer the switch over TCP (docs/eventsocket.md).
@org.jspecify.annotations.NullMarked
package io.jverto.server.eventsocket;
