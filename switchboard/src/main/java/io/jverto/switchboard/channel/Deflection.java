package io.jverto.switchboard.channel;

import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.Cause;
import java.util.concurrent.atomic.AtomicInteger;

/// A client that is asked to call somebody else by itself (dialplan-directory.md section 9.1, `deflect`).
public final class Deflection {
    private static final int UNDER_WAY = -1;
    private static final long LOOK_AGAIN_MILLIS = 100;

    private Deflection() {}

    /// Waits for what comes of it, which is in `sip_refer_status_code` then (0: nobody says); when the other one has taken the call, the
    /// channel ends. On the channel's thread.
    ///
    /// @param address a URI
    /// @return false when the client cannot be asked for that
    public static boolean ask(Channel channel, String address) {
        AtomicInteger status = new AtomicInteger(UNDER_WAY);
        if (!channel.state().isAnswered() || !channel.client().refer(address, status::set)) {
            return false;
        }
        while (channel.up() && status.get() == UNDER_WAY) {
            channel.next(channel.in(LOOK_AGAIN_MILLIS));
        }
        if (channel.up()) {
            channel.variables().set("sip_refer_status_code", Text.syntax(String.valueOf(status.get())));
            if (status.get() / 100 == 2) {
                channel.hangup(Cause.BLIND_TRANSFER, "its client has called somebody else: " + address);
            }
        }
        return true;
    }
}
