/// What clients keep on the server between calls (`jsapi store`, verto-wire.md section 7.4).
@org.jspecify.annotations.NullMarked
package io.jverto.verto.store;
