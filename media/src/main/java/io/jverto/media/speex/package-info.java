/// Cleaning of voices by libspeexdsp, which is optional.
@org.jspecify.annotations.NullMarked
package io.jverto.media.speex;
