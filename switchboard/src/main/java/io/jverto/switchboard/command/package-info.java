/// The commands of the API (dialplan-directory.md section 14).
@org.jspecify.annotations.NullMarked
package io.jverto.switchboard.command;
