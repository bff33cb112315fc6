/// Puts the packets of one stream in order and says what is due.
@org.jspecify.annotations.NullMarked
package io.jverto.media.jitter;
