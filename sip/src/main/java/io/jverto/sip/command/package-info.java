/// What operators ask and tell the SIP edge (sip.md section 20).
@org.jspecify.annotations.NullMarked
package io.jverto.sip.command;
