/// Who a client is and what it may do (verto-wire.md section 3).
@org.jspecify.annotations.NullMarked
package io.jverto.verto.login;
