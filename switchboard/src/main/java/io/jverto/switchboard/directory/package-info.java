/// Domains, groups and users as the configuration's directory section names them (dialplan-directory.md section 3).
@org.jspecify.annotations.NullMarked
package io.jverto.switchboard.directory;
