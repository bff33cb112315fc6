/// What calls share: values by name, groups, and how many of them use something (dialplan-directory.md section 9.1 and 9.2).
@org.jspecify.annotations.NullMarked
package io.jverto.switchboard.shared;
