/// Certificates and private keys in PEM files, in every usual form.
@org.jspecify.annotations.NullMarked
package io.jverto.base.tls;
