/// Accounts of ours at providers: their configuration (sip.md section 3), registration, and whether they are there (sip.md sections 4 and 14).
@org.jspecify.annotations.NullMarked
package io.jverto.sip.gateway;
