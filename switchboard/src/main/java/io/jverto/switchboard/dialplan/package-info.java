/// Which extension answers a call: contexts, conditions, captures, and the expansion of variables (dialplan-directory.md sections 5-7).
@org.jspecify.annotations.NullMarked
package io.jverto.switchboard.dialplan;
