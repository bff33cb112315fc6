/// The HTTP service of a profile with `<vhosts>` (verto-wire.md section 1.8): what a request gets, without any socket.
@org.jspecify.annotations.NullMarked
package io.jverto.verto.site;
