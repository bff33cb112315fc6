package io.jverto.sip.profile;

import io.jverto.switchboard.directory.DirectoryUser;

/// Who an INVITE comes from, as far as that is proven.
public sealed interface Caller {
    /// A user who knows the password: what the directory says of the user counts for the call.
    record User(DirectoryUser entry) implements Caller {}

    /// A provider of ours.
    record OfGateway(GatewayLine gateway) implements Caller {}

    /// Somebody at an address that the profile trusts.
    ///
    /// @param context where the route is looked for; empty for the profile's
    record Trusted(String context) implements Caller {}

    /// Anybody: the profile asks nobody who he is, so that its context must lead to nothing that costs.
    ///
    /// @param context where the route is looked for; empty for the profile's
    record Anybody(String context) implements Caller {}
}
