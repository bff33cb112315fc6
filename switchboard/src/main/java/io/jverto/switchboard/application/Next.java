package io.jverto.switchboard.application;

import io.jverto.switchboard.dialplan.Text;

/// What comes after an application.
sealed interface Next {
    Next GO_ON = new GoOn();

    /// The next action of the list.
    record GoOn() implements Next {}

    /// The rest of the list is dropped and a route is sought anew; empty text stays as it is in the profile.
    record Transfer(Text destination, Text dialplan, Text context) implements Next {}

    /// What another extension says, and then the next action of the list; empty text stays as it is in the profile.
    record Detour(Text destination, Text dialplan, Text context) implements Next {}
}
