/// The sockets of SIP (RFC 3261 section 18, RFC 7118): UDP, TCP, TLS and WebSockets, and the thread that drives a user agent.
/// Threads read and write; what they read goes to one [io.jverto.sip.transport.SipInput].
@org.jspecify.annotations.NullMarked
package io.jverto.sip.transport;
