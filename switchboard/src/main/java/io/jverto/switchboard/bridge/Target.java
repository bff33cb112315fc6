package io.jverto.switchboard.bridge;

import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.Endpoint;
import java.util.Map;

/// What one leg of a dial string turned out to be.
sealed interface Target {
    /// A device that can be rung.
    ///
    /// @param variables of the new channel
    /// @param number what was dialled to get there, for a device that does not know its own
    record Ring(Endpoint.Device device, Map<String, Text> variables, String number) implements Target {}

    /// Nobody there.
    record Dead(Cause cause, String why) implements Target {}
}
