/// Certificates of the server: a private authority that issues them, ACME, and what is wrong with the one that is there.
@org.jspecify.annotations.NullMarked
package io.jverto.server.certificate;
