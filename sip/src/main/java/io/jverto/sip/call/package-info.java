/// Calls between the switch and SIP peers: dial strings `sofia/...`, calls that come in, and what is changed while they are up.
@org.jspecify.annotations.NullMarked
package io.jverto.sip.call;
