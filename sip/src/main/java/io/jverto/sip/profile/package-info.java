/// Profiles as they run: a user agent with its thread, its sockets and its gateways, and the place where calls hook in (sip.md sections 1 to 4).
@org.jspecify.annotations.NullMarked
package io.jverto.sip.profile;
