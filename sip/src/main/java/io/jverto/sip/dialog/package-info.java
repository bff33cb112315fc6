/// Calls and dialogs of a SIP user agent (RFC 3261 sections 12 to 15, 3262, 3311, 3515, 4028). Sans-IO: see [io.jverto.sip.dialog.UserAgent].
@org.jspecify.annotations.NullMarked
package io.jverto.sip.dialog;
