/// SRTP and SRTCP (RFC 3711, RFC 7714) on the JDK's ciphers.
@org.jspecify.annotations.NullMarked
package io.jverto.media.srtp;
