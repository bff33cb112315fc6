/// Who may come in, and where users have their telephones: digest against the directory, and the bindings of RFC 3261 section 10 (sip.md section 10).
/// Without input and output.
@org.jspecify.annotations.NullMarked
package io.jverto.sip.registrar;
