package io.jverto.switchboard.bridge;

import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.Endpoint;
import java.util.List;
import java.util.Map;

/// What one leg of a dial string turned out to be.
sealed interface Target {
    /// Devices that can be rung, all at once.
    ///
    /// @param variables of the new channels
    /// @param number what was dialled to get there, for a device that does not know its own
    record Ring(List<? extends Endpoint.Device> devices, Map<String, Text> variables, String number) implements Target {}

    /// A whole dial string of its own.
    ///
    /// @param parts at the same time; of each its groups, one after the other
    record Fork(List<List<List<Wanted>>> parts) implements Target {}

    /// A user has no device of a kind at the moment.
    ///
    /// @param what in words
    record Absent(String what) implements Target {}

    /// Nobody there.
    record Dead(Cause cause, String why) implements Target {}
}
