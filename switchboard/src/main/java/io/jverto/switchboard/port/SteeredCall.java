package io.jverto.switchboard.port;

import java.util.Map;
import java.util.Optional;

/// A call as the program that steers it sees it. Thread-safe; whatever asks the call waits for it.
public interface SteeredCall {
    ChannelId id();

    /// The program is there and has said something.
    void reached();

    /// No program is there.
    ///
    /// @param why for the log
    void unreachable(String why);

    /// The program is gone.
    void left();

    /// What a program wants to be run: an application and its data, as a dialplan would write them.
    ///
    /// @param id by which the events of the run can be told; empty for any
    /// @param times how often, one after the other
    /// @param locked whether nothing else that the program wants gets in between
    record Order(String application, String argument, String id, int times, boolean locked) {}

    /// Lets the call do something.
    ///
    /// @param toItsEnd whether to wait until it is done, however long that takes
    Taken order(Order order, boolean toItsEnd);

    /// What came of an order.
    enum Taken {
        YES,
        NO_APPLICATION,
        /// Too many wait.
        TOO_MANY,
        /// The call is over, or does something that the program does not steer.
        NOT_STEERED
    }

    /// @return all that events tell of the call; empty when it is over
    Map<String, String> facts();

    /// @return a variable of the call; empty when there is none
    Optional<String> variable(String name);

    /// Lets the dialplan go on when the program is gone.
    void resume();
}
