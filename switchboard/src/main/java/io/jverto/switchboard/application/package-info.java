/// What a dialplan can tell a channel to do (dialplan-directory.md section 9).
@org.jspecify.annotations.NullMarked
package io.jverto.switchboard.application;
