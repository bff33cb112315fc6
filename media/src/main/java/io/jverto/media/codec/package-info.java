/// Speech codecs to and from 48 kHz PCM: Opus by libopus or in Java, G.711 by tables, and the resampler between rates.
@org.jspecify.annotations.NullMarked
package io.jverto.media.codec;
