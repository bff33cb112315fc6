package io.jverto.switchboard.port;

import io.jverto.wire.sdp.SdpText;
import java.util.List;
import java.util.Map;

/// A kind of peer that the switch can call, for instance `verto.rtc`. Implemented by verto and sip. Thread-safe.
public interface Endpoint {
    /// @return the prefix of dial strings that lead here, without the slash (dialplan-directory.md section 11)
    String scheme();

    /// @param address what follows the scheme and slash
    /// @return the number or user in it: the new channel's `destination_number`, and who is shown where the device does not say better
    default String number(String address) {
        return address.split("@", 2)[0];
    }

    /// The devices that an address stands for, each to be rung.
    ///
    /// @param address what follows the scheme and slash, for instance `1001@example.org` or `u:SESSID`
    Reach reach(String address);

    /// @return the devices that registered here, where there is such a thing; sessions of Verto clients are none
    default List<Registration> registrations() {
        return List.of();
    }

    /// Whether somebody can be rung.
    sealed interface Reach {
        /// @param devices at least one
        record Reachable(List<Device> devices) implements Reach {}

        /// @param cause for instance USER_NOT_REGISTERED
        record Unreachable(Cause cause) implements Reach {}
    }

    /// One thing that rings.
    interface Device {
        /// @return name for the channel, for instance `verto.rtc/SESSID`
        String channelName();

        /// @return the codec string of offers to this device, best first
        String codecs();

        /// @return what the device's profile says about media
        MediaRules media();

        /// @return IP address of the device's signalling, to choose the media address that is advertised; empty when unknown
        String networkAddress();

        /// @return who answers there, as far as the directory says; texts may be empty
        Callee callee();

        /// @return the variables by which a channel knows whom it leads to; nothing else sets them
        Map<String, String> variables();

        /// Whether it says by itself that it rings, by [ChannelRef#rings]; one that does not rings once it is invited.
        default boolean tellsProgress() {
            return false;
        }

        /// Starts to ring. Answer, refusal and digits come back through `call.channel()`.
        ///
        /// @return the way to the client from now on
        CallSignal invite(OutgoingCall call);
    }

    /// Directory name and number of a device's user.
    record Callee(String name, String number) {}

    /// A call that the switch makes.
    ///
    /// @param channel the new channel, already running
    /// @param offer our offer
    /// @param caller names and numbers of both parties
    /// @param variables the channel's variables; the endpoint sends those that its protocol lets out
    record OutgoingCall(ChannelRef channel, SdpText offer, CallerProfile caller, Map<String, String> variables) {
        public OutgoingCall {
            variables = Map.copyOf(variables);
        }
    }
}
