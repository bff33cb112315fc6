/// `verto.conf.xml` as records (verto-wire.md section 10).
@org.jspecify.annotations.NullMarked
package io.jverto.verto.profile;
