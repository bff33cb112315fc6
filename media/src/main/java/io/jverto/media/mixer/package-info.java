/// Sums, limits and listens to PCM frames. Knows no codec and no packet.
@org.jspecify.annotations.NullMarked
package io.jverto.media.mixer;
