/// Where the switch meets the edges (verto, sip, conference, medialoop): the edges implement or call these and never each other.
@org.jspecify.annotations.NullMarked
package io.jverto.switchboard.port;
